//===- caller.cpp - Calls derivatives of another file ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compiled without the plugin; see ../other-file.cpp.
//
//===----------------------------------------------------------------------===//

#include "../oracle.h"
#include "derivatives.h"

int main() {
  double x[] = {0, 1.5, 2.25, 4};
  oracle::test("energy", energy, x, 4, 2.5)
      .gradient(energy_grad)
      .jvp(energy_jvp);
  oracle::test("step", models::step, x, 0.125).vjp(models::step_vjp);
  oracle::test("c_primal", c_primal, 1.5).gradient(c_derivative);
  oracle::equal("shared", 12, shared_slope(2));
  return oracle::result();
}
