//===- vectorise.cpp - Adjoint loops that LLVM vectorises ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What restrict, the direction of loops and carried updates are for. Remarks are
// at lines of the generated texts, which have files of their own.
//
//===----------------------------------------------------------------------===//

// REQUIRES: x86
// RUN: %clangxx -fplugin=%plugin -I%include -std=c++20 -O2 -c %s -o %t.o \
// RUN:   -Rpass=loop-vectorize 2> %t.remarks
// RUN: FileCheck --check-prefix=GAUSS %s < %t.remarks
// RUN: FileCheck --check-prefix=ROSENBROCK %s < %t.remarks
// RUN: FileCheck --check-prefix=LAYER %s < %t.remarks
// RUN: FileCheck --check-prefix=HEAT %s < %t.remarks

#include <retrograd/retrograd.h>

// GAUSS: gaussian_grad.retrograd.cpp:{{.*}}: remark: vectorized loop
#pragma retrograd gradient
double gaussian(const double *x, const double *mean, const double *sigma,
                int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s -= (x[i] - mean[i]) * (x[i] - mean[i]) / (2 * sigma[i] * sigma[i]);
  return s;
}

// ROSENBROCK: rosenbrock_grad.retrograd.cpp:{{.*}}: remark: vectorized loop
#pragma retrograd gradient
double rosenbrock(const double *x, int n) {
  double s = 0;
  for (int i = 0; i + 1 < n; ++i) {
    const double a = x[i + 1] - x[i] * x[i];
    const double b = 1 - x[i];
    s += 100 * a * a + b * b;
  }
  return s;
}

// LAYER: layer_grad.retrograd.cpp:{{.*}}: remark: vectorized loop
#pragma retrograd gradient
double layer(const double *__restrict w, const double *__restrict x, int n,
             int m) {
  double e = 0;
  for (int i = 0; i < n; ++i) {
    double s = 0;
    for (int j = 0; j < m; ++j)
      s += w[i * m + j] * x[j];
    e += s * s;
  }
  return e;
}

// HEAT: heat_grad.retrograd.cpp:{{.*}}: remark: vectorized loop
#pragma retrograd gradient wrt(from)
double heat(const double *from, const double *w, int n) {
  double s = 0;
  for (int i = 1; i < n - 1; ++i)
    s += w[i] * (from[i] + 0.2 * (from[i - 1] - 2 * from[i] + from[i + 1]));
  return s;
}
