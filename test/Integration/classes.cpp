//===- classes.cpp - Member functions, operators and lambdas --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Classes with constructors, operators and conversions; templates that are
// called; lambda expressions by name, at once, and as arguments.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>

namespace {

class Vec {
public:
  double x = 0, y = 0;

  Vec() = default;
  Vec(double x, double y) : x(x), y(y) {}
  explicit Vec(double both) : Vec(both, both) { y *= both; }

  double norm() const { return std::sqrt(x * x + y * y); }
  double dot(const Vec &v) const { return x * v.x + this->y * v.y; }
  void scale(double s) {
    x *= s;
    y *= s;
  }
  Vec unit() const {
    double n = norm();
    return Vec(x / n, y / n);
  }
  static Vec polar(double r, double angle) {
    return {r * std::cos(angle), r * std::sin(angle)};
  }
  Vec &operator+=(const Vec &v) {
    x += v.x;
    y += v.y;
    return *this;
  }
  Vec &operator*=(double s) {
    scale(s);
    return *this;
  }
  Vec operator-() const { return {-x, -y}; }
  double &operator[](int i) { return i == 0 ? x : y; }
  const double &operator[](int i) const { return i == 0 ? x : y; }
  double operator()(double t) const { return x + t * y; }
  bool operator<(const Vec &v) const { return norm() < v.norm(); }
  operator double() const { return x * y; }
  friend Vec operator-(Vec a, const Vec &b) {
    a.x -= b.x;
    a.y -= b.y;
    return a;
  }
};

Vec operator+(Vec a, const Vec &b) { return a += b; }
Vec operator*(double s, Vec v) { return v *= s; }
Vec operator*(const Vec &v, double s) { return s * v; }

struct Matrix {
  double at[2][2];
  double &operator()(int i, int j) { return at[i][j]; }
  double operator()(int i, int j) const { return at[i][j]; }
  Vec operator*(const Vec &v) const {
    Vec r;
    for (int i = 0; i < 2; ++i)
      for (int j = 0; j < 2; ++j)
        r[i] += at[i][j] * v[j];
    return r;
  }
};

struct Counter {
  double total = 0;
  int calls = 0;
  void add(double x) {
    total += x * x;
    ++calls;
  }
  double mean() const { return calls == 0 ? 0 : total / calls; }
};

template <class T> T square(T x) { return x * x; }

template double square(double);
template float square(float);

template <class T> struct Pair {
  T first, second;
  T product() const { return first * second; }
};
template struct Pair<double>;
template struct Pair<float>;

// Bodies of templates are made where they are called.
template <class T> T cubed(T x) { return x * square(x); }
template <class T, int N> struct Row {
  T at[N];
  Row() : at{} {}
  explicit Row(T x) { fill(x); }
  void fill(T x) {
    for (int i = 0; i < N; ++i)
      at[i] = x * (i + 1);
  }
  T &operator[](int i) { return at[i]; }
  const T &operator[](int i) const { return at[i]; }
  template <class F> T total(F f) const {
    T s = 0;
    for (T a : at)
      s += f(a);
    return s;
  }
};
template <class T, int N>
Row<T, N> operator*(const Row<T, N> &a, const Row<T, N> &b) {
  Row<T, N> r;
  for (int i = 0; i < N; ++i)
    r[i] = cubed(a[i]) * b[i];
  return r;
}

// Bodies that a result depends on are there as soon as they are called.
template <class T> auto sum_of(T x) { return x; }
template <class T, class... Rest> auto sum_of(T x, Rest... rest) {
  return x + sum_of(rest...);
}
template <class... T> auto folded(T... x) { return (x * ... * 1.0); }

template <class T> auto generic(T x) {
  if constexpr (sizeof(T) == sizeof(float))
    return 2.0 * x;
  else
    return x * x;
}

template <class F> auto twice(F f, double x) { return f(f(x)); }
template <class F> auto integrated(F &&f, double a, double b, int n) {
  double s = 0, h = (b - a) / n;
  for (int i = 0; i < n; ++i)
    s += h * f(a + (i + 0.5) * h);
  return s;
}

} // namespace

