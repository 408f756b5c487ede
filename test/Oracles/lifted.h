//===- lifted.h - What stands in for the library in lifted texts ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A program's text is included several times with other kinds of numbers: see
// begin_jets.h, begin_wide.h and begin_complex.h. Its `std::sin(x)` is then
// looked up in the namespaces below.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_ORACLES_LIFTED_H
#define RETROGRAD_TEST_ORACLES_LIFTED_H

#include "complex_step.h"
#include "functions.h"
#include "program.h"
#include <array>
#include <cstdlib>
#include <cstring>
#include <utility>

#define ORACLE_ANALYTIC_NAMES(X)                                               \
  X(sin) X(cos) X(tan) X(asin) X(acos) X(atan) X(sinh) X(cosh) X(tanh)         \
  X(asinh) X(acosh) X(atanh) X(exp) X(exp2) X(expm1) X(log) X(log2) X(log10)   \
  X(log1p) X(sqrt) X(pow)
#define ORACLE_OTHER_NAMES(X)                                                  \
  X(cbrt) X(erf) X(erfc) X(fabs) X(abs) X(floor) X(ceil) X(trunc) X(round)     \
  X(rint) X(nearbyint) X(logb) X(tgamma) X(lgamma) X(expint)                   \
  X(comp_ellint_1) X(comp_ellint_2) X(cyl_bessel_j) X(cyl_bessel_i)            \
  X(cyl_bessel_k) X(cyl_neumann) X(sph_bessel) X(sph_neumann) X(hermite)       \
  X(laguerre) X(legendre) X(assoc_laguerre) X(assoc_legendre) X(beta)          \
  X(ellint_1) X(ellint_2) X(ellint_3) X(atan2) X(hypot) X(fmin) X(fmax)        \
  X(min) X(max) X(clamp) X(fdim) X(fma) X(lerp) X(remainder) X(fmod)           \
  X(copysign) X(nextafter) X(ldexp) X(scalbn) X(scalbln) X(frexp) X(modf)
#define ORACLE_OUR_NAMES(X)                                                    \
  X(exp10) X(sign) X(digamma) X(trigamma) X(polygamma) X(j0) X(j1) X(jn) X(y0) \
  X(y1) X(yn) X(comp_ellint_d) X(ellint_d) X(legendre_derivative)

/// Functions of C that have no overloads.
#define ORACLE_OF_C(NAME)                                                      \
  inline long double NAME(long double x) { return NAME##l(x); }
ORACLE_OF_C(exp10)
ORACLE_OF_C(j0)
ORACLE_OF_C(j1)
ORACLE_OF_C(y0)
ORACLE_OF_C(y1)
#undef ORACLE_OF_C
inline long double jn(int n, long double x) { return jnl(n, x); }
inline long double yn(int n, long double x) { return ynl(n, x); }

/// Words that the macros can stand for: a macro must not name another one.
using long_double = long double;
namespace oracle {
using half_jet = jet<_Float16>;
using float_jet = jet<float>;
using double_jet = jet<double>;
using long_double_jet = jet<long double>;
} // namespace oracle

namespace oracle::of_std {
using namespace ::std;
#define ORACLE_BOTH(NAME) using ::std::NAME; using oracle::NAME;
ORACLE_ANALYTIC_NAMES(ORACLE_BOTH)
ORACLE_OTHER_NAMES(ORACLE_BOTH)
#undef ORACLE_BOTH
} // namespace oracle::of_std

namespace oracle::of_retrograd {
using namespace ::retrograd;
#define ORACLE_BOTH(NAME) using ::retrograd::NAME; using oracle::NAME;
ORACLE_OUR_NAMES(ORACLE_BOTH)
#undef ORACLE_BOTH
} // namespace oracle::of_retrograd

namespace oracle {

/// The same program over other numbers. The last one is null where a function
/// has no continuation into the complex plane.
struct lifted {
  const char *name;
  void (*jets)(const jet<long double> *x, jet<long double> *y, long long *k);
  void (*wide)(const long double *x, long double *y, long long *k);
  void (*complex)(const complex_step *x, complex_step *y, long long *k);
};

/// Defined by the batch, in the order of `programs`.
extern const lifted lifteds[];

} // namespace oracle

#endif // RETROGRAD_TEST_ORACLES_LIFTED_H
