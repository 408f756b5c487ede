//===- names.cpp - Names --------------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Shadowed names in nested scopes, and names of the user's that generated code
// might have wanted for itself.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double shadowed(double x, double y) {
  double a = x * y;
  {
    double a = x + 1;
    y *= a;
    {
      double a = y;
      a *= a;
      x += a;
    }
    y += a;
  }
  return a * x * y;
}

#pragma retrograd gradient
#pragma retrograd jvp
double shadowed_in_loops(double x) {
  double s = 0;
  for (int i = 0; i < 3; ++i) {
    double t = x * i;
    for (int i = 2; i > 0; --i) {
      double t = s + i;
      s += t * x;
    }
    s += t;
    if (double t = s * x; t > 0) {
      double s = t;
      x *= s / (1 + s);
    }
  }
  int i = 5;
  return s * i;
}

// A local may hide a parameter only in an inner scope.
#pragma retrograd gradient
#pragma retrograd jvp
double shadowed_parameter(double x) {
  double r = x;
  {
    int x = 3;
    r *= x;
  }
  for (double x = 0.5; x < 2; x *= 2)
    r += r * x;
  return r;
}

#pragma retrograd gradient
#pragma retrograd jvp
double adjoint_names(double x, double d_x, double t_x) {
  double d_d_x = x * d_x, t_d_x = t_x * t_x;
  double d = d_d_x + t_d_x, t = d * x;
  double d_t = t, d_r = d_t * d, t_r = d_r + 1;
  return d_t * t_r;
}

#pragma retrograd vjp
#pragma retrograd jvp
double seed_names(double seed, double *tape, double adjoint, double value) {
  double tangent = seed * adjoint, result = tape[0] * value;
  for (int i = 0; i < 2; ++i) {
    tape[i] *= tangent;
    result += tape[i];
  }
  return result;
}

#pragma retrograd gradient
#pragma retrograd jvp
double temporaries(double t1, double t2, double r, double x, double y) {
  double t = t1 * t2, t3 = std::sin(t) * r, tmp = t3, temp = tmp * x;
  double _t0 = temp, r1 = _t0 * y, cond = r1, count = 2, n = 3, trip_count = 4;
  for (int i = 0; i < 2; ++i) {
    double saved = r1 * cond;
    r1 = saved * t1 / trip_count;
    cond += n * r1;
  }
  return count * cond;
}

// The names of this function's own derivatives, of helpers, and of what
// generated code calls.
#pragma retrograd gradient
#pragma retrograd jvp
double function_names(double function_names_grad, double sin, double exp) {
  double std_sin = sin, fabs = exp * sin, retrograd = fabs * std_sin;
  double scope = retrograd, push = scope * function_names_grad, pop = push;
  return std::sin(pop) * std::exp(sin * exp) + std::tanh(function_names_grad);
}

#pragma retrograd gradient
#pragma retrograd jvp
double underscores(double _x, double x_, double _x_, double __builtin) {
  double _ = _x * x_, __ = _ * _x_;
  return __ * __builtin;
}

#pragma retrograd gradient
#pragma retrograd jvp
double capitals(double X, double x, double e, double E, double pi) {
  double Result = X * x, RESULT = e * E * pi;
  return Result * RESULT;
}

// Each branch and each iteration has its own variable of the same name.
#pragma retrograd gradient
#pragma retrograd jvp
double repeated(double x, int n) {
  double s = x;
  for (int i = 0; i < n; ++i) {
    if (i % 2) {
      double t = s * s;
      s = std::sin(t);
    } else {
      double t = s + x;
      s = t * t / 4;
    }
    double t = s * x;
    s += t;
  }
  for (int i = 0; i < n; ++i) {
    double t = s / (1 + s * s);
    s = t + x;
  }
  return s;
}

// A parameter without a name, and one of the name of a type.
struct point {};
#pragma retrograd gradient
#pragma retrograd jvp
double unnamed(double, double point, int, double) { return point * point; }

int main() {
  CHECK_GRADIENT(shadowed, 1.2, 0.7);
  CHECK_GRADIENT(shadowed_in_loops, 0.6);
  CHECK_GRADIENT(shadowed_parameter, 1.5);
  CHECK_GRADIENT(adjoint_names, 1.5, 0.5, 0.25);
  double tape[] = {1.5, 2.5};
  CHECK_VJP(seed_names, 0.5, tape, 1.5, 0.75);
  CHECK_GRADIENT(temporaries, 0.5, 1.5, 0.75, 1.25, 1.75);
  CHECK_GRADIENT(function_names, 0.5, 0.75, 1.25);
  CHECK_GRADIENT(underscores, 0.5, 0.75, 1.25, 1.5);
  CHECK_GRADIENT(capitals, 0.5, 0.75, 1.25, 1.5, 2.5);
  for (int n = 0; n < 4; ++n)
    CHECK_GRADIENT(repeated, 0.8, n);
  CHECK_GRADIENT(unnamed, 1.0, 2.0, 3, 4.0);
  return oracle::result();
}
