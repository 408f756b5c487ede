//===- errors.cpp - What the transforms refuse ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each error stands where the user can change something, and says what.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -Wno-vla-cxx-extension -fsyntax-only -Xclang -verify %s

#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd gradient wrt(x) // expected-error {{'writes_unknown' writes through 'x', so its gradient needs to know how many elements there are}}
                                  // expected-note@-1 {{give the number of elements, 'wrt(x[n])', or use 'vjp', whose adjoint buffers hold the seed of what is written}}
double writes_unknown(double *x) {
  x[0] *= x[1];
  return x[0];
}

#pragma retrograd gradient
double order(double nu, double x) {
  return std::cyl_bessel_j(nu, x); // expected-error {{no closed form is known for the derivative of 'cyl_bessel_j' with respect to its argument 1}}
                                   // expected-note@-1 {{keep that argument constant, or give a rule of your own with '#pragma retrograd rule(...)'}}
}

#pragma retrograd jvp
double tangent_of_order(double nu, double x) {
  return std::cyl_bessel_j(nu, x); // expected-error {{no closed form is known for the derivative of 'cyl_bessel_j' with respect to its argument 1}}
                                   // expected-note@-1 {{keep that argument constant, or give a rule of your own with '#pragma retrograd rule(...)'}}
}

static double *last(double *p, int n) { return p + n; }
#pragma retrograd gradient
double returned_pointer(double x, double y) {
  double a[2] = {x, y};
  *last(a, 1) *= y; // expected-error {{'last' returns a pointer to memory that derivatives flow through}}
                    // expected-note@-1 {{pass the pointer out through a parameter, or compute it in the caller}}
  return a[1];
}

#pragma retrograd jvp
double returned_pointer_forward(double x, double y) {
  double a[2] = {x, y};
  *last(a, 1) *= y; // expected-error {{'last' returns a pointer to memory that derivatives flow through}}
                    // expected-note@-1 {{pass the pointer out through a parameter, or compute it in the caller}}
  return a[1];
}

#pragma retrograd inactive
static const double *larger(const double *p, const double *q) {
  return *p > *q ? p : q;
}
#pragma retrograd gradient
double returned_by_inactive(const double *x, const double *y) {
  return *larger(x, y); // expected-error {{'larger' returns a pointer to memory that derivatives flow through}}
                        // expected-note@-1 {{pass the pointer out through a parameter, or compute it in the caller}}
}

const double *unseen_element(const double *p, int i);
#pragma retrograd gradient
double returned_by_unseen(const double *x) {
  return *unseen_element(x, 1); // expected-error {{'unseen_element' returns a pointer to memory that derivatives flow through}}
                                // expected-note@-1 {{pass the pointer out through a parameter, or compute it in the caller}}
}

// What was given up for one derivative is not there for the next.
static double *itself(double *p) { return p; }
#pragma retrograd jvp
double returned_tangent(double x) {
  return *itself(&x); // expected-error {{'itself' returns a pointer to memory that derivatives flow through}}
                      // expected-note@-1 {{pass the pointer out through a parameter, or compute it in the caller}}
}
#pragma retrograd jvp
double returned_again(double x) {
  return 2 * *itself(&x); // expected-error {{'itself' returns a pointer to memory that derivatives flow through}}
                          // expected-note@-1 {{pass the pointer out through a parameter, or compute it in the caller}}
}

#pragma retrograd inactive
void advance(int *i);
#pragma retrograd gradient wrt(x)
double lost_value(const double *x) {
  int i = 0;
  double y = x[i];
  advance(&i); // expected-error {{'advance' may overwrite values that the derivative needs}}
               // expected-note@-1 {{its body is not differentiated: copy what it changes to another variable before the call}}
  return y * x[i];
}

double weighted(const double *w, double x);
#pragma retrograd rule(weighted)
void weighted_pullback(const double *w, double x, double seed, double *d_w,
                       double *d_x);
#pragma retrograd gradient wrt(x)
double partly_active(const double *w, double x) {
  return weighted(w, x); // expected-error {{the rule of 'weighted' needs an adjoint of its parameter 'w', which is not active here}}
                         // expected-note@-1 {{add what is passed there to 'wrt(...)'}}
}

double mixed(const double *w, double x);
#pragma retrograd rule(mixed)
double mixed_pushforward(const double *w, double x, const double *t_w,
                         double t_x);
#pragma retrograd jvp wrt(x)
double partly_active_tangent(const double *w, double x) {
  return mixed(w, x); // expected-error {{the rule of 'mixed' needs a tangent of its parameter 'w', which is not active here}}
                      // expected-note@-1 {{add what is passed there to 'wrt(...)'}}
}

double moves(double *p);
#pragma retrograd rule(moves)
double moves_pushforward(double *p, double *t_p);
#pragma retrograd jvp
double result_and_memory(double x) {
  double y = moves(&x); // expected-error {{'moves' has a pushforward, returns a value and may write through its parameters}}
                        // expected-note@-1 {{return the value through a parameter, or let it be differentiated without a pushforward}}
  return x * y;
}

#pragma retrograd gradient
double power(double x, int n) { // expected-error {{reverse mode over 'power_grad' is not supported, since it uses the tape}}
                                // expected-note@-1 {{for second derivatives use '#pragma retrograd jvp(power_grad)'}}
  double y = 1;
  while (n-- > 0)
    y *= x;
  return y;
}
#pragma retrograd vjp(power_grad)

#pragma retrograd gradient wrt(x)
double rows(double x, int n) {
  if (n > 1) {
    double a[n][n]; // expected-error {{variable-length array 'a' of several dimensions inside a loop, a branch or a called function}}
                    // expected-note@-1 {{declare it at the top of the differentiated function, or with one dimension}}
    a[0][0] = x;
    x = a[0][0] * a[0][0];
  }
  return x;
}

static double scale = 2;
static double scaled(double *x) {
  *x = scale;
  return scale;
}
// expected-error@+2 {{'scale' is in 'wrt' and is read by 'scaled', which is called; its derivative there is not supported}}
// expected-note@+1 {{pass 'scale' to 'scaled' as an argument}}
#pragma retrograd jvp wrt(scale, x)
double reads_global(double x) { return scaled(&x) * x; }
