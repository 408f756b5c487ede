//===- pragma-overloads.cpp - Functions that a pragma names -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A request names a function that is declared before it, by the language's rules
// of lookup; overloads are told apart by their parameter types.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

// expected-error@+2 {{no function 'later' is declared here}}
// expected-note@+1 {{write the pragma after the declaration of the function}}
#pragma retrograd gradient(later)
double later(double x) { return x; }

namespace space {
double inner(double x) { return x; }
} // namespace space
// expected-error@+2 {{no function 'inner' is declared here}}
// expected-note@+1 {{qualify a name of another namespace}}
#pragma retrograd gradient(inner)

// expected-error@+2 {{no function 'nowhere::inner' is declared here}}
// expected-note@+1 {{write the pragma after}}
#pragma retrograd gradient(nowhere::inner)

double many(double x) { return x; }        // #one
float many(float x, const double *) { return x; } // #two
// expected-error@+3 {{'many' is overloaded; choose one by its parameter types}}
// expected-note@#one {{candidate: 'many(double)'}}
// expected-note@#two {{candidate: 'many(float, const double *)'}}
#pragma retrograd gradient(many)

// expected-error@+3 {{'many' has no overload with these parameter types}}
// expected-note@#one {{candidate: 'many(double)'}}
// expected-note@#two {{candidate: 'many(float, const double *)'}}
#pragma retrograd gradient(many(int))

double value;
// expected-error@+2 {{'value' is not a function}}
// expected-note@+1 {{name a function that is declared before this pragma}}
#pragma retrograd gradient(value)

template <class T> T generic(T x) { return x; }
// expected-error@+2 {{'generic' is a function template}}
// expected-note@+1 {{name one of its instantiations, as in 'generic<double>' or 'generic(double)'}}
#pragma retrograd gradient(generic)

struct type {
  double member(double x) { return x; }
};
// expected-error@+2 {{cannot apply 'gradient' to 'type::member': its class holds no real numbers}}
// expected-note@+1 {{declare the function static, or move it out of the class}}
#pragma retrograd gradient(type::member)

double bodiless(double x);
// expected-error@+2 {{the body of 'bodiless' is not visible here}}
// expected-note@+1 {{write the pragma after the function's definition}}
#pragma retrograd gradient(bodiless)

namespace other {
// expected-error@+2 {{the derivative of 'space::inner' cannot be written from inside 'other'}}
// expected-note@+1 {{move the pragma to the function's own namespace}}
#pragma retrograd gradient(space::inner)
} // namespace other

// expected-error@+2 {{expected the name of a function, not 'double'}}
// expected-note@+1 {{write an identifier here}}
#pragma retrograd gradient(double)

// Nor are those that no derivative could be taken for.
void p_grad(double, ...);
template <class T> void p_grad(T x, T *d_x);
void p_grad(double, struct unknown *);
#pragma retrograd gradient
double p(double x) { return x; }

// A definition by hand goes before one that is only declared.
void q_grad(double x, double *d_x) { *d_x = x; }
double q(double x) { return x; }
#pragma retrograd declare gradient(q)
