//===- pragma-wrt.cpp - What wrt may name -------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Parameters and global variables that a derivative can flow through; extents are
// integer expressions over parameters, literals and constants.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -ferror-limit=0 -Xclang -verify %s

// expected-error@+2 {{'wieght' is no parameter of 'a' and no global variable; did you mean 'weight'?}}
// expected-note@+1 {{the parameters are 'weight', 'n'}}
#pragma retrograd gradient wrt(wieght)
double a(double weight, int n) { return weight * n; }

// expected-error@+2 {{no derivative flows through 'n', which has type 'int'}}
// expected-note@+1 {{remove it from 'wrt'}}
#pragma retrograd gradient wrt(x, n)
double b(double x, int n) { return x * n; }

struct pair {
  double first, second;
  virtual void swap();
};
// expected-error@+2 {{no derivative flows through 'p', which has type 'const pair &'}}
// expected-note@+1 {{remove it from 'wrt'}}
#pragma retrograd gradient wrt(p)
double c(const pair &p) { return p.first; }

// expected-error@+2 {{'d' has no parameter that a derivative can flow through}}
// expected-note@+1 {{give it a parameter of floating type, or name a global variable}}
#pragma retrograd gradient
double d(int n) { return n; }

const double pi = 3.14159;
// expected-error@+2 {{no derivative flows through the constant 'pi'}}
// expected-note@+1 {{remove it from 'wrt', or drop its const}}
#pragma retrograd gradient wrt(pi)
double e(double r) { return pi * r * r; }

// expected-error@+2 {{an extent needs an array or a pointer, but 'x' has type 'double'}}
// expected-note@+1 {{write 'x' alone}}
#pragma retrograd gradient wrt(x[n])
double f(double x, int n) { return x * n; }

// expected-error@+2 {{'m' is no integer parameter of 'g' and no constant}}
// expected-note@+1 {{an extent is an integer expression}}
#pragma retrograd gradient wrt(x[m])
double g(const double *x) { return x[0]; }

// expected-error@+2 {{'y' is no integer}}
// expected-note@+1 {{an extent is an integer expression}}
#pragma retrograd gradient wrt(x[2 * y])
double h(const double *x, double y) { return x[0] * y; }

// expected-error@+2 {{'2.5' is no integer}}
// expected-note@+1 {{an extent is an integer expression}}
#pragma retrograd gradient wrt(x[2.5])
double i(const double *x) { return x[0]; }

// expected-error@+2 {{the extent is incomplete}}
// expected-note@+1 {{an extent is an integer expression}}
#pragma retrograd gradient wrt(x[n +])
double j(const double *x, int n) { return x[n]; }

// expected-error@+2 {{unexpected '=' in an extent}}
// expected-note@+1 {{an extent is an integer expression}}
#pragma retrograd gradient wrt(x[n = 2])
double k(const double *x, int n) { return x[n]; }

namespace space {
int variable = 2;
double number = 2;
} // namespace space

// expected-error@+2 {{unexpected ')' in an extent}}
// expected-note@+1 {{an extent is an integer expression}}
#pragma retrograd gradient wrt(x[n)])
double l(const double *x, int n) { return x[n]; }

// expected-error@+2 {{'0x1p3' is no integer}}
// expected-note@+1 {{an extent is an integer expression}}
#pragma retrograd gradient wrt(x[0x1p3])
double m(const double *x, int n) { return x[n]; }

// expected-error@+2 {{expected a name after '::'}}
// expected-note@+1 {{an extent is an integer expression}}
#pragma retrograd gradient wrt(x[space::3])
double o(const double *x, int n) { return x[n]; }

// expected-error@+2 {{expected a name after '::'}}
// expected-note@+1 {{an extent is an integer expression}}
#pragma retrograd gradient wrt(x[space::])
double p(const double *x, int n) { return x[n]; }

// expected-error@+2 {{unexpected '+' in an extent}}
// expected-note@+1 {{an extent is an integer expression}}
#pragma retrograd gradient wrt(x[+ n])
double q(const double *x, int n) { return x[n]; }

// expected-error@+2 {{unexpected 'n' in an extent}}
// expected-note@+1 {{an extent is an integer expression}}
#pragma retrograd gradient wrt(x[n n])
double r(const double *x, int n) { return x[n]; }

// expected-error@+2 {{'space::variable' is no integer parameter of 's' and no constant}}
// expected-note@+1 {{an extent is an integer expression}}
#pragma retrograd gradient wrt(x[space::variable])
double s(const double *x, int n) { return x[n]; }

// expected-error@+2 {{'space::number' is no integer parameter of 't' and no constant}}
// expected-note@+1 {{an extent is an integer expression}}
#pragma retrograd gradient wrt(x[space::number])
double t(const double *x, int n) { return x[n]; }

// expected-error@+2 {{'space::n' is no integer parameter of 'u' and no constant}}
// expected-note@+1 {{an extent is an integer expression}}
#pragma retrograd gradient wrt(x[space::n])
double u(const double *x, int n) { return x[n]; }

// expected-error@+2 {{expected ']'}}
// expected-note@+1 {{to match this '['}}
#pragma retrograd gradient wrt(x[(n])
double v(const double *x, int n) { return x[n]; }

// expected-error@+2 {{'space::nowhere' is no parameter of 'w' and no global variable}}
// expected-note@+1 {{the parameters are 'x', 'n'}}
#pragma retrograd gradient wrt(space::nowhere)
double w(const double *x, int n) { return x[n]; }

// expected-error@+2 {{'x' is no parameter of 'y' and no global variable}}
// expected-note@+1 {{'y' names no parameter}}
#pragma retrograd gradient wrt(x)
double y(double) { return 1; }

// expected-error@+2 {{'x' is no parameter of 'z' and no global variable}}
// expected-note@+1 {{the parameters are 'y'}}
#pragma retrograd gradient wrt(x)
double z(double, double y) { return y * y; }
