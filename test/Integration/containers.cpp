//===- containers.cpp - std::array and std::vector ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Arrays of the library as locals, fields, parameters and results, and the
// elements of vectors that a function is given.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <array>
#include <retrograd/retrograd.h>
#include <stdexcept>

#ifdef __clang__
#pragma GCC diagnostic ignored "-Wself-assign-overloaded"
#endif

using Vec = std::array<double, 3>;
using Vector = std::vector<double>;

namespace {

struct Body {
  Vec at = {1, 2};
  std::array<std::array<double, 2>, 2> m;
  double mass = 0.5;
};

Vec cross(const Vec &a, const Vec &b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2],
          a[0] * b[1] - a[1] * b[0]};
}
Vec operator*(double s, Vec v) {
  for (double &x : v)
    x *= s;
  return v;
}
double sum(const double *p, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += p[i] * p[i];
  return s;
}
void scale(Vec &a, const Vec &by) {
  for (std::size_t i = 0; i < a.size(); ++i)
    a[i] *= by[i] + a[(i + 1) % 3];
}
double &largest(Vec &v) { return v[v[0] < v[1] ? 1 : 0]; }
double dot(const Vector &x, const Vector &y) {
  double s = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    s += x[i] * y[i];
  return s;
}
void smooth(Vector &x) {
  for (std::size_t i = 1; i < x.size(); ++i)
    x[i] = 0.5 * (x[i] + x[i - 1] * x[i]);
}

} // namespace

//===----------------------------------------------------------------------===//
// std::array
//===----------------------------------------------------------------------===//

#pragma retrograd gradient
#pragma retrograd jvp
double elements(double x, double y) {
  Vec a = {y, y * x}, z = {}, b = cross(a, {x, 1, y});
  a.at(2) = x * b.front();
  a.back() += a[0] * b.at(1);
  std::get<1>(a) *= std::get<0>(b);
  const Vec c = a;
  auto [p, q, r] = b;
  auto &[u, v, w] = a;
  u *= p;
  v += w * q;
  *(b.begin() + 1) *= x;
  return sum(a.data(), 3) + r * c[1] + z[1] + sum(b.begin(), int(b.size())) +
         sum(c.data() + 1, int(c.cend() - c.cbegin()) - 1) + largest(a) +
         (a.empty() ? 7 : c[2]);
}

#pragma retrograd gradient
#pragma retrograd jvp
double copies(double x, double y) {
  Vec a = {x, y, x * y}, b = a, c;
  c = b = y * a;
  b[0] = c[2];
  a = a;
  c = cross(a, b);
  a.fill(c[1]);
  a[1] *= x;
  a.fill(a[1]);
  Vec d[2] = {a, c};
  d[1] = d[0];
  d[0][2] = d[1][0] * b[0];
  return a[0] * d[0][2] + b[0] * c[1] + d[1][2];
}

#pragma retrograd gradient
#pragma retrograd jvp
double nested(double x, double y) {
  Body b = {{x, y, 1}, {{{x, 1}, {2, y}}}}, c;
  c.m = b.m;
  b.m[1][0] *= c.m[0][0] * x;
  c.m[0] = b.m[1];
  c.at = y * b.at;
  std::array<Body, 2> all = {b, c};
  all[1].at[0] *= all[0].m[1][0];
  std::array<float, 2> f = {0.5f, 0.25f};
  f[0] *= static_cast<float>(x);
  double s = 0;
  for (const Body &each : all)
    for (const auto &row : each.m)
      for (double v : row)
        s += v * v * each.mass;
  return s * all[1].at[0] + c.at[1] * f[0];
}

// Elements are overwritten, the two are one object, or none has any.
#pragma retrograd gradient
#pragma retrograd jvp
double overwritten(double x, double y, int n, int same) {
  Vec a = {x, y, 1}, b = {y, 0.5, x};
  std::array<double, 0> none;
  double s = none.size();
  for (int i = 0; i < n; ++i) {
    scale(a, same ? a : b);
    double &r = a[i % 3];
    r = r * b[(i + 1) % 3];
    b[i % 3] += r * x;
    s += a[0] * b[2];
  }
  return s + a[1] * b[1];
}

#pragma retrograd gradient
double checked(const Vec &a, int i) { return a.at(i) * a[0]; }

//===----------------------------------------------------------------------===//
// std::vector
//===----------------------------------------------------------------------===//

#pragma retrograd gradient
#pragma retrograd jvp
double read(const Vector &x, const Vector &y, double k) {
  double s = k;
  for (std::size_t i = 0; i < x.size(); ++i)
    s += x[i] * x[i] * y.at(i) * s;
  for (double v : x)
    s += v * y.back();
  for (const double &v : y)
    s += std::sin(v) * x.front();
  return x.empty() ? k : s * dot(x, y) + sum(x.data(), int(x.size()));
}

#pragma retrograd vjp
#pragma retrograd jvp
double written(Vector &x, Vector &y, double k) {
  for (double &v : x)
    v = v * v * k;
  smooth(y);
  for (int i = 0; i < int(y.size()); ++i)
    x[i] *= y[i];
  double *p = x.data();
  p[0] *= y.back() * x.back();
  y.front() = p[0] * k;
  return dot(x, y) * k;
}

#pragma retrograd gradient
#pragma retrograd jvp
double rows(const std::vector<Vector> &a, const std::vector<Vec> &v) {
  double s = 0;
  for (const auto &row : a)
    for (double x : row)
      s += x * x;
  for (std::size_t i = 0; i < v.size(); ++i)
    s *= a[i][0] * v[i][2] + a[0].back() * dot(a[i], a[0]);
  return s;
}

