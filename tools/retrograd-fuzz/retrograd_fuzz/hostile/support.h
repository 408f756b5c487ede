//===- support.h - What mutated functions may use -------------*- C++ -*-===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The names of constructs.py, and the headers that all of them need: functions
// that are mutated stand in a namespace, where nothing can be included.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FUZZ_SUPPORT_H
#define RETROGRAD_FUZZ_SUPPORT_H

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cassert>
#include <cmath>
#include <complex>
#include <coroutine>
#include <csetjmp>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <new>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <typeinfo>
#include <utility>
#include <variant>
#include <vector>

#include <retrograd/check.h>
#include <retrograd/retrograd.h>

using extended = long double;
using half = _Float16;

struct hs_pair {
  double a, b;
  static constexpr double s_value = 3;
  friend hs_pair operator+(hs_pair p, hs_pair q) {
    return {p.a + q.a, p.b + q.b};
  }
};
union hs_union {
  double d;
  long l;
};
struct hs_bits {
  unsigned low : 3, high : 5;
};
struct hs_base {
  virtual double value(double x) { return x; }
  virtual ~hs_base() = default;
};
struct hs_derived : hs_base {
  double s = 2;
  double value(double x) override { return s * x; }
};
struct hs_guard {
  hs_guard() {}
  ~hs_guard() {}
};
struct hs_static_member {
  static double f(double x) { return x * x; }
};
struct hs_awaitable {
  bool await_ready() { return true; }
  void await_suspend(std::coroutine_handle<>) {}
  double await_resume() { return 1; }
};
enum class hs_enum { a, b };
using hs_member_pointer = double hs_pair::*;
typedef double hs_vector __attribute__((vector_size(32)));
typedef double register_double_t;

inline double hs_global = 1.5;
inline int hs_global_int = 0;
inline volatile double hs_volatile = 1;
inline std::atomic<double> hs_atomic = 1;
inline thread_local double hs_thread_local = 2;
inline const double hs_constants[2] = {0.5, 2};
inline double hs_array[2] = {1, 2};

inline double hs_square(double x) { return x * x; }
inline double hs_cube(double x) { return x * x * x; }
inline double (*const hs_table[2])(double) = {hs_square, hs_cube};
inline double hs_may_throw(double x) {
  if (x > 1e6)
    throw 1;
  return x;
}
inline hs_base *hs_make(double x) {
  auto *d = new hs_derived;
  d->s = x;
  return d;
}
consteval double hs_consteval(double x) { return x * 2; }
constexpr double hs_constexpr(double x) { return x * x; }
inline void hs_clean(double *x) { *x = 0; }
inline double hs_variadic(int n, ...) {
  va_list list;
  va_start(list, n);
  double s = 0;
  while (n-- > 0)
    s += va_arg(list, double);
  va_end(list);
  return s;
}
template <class... T> double hs_pack(T... x) { return (0.0 + ... + x); }
template <class T> T hs_template(T x) { return x * x; }
inline double hs_default(double x = 3) { return x; }
inline double &hs_reference(double &x) { return x; }
inline double *hs_pointer(double *x) { return x; }
inline void hs_in_place(double &x) { x = x * x + 1; }
inline void hs_out(double x, double *y) { *y = x * x; }
inline double hs_by_const(const double &x) { return x * 2; }
inline double hs_by_rvalue(double &&x) { return x * 2; }
inline double hs_object(hs_pair p) { return p.a * p.b; }
inline double hs_user_operator(hs_pair p) { return p.a * p.b; }
inline double hs_recursive(double x, int n) {
  return n <= 0 ? x : x * hs_recursive(x + 1, n - 1);
}
double hs_no_body(double x);
constexpr double operator""_hs(long double x) { return x; }
namespace hs_ns {
inline double twice(double x) { return 2 * x; }
namespace inner {
inline const double constant = 1.25;
}
} // namespace hs_ns

#endif // RETROGRAD_FUZZ_SUPPORT_H
