//===- pragma-templates.cpp - Pragmas on templates that cannot be ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A derivative is that of an instantiation, which the file must ask for.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -ferror-limit=0 -Xclang -verify %s

#include <retrograd/retrograd.h>

// expected-note@+1 {{candidate function template not viable}}
template <class T> T square(T x) { return x * x; }
template <class T> T many(T x) { return x; }
template <class T> T many(T x, int n) { return x * n; }

// expected-error@+2 {{'square' is a function template}}
// expected-note@+1 {{name one of its instantiations, as in 'square<double>' or 'square(double)'}}
#pragma retrograd gradient(square)

// expected-error@+3 {{no matching function for call to 'square'}}
// expected-error@+2 {{'square' is no instantiation of one function template}}
// expected-note@+1 {{name it with its arguments, as in 'f<double>', or with its parameters, as in 'f(double, int)'}}
#pragma retrograd gradient(square(double, int))

// expected-error@+3 {{use of undeclared identifier 'nothing'}}
// expected-error@+2 {{'square' is no instantiation of one function template}}
// expected-note@+1 {{name it with its arguments}}
#pragma retrograd gradient(square<nothing>)

// expected-error@+2 {{expected '>'}}
// expected-note@+1 {{to match this '<'}}
#pragma retrograd gradient(square<double)

// expected-error@+2 {{'gradient' needs a function that returns a floating type, but 'square' returns 'int'}}
// expected-note@+1 {{use 'vjp'}}
#pragma retrograd gradient(square<int>)

// expected-error@+2 {{no derivative of the template 'unused' is written, as no instantiation is asked for}}
// expected-note@+1 {{instantiate it behind its definition, as in 'template double unused(double);', or write '#pragma retrograd gradient(unused<double>)' there}}
#pragma retrograd gradient
template <class T> T unused(T x) { return x * x; }

// Called, but not instantiated explicitly.
double use = unused(2.0);

template <class T> struct box {
  T a;
// expected-error@+2 {{'mixed' is a part of a class template that is not instantiated by itself}}
// expected-note@+1 {{name an instantiation, as in 'gradient(C<double>::mixed<double>)'}}
#pragma retrograd gradient
  template <class S> T mixed(S s) const { return a * s; }
};

template <class T> T bodiless(T x);
// expected-error@+2 {{the body of 'bodiless' is not visible here}}
// expected-note@+1 {{write the pragma after the function's definition}}
#pragma retrograd gradient(bodiless<double>)

// What does not suit is told for each instantiation.
// expected-error@+2 {{'gradient' needs a function that returns a floating type, but 'counted' returns 'int'}}
// expected-note@+1 {{use 'vjp'}}
#pragma retrograd gradient
template <class T> T counted(T x) { return x; }
template double counted(double);
template int counted(int);

// Two instantiations of one signature.
// expected-error@+1 {{redefinition of 'times_grad'}}
#pragma retrograd gradient
template <int N> double times(double x) { return N * x; }
template double times<2>(double); // expected-note@*:* {{it is defined here; choose another name with 'name(...)'}}
template double times<3>(double);
