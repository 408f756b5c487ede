//===- pragma-contradicted.cpp - Derivatives of what has none of its own --===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The body of a function that has a rule, or is inactive, is not differentiated:
// nobody can ask for it.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

double square(double x);
#pragma retrograd rule(square)
void square_pullback(double x, double seed, double *d_x);
// expected-error@+2 {{cannot apply 'gradient' to 'square': it has a rule}}
// expected-note@+1 {{ask for the derivative of a function that calls it, or call the rule}}
#pragma retrograd gradient
double square(double x) { return x * x; }

#pragma retrograd inactive
double constant(double x) { return x * x; }
// expected-error@+2 {{cannot apply 'gradient' to 'constant': it is inactive}}
// expected-note@+1 {{remove the 'inactive' pragma, or this one}}
#pragma retrograd gradient(constant)

#pragma retrograd inactive
// expected-error@+2 {{cannot apply 'batch' to 'both': it is inactive}}
// expected-note@+1 {{remove the 'inactive' pragma, or this one}}
#pragma retrograd batch sample(x) shared(w)
double both(double x, double w) { return x * w; }
