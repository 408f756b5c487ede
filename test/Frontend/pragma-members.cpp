//===- pragma-members.cpp - Pragmas on members that cannot be --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A member function is differentiated as a function of its object. Which member
// functions are none, and what else a pragma in a class may stand before.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -ferror-limit=0 -Xclang -verify \
// RUN:   -Wno-unused-private-field %s

#include <retrograd/retrograd.h>

struct model {
  double weight;
// expected-error@+1 {{'#pragma retrograd gradient' needs a function, but a declaration follows}}
#pragma retrograd gradient
  int layers; // expected-note {{move the pragma to the function}}
// expected-error@+1 {{'#pragma retrograd gradient' needs a function, but a type follows}}
#pragma retrograd gradient
  struct inner { // expected-note {{move the pragma to the function}}
    double bias;
// expected-error@+2 {{the body of 'model::inner::later' is not visible here}}
// expected-note@+1 {{write the pragma after the function's definition}}
#pragma retrograd gradient
    double later(double x) const;
  };
// expected-error@+2 {{cannot apply 'vjp' to 'model::model': a constructor or destructor has no derivative}}
// expected-note@+1 {{annotate a function that makes the object and returns a number}}
#pragma retrograd vjp
  model() : weight(1), layers(2) {}
// expected-error@+2 {{cannot apply 'gradient' to 'model::operator()': an operator has no name that its derivative could be called by}}
// expected-note@+1 {{choose one with 'name(...)'}}
#pragma retrograd gradient
  double operator()(double x) const { return weight * x; }
// expected-error@+2 {{cannot apply 'gradient' to 'model::unsteady': a 'volatile' member function is not supported}}
// expected-note@+1 {{drop 'volatile'}}
#pragma retrograd gradient
  double unsteady(double x) volatile { return weight * x; }
// expected-error@+2 {{'gradient' cannot stand in a class}}
// expected-note@+1 {{write it behind the class}}
#pragma retrograd gradient(model::named)
  double named(double x) const {
// expected-error@+2 {{the pragma stands inside of a declaration}}
// expected-note@+1 {{write it directly before a function}}
#pragma retrograd gradient
    double y = x;
// expected-error@+2 {{'checkpoint' cannot stand in a class}}
// expected-note@+1 {{define the function outside of the class}}
#pragma retrograd checkpoint
    for (int i = 0; i < layers; ++i)
      y *= weight;
    return y;
  }
// expected-error@+2 {{no function follows '#pragma retrograd gradient'}}
// expected-note@+1 {{write the pragma directly before a function}}
#pragma retrograd gradient
};

class closed {
  double weight = 1;

public:
// expected-error@+2 {{cannot apply 'gradient' to 'closed::get': its class is not supported yet, since its field 'weight' is not public}}
// expected-note@+1 {{annotate a function that takes what the member reads}}
#pragma retrograd gradient
  double get(double x) const { return weight * x; }
};

struct with_secrets {
  double weight;
#pragma retrograd gradient
  double scaled(double x) const {
    return x * gain; // expected-error {{'gain' is private, so a derivative, which is no member of the class, cannot name it}}
                     // expected-note@-1 {{make it public, or move it out of the class}}
  }
#pragma retrograd gradient
  double counted(double x) const {
    return x * int(steps); // expected-error {{'steps' is private, so a derivative}}
                      // expected-note@-1 {{make it public}}
  }
#pragma retrograd gradient
  double logged(double x) const {
    log(x); // expected-error {{'log' is private, so a derivative}}
            // expected-note@-1 {{make it public}}
    return x * weight;
  }

private:
  static constexpr double gain = 2;
  enum { steps = 3 };
#pragma retrograd inactive
  void log(double x) const;
};

// expected-error@+2 {{a rule for a member function is not supported}}
// expected-note@+1 {{let 'model::named' call a function outside of its class, and write the rule for that}}
#pragma retrograd rule(model::named)
void named_pullback(const model &, double, double, model *, double *) {}

struct doubled;
void twice_grad(const doubled &, double, doubled *, double *) {} // expected-note {{it is defined here; choose another name}}
struct doubled {
  double a;
#pragma retrograd gradient // expected-error {{redefinition of 'twice_grad'}}
  double twice(double x) const { return a * x; }
};

// expected-error@+2 {{'this' is no parameter of 'free' and no global variable}}
// expected-note@+1 {{the parameters are 'x'}}
#pragma retrograd gradient wrt(this)
double free(double x) { return x; }

double in_function(double x) {
  struct local {
    double a;
// expected-error@+2 {{'#pragma retrograd' must stand outside of functions}}
// expected-note@+1 {{move the class to namespace scope}}
#pragma retrograd gradient
    double f(double y) const { return a * y; }
  };
  return local{x}.f(x);
}
