//===- lower-memory.cpp - Allocations and copies of real numbers ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Memory has the type of what it holds from its allocation on.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#pragma retrograd gradient
double placement(double x) {
  double y;
  double *p = new (&y) double; // expected-error {{placement new is not supported}}
                               // expected-note@-1 {{use plain 'new'}}
  *p = x;
  return y;
}

struct vec {
  double a, b;
};
#pragma retrograd gradient
double object(double x) {
  vec *v = new vec; // expected-error {{'new' of a class is not supported yet}}
                    // expected-note@-1 {{allocate an array of numbers}}
  v->a = x;
  return v->a;
}

#pragma retrograd gradient
double object_by_malloc(double x) {
  vec *v = static_cast<vec *>(std::malloc(sizeof(vec))); // expected-error {{allocating objects of class type is not supported yet}}
                                                         // expected-note@-1 {{allocate an array of numbers}}
  v->a = x;
  return v->a;
}

#pragma retrograd gradient
double initial_values(double x) {
  double *p = new double[2]{x, x}; // expected-error {{initial values in 'new' of an array are not supported}}
                                   // expected-note@-1 {{assign the elements after the allocation}}
  return p[0];
}

#pragma retrograd gradient
double bytes(double x) {
  double *p = static_cast<double *>(std::calloc(16, 1)); // expected-error {{the element size of this 'calloc' is not the size of what the pointer points to}}
                                                         // expected-note@-1 {{write 'calloc(n, sizeof(double))'}}
  p[0] = x;
  return p[0];
}

#pragma retrograd gradient
double untyped(double x) {
  void *p = std::malloc(8); // expected-error {{'malloc' is not supported here}}
                            // expected-note@-1 {{convert the result of 'malloc' or 'calloc' to its type at once}}
  std::free(p);
  return x;
}

#pragma retrograd gradient
double moved(double *x) {
  std::memmove(x, x + 1, sizeof *x); // expected-error {{'memmove' of real numbers is not supported}}
                                     // expected-note@-1 {{copy the elements in a loop}}
  return x[0];
}

#pragma retrograd gradient
double copied_as_bytes(const double *x, char *to) {
  std::memcpy(to, x, sizeof *x); // expected-error {{'memcpy' between different types, or of rows, is not supported}}
                                 // expected-note@-1 {{copy the elements in a loop}}
  return x[0];
}

#pragma retrograd gradient
double filled(double *x) {
  std::memset(x, 1, sizeof *x); // expected-error {{this 'memset' is not supported}}
                                // expected-note@-1 {{assign the elements in a loop}}
  return x[0];
}

#pragma retrograd gradient
double swapped_arrays(double x) {
  double a[2] = {x, 1}, b[2] = {2, x};
  std::swap(a, b); // expected-error {{'swap' of anything but numbers and pointers is not supported}}
                   // expected-note@-1 {{swap the elements in a loop}}
  return a[0] * b[1];
}

#pragma retrograd gradient
double reallocated(double x) {
  double *p = static_cast<double *>(std::malloc(sizeof(double)));
  p = static_cast<double *>(std::realloc(p, 2 * sizeof(double))); // expected-error {{'realloc' is not supported}}
                                                                  // expected-note@-1 {{allocate the new memory, copy the elements in a loop and free the old memory}}
  return x * *p;
}
