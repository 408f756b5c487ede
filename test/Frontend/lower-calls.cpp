//===- lower-calls.cpp - Calls that no derivative can pass ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A call is differentiated through the body of its function, or by a rule.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

#include <algorithm>
#include <bit>
#include <cmath>
#include <iostream>
#include <map>
#include <string>

#pragma retrograd gradient
double through_pointer(double x, double (*g)(double)) { // expected-error {{a pointer to a function is not supported in a parameter}}
                                            // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  return g(x);
}

double (*const table[])(double) = {std::sin, std::cos};
#pragma retrograd gradient
double through_table(double x) {
  return table[0](x); // expected-error {{a call through a pointer to a function is not supported}}
                      // expected-note@-1 {{call the function by its name}}
}

double operator""_km(long double x) { return static_cast<double>(1000 * x); }
#pragma retrograd gradient
double literal(double x) {
  return x * 2.0_km; // expected-error {{a user-defined literal is not supported}}
                     // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

struct scale {
  double by(double x) const { return factor * x; }
  double factor;
  int flag : 1;
};
#pragma retrograd gradient
double member_function(double x, const scale &s) {
  return s.by(x); // expected-error {{a member function or operator that returns real numbers is not supported yet}}
                  // expected-note@-1 {{pass the numbers as parameters}}
}

struct counter {
  int next();
};
#pragma retrograd gradient
double changes_object(double x, counter &count) {
  return x * count.next();  // expected-error {{the value of a call that may change an object is not supported}}
                            // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

#pragma retrograd gradient
double remquo(double x) {
  int quotient;
  return std::remquo(x, 2, &quotient); // expected-error {{the derivative of 'remquo' is not supported}}
                                       // expected-note@-1 {{use 'remainder'}}
}

#pragma retrograd gradient
double list(double x, std::initializer_list<double> values) {
  return x * std::max(values); // expected-error {{this use of 'std::initializer_list' is not supported}}
                               // expected-note@-1 {{write the elements in the call}}
}

#pragma retrograd gradient
double reads_line(double x, std::string &text) {
  std::getline(std::cin, text); // expected-error {{a library function that returns a reference is not supported: 'getline'}}
                                // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  return x * x;
}

#pragma retrograd gradient
double declared_inside(double x) {
  int unseen(int);
  return x * unseen(3); // expected-error {{'unseen' is declared inside the function, where its derivative cannot see it}}
                        // expected-note@-1 {{declare it before the function}}
}

struct ticket {
  int number;
  int get() const { return number; }
};
int punched(const ticket &t);
ticket next_ticket();
#pragma retrograd gradient
double object_returned(double x) {
  ticket t = next_ticket(); // expected-error {{using the object that 'next_ticket' returns is not supported yet}}
                            // expected-note@-1 {{return a number, or write results through parameters}}
  return x * t.number;
}

#pragma retrograd gradient
double member_of_returned(double x) {
  return x * next_ticket().get(); // expected-error {{using the object that 'next_ticket' returns is not supported yet}}
                                  // expected-note@-1 {{return a number, or write results through parameters}}
}

#pragma retrograd gradient
double passed_on(double x) {
  return x * punched(next_ticket()); // expected-error {{using the object that 'next_ticket' returns is not supported yet}}
                                     // expected-note@-1 {{return a number, or write results through parameters}}
}

#pragma retrograd gradient
double map_inserts(double x, std::map<int, int> &m) {
  return x * m[2]; // expected-error {{the value of a call that may change an object is not supported}}
                   // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

#pragma retrograd gradient
double lambda_argument(double x, const int *p) {
  return x * std::count_if(p, p + 3, [](int i) { return i > 0; }); // expected-error {{a lambda expression is not supported in a function that is differentiated}}
                                                                   // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

// There and back again: the integer has no derivative, but the number has one.
#pragma retrograd gradient
double bits(double x) {
  return std::bit_cast<double>(std::bit_cast<long>(x)); // expected-error {{looking at a value as another type is not supported}}
                                                        // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}
