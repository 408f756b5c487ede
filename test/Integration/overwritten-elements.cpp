//===- overwritten-elements.cpp - Which elements a loop overwrites --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is overwritten must be saved if an earlier statement or iteration has
// read it, and only then. Subscripts decide that: here are loops where they are
// apart, beside loops where they meet. The sums begin with an element, for which
// a derivative at the beginning counts.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

// Distances between what is read and what is written.

#pragma retrograd gradient wrt(x[9])
#pragma retrograd jvp wrt(x)
double backwards(double *x, int n) {
  for (int i = 1; i < n; ++i)
    x[i] = x[i - 1] * x[i];
  return x[n - 1];
}

#pragma retrograd gradient wrt(x[9])
#pragma retrograd jvp wrt(x)
double forwards(double *x, int n) {
  double s = x[8];
  for (int i = 0; i + 1 < n; ++i) {
    s += x[i + 1] * x[i + 1];
    x[i] = x[i + 1] * x[i];
  }
  return s + x[0] * x[1];
}

#pragma retrograd gradient wrt(x[9])
#pragma retrograd jvp wrt(x)
double down(double *x, int n) {
  double s = x[8];
  for (int i = n - 2; i >= 0; --i) {
    s += x[i + 1] * x[i];
    x[i + 1] = 0.5 * s;
  }
  for (int i = n; i-- > 1;) {
    s += x[i] * x[i - 1];
    x[i] = s * 0.25;
  }
  for (int i = n; i-- > 1;) {
    x[i] = s * x[i - 1];
    s += x[i] * x[i];
  }
  return s;
}

#pragma retrograd gradient wrt(x[9])
#pragma retrograd jvp wrt(x)
double by_steps(double *x, int n) {
  double s = x[8];
  for (int i = 0; i + 3 < n; i += 2) {
    s += x[i] * x[i + 1] * s;
    x[i] = s;
    x[i + 3] = s * x[i + 2];
  }
  for (int i = 0; 2 * i + 1 < n; ++i) {
    s += x[2 * i + 1] * x[2 * i + 1];
    x[2 * i] = s;
  }
  for (int i = 0; i < n / 2; ++i) {
    s += x[n - 1 - i] * x[i];
    x[n - 1 - i] = s;
  }
  return s;
}

#pragma retrograd gradient wrt(x[9])
#pragma retrograd jvp wrt(x)
double twice_in_an_iteration(double *x, int n) {
  double s = x[8];
  for (int i = 0; i < n; ++i) {
    s += x[i] * x[i];
    x[i] = s * 0.5;
    s += x[i] * x[i];
    x[i] = std::sin(x[i]);
    s += x[i] * x[i];
  }
  return s;
}

// Loops around loops.

#pragma retrograd gradient wrt(x[9])
#pragma retrograd jvp wrt(x)
double again(double *x, int n) {
  double h[8];
  double s = x[8];
  for (int t = 0; t < 3; ++t) {
    for (int i = 0; i < n; ++i)
      h[i] = x[i] * x[i] + t;
    for (int i = 0; i < n; ++i)
      s += h[i] * h[i];
    for (int i = 0; i < n; ++i)
      x[i] = 0.3 * h[i] + 0.1 * s;
  }
  return s;
}

#pragma retrograd gradient wrt(x[9])
#pragma retrograd jvp wrt(x)
double local_in_a_loop(double *x, int n) {
  double s = x[8];
  for (int t = 0; t < 3; ++t) {
    double h[8];
    for (int i = 0; i < n; ++i)
      h[i] = x[i] * (t + 1);
    for (int i = 0; i < n; ++i) {
      s += h[i] * h[n - 1 - i];
      x[i] = std::sin(s * 0.1);
    }
  }
  return s;
}

#pragma retrograd gradient wrt(x[9])
#pragma retrograd jvp wrt(x)
double blocks(double *x, int n) {
  double s = x[8];
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      s += x[i * n + j] * x[i * n + j];
      x[i * n + j] = 0.1 * s;
    }
  for (int i = 0; i < n; ++i) // into the next row
    for (int j = 0; j < n && i * n + j + 1 < n * n; ++j) {
      s += x[i * n + j + 1] * x[i * n + j];
      x[i * n + j] = 0.1 * s;
    }
  for (int i = 0; i + 1 < n; ++i)
    for (int j = 0; j < n; ++j) {
      s += x[(i + 1) * n + j] * x[i * n + j];
      x[i * n + j] = 0.1 * s;
    }
  for (int i = 1; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      s += x[(i - 1) * n + j] * x[i * n + j];
      x[i * n + j] = 0.1 * s;
    }
  for (int i = 0; i < n; ++i) // the row's width is not n
    for (int j = 0; j < n; ++j) {
      s += x[i + j] * x[i];
      x[i + j] = 0.1 * s;
    }
  return s;
}

#pragma retrograd gradient wrt(x[9])
#pragma retrograd jvp wrt(x)
double triangles(double *x, int n) {
  double s = x[8];
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= i; ++j) {
      const double *row = x + i * n;
      s += row[j] * x[j * n + i];
      x[i * n + j] = s * 0.2;
    }
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      s += x[i * n + j] * x[i * n + j];
      x[i * n + j] = s * 0.2;
    }
  return s;
}

#pragma retrograd vjp wrt(x)
#pragma retrograd jvp wrt(x)
double rows(double (*x)[3], int n) {
  double s = x[2][2];
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < 3; ++j) {
      s += x[i][j] * x[i][j];
      x[i][j] = s * 0.2;
    }
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < 3; ++j) {
      s += x[i][j] * x[0][j];
      x[i][0] = s * 0.2;
    }
  double *flat = x[0];
  for (int i = 0; i < 3 * n; ++i) {
    s += x[i / 3][i % 3] * flat[i];
    flat[i] = s * 0.1;
  }
  return s;
}

