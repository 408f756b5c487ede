//===- lower-inline.cpp - Functions in the place of their call ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Constructors, functions that return references, and lambda expressions have
// no function of their own in a derivative, and so must be simple.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -ferror-limit=0 -Xclang -verify %s

#include <retrograd/retrograd.h>

struct vec {
  double at[2];
  double &hidden(int i);
  double &early(int i) {
    if (i == 0)
      return at[0];
    return at[1];
  }
  double &again(int i) {
    double &a = i == 0 ? at[0] : again(i - 1); // expected-error {{a recursive call of 'again', which stands in the place of its call, is not supported}}
                                               // expected-note@-1 {{let it return a value, or nothing}}
    return a;
  }
};

#pragma retrograd gradient
double no_body(double x) {
  vec v = {{x, x}};
  v.hidden(0) = x; // expected-error {{the body of 'hidden', which stands in the place of its call, is not visible here}}
                   // expected-note@-1 {{define it before the function}}
  return v.at[0];
}

#pragma retrograd gradient
double two_returns(double x) {
  vec v = {{x, x}};
  v.early(0) = x; // expected-error {{'early' stands in the place of its call, but returns before its end}}
                  // expected-note@-1 {{let it return once, at its end}}
  return v.at[0];
}

#pragma retrograd gradient
double recursive(double x) {
  vec v = {{x, x}};
  v.again(1) = x;
  return v.at[0];
}

#pragma retrograd gradient
double chosen(double x) {
  auto f = [](double v) { return v; };
  auto g = f;
  auto *h = &f; // expected-error {{a lambda expression is not supported in a function that is differentiated}}
                // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  return g(x) + (*h)(x);
}

#pragma retrograd gradient
double returned(double x) {
  auto make = [](double v) { return [v] { return v; }; };
  return make(x)(); // expected-error {{this use of a lambda expression is not supported}}
                    // expected-note@-1 {{call it where it is written, by the name of its variable, or pass it to a function}}
}

#pragma retrograd gradient
double copied(double x) {
  auto f = [x](double v) mutable { return x *= v; };
  auto g = f; // expected-error {{a copy of a 'mutable' lambda expression is not supported}}
              // expected-note@-1 {{pass or capture it by reference}}
  return f(x) + g(x);
}

template <class F> static double twice(F f, double x) { return f(x) + f(x); }
#pragma retrograd gradient
double copied_argument(double x) {
  auto f = [x](double v) mutable { return x *= v; };
  return twice(f, x) + f(x); // expected-error {{a copy of a 'mutable' lambda expression is not supported}}
                             // expected-note@-1 {{pass or capture it by reference}}
}
#pragma retrograd gradient
double copied_capture(double x) {
  auto f = [x](double v) mutable { return x *= v; };
  auto g = [f](double v) mutable { return f(v); }; // expected-error {{a copy of a 'mutable' lambda expression is not supported}}
                                                   // expected-note@-1 {{pass or capture it by reference}}
  return f(x) + g(x);
}

struct model {
  double scale = 1;
  double copied(double x) const {
    auto f = [*this](double v) { return v * scale; }; // expected-error {{a capture of '*this' is not supported}}
                                                      // expected-note@-1 {{capture a copy that has a name}}
    return f(x);
  }
};
#pragma retrograd gradient
double object_captured(double x) { return model{x}.copied(x); }

#pragma retrograd gradient
double array_captured(double x) {
  double a[2] = {x, x};
  auto f = [a] { return a[0]; }; // expected-error {{capturing an array by value is not supported}}
                                 // expected-note@-1 {{capture it by reference}}
  return f();
}

struct loud {
  double a;
  loud() { a = 1; }
};
#pragma retrograd gradient
double effects(double x, const loud &l) {
  return x * l.a; // expected-error {{its default constructor does more than set fields}}
                  // expected-note@-1 {{pass the members}}
}

struct separate {
  double a;
  separate();
};
#pragma retrograd gradient
double unseen(double x, const separate &l) {
  return x * l.a; // expected-error {{the body of its default constructor is not visible here}}
                  // expected-note@-1 {{pass the members}}
}

struct needy {
  double a;
  needy(double a) : a(a) {}
};
#pragma retrograd gradient
double no_default(double x, const needy &l) {
  return x * l.a; // expected-error {{it has no default constructor}}
                  // expected-note@-1 {{pass the members}}
}

struct words {
  char text[4];
  double a;
};
#pragma retrograd gradient
double initialised(double x) {
  words w = {"abc", x}; // expected-error {{this initialiser of an object or array is not supported}}
                        // expected-note@-1 {{assign the fields or elements one by one}}
  return w.a;
}
