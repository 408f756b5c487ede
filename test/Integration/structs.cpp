//===- structs.cpp - Objects that hold real numbers -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Structs as locals, parameters, results and elements, copied as a whole and
// field by field. Functions that take objects are called with arrays that hold
// their fields.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#ifdef __clang__
#pragma GCC diagnostic ignored "-Wself-assign-overloaded"
#endif

struct Vec {
  double x, y, z;
};

struct Body {
  double mass;
  Vec at;
  double moments[3];
  Vec ends[2];
};

struct Mixed {
  int count = 2;
  bool fixed = false;
  float scale = 0.5f;
  const double *weights = nullptr;
  long double wide = 1.5L;
  double grid[2][3] = {{1, 2, 3}, {4}};
};

struct Node {
  double value;
  Node *next;
};

//===----------------------------------------------------------------------===//
// Locals
//===----------------------------------------------------------------------===//

#pragma retrograd gradient
#pragma retrograd jvp
double initialised(double x, double y) {
  Vec a = {x, x * y};
  Vec b{.x = y, .y = 0, .z = a.y};
  Vec c = Vec{x, y, x};
  Vec d = {};
  Vec e;
  e.x = e.y = e.z = a.x * b.z;
  d.y += c.z * e.y;
  return a.x * b.x + a.z + c.x * c.y + d.y * d.y + b.z + b.y + d.x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double defaults(double x, const double *w) {
  Mixed m;
  Mixed n = {.count = 3, .scale = 2.5f};
  m.scale *= x;
  m.weights = w;
  n.wide = m.wide * x;
  n.grid[1][1] = x;
  double s = m.fixed ? 1 : x;
  for (int i = 0; i < m.count + n.count - 3; ++i)
    s += m.weights[i] * n.grid[i][i] * m.scale * n.scale * n.wide;
  return s * m.grid[0][2] * m.grid[1][0];
}

#pragma retrograd gradient
#pragma retrograd jvp
double copied(double x, double y) {
  Body a = {x, {y, x, 1}, {x * y, 2}, {{1, y}, {x}}};
  Body b = a;
  b.at.x *= a.mass;
  b.ends[1] = a.ends[0];
  b.ends[0] = b.at;
  a = b;
  a = a;
  a.at = {a.at.y, a.at.x, a.moments[0]};
  b.at = b.ends[1] = a.at;
  return a.at.x * b.at.z + a.ends[0].x * a.ends[1].y + b.ends[1].x * b.mass;
}

// Fields are overwritten after they have been read.
#pragma retrograd gradient
#pragma retrograd jvp
double overwritten(double x, int n) {
  Vec s = {x, 1, 0.5};
  Vec old = s;
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    Vec t = s;
    s.x = t.x * t.y + x;
    s.y = s.x * t.z;
    if (i % 2) {
      old = s;
      s.z *= old.x;
    }
    sum += s.z * old.y;
    s = {s.y, s.x * 0.5, s.z * 0.25 + t.x};
  }
  return sum + s.x * s.y * s.z;
}