#pragma retrograd gradient wrt(x[12])
#pragma retrograd jvp wrt(x)
double data_dependent_width(double *x, const int *width, int n) {
  double s = x[11];
  for (int i = 0; i < n; ++i) {
    const int w = width[i];
    for (int j = 0; j < w; ++j) {
      s += x[i * w + j] * x[i * w + j];
      x[i * w + j] = s * 0.1;
    }
  }
  return s;
}

// Pointers and names.

#pragma retrograd gradient wrt(x[n], y[n])
#pragma retrograd jvp wrt(x, y)
double two_names(double *x, double *y, int n) {
  double s = x[0];
  for (int i = 0; i < n; ++i) {
    s += x[i] * y[n - 1 - i];
    y[i] = s * 0.5;
  }
  return s;
}

#pragma retrograd gradient wrt(x[9])
#pragma retrograd jvp wrt(x)
double shifted_names(double *x, int n) {
  double *p = x, *q = x + 1;
  double s = 0.125 * x[8];
  for (int i = 0; i + 1 < n; ++i) {
    s += q[i] * q[i];
    p[i] = s * 0.5;
  }
  for (int i = 0; i + 1 < n; ++i) {
    s += p[i] * p[i];
    q[i] = s * 0.5;
  }
  double *r = x;
  for (int t = 0; t < 2; ++t) {
    for (int i = 0; i + 1 < n; ++i) {
      s += r[i] * r[i];
      r[i] = s * 0.1;
    }
    r = q;
  }
  return s;
}

#pragma retrograd gradient wrt(x[9])
#pragma retrograd jvp wrt(x)
double numbers_of_elements(double *x, const int *at, int n) {
  double s = x[8];
  x[0] = x[1] * x[2];
  x[1] = x[2] * x[0];
  x[2] = x[0] * x[1];
  for (int i = 0; i < n; ++i) {
    const int k = at[i];
    s += x[k] * x[k];
    x[k] = std::sin(s);
  }
  for (int i = 0; i < n; ++i) {
    s += x[i % 2] * x[i % 2];
    x[i % 2] = std::sin(s);
  }
  for (int i = 0; i < n; ++i) {
    unsigned char k = i * 128; // wraps around
    s += x[k / 128] * x[k / 128];
    x[k / 128] = std::cos(s);
  }
  for (unsigned i = 0; i < 4; i += 2) {
    s += x[i * 0x80000000u] * x[1]; // wraps around, too
    x[i * 0x80000000u] = std::cos(s);
  }
  return s;
}

#pragma retrograd gradient wrt(x[9])
#pragma retrograd jvp wrt(x)
double while_around(double *x, int n) {
  double s = x[8];
  int k = 1;
  while (k < n) {
    for (int i = 0; i < k; ++i) {
      s += x[i] * x[i + 1];
      x[i] = s * 0.3;
    }
    k *= 2;
  }
  for (int i = 0; i < n; i++) {
    if (x[i] < 0.5)
      break;
    s += x[i] * x[i];
    x[i] = s;
  }
  return s;
}

// A record of exponentials of which the first is read last.
#pragma retrograd gradient wrt(x[9])
#pragma retrograd jvp wrt(x)
double states(double *x, int n) {
  double h[4][8];
  for (int i = 0; i < n; ++i)
    h[0][i] = x[i];
  for (int t = 1; t < 4; ++t)
    for (int i = 0; i < n; ++i)
      h[t][i] = std::exp(-h[t - 1][i] * h[t - 1][n - 1 - i]);
  double s = x[8];
  for (int i = 0; i < n; ++i)
    s += h[3][i] * h[0][i];
  return s;
}

int main() {
  double x[] = {0.75, -0.5, 1.25, 0.5, -0.25, 0.9, 0.3, -0.7, 0.6};
  double y[] = {0.5, 0.25, -0.75, 1.5, 0.5, 0.125, -0.5, 0.75, 1};
  double table[][3] = {{0.75, -0.5, 1.25}, {0.5, -0.25, 0.9}, {0.3, -0.7, 0.6}};
  const int at[] = {2, 0, 2, 1, 1, 0, 4, 2, 4};
  const int width[] = {3, 2, 4};
  for (int n : {2, 3, 6}) {
    CHECK_GRADIENT(backwards, x, n);
    CHECK_GRADIENT(forwards, x, n);
    CHECK_GRADIENT(down, x, n);
    CHECK_GRADIENT(by_steps, x, n);
    CHECK_GRADIENT(twice_in_an_iteration, x, n);
    CHECK_GRADIENT(again, x, n);
    CHECK_GRADIENT(local_in_a_loop, x, n);
    CHECK_GRADIENT(two_names, x, y, n);
    CHECK_GRADIENT(shifted_names, x, n);
    CHECK_GRADIENT(while_around, x, n);
    CHECK_GRADIENT(states, x, n);
  }
  for (int n : {1, 2, 3}) {
    CHECK_GRADIENT(blocks, x, n);
    CHECK_GRADIENT(triangles, x, n);
    CHECK_VJP(rows, table, n);
  }
  for (int n : {0, 9})
    CHECK_GRADIENT(numbers_of_elements, x, at, n);
  double large[12] = {0.75, -0.5, 1.25, 0.5, -0.25, 0.9,
                      0.3,  -0.7, 0.6,  0.4, -0.1,  0.2};
  CHECK_GRADIENT(data_dependent_width, large, width, 3);
  CHECK_GRADIENT(two_names, x, oracle::alias<0>(), 5);
  CHECK_GRADIENT(two_names, x, oracle::alias<0>{1}, 4);
  return oracle::result();
}
