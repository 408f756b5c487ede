//===- half.cpp - _Float16 ------------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Half precision, alone and mixed with float: results are exact numbers here,
// as differences of so few digits say little.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

using half = _Float16;

#pragma retrograd gradient
#pragma retrograd jvp
half polynomial(half x, half y) { return x * x * y + x / y; }

#pragma retrograd gradient
#pragma retrograd jvp
float mixed(half x, float y) { return x * y + static_cast<half>(y * y); }

#pragma retrograd gradient
#pragma retrograd jvp
half loop(const half *x, int n) {
  half sum = 0;
  for (int i = 0; i < n; ++i)
    sum += x[i] * x[i];
  return sum;
}

#pragma retrograd vjp
#pragma retrograd jvp
void scale(half *x, int n, half factor) {
  for (int i = 0; i < n; ++i)
    x[i] *= factor;
}

int main() {
  half x = 0.5, y = 2;
  half dx = 1, dy = -1;
  polynomial_grad(x, y, &dx, &dy);
  oracle::equal("d polynomial / dx", 1 + 2.5, dx);
  oracle::equal("d polynomial / dy", -1 + 0.25 - 0.125, dy);
  oracle::equal("polynomial_jvp", 2.5 + 2 * 0.125,
                polynomial_jvp(x, y, half(1), half(2)));

  float dyf = 0;
  dx = 0;
  mixed_grad(x, 2.0f, &dx, &dyf);
  oracle::equal("d mixed / dx", 2, dx);
  oracle::equal("d mixed / dy", 0.5 + 4, dyf);
  oracle::equal("mixed_jvp", 2 + 4.5, mixed_jvp(x, 2.0f, half(1), 1.0f));

  half a[] = {1, 2, -0.5}, da[] = {0, 1, 0};
  loop_grad(a, 3, da);
  oracle::equal("d loop / d x[0]", 2, da[0]);
  oracle::equal("d loop / d x[1]", 5, da[1]);
  oracle::equal("d loop / d x[2]", -1, da[2]);

  half b[] = {1, 2, -0.5}, db[] = {1, 2, 4}, dfactor = 0;
  scale_vjp(b, 3, half(1.5), db, &dfactor);
  oracle::equal("b[1]", 3, b[1]);
  oracle::equal("d scale / d x[1]", 3, db[1]);
  oracle::equal("d scale / d factor", 1 + 4 - 2, dfactor);
  half c[] = {1, 2, -0.5}, tc[] = {1, 2, 4};
  scale_jvp(c, 3, half(1.5), tc, half(1));
  oracle::equal("t scale / d x[2]", 6 - 0.5, tc[2]);
  return oracle::result();
}
