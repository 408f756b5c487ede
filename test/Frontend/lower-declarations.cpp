//===- lower-declarations.cpp - Variables that have no IR -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A local is an automatic variable of arithmetic, pointer or array type.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

#include <string>
#include <utility>

#pragma retrograd gradient
double volatile_local(double x) {
  volatile double y = x; // expected-error {{'volatile' variables are not supported}}
                         // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  return y;
}

#pragma retrograd gradient
double remembered(double x) {
  static double last = 0; // expected-error {{the static variable 'last' keeps a value between calls, which is not supported}}
                          // expected-note@-1 {{make it 'static const' with a constant value, or pass it as a parameter}}
  last += x;
  return last;
}

struct vec {
  double a, b;
  int flag : 1;
};
#pragma retrograd gradient
double object(double x) {
  vec v{x, x, 0}; // expected-error {{'v' is an object that holds real numbers, and its field 'flag' is a bit-field, which is not supported yet}}
               // expected-note@-1 {{use separate variables or an array}}
  return v.a * v.b;
}

struct pair {
  int a, b;
};
#pragma retrograd gradient
double binding(double x, const pair &p) {
  auto [a, b] = p; // expected-error {{a structured binding of a class is not supported yet}}
                   // expected-note@-1 {{use an array, or separate variables}}
  return x * a * b;
}

#pragma retrograd gradient
double assigned_member(double x) {
  pair p{1, 2};
  p.a = 3; // expected-error {{writing to an object of class type is not supported yet}}
           // expected-note@-1 {{use separate variables}}
  return x * p.a;
}

#pragma retrograd gradient
double library_pair(double x) {
  std::pair<double, double> a{x, x}; // expected-error {{'a' is an object that holds real numbers, and it is a class of the standard library, which is not supported yet}}
                                     // expected-note@-1 {{use separate variables or an array}}
  return a.first * a.second;
}

#pragma retrograd gradient
double member_of(double x, const vec &v) { // expected-note 0 {{}}
  return x * v.a; // expected-error {{the member 'a' holds real numbers; its class is not supported yet, since its field 'flag' is a bit-field}}
                  // expected-note@-1 {{pass the members that the function needs as parameters}}
}

union either {
  int i;
  float f;
};
#pragma retrograd gradient
double of_union(double x, const either &e) {
  return x * e.i; // expected-error {{the member 'i' is of a kind that is not supported}}
                  // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

#pragma retrograd gradient
double over_object(double x, const std::string &text) {
  for (char c : text) // expected-error {{a range-based for over an object of class type is not supported yet}}
                      // expected-note@-1 {{loop over an array, or with an index}}
    x *= c;
  return x;
}

#pragma retrograd gradient
double rows_of_text(double x) {
  char a[2][3] = {"ab", "cd"}; // expected-error {{this initialiser of an array is not supported}}
                               // expected-note@-1 {{assign the elements one by one}}
  return x * a[1][0];
}

#pragma retrograd gradient
double parenthesized(double x) {
  int a[2](1, 2); // expected-error {{this initialiser of an array is not supported}}
                  // expected-note@-1 {{assign the elements one by one}}
  return x * a[1];
}

#pragma retrograd gradient
double of_itself(double x) {
  double y = y + x; // expected-error {{'y' is used where its declaration is not reached}}
                    // expected-note@-1 {{declare it before the statement that uses it}}
                    // expected-warning@-2 0-1 {{uninitialized}}
  return x * y;
}

int sum(vec);
#pragma retrograd gradient
double temporary(double x) {
  return x * sum(vec{1, 2, 0}); // expected-error {{an object of class 'vec', which holds real numbers, is not supported yet, since its field 'flag' is a bit-field}}
                             // expected-note@-1 {{use separate variables or an array}}
}

#pragma retrograd gradient
double local_extern(double x) {
  extern double factor; // expected-error {{'factor' is declared inside the function, where its derivative cannot see it}}
                        // expected-note@-1 {{declare it before the function}}
  return x * factor;
}
