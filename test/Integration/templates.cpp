//===- templates.cpp - Derivatives of instantiations ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pragmas before templates, for explicit instantiations, and pragmas that name
// an instantiation.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>

namespace mathematics {

#pragma retrograd gradient
#pragma retrograd jvp
template <class T> T cubic(T x, T a) {
  T y = x * x;
  return a * y * x - y;
}
template double cubic(double, double);
template float cubic<float>(float, float);

template <class T, int N, bool Squared = true> T sum(const T *x) {
  T s = 0;
  for (int i = 0; i < N; ++i)
    if constexpr (Squared)
      s += x[i] * x[i];
    else
      s += x[i] * i;
  return s;
}

template <class T> T either(T x) { return x * x; }
template <class T> T either(T x, T y) { return x * y * y; }
double either(int x) { return x; }

template <class T> struct Line {
  T slope, start;

#pragma retrograd gradient
#pragma retrograd jvp
  T at(T x) const { return start + slope * x * scale(x); }
  T scale(T x) const { return 2 * x + start; }
  static T shifted(T x) { return x * x + 1; }
  template <class S> S mixed(S s) const { return s * slope; }
};
template struct Line<double>;

template <class T> T special(T x) { return x; }
#pragma retrograd gradient
#pragma retrograd jvp
template <> double special(double x) { return x * x * x; }

// The definition may come later than the pragma.
#pragma retrograd gradient
#pragma retrograd jvp
template <class T> T later(T x);
template <class T> T later(T x) { return cubic(x, x) * x; }
template double later(double);

} // namespace mathematics

#pragma retrograd gradient(mathematics::sum<double, 3>) name(sum3_grad)
#pragma retrograd jvp(mathematics::sum<double, 3>) name(sum3_jvp)
#pragma retrograd gradient(mathematics::sum<double, (5 > 3), false>) name(one_grad)
#pragma retrograd jvp(mathematics::sum<double, 1, false>) name(one_jvp)
#pragma retrograd gradient(mathematics::either(double))
#pragma retrograd jvp(mathematics::either<double>(double))
#pragma retrograd gradient(mathematics::either(double, double))
#pragma retrograd jvp(mathematics::either(double, double))
#pragma retrograd gradient(mathematics::Line<double>::shifted)
#pragma retrograd jvp(mathematics::Line<double>::shifted)
#pragma retrograd gradient(mathematics::Line<float>::at)
#pragma retrograd jvp(mathematics::Line<float>::at)
#pragma retrograd gradient(mathematics::Line<double>::mixed<double>)
#pragma retrograd jvp(mathematics::Line<double>::mixed<double>)

using namespace mathematics;

template <class T> static void of_line(const char *name) {
  T l[] = {T(0.5), T(1.25)};
  oracle::test(
      name, [](const T *l, T x) { return Line<T>{l[0], l[1]}.at(x); }, l,
      T(0.75))
      .gradient([](const T *l, T x, T *d_l, T *d_x) {
        Line<T> d = {};
        at_grad(Line<T>{l[0], l[1]}, x, &d, d_x);
        d_l[0] += d.slope;
        d_l[1] += d.start;
      })
      .jvp([](const T *l, T x, const T *t_l, T t_x) {
        Line<T> t = {t_l[0], t_l[1]};
        return at_jvp(Line<T>{l[0], l[1]}, x, &t, t_x);
      });
}

static void of_mixed() {
  oracle::test(
      "mixed",
      [](double slope, double s) { return Line<double>{slope, 1}.mixed(s); },
      1.5, 0.75)
      .gradient([](double slope, double s, double *d_slope, double *d_s) {
        Line<double> d = {};
        mixed_grad(Line<double>{slope, 1}, s, &d, d_s);
        *d_slope += d.slope;
      })
      .jvp([](double slope, double s, double t_slope, double t_s) {
        Line<double> t = {t_slope, 0};
        return mixed_jvp(Line<double>{slope, 1}, s, &t, t_s);
      });
}

/// An overloaded name, by the types of its arguments.
#define OVERLOAD(Type, f) static_cast<Type>(f)

int main() {
  using one = double (*)(double);
  using two = double (*)(double, double);
  using two_floats = float (*)(float, float);
  using by_one = void (*)(double, double *);
  using by_two = void (*)(double, double, double *, double *);
  using by_two_floats = void (*)(float, float, float *, float *);
  using along_two = double (*)(double, double, double, double);
  using along_two_floats = float (*)(float, float, float, float);
  oracle::test("cubic<double>", OVERLOAD(two, cubic<double>), 1.5, 0.75)
      .gradient(OVERLOAD(by_two, cubic_grad))
      .jvp(OVERLOAD(along_two, cubic_jvp));
  oracle::test("cubic<float>", OVERLOAD(two_floats, cubic<float>), 1.5f, 0.75f)
      .gradient(OVERLOAD(by_two_floats, cubic_grad))
      .jvp(OVERLOAD(along_two_floats, cubic_jvp));
  double x[] = {0.5, -1.25, 0.75}, y[] = {1.5};
  oracle::test("sum<3>", sum<double, 3>, x).gradient(sum3_grad).jvp(sum3_jvp);
  oracle::test("sum<1>", sum<double, 1, false>, y)
      .gradient(one_grad)
      .jvp(one_jvp);
  oracle::test("either(double)", OVERLOAD(one, either), 1.5)
      .gradient(OVERLOAD(by_one, either_grad))
      .jvp(OVERLOAD(two, either_jvp));
  oracle::test("either(double, double)", OVERLOAD(two, either), 1.5, 0.75)
      .gradient(OVERLOAD(by_two, either_grad))
      .jvp(OVERLOAD(along_two, either_jvp));
  oracle::test("special", special<double>, 1.5)
      .gradient(special_grad)
      .jvp(special_jvp);
  oracle::test("later", later<double>, 1.5)
      .gradient(later_grad)
      .jvp(later_jvp);
  oracle::test("shifted", Line<double>::shifted, 1.5)
      .gradient(shifted_grad)
      .jvp(shifted_jvp);
  of_line<double>("Line<double>");
  of_line<float>("Line<float>");
  of_mixed();
  return oracle::result();
}
