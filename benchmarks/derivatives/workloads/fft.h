//===- fft.h - A Fourier transform and a spectrum -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By hand: the transform is linear, so its stages are transposed in reverse
// order, in place, and nothing is kept.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_FFT_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_FFT_H

#include "../workload.h"

namespace workloads {
#include "../primals/fft.h"

namespace fft {

#pragma retrograd gradient(power) wrt(signal) value
static double gradient(int n, const double *x, double *d_x) {
  const tables &t = tables_of(n);
  return power_grad(x, n, t.roots.data(), t.order.data(), d_x);
}

static void transpose(double *__restrict a, int n,
                      const double *__restrict roots) {
  for (int half = n / 2; half > 0; half /= 2) {
    const int stride = n / (2 * half);
    for (int block = 0; block < n; block += 2 * half)
      for (int j = 0; j < half; ++j) {
        const double c = roots[2 * j * stride], s = roots[2 * j * stride + 1];
        const int p = 2 * (block + j), q = p + 2 * half;
        const double re = a[p] - a[q];
        const double im = a[p + 1] - a[q + 1];
        a[p] += a[q];
        a[p + 1] += a[q + 1];
        a[q] = c * re + s * im;
        a[q + 1] = c * im - s * re;
      }
  }
}

static double by_hand(int n, const double *__restrict x,
                      double *__restrict d_x) {
  const tables &t = tables_of(n);
  const int *const order = t.order.data();
  const scratch kept = scratch_of(2 * std::size_t(n));
  double *__restrict const a = kept.get();
  for (int i = 0; i < n; ++i) {
    a[2 * order[i]] = x[2 * i];
    a[2 * order[i] + 1] = x[2 * i + 1];
  }
  transform(a, n, t.roots.data());
  const double unit = 1.0 / n;
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    const double weight = unit * i;
    sum += weight * (a[2 * i] * a[2 * i] + a[2 * i + 1] * a[2 * i + 1]);
    a[2 * i] *= 2 * weight;
    a[2 * i + 1] *= 2 * weight;
  }
  transpose(a, n, t.roots.data());
  for (int i = 0; i < n; ++i) {
    d_x[2 * i] += a[2 * order[i]];
    d_x[2 * i + 1] += a[2 * order[i] + 1];
  }
  return sum;
}

static std::vector<double> point(int n) {
  return around(0, 1, 2 * std::size_t(n));
}

} // namespace fft
} // namespace workloads

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_FFT_H
