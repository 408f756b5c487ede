//===- header-macros.cpp - Derivatives that a header declares -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The macros declare derivatives with types that agree with what the plugin emits, and
// it emits them just where it sees the body of the function.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -pedantic -c %s -o %t.user.o
// RUN: nm -C %t.user.o | FileCheck --check-prefix=USER %s
// RUN: %rgcxx -pedantic -DBODY -c %s -o %t.body.o
// RUN: nm -C %t.body.o | FileCheck --check-prefix=BODY %s
// RUN: %clangxx -I%include -std=c++17 -Wall -Wextra -pedantic -Werror -fsyntax-only %s
// RUN: %gxx -Wall -Wextra -pedantic -Werror -fsyntax-only %s
// REQUIRES: gxx

#include "Inputs/header-macros.h"

// Without the bodies, only the inline function has a derivative here.
// USER-NOT: T library::
// USER: W library::square_grad(double, double*)
// USER-NOT: T library::
void call(double *x) { library::square_grad(1, x); }

// A derivative is declared before the body of its function, so it has a type
// even for who has no plugin.
static_assert(
    std::is_same_v<decltype(library::loss_grad),
                   void(const double *, double, int, double (&)[3],
                        const double &, const float (*)[4], double *, double *,
                        double *, double *, float (*)[4])>);
static_assert(
    std::is_same_v<decltype(library::loss_vjp),
                   void(const double *, double, int, double (&)[3],
                        const double &, const float (*)[4], double, double *,
                        double *, double *, double *, float (*)[4])>);
static_assert(
    std::is_same_v<decltype(library::loss_jvp),
                   double(const double *, double, int, double (&)[3],
                          const double &, const float (*)[4], const double *,
                          double, double *, const double *,
                          const float (*)[4])>);
static_assert(std::is_same_v<decltype(library::outputs_vjp),
                             void(double *, double *)>);

static_assert(
    std::is_same_v<decltype(library::rows_vjp),
                   void(const double *const *, double *const *, const double **,
                        double, double *const *, double *const *, double **)>);
static_assert(
    std::is_same_v<decltype(library::rows_jvp),
                   double(const double *const *, double *const *,
                          const double **, const double *const *,
                          double *const *, const double **)>);

#ifdef BODY
// BODY-DAG: T library::loss_grad(
// BODY-DAG: T library::loss_vjp(
// BODY-DAG: T library::loss_jvp(
double library::loss(const double *w, double rate, int n, double (&r)[3],
                     const double &c, const float (*m)[4]) noexcept {
  { rate *= r[0] * c * m[0][1]; }
  return w[n] * rate;
}

// BODY-DAG: T library::rows_vjp(
// BODY-DAG: T library::rows_jvp(
double library::rows(const double *const *x, double *const *y,
                     const double **z) {
  return **x * **y * z[0][1];
}
#endif
