//===- fused-loops.cpp - Iterations that are reversed at once -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop that keeps values for its reverse, where the two may run as one, and
// beside it loops that look alike, but depend on what other iterations or the
// statements between the two do.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <cmath>
#include <retrograd/retrograd.h>

//===----------------------------------------------------------------------===//
// What an iteration keeps for its reverse
//===----------------------------------------------------------------------===//

#pragma retrograd gradient
#pragma retrograd jvp
double samples(const double *x, const double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = std::exp(0.25 * x[i]);
    double u = std::sin(t * y[i]);
    s += u * u * t;
  }
  return s;
}

// A value that is overwritten in the iteration, and one that is set in a
// branch.
#pragma retrograd gradient
#pragma retrograd jvp
double overwritten(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = std::exp(0.25 * x[i]), u = 1;
    s += std::sin(t);
    t = t * t * x[i];
    if (t > 0.5)
      u = std::cos(t);
    s += u * t;
    u = u * u;
    s += u * std::exp(u);
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double neighbours(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = std::exp(0.25 * x[i] * x[i + 1]);
    s += std::sin(t) * t + x[i + 2];
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double from_two(const double *x, int first, int n) {
  double s = 0;
  for (int i = first; i < n; ++i) {
    double t = std::exp(0.25 * x[i]);
    s += std::sin(t) * x[n - i];
  }
  return s;
}

// Inner loops, with an array of their own, a sum that is needed, and values of
// all of their iterations.
#pragma retrograd gradient
#pragma retrograd jvp
double inner_loops(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double a[3] = {};
    for (int j = 0; j < 3; ++j)
      a[j] = std::exp(0.25 * x[i + j]);
    double p = 1;
    for (int j = 0; j < 3; ++j)
      p = p * a[j];
    double q = 0;
    for (int j = 0; j <= i; ++j) {
      double t = std::exp(0.125 * x[j]);
      q += std::sin(t) * p;
    }
    s += std::sin(q) * p;
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double nested(const double *x, const double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      double t = std::exp(0.25 * x[i] * y[j]);
      s += std::sin(t);
    }
  return s;
}

// An index that a branch sets.
#pragma retrograd gradient
#pragma retrograd jvp
double indices(const double *x, const int *k, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    int j = k[i];
    if (j > 2)
      j = j - i;
    double t = std::exp(0.25 * x[j]);
    s += std::sin(t) * x[j + 1];
    j = 0;
    s += x[j] * t;
  }
  return s;
}

// A pointer that a branch sets.
#pragma retrograd gradient
#pragma retrograd jvp
double either(const double *x, const double *y, const int *k, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double *p = x;
    if (k[i] > 2)
      p = y + 1;
    s += std::sin(p[i]) * p[1];
  }
  return s;
}

// The pointers wait for the complete sum, and come back in the opposite order.
#pragma retrograd gradient
#pragma retrograd jvp
double either_complete(const double *x, const double *y, const int *k, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double *p = x;
    if (k[i] > 2)
      p = y + 1;
    s += std::sin(p[i]) * p[1];
  }
  return s * s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double by_twos(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i += 2)
    s += std::sin(std::exp(0.25 * x[i]));
  return s;
}

static double power(double x, int n) {
  return n == 0 ? x : std::sin(x * power(x, n - 1));
}

#pragma retrograd gradient
#pragma retrograd jvp
double recursive_calls(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += power(x[i], i) * x[i];
  return s;
}

//===----------------------------------------------------------------------===//
// What others read
//===----------------------------------------------------------------------===//

// The user's array is no record: it stays written.
#pragma retrograd vjp
#pragma retrograd jvp
double stored(double *__restrict h, const double *__restrict x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double t = std::exp(0.25 * x[i]);
    h[i] = t;
    s += std::sin(t);
  }
  return s;
}

