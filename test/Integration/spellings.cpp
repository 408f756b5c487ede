//===- spellings.cpp - Other ways to write the same -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Constants, names and effects that C++ has several spellings for, the rare
// ones here: values that are initialised from nothing, type traits, parts that
// only a constant evaluation takes, places that are the value of an expression,
// and effects in expressions whose value nobody wants.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <concepts>
#include <cstddef>
#include <memory>
#include <retrograd/retrograd.h>
#include <utility>

#pragma clang diagnostic ignored "-Wunused-value"
#pragma clang diagnostic ignored "-Wc++23-extensions"
#pragma clang diagnostic ignored "-Wc11-extensions"
#pragma clang diagnostic ignored "-Wgnu-conditional-omitted-operand"

//===----------------------------------------------------------------------===//
// Constants and names
//===----------------------------------------------------------------------===//

namespace here {
using std::exp;
}
double sin(const char *);

#pragma retrograd gradient
#pragma retrograd jvp
double named(double x, double y) {
  using std::sin;
  using namespace std;
  return sin(x) * here::exp(y) + std::max<double>(x, y) + cos(x);
}

enum color { red, green = 3 };

#pragma retrograd gradient
#pragma retrograd jvp
double zeros(double x) {
  typedef const double *pointer;
  double a = double(), b = double{}, c{};
  float f = float();
  long double l = {};
  int i = int(), j{}, k = int{};
  bool t = bool(), u{};
  color e = color(), g{};
  const double *p = nullptr, *q{}, *r = pointer();
  return x * x + a + b + c + f + l + i + j + k + t + u + int(e) + int(g) +
         x * (p == q) + x * (r == nullptr) + x * int(green);
}

#pragma retrograd gradient
#pragma retrograd jvp
double local_types(double x) {
  enum mode { off, on = 4 };
  enum class kind : char { a = 2 };
  using number = double;
  mode m = on;
  number y = x * int(m) * int(off) + x * int(kind::a) + int(on) * x;
  return y * y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double selected(double x) {
  const int n = __extension__ 3;
  return _Generic(n, int: x * x, default: 0.0) * __extension__ x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double constant_evaluation(double x) {
  double y = x;
  if consteval {
    y = 100;
  } else {
    y *= x;
  }
  if consteval {
    y = 1;
  }
  if !consteval {
    y *= x;
  }
  if (!std::is_constant_evaluated())
    y += x * x;
  if (__builtin_is_constant_evaluated())
    y = 0;
  return y;
}

struct character_and_number {
  char c;
  int i;
};
template <class T>
concept small = sizeof(T) < 9;

#pragma retrograd gradient
#pragma retrograd jvp
double traits(double x) {
  return x * noexcept(x + 1) + x * alignof(double) +
         x * offsetof(character_and_number, i) + x * __is_same(int, int) +
         x * std::same_as<int, long> + x * requires { x + 1; } * 2 +
         x * small<double> + x * sizeof(character_and_number) +
         x * __array_rank(int[2][3]) + x * sizeof x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double texts(double x, int i) {
  return x * "abc"[i] + x * __func__[0] + x * 'a' + x * *"z" +
         x * sizeof("abc");
}

#pragma retrograd gradient
#pragma retrograd jvp
double null_pointers(const double *x, int n) {
  const double *p = n ? x : NULL;
  const double *q = n ? x : 0;
  if (p == NULL || q == nullptr)
    return x[1] * 2;
  return p[0] * q[1] + (p != nullptr) * x[0];
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

#pragma retrograd gradient
#pragma retrograd jvp
double without_const(const double *x) {
  double a = x[0];
  const double *p = const_cast<const double *>(&a);
  double *q = const_cast<double *>(p);
  *q *= 2;
  double *const *to_q = &q;
  **to_q += x[1];
  return a * *p;
}

#pragma retrograd gradient
#pragma retrograd jvp
double places(double x, double y) {
  int i = 0;
  (++i, y) = x * x;
  (y = x * y) += 2;
  (++y) *= x;
  (y += 1) *= y;
  --(y *= 2);
  double *p = &(y *= 3);
  double *q = &++y;
  double *r = &(i, y);
  *p += *q * *r;
  return y * i;
}

#pragma retrograd gradient
#pragma retrograd jvp
double moved(double x, double y) {
  double a = std::move(x) * y, b = std::forward<double>(y);
  double &&r = std::move(a);
  r *= b;
  double &s = std::forward<double &>(b);
  s += r;
  *std::addressof(a) *= 2;
  double *p = std::addressof(b);
  *p = *p * a;
  return __builtin_expect(x > 0, 1) ? a * b : a;
}

//===----------------------------------------------------------------------===//
// Effects
//===----------------------------------------------------------------------===//

#pragma retrograd gradient
#pragma retrograd jvp
double omitted_middle(double x, double y, int n) {
  double z = x ?: y;
  int m = n++ ?: 7;
  return z * z * m * n;
}

#pragma retrograd gradient
#pragma retrograd jvp
double discarded(double x, double y) {
  x > 0 && (y = x * y);
  x > 0 || (y = 100);
  x < 0 || (y *= 3, y *= x);
  x < 100 && x > 50;
  (void)(y *= x);
  static_cast<void>(y += x);
  x > 0 ? (void)(y *= 2) : (void)0;
  x < 0 ? void() : (void)(y *= 2);
  x > 0 ? (void)0 : void();
  void(y *= 2);
  x;
  x + y;
  (const double &)y;
  return y;
}

static void scale(double &x, double y) { x *= y; }

static void scale_or_shift(double &x, double y) {
  if (y > 0)
    return scale(x, y);
  return (void)(x += y);
}

#pragma retrograd gradient
#pragma retrograd jvp
double void_results(double x, double y) {
  scale_or_shift(x, y);
  scale_or_shift(x, -y);
  return x * x;
}

int main() {
  CHECK_GRADIENT(named, 0.5, 0.75);
  CHECK_GRADIENT(zeros, 0.5);
  CHECK_GRADIENT(local_types, 0.5);
  CHECK_GRADIENT(selected, 0.5);
  CHECK_GRADIENT(constant_evaluation, 0.5);
  CHECK_GRADIENT(traits, 0.5);
  CHECK_GRADIENT(texts, 0.5, 1);
  double x[] = {0.5, 0.75};
  CHECK_GRADIENT(null_pointers, x, 0);
  CHECK_GRADIENT(null_pointers, x, 1);
  CHECK_GRADIENT(without_const, x);
  CHECK_GRADIENT(places, 0.5, 0.75);
  CHECK_GRADIENT(moved, 0.5, 0.75);
  CHECK_GRADIENT(omitted_middle, 0.5, 0.75, 0);
  CHECK_GRADIENT(omitted_middle, 0.5, 0.75, 1);
  CHECK_GRADIENT(discarded, 0.5, 0.75);
  CHECK_GRADIENT(void_results, 0.5, 0.75);
  return oracle::result();
}
