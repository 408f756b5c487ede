//===- tape-size.cpp - How much tape a sample needs ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The sum over what the gradient keeps, over parameters that are passed on, or unknown.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd --print-after=batch --inline-limit=0 %s -- -std=c++20 | FileCheck %s

#include <cmath>
#include <retrograd/batch.h>
#include <retrograd/retrograd.h>

// CHECK-LABEL: // nothing after batch
// CHECK: // tape: 0{{$}}
#pragma retrograd batch sample(x) shared(w)
double nothing(double x, double w) { return x * w; }

// CHECK-LABEL: // steps after batch
// CHECK: // tape: retrograd::tape::reserved_bytes<double>(0 < n ? n : 0){{$}}
#pragma retrograd batch sample(x) shared(w)
double steps(double x, double w, int n) {
  for (int i = 0; i < n; ++i)
    x = std::sin(w * x);
  return x;
}

// CHECK-LABEL: // constants after batch
// CHECK: // tape: 5 * retrograd::tape::reserved_bytes<float>(7) + 5 * sizeof(float *){{$}}
#pragma retrograd batch sample(x) shared(w)
float constants(float x, float w) {
  for (int i = 0; i < 5; ++i) {
    float y = x;
    for (int j = 0; j < 7; ++j)
      y = std::sin(w * y);
    x = x + y;
  }
  return x;
}

// Nested, by a local that is computed from a parameter.
// CHECK-LABEL: // products after batch
// CHECK: // tape: static_cast<std::size_t>(0 < n ? n : 0) * retrograd::tape::reserved_bytes<double>(0 < (2 * m) ? 2 * m : 0) + static_cast<std::size_t>(0 < n ? n : 0) * sizeof(double *){{$}}
#pragma retrograd batch sample(x) shared(w)
double products(double x, double w, int n, int m) {
  const int twice = 2 * m;
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    double y = x;
    for (int j = 0; j < twice; ++j)
      y = std::sin(w * y);
    sum += y;
  }
  return sum;
}

// The number of steps is data.
// CHECK-LABEL: // data after batch
// CHECK: // tape: retrograd::unknown_size{{$}}
#pragma retrograd batch sample(x, count) shared(w)
double data(double x, int count, double w) {
  for (int i = 0; i < count; ++i)
    x = std::sin(w * x);
  return x;
}

// A bound that is n or twice that.
// CHECK-LABEL: // doubled after batch
// CHECK: // tape: retrograd::unknown_size{{$}}
#pragma retrograd batch sample(x) shared(w)
double doubled(double x, double w, int n) {
  int count = n;
  if (x > 0)
    count = 2 * n;
  for (int i = 0; i < count; ++i)
    x = std::sin(w * x);
  return x;
}

// Nobody counts the steps.
// CHECK-LABEL: // uncounted after batch
// CHECK: // tape: retrograd::unknown_size{{$}}
#pragma retrograd batch sample(x) shared(w)
double uncounted(double x, double w) {
  while (x > 1)
    x = x * w;
  return x;
}

// A called function pushes what it overwrites.
static void scale(double *y, double w, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = std::sin(w * y[i]);
}
// CHECK-LABEL: // called after batch
// CHECK: // tape: retrograd::tape::reserved_bytes<double>(0 < n ? n : 0) + sizeof(double *){{$}}
#pragma retrograd batch sample(x) shared(w)
double called(double x, double w, int n) {
  double y[2] = {x, 1};
  scale(y, w, n);
  return y[0] + y[1];
}
// CHECK-LABEL: // called_with_data after batch
// CHECK: // tape: retrograd::unknown_size{{$}}
#pragma retrograd batch sample(x, k) shared(w)
double called_with_data(double x, int k, double w) {
  double y[2] = {x, 1};
  scale(y, w, k);
  return y[0] + y[1];
}

// Memory, its adjoint, and its deallocation at the end.
// CHECK-LABEL: // memory after batch
// CHECK: // tape: retrograd::tape::reserved_bytes<double>(n) + 2 * sizeof(void *){{$}}
#pragma retrograd batch sample(x) shared(w)
double memory(double x, double w, int n) {
  double *y = new double[n];
  for (int i = 0; i < n; ++i)
    y[i] = x * w;
  double result = y[0] * y[0];
  delete[] y;
  return result;
}

// What the reverse sweep puts back in an output is replayed at the end.
// CHECK-LABEL: // overwritten after batch
// CHECK: // tape: retrograd::tape::rewound_bytes<double>(){{$}}
#pragma retrograd batch sample(x) shared(w) outputs(y[1])
double overwritten(double x, double w, double *y) {
  y[0] = x;
  const double product = y[0] * w;
  y[0] = 3;
  return product;
}

// An output overlaps no parameter, so that nothing is saved for it.
// CHECK-LABEL: // apart after batch
// CHECK: // tape: 0{{$}}
#pragma retrograd batch sample(x) shared(w[n]) outputs(y[n])
double apart(double x, const double *w, int n, double *y) {
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    y[i] = w[i] * x;
    sum += x * w[i] * w[i];
  }
  return sum;
}