#pragma retrograd gradient
#pragma retrograd jvp
double in_arrays(const double *x, int n) {
  Vec v[4];
  for (int i = 0; i < n; ++i) {
    v[i] = {x[i], x[i] * x[i], 1};
    v[i].z *= v[0].x;
  }
  Body b[2] = {{x[0], v[0]}, {x[1], v[1], {1, x[0]}, {v[0], v[1]}}};
  double s = 0;
  for (const Body &each : b)
    s += each.mass * each.at.y + each.moments[1] * each.ends[1].x;
  for (Vec &each : v)
    if (&each - v < n)
      each.x *= each.y;
  for (Vec each : v)
    if (n == 4)
      s += each.x * each.z;
  return s * v[n / 2].x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double bound(double x, double y) {
  Vec v = {x, y, x * y};
  auto [a, b, c] = v;
  auto &[p, q, r] = v;
  a *= b;
  p *= q;
  q += a * r;
  const auto &[i, j, k] = v;
  return i * j + k * c + a;
}

#pragma retrograd gradient
#pragma retrograd jvp
double named(double x, double y, int i) {
  Body b[2] = {{x, {y, x}}, {y, {x, y}}};
  double &m = b[i].mass;
  Vec &at = b[i].at;
  Vec *p = &b[1 - i].at;
  double *q = &p->x;
  m *= at.x;
  at = *p;
  *q *= m;
  p->y += at.x * *q;
  (*p).z = p->y * p->y;
  const Vec &same = *p;
  return b[0].mass * b[1].at.x + b[0].at.y + b[1].at.y * same.z;
}

#pragma retrograd gradient
#pragma retrograd jvp
double chosen(double x, double y) {
  Vec a = {x, y, 1}, b = {y, x * x, 2};
  Vec c = x > y ? a : b;
  (x < y ? a : b).x = c.y * x;
  Vec d = x > 0 ? Vec{x, c.x, a.x} : Vec{1, 2, b.x};
  return a.x * b.x + c.x * d.y * d.z;
}

// Every second pass goes through a record that holds a pointer.
#pragma retrograd gradient
#pragma retrograd jvp
double list(const double *x, int n) {
  Node nodes[4];
  for (int i = 0; i < n; ++i)
    nodes[i] = {x[i], i ? &nodes[i - 1] : nullptr};
  double s = 0;
  for (Node *p = &nodes[n - 1]; p; p = p->next)
    s = s * p->value + p->value * p->value;
  Node *first = &nodes[n - 1];
  if (n > 2)
    *first = *first->next;
  return s * first->value;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

static Vec sum(const Vec &a, const Vec &b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}

static Vec scaled(Vec a, double s) {
  a.x *= s;
  a.y *= s;
  a.z *= s;
  return a;
}

static double dot(const Vec *a, const Vec *b) {
  return a->x * b->x + a->y * b->y + a->z * b->z;
}

static void advance(Body &b, const Vec &v, double dt) {
  b.at = sum(b.at, scaled(v, dt));
  b.moments[0] *= b.at.x;
  b.mass += v.x * b.moments[0];
}

#pragma retrograd gradient
#pragma retrograd jvp
double called(double x, double y) {
  Vec a = {x, y, 1}, b = {y, x, x * y};
  a = sum(a, b);
  a = sum(a, a);
  b = scaled(a, b.x);
  Vec c = sum(scaled(a, 0.5), {b.y, b.x, 1});
  sum(a, b);
  return dot(&a, &b) + dot(&c, &c) + sum(a, c).y + scaled(b, x).z;
}

#pragma retrograd gradient
#pragma retrograd jvp
double by_reference(double x, int n) {
  Body b = {x, {1, x, 0.5}, {x * x, 1, 1}, {}};
  double s = 0;
  for (int i = 0; i < n; ++i) {
    advance(b, b.at, 0.25);
    advance(b, {x, b.mass, 1}, x);
    s += dot(&b.at, &b.at) * b.moments[0];
  }
  return s;
}

static Vec power(Vec v, int n) {
  if (n == 0)
    return {1, 1, 1};
  Vec half = power(v, n - 1);
  half.x *= v.x;
  half.y *= half.x + v.y;
  half.z += half.y * v.z;
  return half;
}

#pragma retrograd gradient
#pragma retrograd jvp
double recursive(double x, double y, int n) {
  Vec p = power({x, y, x * y}, n);
  return p.x * p.y + p.z * p.z;
}

static Vec early(const Vec *v, int n) {
  for (int i = 0; i < n; ++i)
    if (v[i].x > 0.6)
      return sum(v[i], v[0]);
  return v[0];
}

#pragma retrograd gradient
#pragma retrograd jvp
double exits(const double *x, int n) {
  Vec v[3] = {{x[0], 1, x[1]}, {x[1], x[0], 2}, {x[2], x[2], x[0]}};
  Vec e = early(v, n);
  return e.x * e.y * e.z;
}

struct View {
  double *data;
  int size;
};

static void square(View v) {
  for (int i = 0; i < v.size; ++i)
    v.data[i] *= v.data[i];
}

#pragma retrograd gradient
#pragma retrograd jvp
double through_view(const double *x, int n) {
  double a[4] = {1, 1, 1, 1}, b[4] = {2, 2, 2, 2};
  View v = {a, n}, w = {b, n};
  double s = 0;
  for (int i = 0; i < n; ++i) {
    v.data[i] = x[i];
    square(v);
    View t = v;
    v = w;
    w = t;
    s += v.data[0] * w.data[i];
  }
  return s;
}

//===----------------------------------------------------------------------===//
// Objects of the caller
//===----------------------------------------------------------------------===//

#pragma retrograd gradient
#pragma retrograd jvp
double length(Vec v, double scale) {
  v.x *= scale;
  return std::sqrt(v.x * v.x + v.y * v.y + v.z * v.z);
}

#pragma retrograd gradient
#pragma retrograd jvp
double potential(const Body *b, int n) {
  double e = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      Vec d = {b[i].at.x - b[j].at.x, b[i].at.y - b[j].at.y,
               b[i].at.z - b[j].at.z};
      e -= b[i].mass * b[j].mass / std::sqrt(dot(&d, &d) + 1);
      e += b[i].moments[j] * b[j].ends[1].y;
    }
  return e;
}

#pragma retrograd vjp
#pragma retrograd jvp
void moved(Body *b, int n, double dt) {
  for (int i = 0; i < n; ++i) {
    b[i].at.x += dt * b[(i + 1) % n].mass * b[i].at.x;
    b[i].mass = b[i].at.x * b[0].mass;
    b[(i + 1) % n].at = b[i].at;
  }
}

// The two may be one object.
#pragma retrograd vjp
#pragma retrograd jvp
void mixed(Vec &a, Vec &b) {
  a.x = a.x * b.y;
  b.y *= a.x;
  a = sum(a, b);
  b.z = a.z * b.z;
}

#pragma retrograd vjp
#pragma retrograd jvp
Vec crossed(Vec a, const Vec &b) {
  Vec c;
  c.x = a.y * b.z - a.z * b.y;
  c.y = a.z * b.x - a.x * b.z;
  c.z = a.x * b.y - a.y * b.x;
  return c;
}

//===----------------------------------------------------------------------===//

static Vec &vec(double *p) { return *reinterpret_cast<Vec *>(p); }
static const Vec &vec(const double *p) {
  return *reinterpret_cast<const Vec *>(p);
}
template <class T> static auto *bodies(T *p) {
  return reinterpret_cast<
      std::conditional_t<std::is_const_v<T>, const Body, Body> *>(p);
}

static void of_caller() {
  double v[] = {0.5, -0.75, 1.25};
  oracle::test(
      "length", [](const double *v, double s) { return length(vec(v), s); }, v,
      0.75)
      .gradient([](const double *v, double s, double *d_v, double *d_s) {
        length_grad(vec(v), s, &vec(d_v), d_s);
      })
      .jvp([](const double *v, double s, const double *t_v, double t_s) {
        return length_jvp(vec(v), s, &vec(t_v), t_s);
      });
  double b[39];
  for (int i = 0; i < 39; ++i)
    b[i] = 0.25 + (i * 7 % 11) * 0.125;
  oracle::test(
      "potential", [](const double *b, int n) { return potential(bodies(b), n); },
      b, 3)
      .gradient([](const double *b, int n, double *d_b) {
        potential_grad(bodies(b), n, bodies(d_b));
      })
      .jvp([](const double *b, int n, const double *t_b) {
        return potential_jvp(bodies(b), n, bodies(t_b));
      });
  oracle::test(
      "moved", [](double *b, int n, double dt) { moved(bodies(b), n, dt); }, b,
      3, 0.25)
      .vjp([](double *b, int n, double dt, double *d_b, double *d_dt) {
        moved_vjp(bodies(b), n, dt, bodies(d_b), d_dt);
      })
      .jvp([](double *b, int n, double dt, double *t_b, double t_dt) {
        moved_jvp(bodies(b), n, dt, bodies(t_b), t_dt);
      });
}

static void of_two() {
  double v[] = {0.5, -0.75, 1.25}, w[] = {1.5, 0.25, -0.5};
  oracle::test(
      "mixed", [](double *a, double *b) { mixed(vec(a), vec(b)); }, v, w)
      .vjp([](double *a, double *b, double *d_a, double *d_b) {
        mixed_vjp(vec(a), vec(b), &vec(d_a), &vec(d_b));
      })
      .jvp([](double *a, double *b, double *t_a, double *t_b) {
        mixed_jvp(vec(a), vec(b), &vec(t_a), &vec(t_b));
      });
  oracle::test(
      "mixed with itself", [](double *a) { mixed(vec(a), vec(a)); }, v)
      .vjp([](double *a, double *d_a) {
        mixed_vjp(vec(a), vec(a), &vec(d_a), &vec(d_a));
      })
      .jvp([](double *a, double *t_a) {
        mixed_jvp(vec(a), vec(a), &vec(t_a), &vec(t_a));
      });
  oracle::test(
      "crossed",
      [](const double *a, const double *b, double *c) {
        vec(c) = crossed(vec(a), vec(b));
      },
      v, w, v)
      .vjp([](const double *a, const double *b, double *c, double *d_a,
              double *d_b, double *d_c) {
        crossed_vjp(vec(a), vec(b), vec(d_c), &vec(d_a), &vec(d_b));
        vec(c) = crossed(vec(a), vec(b));
        vec(d_c) = {};
      })
      .jvp([](const double *a, const double *b, double *c, const double *t_a,
              const double *t_b, double *t_c) {
        vec(t_c) = crossed_jvp(vec(a), vec(b), &vec(t_a), &vec(t_b));
        vec(c) = crossed(vec(a), vec(b));
      });
}

// Second order.
#pragma retrograd jvp(overwritten_grad)
#pragma retrograd jvp(called_grad)
#pragma retrograd jvp(by_reference_grad)
#pragma retrograd jvp(recursive_grad)
#pragma retrograd jvp(list_grad)
#pragma retrograd jvp(through_view_grad)

static void second_order() {
  double x[] = {0.5, 1.5, -0.75, 1.25};
  CHECK_HESSIAN(called, 1.5, 0.75);
  for (int n = 0; n <= 3; ++n) {
    CHECK_HESSIAN(overwritten, 0.75, n);
    CHECK_HESSIAN(by_reference, 0.5, n % 3);
    CHECK_HESSIAN(recursive, 0.75, 0.5, n);
    CHECK_HESSIAN(list, x, n + 1);
    CHECK_HESSIAN(through_view, x, n);
  }
}

int main() {
  double x[] = {0.5, 1.5, -0.75, 1.25};
  CHECK_GRADIENT(initialised, 1.5, 0.75);
  CHECK_GRADIENT(defaults, 1.5, x);
  CHECK_GRADIENT(copied, 1.5, 0.75);
  for (int n = 0; n <= 4; ++n)
    CHECK_GRADIENT(overwritten, 0.75, n);
  for (int n = 2; n <= 4; ++n)
    CHECK_GRADIENT(in_arrays, x, n);
  CHECK_GRADIENT(bound, 1.5, 0.75);
  CHECK_GRADIENT(named, 1.5, 0.75, 0);
  CHECK_GRADIENT(named, 1.5, 0.75, 1);
  CHECK_GRADIENT(chosen, 1.5, 0.75);
  CHECK_GRADIENT(chosen, 0.5, 0.75);
  for (int n = 1; n <= 4; ++n)
    CHECK_GRADIENT(list, x, n);
  CHECK_GRADIENT(called, 1.5, 0.75);
  for (int n = 0; n <= 3; ++n)
    CHECK_GRADIENT(by_reference, 0.75, n);
  for (int n = 0; n <= 4; ++n)
    CHECK_GRADIENT(recursive, 0.75, 0.5, n);
  for (int n = 0; n <= 3; ++n)
    CHECK_GRADIENT(exits, x, n);
  for (int n = 0; n <= 4; ++n)
    CHECK_GRADIENT(through_view, x, n);
  of_caller();
  of_two();
  second_order();
  return oracle::result();
}