// And is read by the reverse of the statements that follow.
#pragma retrograd gradient wrt(x, y)
#pragma retrograd jvp wrt(x, y)
double stored_for_later(const double *__restrict x, const double *__restrict y,
                        double *__restrict h, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double t = std::exp(0.25 * x[i]);
    h[i] = t;
    s += std::sin(t);
  }
  for (int i = 0; i < n; ++i)
    if (h[i] > 1)
      s += y[i] * y[i];
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double stored_in_local_memory(const double *__restrict x,
                              const double *__restrict y, int n) {
  double s = 0;
  double *h = new double[n + 1];
  for (int i = 0; i < n; ++i) {
    const double t = std::exp(0.25 * x[i]);
    h[i] = t;
    s += std::sin(t);
  }
  for (int i = 0; i < n; ++i)
    if (h[i] > 1)
      s += y[i] * y[i];
  delete[] h;
  return s;
}

#pragma retrograd vjp
#pragma retrograd jvp
double stored_perhaps_there(double *h, const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    const double t = std::exp(0.25 * x[i]);
    h[i] = t;
    s += std::sin(t) * x[i];
  }
  return s;
}

//===----------------------------------------------------------------------===//
// What iterations do to each other
//===----------------------------------------------------------------------===//

#pragma retrograd vjp
#pragma retrograd jvp
double elements_ahead(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = std::exp(0.25 * x[i + 1]);
    s += std::sin(t);
    x[i] = t * 0.5;
  }
  return s;
}

#pragma retrograd vjp
#pragma retrograd jvp
double elements_behind(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = std::exp(0.25 * x[i]);
    s += std::sin(t);
    x[i + 1] = std::cos(t);
  }
  return s;
}

// The next iteration looks at an element that the reverse restores.
#pragma retrograd gradient
#pragma retrograd jvp
double looks_behind(const double *x, int n) {
  double s = 0, a[9];
  for (int i = 0; i < 9; ++i)
    a[i] = x[i];
  for (int i = 1; i < n; ++i) {
    const int k = a[i - 1] > 0.6;
    a[i] = a[i] * a[i] * (1 + 2 * k);
    s += std::sin(a[i]);
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double carried(const double *x, int n) {
  double s = 0, w = 1;
  for (int i = 0; i < n; ++i) {
    double t = std::exp(0.25 * x[i] * w);
    s += std::sin(t);
    w = w * 0.5 + t;
  }
  return s;
}

// The sum is needed in each iteration, or when it is complete.
#pragma retrograd gradient
#pragma retrograd jvp
double running_sum(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = std::exp(0.25 * x[i]);
    s += std::sin(t);
    s = s + s * t * 0.25;
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double complete_sum(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = std::exp(0.25 * x[i]);
    s += std::sin(t);
  }
  return s * s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double leaves_early(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = std::exp(0.25 * x[i]);
    if (t > 1.4)
      break;
    if (t > 1.2)
      continue;
    s += std::sin(t);
  }
  return s;
}

//===----------------------------------------------------------------------===//
// What happens between a loop and its reverse
//===----------------------------------------------------------------------===//

// The elements that the reverse reads are restored there.
#pragma retrograd gradient
#pragma retrograd jvp
double changed_later(const double *x, int n) {
  double s = 0, a[9] = {};
  for (int i = 0; i < 9; ++i)
    a[i] = x[i] * x[i];
  for (int i = 0; i < n; ++i) {
    double t = std::exp(0.25 * a[i]);
    s += std::sin(t) * a[i];
  }
  for (int i = 0; i < n; ++i)
    a[i] = a[i] * a[i];
  return s + a[0] * a[1];
}

// Their adjoints are set to zero there.
#pragma retrograd gradient
#pragma retrograd jvp
double adjoints_later(const double *x, const double *y, int n) {
  double s = 0, a[9] = {};
  for (int i = 0; i < 9; ++i)
    a[i] = x[i];
  for (int i = 0; i < n; ++i) {
    double t = std::exp(0.25 * y[i]);
    s += std::sin(t) + a[i];
  }
  for (int i = 0; i < n; ++i)
    a[i] = 3 * a[i + 1];
  return s + 2 * a[0] + a[2];
}

// The seed is known when all loops have run.
#pragma retrograd gradient
#pragma retrograd jvp
double two_sums(const double *x, const double *y, int n) {
  double s = 0, q = 0;
  for (int i = 0; i < n; ++i) {
    double t = std::exp(0.25 * x[i]);
    s += std::sin(t);
  }
  for (int i = 0; i < n; ++i) {
    double t = std::exp(0.25 * y[i]);
    q += std::cos(t) * t;
  }
  return s * q;
}

// Here it is 1, and each loop is fused with its reverse.
#pragma retrograd gradient
#pragma retrograd jvp
double added_sums(const double *__restrict x, const double *__restrict y,
                  int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = std::exp(0.25 * x[i]);
    s += std::sin(t);
  }
  for (int i = 0; i < n; ++i) {
    double t = std::exp(0.25 * y[i]);
    s += std::cos(t) * t;
  }
  return s;
}

static void scale(double *x, int n) {
  for (int i = 0; i < n; ++i)
    x[i] *= 1 + 0.5 * x[i];
}

// The reverse of the call scales adjoints, to which the loop's adds afterwards.
#pragma retrograd gradient wrt(x[9])
#pragma retrograd jvp wrt(x)
double called_in_between(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = std::exp(x[i]);
    s += std::sin(t);
  }
  scale(x, n);
  return s * x[0] + x[1];
}

