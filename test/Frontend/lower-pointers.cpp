//===- lower-pointers.cpp - Pointers that would hide real numbers ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A derivative follows a pointer only while its type says what it points to.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Wno-vla-cxx-extension -Xclang -verify %s

#include <cstdint>

#pragma retrograd gradient
double other_type(double x) {
  float *p = reinterpret_cast<float *>(&x); // expected-error {{converting 'double *' to 'float *' would hide real numbers from differentiation}}
                                            // expected-note@-1 {{keep the pointer's own type, or move the conversion to a function marked '#pragma retrograd inactive'}}
  return *p;
}

#pragma retrograd gradient
double through_void(double x) {
  void *p = &x; // expected-error {{converting 'double *' to 'void *' would hide real numbers from differentiation}}
                // expected-note@-1 {{keep the pointer's own type, or move the conversion to a function marked '#pragma retrograd inactive'}}
  return *static_cast<double *>(p);
}

#pragma retrograd gradient
double to_integer(double x) {
  return x * reinterpret_cast<std::uintptr_t>(&x); // expected-error {{converting between pointers and integers is not supported}}
                                                   // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

#pragma retrograd gradient
double other_value(double x) {
  return reinterpret_cast<std::uint64_t &>(x); // expected-error {{looking at a value as another type is not supported}}
                                               // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

#pragma retrograd gradient
double bits(double x) {
  return x * __builtin_bit_cast(long, x); // expected-error {{a bit cast is not supported}}
                                          // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

double weight = 2;
#pragma retrograd gradient wrt(x)
double pointer_to_global(double x) {
  double *p = &weight; // expected-error {{the global variable 'weight' could be written through this pointer or reference}}
                       // expected-note@-1 {{pass it as a parameter, or use a pointer to const}}
  return x * *p;
}

// A pointer to const is fine.
#pragma retrograd gradient wrt(x)
double pointer_to_constant(double x) {
  const double *p = &weight;
  return x * *p;
}

// A function with a number of its own that is written is not called again.
static int ticks = 0;
static int tick(int n) {
  ticks += n; // expected-error {{the global variable 'ticks' is written in a function that is differentiated}}
              // expected-note@-1 {{pass it as a parameter by reference}}
  return ticks;
}
#pragma retrograd gradient
double counted(double x, int n) { return x * tick(n); }

#pragma retrograd gradient wrt(x)
double written_global(double x) {
  weight = x; // expected-error {{the global variable 'weight' is written in a function that is differentiated}}
              // expected-note@-1 {{pass it as a parameter by reference}}
  return weight;
}

// No other pointer would have the type of this one.
#pragma retrograd gradient
double pointer_to_row(double x, int n) {
  double m[n][n];
  m[0][0] = x;
  auto *row = &m[0]; // expected-error {{a pointer to an array of variable extent is not supported}}
                     // expected-note@-1 {{use a pointer to its elements}}
  return (*row)[0];
}

#pragma retrograd gradient
double pointer_behind_row(double x, int n) {
  double m[n][n];
  m[0][0] = x;
  auto *row = m + n - 1; // expected-error {{a pointer to an array of variable extent is not supported}}
                         // expected-note@-1 {{use a pointer to its elements}}
  return row[1 - n][0];
}

#pragma retrograd gradient
double chosen_row(double x, int n) {
  double m[n][n];
  m[0][0] = x;
  auto &row = n > 1 ? m[0] : m[1]; // expected-error {{a pointer to an array of variable extent is not supported}}
                                   // expected-note@-1 {{use a pointer to its elements}}
  return row[0];
}
