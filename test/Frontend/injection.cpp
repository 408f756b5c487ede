//===- injection.cpp - Derivatives in every place a function can be -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each function is differentiated, and called right behind its closing brace. No
// warning may come of it, and a preprocessed source must compile just the same.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -pedantic -Wextra-semi -Wshadow -Wconversion -c %s -o %t.1.o
// RUN: %rgcxx -E %s -o %t.ii

#include <retrograd/retrograd.h>

// Several pragmas stand before one function.
#pragma retrograd gradient wrt(x, y)
#pragma retrograd jvp
double f(double x, double y) { return x * y; }
double call_f(double *d) {
  f_grad(1, 2, d, d);
  return f_jvp(1, 2, 3, 4);
}

// A derivative is a function, and can be differentiated.
#pragma retrograd jvp(f_grad)
void call_second(double *d) { f_grad_jvp(1, 2, d, d, 1, 0, d, d); }

// Braces that are not the body's: of a parameter's default argument, of blocks.
struct options {
  int scale = 1;
};
#pragma retrograd vjp
inline void defaults(double *x, options o = {}, int k = int{3}) noexcept {
  {
    x[0] *= o.scale + k;
  }
}
void call_defaults(double *d) { defaults_vjp(d, {}, 3, d); }

namespace outer {
inline namespace version {
namespace {
#pragma retrograd gradient value
static inline double nested(const double *x, int n) { return x[n]; }
} // namespace
} // namespace version
// The request reopens the namespaces that it is not in.
#pragma retrograd vjp(nested)
double call_nested(const double *x, double *d) {
  nested_vjp(x, 0, 1, d);
  return nested_grad(x, 1, d);
}
} // namespace outer
#pragma retrograd jvp(outer::nested)
double call_qualified(const double *x) { return outer::nested_jvp(x, 0, x); }

extern "C" {
#pragma retrograd gradient
double in_block(double x) { return x; }
void call_in_block(double *d) { in_block_grad(1, d); }
}
#pragma retrograd gradient
extern "C" double alone(double x) { return x; }
void call_alone(double *d) { alone_grad(1, d); }

// The pragma and its function come from a macro.
#define DEFINE(name)                                                           \
  _Pragma("retrograd gradient") double name(double x) { return 2 * x; }
DEFINE(from_macro)
void call_from_macro(double *d) { from_macro_grad(1, d); }

// One overload of three.
double over(double x) { return x; }
float over(float x) { return x; }
double over(double x, const float *y) { return x * *y; }
#pragma retrograd gradient(over(double, const float *))
#pragma retrograd jvp(over(float))
float call_over(const float *y, double *d, float *e) {
  over_grad(1, y, d, e);
  return over_jvp(1.0f, 1.0f);
}

// Nothing but attributes and specifiers between the pragma and the function.
#pragma retrograd gradient name(renamed)
[[nodiscard]] constexpr double constant(double x) { return 3 * x; }
void call_renamed(double *d) { renamed(1, d); }

// A static function that is only differentiated is used.
#pragma retrograd jvp
static double internal(double x) { return x; }
double call_internal() { return internal_jvp(1, 2); }

// Extents are expressions over parameters and constants.
constexpr int stride = 2;
#pragma retrograd gradient wrt(x[stride * n + n / 2], y[3])
double extents(const double *x, int n, const double y[3]) { return x[n] * y[0]; }
void call_extents(const double *x, double *d) { extents_grad(x, 0, x, d, d); }

namespace sizes {
enum { two = 2 };
const int three = 3;
} // namespace sizes
#pragma retrograd gradient wrt(x[(n + 0x1) * ::stride], y[sizes::two], z[sizes::three << 1])
double more_extents(const double *x, int n, const double *y, const double *z) {
  return x[n] * y[0] * z[0];
}
void call_more_extents(const double *x, double *d) {
  more_extents_grad(x, 0, x, x, d, d, d);
}

// The parameter types of an overload may have parentheses and brackets.
double over(double (*x)[3], int n) { return x[n][0]; }
double over(void) { return 1; }
#pragma retrograd gradient(over(double (*)[3], int))
void call_rows(double (*x)[3], double (*d)[3]) { over_grad(x, 0, d); }

// A namespace by another name.
namespace other_sizes = sizes;
namespace sizes {
double scaled(double x) { return three * x; }
} // namespace sizes
#pragma retrograd gradient(other_sizes::scaled)
void call_by_alias(double *d) { sizes::scaled_grad(1, d); }

// Braces before those of the body.
#pragma retrograd gradient
double early_braces(double x = double{1}) noexcept(noexcept(double{})) {
  return x * x;
}
#pragma retrograd gradient
auto trailing_braces(double x) -> decltype(double{}) { return x * x; }
void call_braces(double *d) {
  early_braces_grad(1, d);
  trailing_braces_grad(1, d);
}

// A global variable.
double global = 2;
#pragma retrograd gradient wrt(::global)
double reads_global(double x) { return x * global; }
void call_global(double *d) { reads_global_grad(1, d); }

// RUN: FileCheck --check-prefix=PREPROCESSED --input-file=%t.ii %s
// PREPROCESSED-COUNT-4: #pragma retrograd
// RUN: %clangxx -fplugin=%plugin -std=c++20 -Wall -Wextra -Werror -c %t.ii -o %t.2.o
