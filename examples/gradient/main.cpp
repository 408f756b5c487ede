//===- main.cpp - Print a gradient beside the text of its adjoint ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The numbers come from the very text that is printed: the plugin compiled it,
// and the command `retrograd` wrote it into f_grad_text.h.
//
//===----------------------------------------------------------------------===//

#include "f.h"
#include <cmath>
#include <cstdio>

static const char adjoint[] =
#include "f_grad_text.h"
    ;

int main() {
  const double x = 2, y = 3;
  double d_x = 0, d_y = 0;
  f_grad(x, y, &d_x, &d_y);

  std::printf("z = x * y + sin(x) = %.6f at x = %g, y = %g\n\n", f(x, y), x, y);
  std::printf("                     by Retrograd   by hand\n");
  std::printf("dz/dx = y + cos(x)   %12.6f  %8.6f\n", d_x, y + std::cos(x));
  std::printf("dz/dy = x            %12.6f  %8.6f\n", d_y, x);
  std::printf("\nThe adjoint that computed them:\n\n%s", adjoint);
}
