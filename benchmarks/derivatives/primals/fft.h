//===- fft.h - A Fourier transform and a spectrum -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A radix-2 transform in place, of n complex numbers as pairs of reals, and the
// power in its spectrum, weighted by frequency. The signal is active, the roots
// of unity and the order of the bits are tables.
//
//===----------------------------------------------------------------------===//

namespace fft {

static void transform(real *a, int n, const double *roots) {
  for (int half = 1; half < n; half *= 2) {
    const int stride = n / (2 * half);
    for (int block = 0; block < n; block += 2 * half)
      for (int j = 0; j < half; ++j) {
        const double c = roots[2 * j * stride], s = roots[2 * j * stride + 1];
        const int p = 2 * (block + j), q = p + 2 * half;
        const real re = c * a[q] - s * a[q + 1];
        const real im = c * a[q + 1] + s * a[q];
        a[q] = a[p] - re;
        a[q + 1] = a[p + 1] - im;
        a[p] += re;
        a[p + 1] += im;
      }
  }
}

static real power(const real *signal, int n, const double *roots,
                  const int *order) {
  real *a = new real[2 * n];
  for (int i = 0; i < n; ++i) {
    a[2 * order[i]] = signal[2 * i];
    a[2 * order[i] + 1] = signal[2 * i + 1];
  }
  transform(a, n, roots);
  const double unit = 1.0 / n;
  real sum = 0;
  for (int i = 0; i < n; ++i)
    sum += unit * i * (a[2 * i] * a[2 * i] + a[2 * i + 1] * a[2 * i + 1]);
  delete[] a;
  return sum;
}

static real value(int n, const real *x) {
  const tables &t = tables_of(n);
  return power(x, n, t.roots.data(), t.order.data());
}

} // namespace fft