//===----------------------------------------------------------------------===//

static Vector vec(const double *p) { return {p, p + 3}; }
static void set(double *to, const Vector &from) {
  for (std::size_t i = 0; i < from.size(); ++i)
    to[i] = from[i];
}

static void of_caller() {
  double x[] = {0.5, -0.75, 1.25}, y[] = {1.5, 0.25, -0.5};
  oracle::test(
      "read",
      [](const double *x, const double *y, double k) {
        return read(vec(x), vec(y), k);
      },
      x, y, 0.75)
      .gradient([](const double *x, const double *y, double k, double *d_x,
                   double *d_y, double *d_k) {
        Vector a = vec(d_x), b = vec(d_y);
        read_grad(vec(x), vec(y), k, &a, &b, d_k);
        set(d_x, a);
        set(d_y, b);
      })
      .jvp([](const double *x, const double *y, double k, const double *t_x,
              const double *t_y, double t_k) {
        const Vector a = vec(t_x), b = vec(t_y);
        return read_jvp(vec(x), vec(y), k, &a, &b, t_k);
      });
  oracle::test(
      "written",
      [](double *x, double *y, double k) {
        Vector a = vec(x), b = vec(y);
        double r = written(a, b, k);
        set(x, a);
        set(y, b);
        return r;
      },
      x, y, 0.75)
      .vjp([](double *x, double *y, double k, double seed, double *d_x,
              double *d_y, double *d_k) {
        Vector a = vec(x), b = vec(y), d_a = vec(d_x), d_b = vec(d_y);
        written_vjp(a, b, k, seed, &d_a, &d_b, d_k);
        set(x, a);
        set(y, b);
        set(d_x, d_a);
        set(d_y, d_b);
      })
      .jvp([](double *x, double *y, double k, double *t_x, double *t_y,
              double t_k) {
        Vector a = vec(x), b = vec(y), t_a = vec(t_x), t_b = vec(t_y);
        double r = written_jvp(a, b, k, &t_a, &t_b, t_k);
        set(x, a);
        set(y, b);
        set(t_x, t_a);
        set(t_y, t_b);
        return r;
      });
  // The two are one vector.
  oracle::test(
      "written into itself",
      [](double *x, double k) {
        Vector a = vec(x);
        double r = written(a, a, k);
        set(x, a);
        return r;
      },
      x, 0.75)
      .vjp([](double *x, double k, double seed, double *d_x, double *d_k) {
        Vector a = vec(x), d_a = vec(d_x);
        written_vjp(a, a, k, seed, &d_a, &d_a, d_k);
        set(x, a);
        set(d_x, d_a);
      })
      .jvp([](double *x, double k, double *t_x, double t_k) {
        Vector a = vec(x), t_a = vec(t_x);
        double r = written_jvp(a, a, k, &t_a, &t_a, t_k);
        set(x, a);
        set(t_x, t_a);
        return r;
      });
  oracle::test(
      "rows",
      [](const double *x, const double *y) {
        return rows({vec(x), vec(y)}, {{y[0], y[1], y[2]}, {x[0], 1, x[2]}});
      },
      x, y)
      .gradient([](const double *x, const double *y, double *d_x, double *d_y) {
        std::vector<Vector> d_a = {vec(d_x), vec(d_y)};
        std::vector<Vec> d_v(2);
        rows_grad({vec(x), vec(y)}, {{y[0], y[1], y[2]}, {x[0], 1, x[2]}},
                  &d_a, &d_v);
        set(d_x, d_a[0]);
        set(d_y, d_a[1]);
        for (int i = 0; i < 3; ++i) {
          d_y[i] += d_v[0][i];
          d_x[i] += i == 1 ? 0 : d_v[1][i];
        }
      })
      .jvp([](const double *x, const double *y, const double *t_x,
              const double *t_y) {
        const std::vector<Vector> t_a = {vec(t_x), vec(t_y)};
        const std::vector<Vec> t_v = {{t_y[0], t_y[1], t_y[2]},
                                      {t_x[0], 0, t_x[2]}};
        return rows_jvp({vec(x), vec(y)},
                        {{y[0], y[1], y[2]}, {x[0], 1, x[2]}}, &t_a, &t_v);
      });
}

static void of_empty() {
  const Vector none;
  Vector d_x, d_y;
  double d_k = 0;
  read_grad(none, none, 2, &d_x, &d_y, &d_k);
  oracle::require("read", "nothing", d_k == 1);
}

static void of_checks() {
  const Vec a = {1, 2, 3};
  Vec d = {};
  checked_grad(a, 2, &d);
  oracle::require("checked", "in range", d[0] == 3 && d[2] == 1 && d[1] == 0);
  bool thrown = false;
  try {
    checked_grad(a, 3, &d);
  } catch (const std::out_of_range &) {
    thrown = true;
  }
  oracle::require("checked", "out of range", thrown);
}

#pragma retrograd jvp(copies_grad)
#pragma retrograd jvp(overwritten_grad)

int main() {
  CHECK_GRADIENT(elements, 1.5, 0.75);
  CHECK_GRADIENT(copies, 1.5, 0.75);
  CHECK_GRADIENT(nested, 1.5, 0.75);
  for (int n = 0; n <= 4; ++n) {
    CHECK_GRADIENT(overwritten, 0.75, 0.5, n, 0);
    CHECK_GRADIENT(overwritten, 0.75, 0.5, n, 1);
  }
  of_caller();
  of_empty();
  of_checks();
  CHECK_HESSIAN(copies, 1.5, 0.75);
  CHECK_HESSIAN(overwritten, 0.75, 0.5, 3, 1);
  return oracle::result();
}
