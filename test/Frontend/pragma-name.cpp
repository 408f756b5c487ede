//===- pragma-name.cpp - Names that a derivative cannot have ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A derivative overloads like any function, but it replaces none.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

double f_grad; // #variable
// expected-error@+2 {{'f_grad' is already declared as something else}}
// expected-note@#variable {{it is declared here; choose another name with 'name(...)'}}
#pragma retrograd gradient
double f(double x) { return 2 * x; }

void g_grad(double, double *d) { *d = 0; } // #body
// expected-error@+2 {{redefinition of 'g_grad'}}
// expected-note@#body {{it is defined here; choose another name with 'name(...)'}}
#pragma retrograd gradient
double g(double x) { return 2 * x; }

// Another name, an overload and a declaration are fine.
#pragma retrograd gradient name(g_gradient)
double g(float x) { return 2 * x; }
void h_grad(int, double *) {}
void h_grad(double x, double *d_x);
#pragma retrograd gradient
double h(double x) { return 2 * x; }

void i_grad(double x, double *d_x); // #external
// expected-error@+2 {{'i_grad' was declared with external linkage, but 'i' has internal linkage}}
// expected-note@#external {{declare it static here}}
#pragma retrograd gradient
[[maybe_unused]] static double i(double x) { return 2 * x; }
