//===- pragma-directions.cpp - How many directions ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The number is an integer constant from 1 to 1024, written with literals,
// macros, enumerators and constants.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -ferror-limit=0 -fsyntax-only -Xclang -verify %s

#include <retrograd/retrograd.h>

#define CAMERA 11
enum { points = 3 };
namespace block {
constexpr unsigned long columns = CAMERA + points;
enum class rows : unsigned char { two = 2 };
} // namespace block
const int minus_one = -1;
int not_constant = 2;
constexpr double real = 2;
constexpr unsigned long huge = -1ul;

// The types of what the derivatives take tell the number.
#pragma retrograd jvp directions(3)
#pragma retrograd vjp directions(points) name(a)
#pragma retrograd vjp directions(CAMERA) name(b)
#pragma retrograd vjp directions(block::columns + 1) name(c)
#pragma retrograd vjp directions((2 + 3) * 4 / 2 - 7 % 4) name(d) wrt(x)
#pragma retrograd vjp directions(1) name(e)
#pragma retrograd vjp directions(1'024) name(most)
#pragma retrograd vjp directions(::block::rows::two) name(two)
#pragma retrograd vjp directions(-minus_one) name(negated)
#pragma retrograd jvp name(with_value) value directions(0x10u)
double f(const double (*x)[2], double y, double &z) {
  z = x[0][1] * y;
  return x[0][0] * y;
}
void (*f_type)(const double (*)[2], double, double &, const double (*)[2][3],
               const double *, double *, double *) = f_jvps;
using pulled = void(const double (*)[2], double, double &, const double *,
                    double (*)[2][3], double *, double *);
pulled *a_type = a;
void (*b_type)(const double (*)[2], double, double &, const double *,
               double (*)[2][11], double *, double *) = b;
void (*c_type)(const double (*)[2], double, double &, const double *,
               double (*)[2][15], double *, double *) = c;
void (*d_type)(const double (*)[2], double, double &, const double *,
               double (*)[2][7]) = d;
void (*e_type)(const double (*)[2], double, double &, const double *,
               double (*)[2][1], double *, double *) = e;
double (*value_type)(const double (*)[2], double, double &,
                     const double (*)[2][16], const double *, double *,
                     double *) = with_value;

// A declaration by hand is checked like any.
void g_vjps(double x, const double *seed, double *d_x);
void h_vjps(double x, double seed, double *d_x); // expected-error {{no derivative has these parameters, so this 'h_vjps' will not be defined}}
                                                 // expected-note@-1 {{its parameters are (double x, const double *seed, double *d_x)}}
double i_vjps(double x, const double *seed, double *d_x); // #result
#pragma retrograd vjp directions(2)
double g(double x) { return 2 * x; }
#pragma retrograd vjp directions(2)
double h(double x) { return 2 * x; }
// expected-error@+2 {{'i_vjps' was declared with another result than that of this derivative}}
// expected-note@#result {{it is declared here; choose another name with 'name(...)'}}
#pragma retrograd vjp directions(2)
double i(double x) { return 2 * x; }

#pragma retrograd jvp directions(0) // expected-error {{a derivative cannot have 0 directions}}
                                    // expected-note@-1 {{ask for at least one}}
double j0(double x) { return 2 * x; }
#pragma retrograd jvp directions(minus_one) // expected-error {{a derivative cannot have -1 directions}}
                                            // expected-note@-1 {{ask for at least one}}
double j1(double x) { return 2 * x; }
#pragma retrograd jvp directions(1025) // expected-error {{a derivative cannot have 1025 directions}}
                                       // expected-note@-1 {{ask for at most 1024, and call the derivative several times}}
double j2(double x) { return 2 * x; }
#pragma retrograd jvp directions(not_constant) // expected-error {{'not_constant' is no integer constant}}
                                               // expected-note@-1 {{the number of directions is an integer constant over literals, macros and constants, as in 'directions(2 * n)'}}
double j3(double x) { return 2 * x; }
#pragma retrograd jvp directions(real) // expected-error {{'real' is no integer constant}}
                                       // expected-note@-1 {{the number of directions is}}
double j4(double x) { return 2 * x; }
#pragma retrograd jvp directions(n) // expected-error {{'n' is no integer constant}}
                                    // expected-note@-1 {{the number of directions is}}
double j5(double x, int n) { return n * x; }
#pragma retrograd jvp directions(2.5) // expected-error {{'2.5' is no integer}}
                                      // expected-note@-1 {{the number of directions is}}
double j6(double x) { return 2 * x; }
#pragma retrograd jvp directions(huge) // expected-error {{the number of directions is too large}}
                                       // expected-note@-1 {{the number of directions is}}
double j7(double x) { return 2 * x; }
#pragma retrograd jvp directions(9223372036854775807 + 1) // expected-error {{the number of directions is too large}}
                                                          // expected-note@-1 {{the number of directions is}}
double j8(double x) { return 2 * x; }
#pragma retrograd jvp directions(3 / (1 - 1)) // expected-error {{division by zero in the number of directions}}
                                              // expected-note@-1 {{the number of directions is}}
double j9(double x) { return 2 * x; }
#pragma retrograd jvp directions(2 +) // expected-error {{the number of directions is incomplete}}
                                      // expected-note@-1 {{the number of directions is}}
double k0(double x) { return 2 * x; }
#pragma retrograd jvp directions(2 3) // expected-error {{unexpected '3' in the number of directions}}
                                      // expected-note@-1 {{the number of directions is}}
double k1(double x) { return 2 * x; }
#pragma retrograd jvp directions("2") // expected-error {{unexpected '"2"' in the number of directions}}
                                      // expected-note@-1 {{the number of directions is}}
double k2(double x) { return 2 * x; }
#pragma retrograd jvp directions(block::) // expected-error {{expected a name after '::'}}
                                          // expected-note@-1 {{the number of directions is}}
double k3(double x) { return 2 * x; }
#pragma retrograd jvp directions() // expected-error {{expected the number of directions}}
                                   // expected-note@-1 {{write an integer constant, as in 'directions(4)'}}
double k4(double x) { return 2 * x; }
#pragma retrograd jvp directions // expected-error {{expected '(' after 'directions'}}
                                 // expected-note@-1 {{write 'directions(...)'}}
double k5(double x) { return 2 * x; }
#pragma retrograd jvp directions(2 // expected-error {{expected ')'}}
                                   // expected-note@-1 {{to match this '('}}
double k6(double x) { return 2 * x; }
#pragma retrograd jvp directions(2) directions(3) // expected-error {{duplicate clause 'directions'}}
                                                  // expected-note@-1 {{the first one is here; remove one}}
double k7(double x) { return 2 * x; }
#pragma retrograd gradient directions(2) // expected-error {{'gradient' has one direction}}
                                         // expected-note@-1 {{use 'vjp', which takes a seed for each direction}}
double k8(double x) { return 2 * x; }
#pragma retrograd batch sample(x) shared(y) directions(2) // expected-error {{unknown clause 'directions'}}
                                                          // expected-note@-1 {{the clauses of 'batch' are 'sample(p, ...)', 'shared(p, ...)', 'outputs(p, ...)' and 'name(identifier)'}}
double k9(double x, double y) { return x * y; }
#pragma retrograd inactive directions(2) // expected-error {{unexpected 'directions' after 'inactive'}}
                                         // expected-note@-1 {{'inactive' takes no clauses}}
double l0(double x) { return x; }
