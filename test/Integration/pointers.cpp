//===- pointers.cpp - Pointers, addresses and pointer walks ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Into arrays and to variables, moved, compared, swapped and reassigned.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>
#include <utility>

#pragma retrograd gradient
#pragma retrograd jvp
double walk(const double *p, int n) {
  const double *end = p + n;
  double s = 1;
  while (p != end)
    s = s * *p++ + 1;
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double walk_in_for(const double *x, int n) {
  double s = 1;
  for (const double *p = x; p < x + n; ++p)
    s = s * *p + p[0];
  for (const double *p = x + n; p-- > x;)
    s = s + *p * s;
  for (const double *p = x, *q = x + n - 1; p < q; p++, q--)
    s += *p * *q;
  return s;
}

#pragma retrograd vjp
#pragma retrograd jvp
void writing_walk(const double *x, double *y, int n) {
  while (n-- > 0) {
    *y *= *x;
    *y++ += *x++ * 2;
  }
}

#pragma retrograd gradient
#pragma retrograd jvp
double address_of_local(double x, double y) {
  double a = x;
  double *p = &a;
  *p *= y;
  a += *p * *p;
  p[0] = p[0] * x;
  return a;
}

#pragma retrograd gradient
#pragma retrograd jvp
double one_of_two(double x, double y, bool which) {
  double a = x * y, b = y;
  double *p = which ? &a : &b;
  *p *= x;
  double *q = &a;
  if (!which)
    q = p;
  *q += *p * b;
  return a * b;
}

#pragma retrograd gradient
#pragma retrograd jvp
double into_array(double x, int n) {
  double a[6] = {x, 1, 2, x * x, 3, 4};
  double *p = a + 2;
  p[1] *= p[-1] + p[-2];
  *(p + n) += *(p - n) * x;
  p += 2;
  *p = a[3] * p[1];
  --p;
  double *q = &a[1];
  *q = *p + q[p - q];
  return a[1] * a[4] + *(a + 2) * 0 [a];
}

// Two buffers that change their roles in each iteration.
#pragma retrograd gradient
#pragma retrograd jvp
double ping_pong(const double *x, int n, int steps) {
  double a[4], b[4];
  double *now = a, *next = b;
  for (int i = 0; i < n; ++i)
    now[i] = x[i] * x[i];
  for (int t = 0; t < steps; ++t) {
    for (int i = 0; i < n; ++i)
      next[i] = now[i] * now[(i + 1) % n] + x[i];
    double *swapped = now;
    now = next;
    next = swapped;
  }
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += now[i] * (i + 1);
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double swapped(double x, double y) {
  double a = x, b = y;
  std::swap(a, b);
  a *= a;
  double *p = &a, *q = &b;
  std::swap(p, q);
  *p += *q;
  std::swap(*p, *q);
  return a * 2 + b * x;
}

// The pointer comes from the data, and moves while its target is written.
#pragma retrograd gradient
#pragma retrograd jvp
double largest(const double *x, int n) {
  const double *best = x;
  for (int i = 1; i < n; ++i)
    if (x[i] > *best)
      best = &x[i];
  return *best * *best * x[0];
}

#pragma retrograd vjp
#pragma retrograd jvp
void moving_target(double *x, int n) {
  double *p = x;
  for (int i = 0; i < n; ++i) {
    *p *= x[i];
    p = x + (i * 2 + 1) % n;
  }
  *p += x[0];
}

#pragma retrograd vjp
#pragma retrograd jvp
double reassigned_parameter(double *p, double *q, int n) {
  if (n > 2)
    p = q;
  *p *= 2;
  p += 1;
  *p *= *q;
  return p[0] * p[-1];
}

// Pointers to rows, and a null pointer that is never followed.
#pragma retrograd gradient
#pragma retrograd jvp
double rows(double x, int n) {
  double m[3][2] = {{x, 1}, {x * x, 2}, {3, x}};
  double s = 0;
  for (double (*row)[2] = m; row != m + n; ++row)
    s += (*row)[0] * row[0][1];
  const double *none = nullptr;
  for (int i = 0; i < n; ++i) {
    const double *r = m[i];
    s += r[0] * r[1];
    if (none)
      s += *none;
    if (!none && i == 1)
      none = r;
  }
  return s;
}

#pragma retrograd gradient
#pragma retrograd jvp
double array_of_pointers(double x, double y) {
  double a = x, b = y;
  double *p[2] = {&a, &b};
  for (int i = 0; i < 4; ++i)
    *p[i % 2] *= *p[(i + 1) % 2] + i;
  return a * b;
}

#pragma retrograd gradient
#pragma retrograd jvp
double pointer_to_pointer(double x, double y) {
  double a = x, b = y;
  double *p = &a;
  double **pp = &p;
  **pp *= b;
  *pp = &b;
  *p += a;
  return a * b;
}

// A pointer passed by reference moves on; what it points to is const.
static double squares(const double *&p, int n) {
  double s = 0;
  while (n--) {
    s += *p * *p;
    ++p;
  }
  return s;
}
#pragma retrograd gradient
#pragma retrograd jvp
double stream(const double *x) {
  const double *p = x;
  double a = squares(p, 2), b = squares(p, 1);
  p = x + 1;
  return a * b + squares(p, 2) * *x;
}

// The place of b needs an adjoint, although nobody reads b.
#pragma retrograd gradient
#pragma retrograd jvp
double one_of_two_places(double x, bool first) {
  double a = x * x, b = 2;
  *(first ? &a : &b) += x * x * x;
  return a;
}

// Where the pointer leads to is known from the call alone.
static void keep(double **slot, double *p) { *slot = p; }
#pragma retrograd gradient
#pragma retrograd jvp
double kept_by_callee(double x) {
  double a = x * x;
  double *slot = nullptr;
  keep(&slot, &a);
  double r = std::sin(a);
  *slot = x;
  return r + a * x;
}

// The callee's pointer is on the tape and leads to an array of an iteration.
static double hop(double *p, double x) {
  double s = x;
  double *q = p;
  for (int i = 0; i < 2; ++i) {
    q = p + (i * i) % 3;
    *q = *q * s + 1;
    s += std::sin(*q);
  }
  return s;
}
#pragma retrograd gradient
#pragma retrograd jvp
double hops(double x) {
  double r = x;
  for (int i = 0; i < 2; ++i) {
    double a[3] = {r, x, r * x};
    r = hop(a, x) + a[0] * a[1];
  }
  return r;
}

static void point_at(const double **slot, const double *p) { *slot = p; }

// Only the call tells that p may lead to u.
#pragma retrograd gradient
#pragma retrograd jvp
double set_by_callee(double x, double y) {
  double u = x * y, v = 2 * x;
  const double *p = &v;
  point_at(&p, &u);
  v = y * y;
  return *p * *p + v;
}

// The place that p leads to is another one in each iteration, and is read in the
// next one.
#pragma retrograd gradient
#pragma retrograd jvp
double kept_in_loop(const double *x, int n) {
  double places[5] = {1, 1, 1, 1, 1}, s = 0;
  const double *p = places;
  for (int i = 0; i < n; ++i) {
    places[i + 1] = x[i] * *p;
    s += *p * places[i + 1];
    point_at(&p, &places[i + 1]);
  }
  return s * *p;
}

// A pointer of the caller is set deep below: it is gone when the derivative ends.
static void walk_to(double *&p, double *from, int steps) {
  if (steps > 0)
    walk_to(p, from + 1, steps - 1);
  else
    p = from;
}

#pragma retrograd gradient wrt(x[4])
#pragma retrograd jvp wrt(x)
double set_below(double *x, int n) {
  double *q = x, s = 0;
  for (int i = 0; i < n; ++i) {
    walk_to(q, x, i);
    s += *q * 0.5;
    *q = s;
  }
  return s;
}

// The user's own pointer stays where the primal leaves it, and so does its shadow.
#pragma retrograd vjp
double users_pointer(double *x, double *&slot, int n) {
  walk_to(slot, x, n);
  return *slot * x[0];
}

// What it leads to is memory of the user, and must be as the primal leaves it.
static void put(double *&p, double value, int times) {
  *p = value * *p;
  ++p;
  if (times > 1)
    put(p, value + 1, times - 1);
}

#pragma retrograd vjp wrt(x[4], value)
#pragma retrograd jvp wrt(x, value)
double put_behind(double *x, double value, int n) {
  double *p = x;
  if (n > 0)
    put(p, value, n);
  return n > 0 ? x[0] * p[-1] : 0;
}

int main() {
  double x[] = {0.5, -1.25, 0.75, 1.5}, y[] = {2, 3, 4, 5};
  for (int n = 0; n <= 4; ++n) {
    CHECK_GRADIENT(walk, x, n);
    CHECK_GRADIENT(walk_in_for, x, n);
    CHECK_VJP(writing_walk, x, y, n);
    if (n > 0) {
      for (int steps = 0; steps < 4; ++steps)
        CHECK_GRADIENT(ping_pong, x, n, steps);
      CHECK_GRADIENT(largest, x, n);
      CHECK_VJP(moving_target, x, n);
      CHECK_VJP(reassigned_parameter, x, y, n);
    }
  }
  CHECK_GRADIENT(address_of_local, 1.5, 0.75);
  CHECK_GRADIENT(one_of_two, 1.5, 0.75, true);
  CHECK_GRADIENT(one_of_two, 1.5, 0.75, false);
  for (int n = 0; n < 3; ++n)
    CHECK_GRADIENT(into_array, 0.7, n);
  CHECK_GRADIENT(swapped, 1.5, 0.75);
  for (int n = 0; n < 4; ++n)
    CHECK_GRADIENT(rows, 0.7, n);
  CHECK_GRADIENT(array_of_pointers, 1.5, 0.75);
  CHECK_GRADIENT(pointer_to_pointer, 1.5, 0.75);
  double three[] = {0.75, -1.25, 1.5};
  CHECK_GRADIENT(stream, three);
  CHECK_GRADIENT(one_of_two_places, 1.5, true);
  CHECK_GRADIENT(one_of_two_places, 1.5, false);
  CHECK_GRADIENT(kept_by_callee, 0.7);
  CHECK_GRADIENT(hops, 0.7);
  CHECK_GRADIENT(set_by_callee, 0.7, -1.5);
  double d_x[4] = {}, *slot = x, *d_slot = d_x;
  users_pointer_vjp(x, slot, 2, 1, d_x, &d_slot);
  oracle::equal("slot", 2, static_cast<double>(slot - x));
  oracle::equal("d_slot", 2, static_cast<double>(d_slot - d_x));
  oracle::equal("users_pointer by x[0]", x[2], d_x[0]);
  oracle::equal("users_pointer by x[2]", x[0], d_x[2]);
  for (int n = 0; n <= 4; ++n)
    CHECK_GRADIENT(kept_in_loop, x, n);
  for (int n = 0; n <= 4; ++n) {
    CHECK_GRADIENT(set_below, x, n);
    CHECK_VJP(put_behind, x, 0.75, n);
  }
  return oracle::result();
}
