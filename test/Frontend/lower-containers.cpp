//===- lower-containers.cpp - What vectors and arrays cannot do -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Elements are read and written; what makes, copies or resizes a vector of reals
// is refused.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -ferror-limit=0 -Xclang -verify %s

#include <algorithm>
#include <array>
#include <complex>
#include <retrograd/retrograd.h>
#include <vector>

using Vector = std::vector<double>;

#pragma retrograd gradient
double made(double x, int n) {
  Vector v(n, x); // expected-error {{making or copying an object of class 'std::vector<double>' is not supported yet}}
                  // expected-note@-1 {{pass it by reference, or use an array}}
  return v[0];
}

#pragma retrograd gradient
double copied(const Vector &x) {
  Vector v = x; // expected-error {{making or copying an object of class 'std::vector<double>'}}
                // expected-note@-1 {{pass it by reference}}
  return v[0];
}

#pragma retrograd vjp
void assigned(Vector &x, const Vector &y) {
  x = y; // expected-error {{making or copying an object of class 'std::vector<double>'}}
         // expected-note@-1 {{pass it by reference}}
}

#pragma retrograd vjp
void listed(Vector &x, double y) {
  x = {y, y}; // expected-error {{'operator=' of a container of the library is not supported yet}}
              // expected-note@-1 {{read and write}}
}

#pragma retrograd vjp
void row(std::vector<Vector> &x, const Vector &y) {
  x[0] = y; // expected-error {{making or copying an object of class 'std::vector<double>'}}
            // expected-note@-1 {{pass it by reference}}
}

#pragma retrograd vjp
void grown(Vector &x, double y) {
  x.push_back(y); // expected-error {{'push_back' of a container of the library is not supported yet}}
                  // expected-note@-1 {{read and write its elements by '[]', or by a range-based for}}
}

#pragma retrograd vjp
void resized(Vector &x) {
  x.resize(3); // expected-error {{'resize' of a container of the library is not supported yet}}
               // expected-note@-1 {{read and write}}
}

#pragma retrograd gradient
double iterated(const Vector &x) {
  double s = 0;
  for (auto it = x.begin(); it != x.end(); ++it) // expected-error {{holds real numbers}}
                                                 // expected-note@-1 {{}}
    s += *it;
  return s;
}

#pragma retrograd vjp
void swapped(std::array<double, 2> &x, std::array<double, 2> &y) {
  x.swap(y); // expected-error {{'swap' of a container of the library is not supported yet}}
             // expected-note@-1 {{read and write}}
}

#pragma retrograd gradient
double by_value(Vector x) { // expected-error {{a 'std::vector' that is passed by value is not supported yet}}
                            // expected-note@-1 {{pass it by reference}}
  return x[0];
}

#pragma retrograd vjp
Vector returned(double x) { // expected-error {{a 'std::vector' is not supported as the result of 'returned'}}
                            // expected-note@-1 {{return a value or a pointer}}
  return {x};
}

#pragma retrograd gradient
double sorted(std::array<double, 2> x) {
  std::sort(x.begin(), x.end()); // expected-error {{a derivative flows through 'sort', whose body is not visible here}}
                                 // expected-note@-1 {{}}
  return x[0];
}

#pragma retrograd gradient
double of_complex(double x) {
  std::array<std::complex<double>, 2> a; // expected-error {{'a' is an object that holds real numbers, and its elements are objects, and it is a class of the standard library, which is not supported yet}}
                                         // expected-note@-1 {{use separate variables or an array}}
  a[0] = x;
  return a[0].real();
}
