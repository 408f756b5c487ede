//===- linkage.cpp - Where derivatives may stand --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Namespaces, static and inline functions, declarations before and requests
// after the definition, and derivatives used by other functions of the file.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "oracle.h"
#include <retrograd/retrograd.h>

// Declared first, as a header does.
double declared(double x, double y);
void declared_grad(double x, double y, double *d_x, double *d_y);
static void use_before(double *d) { declared_grad(2, 3, d, d + 1); }

#pragma retrograd gradient
double declared(double x, double y) { return x * y * y; }

namespace outer {
namespace {
#pragma retrograd gradient
#pragma retrograd jvp
double anonymous(double x) { return x * x; }
} // namespace
namespace inner::deepest {
#pragma retrograd gradient
#pragma retrograd jvp
static double of_namespace(double x) { return anonymous(x) * x; }

// Used in the namespace itself.
double slope(double x) {
  double d = 0;
  of_namespace_grad(x, &d);
  return d;
}
} // namespace inner::deepest
inline namespace v2 {
#pragma retrograd gradient
inline double versioned(double x) { return 3 * x; }
} // namespace v2
} // namespace outer

// Overloads have overloads for derivatives.
#pragma retrograd gradient
double overloaded(double x) { return x * x; }
#pragma retrograd gradient
double overloaded(double x, double y) { return x * y; }
#pragma retrograd gradient
float overloaded(float x) { return 2 * x; }

// Requests after the definition.
double later(double x) { return std::sin(x); }
double chosen(double x) { return x; }
double chosen(double x, int n) { return x * n; }
#pragma retrograd gradient(later)
#pragma retrograd jvp(later) name(slope_of_later)
#pragma retrograd gradient(chosen(double, int)) name(chosen_slope)

#define DECLARE(name, body)                                                    \
  double name(double x) { return body; }
#pragma retrograd gradient
DECLARE(from_macro, x *x + 1)

// Two primals share a helper.
static double shared(double x) { return x * std::cos(x); }
#pragma retrograd gradient
double first(double x) { return shared(x) * 2; }
#pragma retrograd gradient
double second(double x) { return shared(x) + shared(x * x); }

// The user's own gradient descent, with the gradient inside.
#pragma retrograd gradient
static double bowl(const double *x) {
  return (x[0] - 3) * (x[0] - 3) + 2 * (x[1] + 1) * (x[1] + 1);
}
static void descend(double *x, int steps) {
  for (int i = 0; i < steps; ++i) {
    double d[2] = {};
    bowl_grad(x, d);
    x[0] -= 0.1 * d[0];
    x[1] -= 0.1 * d[1];
  }
}

int main() {
  double d[2] = {};
  use_before(d);
  oracle::equal("declared, x", 9, d[0]);
  oracle::equal("declared, y", 12, d[1]);
  oracle::equal("of_namespace", 12, outer::inner::deepest::slope(2));
  oracle::equal("of_namespace", 12,
                outer::inner::deepest::of_namespace_jvp(2, 1));
  d[0] = 0;
  outer::anonymous_grad(2, d);
  oracle::equal("anonymous", 4, d[0]);
  oracle::equal("anonymous", 4, outer::anonymous_jvp(2, 1));
  d[0] = 0;
  outer::versioned_grad(2, d);
  oracle::equal("versioned", 3, d[0]);
  d[0] = d[1] = 0;
  overloaded_grad(2, d);
  oracle::equal("overloaded(double)", 4, d[0]);
  overloaded_grad(2, 3, d, d + 1);
  oracle::equal("overloaded(double, double)", 7, d[0]);
  float f = 0;
  overloaded_grad(2.f, &f);
  oracle::equal("overloaded(float)", 2, f);
  oracle::test("later", later, 0.7).gradient(later_grad).jvp(slope_of_later);
  d[0] = 0;
  chosen_slope(2, 5, d);
  oracle::equal("chosen", 5, d[0]);
  oracle::test("from_macro", from_macro, 0.7).gradient(from_macro_grad);
  oracle::test("first", first, 0.7).gradient(first_grad);
  oracle::test("second", second, 0.7).gradient(second_grad);
  double x[2] = {};
  descend(x, 200);
  oracle::equal("minimum", 3, x[0], 1e-12L);
  oracle::equal("minimum", -1, x[1], 1e-12L);
  return oracle::result();
}