int main() {
  double x[] = {0.5, -1.25, 0.75, 1.5, -0.625, 2, 0.25, -0.5, 1.125};
  double y[] = {2, 1, 3, 0.5, 4, -1, 0.75, 1.5, 0.25};
  oracle::constant_array<int> k{{1, 3, 0, 4}};
  oracle::constant_array<double> h{{0, 0, 0, 0, 0}};
  for (int n = 0; n <= 4; ++n) {
    CHECK_GRADIENT(samples, x, y, n);
    CHECK_GRADIENT(samples, x, oracle::alias<0>{1}, n);
    CHECK_GRADIENT(overwritten, x, n);
    CHECK_GRADIENT(neighbours, x, n);
    CHECK_GRADIENT(from_two, x, 2, n + 1);
    CHECK_GRADIENT(inner_loops, x, n);
    CHECK_GRADIENT(nested, x, y, n);
    CHECK_GRADIENT(indices, x, k, n);
    CHECK_GRADIENT(either, x, y, k, n);
    CHECK_GRADIENT(either, x, oracle::alias<0>{1}, k, n);
    CHECK_GRADIENT(either_complete, x, y, k, n);
    CHECK_GRADIENT(by_twos, x, n);
    CHECK_GRADIENT(recursive_calls, x, n);
    CHECK_VJP(stored, y, x, n);
    CHECK_GRADIENT(stored_for_later, x, y, h, n);
    CHECK_GRADIENT(stored_in_local_memory, x, y, n);
    CHECK_VJP(stored_perhaps_there, y, x, n);
    CHECK_VJP(stored_perhaps_there, oracle::alias<1>{1}, x, n);
    CHECK_VJP(stored_perhaps_there, x, oracle::alias<0>{1}, n);
    CHECK_VJP(elements_ahead, x, n);
    CHECK_VJP(elements_behind, x, n);
    CHECK_GRADIENT(looks_behind, x, n + 1);
    CHECK_GRADIENT(carried, x, n);
    CHECK_GRADIENT(running_sum, x, n);
    CHECK_GRADIENT(complete_sum, x, n);
    CHECK_GRADIENT(leaves_early, x, n);
    CHECK_GRADIENT(changed_later, x, n);
    CHECK_GRADIENT(adjoints_later, x, y, n);
    CHECK_GRADIENT(two_sums, x, y, n);
    CHECK_GRADIENT(added_sums, x, y, n);
    CHECK_GRADIENT(called_in_between, x, n);
  }
  return oracle::result();
}
