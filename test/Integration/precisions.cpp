//===- precisions.cpp - float and long double -----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The same function in each precision: adjoints have the type of what they
// belong to, and numbers of generated text keep the precision.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
float single(float x, float y) {
  float a = std::sin(x * y) / (1 + x * x);
  return a * std::exp(-y) + std::sqrt(x);
}

#pragma retrograd gradient
#pragma retrograd jvp
long double extended(long double x, long double y) {
  long double a = std::sin(x * y) / (1 + x * x);
  return a * std::exp(-y) + std::sqrt(x) + 0.1L * x * y;
}

#pragma retrograd gradient
#pragma retrograd jvp
float all_of_them(float x, double y, long double z, const float *a,
                  const long double *b) {
  double s = 0;
  for (int i = 0; i < 2; ++i) {
    float t = a[i] * y;
    s += t * b[i] * z;
  }
  return s * x;
}

#pragma retrograd vjp
#pragma retrograd jvp
void in_place(float *x, long double &y, double z) {
  x[0] *= z;
  y += x[0] * z;
  x[1] = y * x[1];
}

// More digits than a double has.
#pragma retrograd gradient
long double third(long double x) { return x * x * x / 3; }

int main() {
  CHECK_GRADIENT(single, 0.7f, 1.3f);
  CHECK_GRADIENT(extended, 0.7L, 1.3L);
  float a[] = {1.5f, -0.5f};
  long double b[] = {0.25L, 1.25L};
  CHECK_GRADIENT(all_of_them, 1.5f, 0.5, 2.0L, a, b);
  CHECK_VJP(in_place, a, oracle::reference(0.75L), 1.25);
  long double x = 1 + 0x1p-60L, d = 0;
  third_grad(x, &d);
  oracle::equal("third", x * x, d, 2 * __LDBL_EPSILON__);
  return oracle::result();
}
