//===- meeting-elements.cpp - Writes that hit what others have read -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In each loop one write hits an element whose square was added up before, and
// for one reason only: who takes the two subscripts for apart does not save it,
// and its derivative comes out wrong. The sum begins with an element, so that
// the derivative of what is overwritten later arrives somewhere.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <cmath>
#include <retrograd/retrograd.h>

// Reads the element where it stands; a function would make a copy.
#define SQUARE(place) ((place) * (place))

//===----------------------------------------------------------------------===//
// Values of subscripts
//===----------------------------------------------------------------------===//

// Elements 1 and 2, then 0 and 1.
#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double written_subscript(double *x, int n) {
  double s = x[15];
  int k = 1;
  for (int i = 0; i < n; ++i) {
    s += SQUARE(x[k]);
    x[k + 1] = 0.3 * s;
    k = 1 - k;
  }
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double subscript_with_address(double *x, int n) {
  double s = x[15];
  int k = 1;
  int *p = &k;
  for (int i = 0; i < n; ++i) {
    s += SQUARE(x[k]);
    x[k + 1] = 0.3 * s;
    *p = 1 - *p;
  }
  return s;
}

// All subscripts are 0.
#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double wrapped(double *x) {
  double s = x[15];
  for (unsigned i = 0; i < 2; ++i) {
    x[2 * i * 0x80000000u] = 0.3 * s;
    s += SQUARE(x[2 * i * 0x80000000u]);
  }
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double truncated(double *x) {
  double s = x[15];
  for (int i = 0; i < 2; ++i) {
    x[static_cast<unsigned char>(i * 256)] = 0.3 * s;
    s += SQUARE(x[static_cast<unsigned char>(i * 256)]);
  }
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double truncated_when_declared(double *x) {
  double s = x[15];
  for (int i = 0; i < 2; ++i) {
    const unsigned char k = i * 256;
    x[k] = 0.3 * s;
    s += SQUARE(x[k]);
  }
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double turned_positive(double *x) {
  double s = x[15];
  for (int i = -1; i > -2; --i) {
    s += SQUARE(x[i + 1]);
    x[static_cast<long>(static_cast<unsigned>(i)) - 4294967295L] = 0.3 * s;
  }
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double subscripts_of_iterations(double *x, const int *at, int n) {
  double s = x[15];
  for (int i = 0; i < n; ++i) {
    const int k = at[i];
    x[k] = 0.3 * s;
    s += SQUARE(x[k + 1]);
  }
  return s;
}

// Twice the counter is an element that its successors reach one by one.
#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double doubled(double *x, int n) {
  double s = x[15];
  for (int i = 0; i < n; ++i) {
    x[i + 1] = 0.3 * s;
    s += SQUARE(x[i * 2]);
  }
  return s;
}

//===----------------------------------------------------------------------===//
// Pointers
//===----------------------------------------------------------------------===//

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double pointer_down(double *x) {
  double s = x[15];
  double *q = x + 4;
  for (int i = -3; i < 4; ++i) {
    s += SQUARE(*(q - i));
    x[i + 5] = 0.3 * s;
  }
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double pointer_set_again(double *x, int n) {
  double s = x[15];
  double *p = x + 1;
  for (int i = 0; i < n; ++i) {
    s += SQUARE(p[0]);
    p[1] = 0.3 * s;
    p = x;
  }
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double pointer_of_iteration(double *x, const int *at, int n) {
  double s = x[15];
  for (int i = 0; i < n; ++i) {
    double *p = x + at[n - 1 - i];
    s += SQUARE(p[0]);
    p[1] = 0.3 * s;
  }
  return s;
}

// For y = x - 1 the element that was just read.
#pragma retrograd gradient wrt(x[n], y[n + 1])
#pragma retrograd jvp wrt(x, y)
double other_name(double *x, double *y, int n) {
  double s = y[0];
  for (int i = 0; i < n; ++i) {
    s += SQUARE(x[i]);
    y[i + 1] = 0.3 * s;
  }
  return s;
}

#pragma retrograd gradient wrt(x, y)
#pragma retrograd jvp wrt(x, y)
double pointer_elements(const double *x, const double *y, int n) {
  double s = x[0];
  const double *rows[2] = {x, y};
  for (int i = 0; i < n; ++i) {
    s += SQUARE(rows[0][i]) + SQUARE(*rows[1]);
    rows[0] = rows[1];
    rows[1] = x + i;
  }
  return s;
}

//===----------------------------------------------------------------------===//
// Iterations
//===----------------------------------------------------------------------===//

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double next_iteration(double *x, int n) {
  double s = x[15];
  for (int i = 0; i < n; ++i) {
    x[i] = 0.3 * s;
    s += SQUARE(x[i + 1]);
  }
  for (int i = n; i-- > 1;) {
    x[i] = 0.3 * s;
    s += SQUARE(x[i - 1]);
  }
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double inside_an_expression(double *x, int n) {
  double s = x[15];
  for (int i = 0; i < n; ++i) {
    x[i] = 0.3 * s;
    s += std::sin(2 * x[i + 1]);
  }
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double outer_iterations(double *x, int n) {
  double s = x[15];
  for (int t = 0; t < 2; ++t)
    for (int i = 0; i < n; ++i) {
      x[i] = 0.3 * s;
      s += SQUARE(x[i]);
    }
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double inner_iterations(double *x, int n) {
  double s = x[15];
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      x[i * n + n - 1 - j] = 0.3 * s;
      s += SQUARE(x[i * n + j]);
    }
  return s;
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double strides_of_zero(double *x, int width, int n) {
  double s = x[15];
  for (int i = 0; i < 3; ++i) {
    x[i * width] = 0.5 * s;
    s += SQUARE(x[i * width]);
  }
  for (int i = 0; i < 3; ++i) { // once for n = 0
    for (int j = -1; j < n; ++j)
      x[i * n] = 0.3 * s;
    s += SQUARE(x[i * n]);
  }
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j <= n; ++j)
      x[i * n] = 0.2 * s;
    s += SQUARE(x[i * n]);
  }
  return s;
}

// The first element behind a block, and the last one before it.
#define WRITE_AND_READ(written, first, last, read)                             \
  for (int i = 1; i < n; ++i) {                                                \
    for (int j = first; j last; ++j)                                           \
      x[written] = 0.3 * s;                                                    \
    for (int j = 0; j < n; ++j)                                                \
      s += SQUARE(x[read]);                                                    \
  }

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double written_before_block(double *x, int n) {
  double s = x[15];
  WRITE_AND_READ(i * n + j - 1, 0, < n, i * n + j)
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double written_from_below(double *x, int n) {
  double s = x[15];
  WRITE_AND_READ(i * n + j, -1, < n, i * n + j)
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double read_behind_block(double *x, int n) {
  double s = x[15];
  WRITE_AND_READ(i * n + j, 0, < n, i * n + j + 1)
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double read_at_squares(double *x, int n) {
  double s = x[15];
  WRITE_AND_READ(i * n + j, 0, < n, i * n + j * j)
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double read_at_doubles(double *x, int n) {
  double s = x[15];
  WRITE_AND_READ(i * n + j, 0, < n, i * n + 2 * j)
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double read_at_bound(double *x, int n) {
  double s = x[15];
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j)
      x[i * n + j] = 0.3 * s;
    for (int j = 0; j <= n; ++j)
      s += SQUARE(x[i * n + j]);
  }
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double written_downwards(double *x, int n) {
  double s = x[15];
  for (int i = 1; i < n; ++i) {
    for (int j = 0; j < 3; ++j)
      x[3 * i - j] = 0.3 * s;
    for (int j = 0; j < 3; ++j)
      s += SQUARE(x[3 * i + j]);
  }
  return s;
}

//===----------------------------------------------------------------------===//
// Long code
//===----------------------------------------------------------------------===//

// More readers than are compared.
#define FOUR(statement) statement statement statement statement
#define MANY(statement) FOUR(FOUR(FOUR(FOUR(statement))))

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double many_readers(double *x, int n) {
  double s = x[15];
  MANY(s += x[1] * x[1];)
  s += x[n] * x[n];
  x[2] = 0.1 * s;
  return s + x[2];
}

// What t is computed from changes far behind it, and before.
#pragma retrograd gradient wrt(x[16], y[9])
#pragma retrograd jvp wrt(x, y)
double far_behind(double *x, double *y, int n) {
  double s = x[15];
  for (int i = 0; i < n; ++i) {
    const double t = 2 * x[0] + 1;
    s += t * t;
    FOUR(s += t; s *= 0.5;)
    y[0] = 0.3 * s;
  }
  return s;
}

#pragma retrograd gradient wrt(x[16])
#pragma retrograd jvp wrt(x)
double before_and_behind(double *x, int n) {
  double s = x[15];
  for (int i = 0; i < n; ++i) {
    x[0] = 0.7 * s;
    const double t = 2 * x[0] + 1;
    s += t * t;
    FOUR(s += t; s *= 0.5;)
    x[0] = 0.3 * s;
  }
  return s;
}

int main() {
  double x[16] = {0.75, -0.5, 1.25, 0.5,   -0.25, 0.9,  0.3,  -0.7,
                  0.6,  0.4,  -0.1, 0.2,   0.35,  -0.4, 0.55, 0.65};
  double y[] = {0.5, 0.25, -0.75, 1.5, 0.5, 0.125, -0.5, 0.75, 1};
  const int at[] = {0, 1, 2, 3, 0};
  for (int n : {0, 1, 2, 4}) {
    CHECK_GRADIENT(written_subscript, x, n);
    CHECK_GRADIENT(subscript_with_address, x, n);
    CHECK_GRADIENT(subscripts_of_iterations, x, at, n);
    CHECK_GRADIENT(doubled, x, n);
    CHECK_GRADIENT(pointer_set_again, x, n);
    CHECK_GRADIENT(pointer_of_iteration, x, at, n);
    CHECK_GRADIENT(other_name, oracle::alias<1>{1}, x, n);
    CHECK_GRADIENT(other_name, oracle::alias<1>{}, x, n);
    CHECK_GRADIENT(other_name, x, y, n);
    CHECK_GRADIENT(pointer_elements, x, y, n);
    CHECK_GRADIENT(next_iteration, x, n);
    CHECK_GRADIENT(inside_an_expression, x, n);
    CHECK_GRADIENT(outer_iterations, x, n);
    CHECK_GRADIENT(inner_iterations, x, n);
    CHECK_GRADIENT(written_downwards, x, n);
    CHECK_GRADIENT(far_behind, x, y, n);
    CHECK_GRADIENT(far_behind, x, oracle::alias<0>(), n);
    CHECK_GRADIENT(before_and_behind, x, n);
  }
  CHECK_GRADIENT(wrapped, x);
  CHECK_GRADIENT(truncated, x);
  CHECK_GRADIENT(truncated_when_declared, x);
  CHECK_GRADIENT(turned_positive, x);
  CHECK_GRADIENT(pointer_down, x);
  CHECK_GRADIENT(many_readers, x, 2);
  for (int n : {0, 1, 2, 3}) {
    CHECK_GRADIENT(strides_of_zero, x, n, n);
    CHECK_GRADIENT(strides_of_zero, x, 0, n);
    CHECK_GRADIENT(written_before_block, x, n);
    CHECK_GRADIENT(written_from_below, x, n);
    CHECK_GRADIENT(read_behind_block, x, n);
    CHECK_GRADIENT(read_at_squares, x, n);
    CHECK_GRADIENT(read_at_doubles, x, n);
    CHECK_GRADIENT(read_at_bound, x, n);
  }
  return oracle::result();
}
