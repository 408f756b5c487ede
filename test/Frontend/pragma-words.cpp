//===- pragma-words.cpp - Misspelled and misplaced words of a pragma ----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each error stands at the word that is wrong, with a note that lists what could
// be written instead.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -ferror-limit=0 -Xclang -verify %s

// expected-error@+2 {{expected a mode after '#pragma retrograd'}}
// expected-note@+1 {{the modes are 'gradient', 'vjp', 'jvp', 'batch', 'inactive', 'rule' and 'checkpoint'}}
#pragma retrograd
double a0(double x) { return x; }

// expected-error@+2 {{unknown mode 'gradeint'; did you mean 'gradient'?}}
// expected-note@+1 {{the modes are}}
#pragma retrograd gradeint
double a1(double x) { return x; }

// expected-error@+2 {{unknown mode 'zzz'}}
// expected-note@+1 {{the modes are}}
#pragma retrograd zzz
double a2(double x) { return x; }

// expected-error@+2 {{'hessian' is not available yet}}
// expected-note@+1 {{the modes are}}
#pragma retrograd hessian
double a3(double x) { return x; }

// expected-error@+2 {{unknown clause 'wtr'; did you mean 'wrt'?}}
// expected-note@+1 {{the clauses are 'wrt(p, ...)', 'name(identifier)' and 'value'}}
#pragma retrograd gradient wtr(x)
double a4(double x) { return x; }

// expected-error@+2 {{unknown clause 'everything'}}
// expected-note@+1 {{the clauses are}}
#pragma retrograd gradient everything
double a5(double x) { return x; }

// expected-error@+2 {{unexpected ';' in '#pragma retrograd'}}
// expected-note@+1 {{the clauses are}}
#pragma retrograd gradient value;
double a6(double x) { return x; }

// expected-error@+2 {{duplicate clause 'value'}}
// expected-note@+1 {{the first one is here; remove one}}
#pragma retrograd gradient value value
double a7(double x) { return x; }

// expected-error@+2 {{duplicate clause 'wrt'}}
// expected-note@+1 {{the first one is here; remove one}}
#pragma retrograd gradient wrt(x) wrt(x)
double a8(double x) { return x; }

// expected-error@+2 {{duplicate clause 'name'}}
// expected-note@+1 {{the first one is here; remove one}}
#pragma retrograd gradient name(g) value name(h)
double a9(double x) { return x; }

// expected-error@+2 {{'x' is named twice in 'wrt'}}
// expected-note@+1 {{it was named here; remove one}}
#pragma retrograd gradient wrt(x, x)
double b0(double x) { return x; }

// expected-error@+2 {{expected '(' after 'wrt'}}
// expected-note@+1 {{write 'wrt(...)'}}
#pragma retrograd gradient wrt x
double b1(double x) { return x; }

// expected-error@+2 {{expected ')'}}
// expected-note@+1 {{to match this '('}}
#pragma retrograd gradient wrt(x
double b2(double x) { return x; }

// expected-error@+2 {{expected ')'}}
// expected-note@+1 {{to match this '('}}
#pragma retrograd gradient wrt(x y)
double b3(double x, double y) { return x + y; }

// expected-error@+2 {{expected the name of a parameter, not '3'}}
// expected-note@+1 {{write an identifier here}}
#pragma retrograd gradient wrt(3)
double b4(double x) { return x; }

// expected-error@+2 {{expected the name of the derivative, not ')'}}
// expected-note@+1 {{write an identifier here}}
#pragma retrograd gradient name()
double b5(double x) { return x; }

// expected-error@+2 {{expected ']'}}
// expected-note@+1 {{to match this '['}}
#pragma retrograd gradient wrt(x[3)
double b6(const double *x) { return x[0]; }

// expected-error@+2 {{expected the number of elements}}
// expected-note@+1 {{write an integer expression over the parameters}}
#pragma retrograd gradient wrt(x[])
double b7(const double *x) { return x[0]; }

// expected-error@+2 {{unexpected 'wrt' after 'inactive'}}
// expected-note@+1 {{'inactive' takes no clauses}}
#pragma retrograd inactive wrt(x)
double b8(double x);

// expected-error@+2 {{expected '(' after 'rule'}}
// expected-note@+1 {{write 'rule(...)'}}
#pragma retrograd rule
double b9(double x);

// expected-error@+2 {{'declare' needs a derivative}}
// expected-note@+1 {{the modes it takes are 'gradient', 'vjp' and 'jvp'}}
#pragma retrograd declare inactive
double c0(double x);

// Words that the plugin uses between itself and itself are no words of users.
// expected-error@+2 {{unknown mode 'resume'}}
// expected-note@+1 {{the modes are}}
#pragma retrograd resume 0
double c1(double x);

// expected-error@+2 {{expected the type of a parameter}}
// expected-note@+1 {{write the function's parameter types to choose an overload, as in 'f(double, int)'}}
#pragma retrograd gradient(c1(double,,int))
double c2(double x);

// expected-error@+2 {{expected the type of a parameter}}
// expected-note@+1 {{write the function's parameter types to choose an overload, as in 'f(double, int)'}}
#pragma retrograd gradient(c1(
double c3(double x);

// expected-error@+2 {{expected the name of a function}}
// expected-note@+1 {{write it between the parentheses}}
#pragma retrograd gradient(
double c4(double x);

// expected-error@+2 {{expected the name of a parameter}}
// expected-note@+1 {{write it between the parentheses}}
#pragma retrograd inactive(
double c5(double x);

// expected-error@+2 {{expected the name of a parameter, not '3'}}
// expected-note@+1 {{write an identifier here}}
#pragma retrograd inactive(3)
double c6(double x);

// expected-error@+2 {{expected ')'}}
// expected-note@+1 {{to match this '('}}
#pragma retrograd inactive(x y)
double c7(double x, double y);

// expected-error@+2 {{expected '(' after 'name'}}
// expected-note@+1 {{write 'name(...)'}}
#pragma retrograd gradient name
double c8(double x);

// expected-error@+2 {{expected ')'}}
// expected-note@+1 {{to match this '('}}
#pragma retrograd gradient name(a b)
double c9(double x);

// expected-error@+2 {{expected '(' after 'writes'}}
// expected-note@+1 {{write 'writes(...)'}}
#pragma retrograd rule(c9) writes
double d0(double x);

// expected-error@+2 {{expected the name of a parameter, not '3'}}
// expected-note@+1 {{write an identifier here}}
#pragma retrograd rule(c9) writes(3)
double d1(double x);

// expected-error@+2 {{expected '(' after 'gradient'}}
// expected-note@+1 {{write 'gradient(...)'}}
#pragma retrograd declare gradient
double d2(double x);
