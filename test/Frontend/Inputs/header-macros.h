//===- header-macros.h - A header that declares derivatives -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Included by sources with and without the bodies of these functions.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_HEADER_MACROS_H
#define RETROGRAD_TEST_HEADER_MACROS_H

#include <retrograd/retrograd.h>

namespace library {

double loss(const double *w, double rate, int n, double (&r)[3],
            const double &c, const float (*m)[4]) noexcept;
RETROGRAD_GRADIENT(loss)
RETROGRAD_VJP(loss);
RETROGRAD_JVP(loss)

inline double square(double x) { return x * x; }
RETROGRAD_GRADIENT(square)

void outputs(double *y);
RETROGRAD_VJP(outputs)

double rows(const double *const *x, double *const *y, const double **z);
RETROGRAD_VJP(rows)
RETROGRAD_JVP(rows)

} // namespace library

#endif // RETROGRAD_TEST_HEADER_MACROS_H