#pragma retrograd gradient
#pragma retrograd jvp
double constructed(double x, double y) {
  Vec a(x, y), b{y, x}, c(x), d, e = Vec(y);
  d = Vec(x * y, 1);
  d.scale(b.x);
  return a.norm() + b.dot(c) * d.norm() + e.y * c.y + d.unit().x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double operators(double x, double y) {
  Vec a(x, y), b = Vec::polar(y, x);
  Vec c = 2.0 * a + b * x - -a;
  c += c;
  (c += a) *= y;
  a = a + a;
  a[1] *= c[0];
  c[0] = a[1] * b(y);
  if (a < c)
    a = c - b;
  double area = a;
  return a.norm() + c.x * c.y + area + a[0];
}

#pragma retrograd gradient
#pragma retrograd jvp
double matrices(double x, double y, int n) {
  Matrix m = {{{x, 1}, {y, x}}};
  Vec v(1, y);
  for (int i = 0; i < n; ++i) {
    v = m * v;
    m(0, 1) += v.x * 0.25;
    m(1, 0) = v.unit().y * m(0, 0);
  }
  return v.dot(v) * m(1, 0);
}

#pragma retrograd gradient
#pragma retrograd jvp
double counted(const double *x, int n) {
  Counter all, large;
  for (int i = 0; i < n; ++i) {
    all.add(x[i]);
    Counter *which = x[i] > 0.6 ? &all : &large;
    which->add(x[i] * all.total);
  }
  return all.mean() + large.mean() * large.total;
}

#pragma retrograd gradient
#pragma retrograd jvp
double templates(double x, float y) {
  Pair<double> p = {x, square(x)};
  Pair<float> q{y, square(y)};
  return square(p.product()) + q.product() * generic(x) + generic(y) +
         sum_of(x, y * x, p.first) + folded(x, p.second, x);
}

#pragma retrograd gradient
#pragma retrograd jvp
double instantiated(double x, float y) {
  Row<double, 3> a(x), b;
  Row<float, 2> c(y);
  b.fill(x * y);
  b = a * b * a;
  return (b * a).total([](double v) { return v * v; }) +
         c.total([](float v) { return cubed(v); }) * cubed(y);
}

#pragma retrograd gradient
#pragma retrograd jvp
double lambdas(double x, double y) {
  double scale = y, sum = 0;
  auto half = [](double v) { return 0.5 * v * v; };
  auto kept = [scale](double v) { return scale * v; };
  auto add = [&sum, &half](double v) { sum += half(v) * v; };
  auto running = [total = x](double v) mutable {
    total *= v;
    return total;
  };
  scale = 7;
  add(x);
  add(kept(y));
  double first = running(y);
  double z = [&](auto v) { return v * sum; }(x);
  return sum + z + twice(half, x) + first * running(x) + scale;
}

#pragma retrograd gradient
#pragma retrograd jvp
double passed(double a, double b, int n) {
  Vec v(a, b);
  auto f = [&v, b](double t) { return std::sin(v.x * t) * b + v(t); };
  return integrated(f, 0, 1, n) +
         integrated([&](double t) { return t * a * v.dot(v); }, 0, b, n);
}

int main() {
  double x[] = {0.5, 1.5, 0.75, 1.25};
  CHECK_GRADIENT(constructed, 1.5, 0.75);
  CHECK_GRADIENT(operators, 1.5, 0.75);
  CHECK_GRADIENT(operators, 0.25, 0.5);
  for (int n = 0; n <= 3; ++n)
    CHECK_GRADIENT(matrices, 0.75, 0.5, n);
  for (int n = 0; n <= 4; ++n)
    CHECK_GRADIENT(counted, x, n);
  CHECK_GRADIENT(templates, 1.25, 0.5f);
  CHECK_GRADIENT(instantiated, 0.75, 0.5f);
  CHECK_GRADIENT(lambdas, 1.25, 0.75);
  for (int n = 1; n <= 3; ++n)
    CHECK_GRADIENT(passed, 1.25, 0.75, n);
  return oracle::result();
}
