//===- lower-expressions.cpp - Expressions without an IR ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An operator or operand that the IR has no word for is refused where it
// stands.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -Wno-vla-cxx-extension \
// RUN:   -Wno-c99-extensions -Wno-gnu-label-as-value -ferror-limit=0 \
// RUN:   -fsyntax-only -Xclang -verify %s

#pragma retrograd gradient
double complex(double x) {
  return __real__(x * 1i); // expected-error {{complex numbers are not supported}}
                           // expected-note@-1 {{write the real and the imaginary part as two reals}}
}

#pragma retrograd gradient
double statement_expression(double x) {
  return ({ x * x; }); // expected-error {{a statement expression is not supported}}
                       // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

struct point {
  int i;
};
int point::*const member = &point::i;
#pragma retrograd gradient
double member_pointer(double x, const point &p) {
  return x * p.*member; // expected-error {{a pointer to a member is not supported}}
                        // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

#pragma retrograd gradient
double address_of_member(double x, const point &p) {
  return x * p.*&point::i; // expected-error {{a pointer to a member is not supported}}
                           // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

double other(double);
extern double (*const table[])(double);
#pragma retrograd gradient
double address_of_function(double x) {
  return &other == nullptr ? x : -x; // expected-error {{a pointer to a function or member is not supported}}
                                     // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

#pragma retrograd gradient
double function_name(double x) {
  return other == table[0] ? x : -x; // expected-error {{a pointer to a function is not supported}}
                                     // expected-note@-1 {{call the function by its name}}
}

#pragma retrograd gradient
double omitted_middle(double x, double y) {
  (x ?: y) = 2; // expected-error {{'?:' without a middle operand is not supported as a place}}
                // expected-note@-1 {{write both operands}}
  return x * y;
}

#pragma retrograd gradient
double size_of_variable_array(double x, int n) {
  double a[n];
  a[0] = x;
  return a[0] * sizeof a; // expected-error {{an expression that is not a constant here is not supported}}
                          // expected-note@-1 {{compute the value in a variable first}}
}

#pragma retrograd inactive
double &reference(double *p);
#pragma retrograd gradient
double result_by_reference(double x) {
  double y = x;
  reference(&y) = 2; // expected-error {{a reference to the result of a call is not supported}}
                     // expected-note@-1 {{copy the result into a variable}}
  return y;
}

struct counter {
  int operator()(int *i) const { return ++*i; }
};
#pragma retrograd gradient
double written_unseen(double x, const counter &count) {
  int i = 0;
  return count(&i) * x; // expected-error {{a variable could be written here without being seen}}
                        // expected-note@-1 {{use a plain function or an assignment}}
}

#pragma retrograd gradient
double complex_local(double x) {
  _Complex double z = x; // expected-error {{the type '_Complex double' is not supported in a function that is differentiated}}
                         // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  return __real__ z;
}

#pragma retrograd gradient
double address_of_text(double x) {
  const char(*p)[4] = &"abc"; // expected-error {{taking the address of this is not supported}}
                              // expected-note@-1 {{give it a name first}}
  return x * (*p)[1];
}

#pragma retrograd gradient
double written_member(double x, point &p) {
  p.*member = 2; // expected-error {{this way to name a variable is not supported}}
                 // expected-note@-1 {{use the variable itself, or a pointer to it}}
  return x * x;
}

struct base {
  virtual ~base();
  int i;
};
struct derived : base {
  int j;
};
#pragma retrograd gradient
double downcast(double x, const base *b) {
  return x * static_cast<const derived *>(b)->j; // expected-error {{a conversion of the kind 'BaseToDerived' is not supported}}
                                                 // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

#pragma retrograd gradient
double checked_downcast(double x, const base *b) {
  return dynamic_cast<const derived *>(b) ? x : 1; // expected-error {{'dynamic_cast' is not supported}}
                                                   // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

#pragma retrograd gradient
double compound_literal(double x) {
  return x * (int[]){1, 2}[1]; // expected-error {{a compound literal is not supported}}
                               // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

#pragma retrograd gradient
double temporary_array(double x) {
  using two = int[2];
  return x * two{1, 2}[1]; // expected-error {{an expression of the kind 'InitListExpr' is not supported}}
                           // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

#pragma retrograd gradient
double atomic(double x, int *p) {
  return x * __atomic_load_n(p, 0); // expected-error {{an atomic operation is not supported}}
                                    // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
}

#pragma retrograd gradient
double label_address(double x) {
  void *p = &&end; // expected-error {{the address of a label is not supported}}
                   // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
end:
  return p ? x : 1;
}

#pragma retrograd gradient
double source_file(double x) {
  return x * __builtin_FILE()[0]; // expected-error {{an expression that is not a constant here is not supported}}
                                  // expected-note@-1 {{compute the value in a variable first}}
}

#pragma retrograd gradient
double base_of_object(double x, const derived &d) {
  const base &b = d; // expected-error {{this conversion to a base class is not supported}}
                     // expected-note@-1 {{pass the numbers that the function needs as parameters}}
  return x * b.i;
}

typedef int four_integers __attribute__((vector_size(16)));
#pragma retrograd gradient
double vector_local(double x) {
  four_integers v = {1, 2, 3, 4}; // expected-error {{the type '__attribute__((__vector_size__(4 * sizeof(int)))) int' is not supported in a function that is differentiated}}
                                  // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  return x * v[1];
}

#pragma retrograd gradient
double local_class(double x) {
  struct local { int i; };
  local l = {3}; // expected-error {{a class declared in a function is not supported in a function that is differentiated}}
                 // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  return x * l.i;
}

struct with_bits {
  static int shared;
  int : 3;
  int v;
};
#pragma retrograd gradient
double written_static_member(double x, const with_bits &b) {
  b.shared = 1; // expected-error {{the global variable 'with_bits::shared' is written in a function that is differentiated}}
                // expected-note@-1 {{pass it as a parameter by reference}}
  return x * b.v;
}
