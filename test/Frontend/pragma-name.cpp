//===- pragma-name.cpp - Names that a derivative cannot have ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A derivative overloads like any function, but it replaces none.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

double f_grad; // #variable
// expected-error@+2 {{'f_grad' is already declared as something else}}
// expected-note@#variable {{it is declared here; choose another name with 'name(...)'}}
#pragma retrograd gradient
double f(double x) { return 2 * x; }

void g_grad(double, double *d) { *d = 0; } // #body
// expected-error@+2 {{redefinition of 'g_grad'}}
// expected-note@#body {{it is defined here; choose another name with 'name(...)'}}
#pragma retrograd gradient
double g(double x) { return 2 * x; }

// Another name, an overload and a declaration are fine.
#pragma retrograd gradient name(g_gradient)
double g(float x) { return 2 * x; }
void h_grad(int, double *) {}
void h_grad(double x, double *d_x);
#pragma retrograd gradient
double h(double x) { return 2 * x; }

void i_grad(double x, double *d_x); // #external
// expected-error@+2 {{'i_grad' was declared with external linkage, but 'i' has internal linkage}}
// expected-note@#external {{declare it static here}}
#pragma retrograd gradient
[[maybe_unused]] static double i(double x) { return 2 * x; }

// A declaration by hand that misses the derivative's type by a little would be
// an overload that nobody defines.
// expected-error@+2 {{no derivative has these parameters, so this 'k_grad' will not be defined}}
// expected-note@+1 {{its parameters are (double x, const double *y, double *d_x, double *d_y)}}
void k_grad(double x, const double *y, double *d_x, const double *d_y);
#pragma retrograd gradient
double k(double x, const double *y) { return x * *y; }

// expected-error@+2 {{no derivative has these parameters, so this 'l_jvp' will not be defined}}
// expected-note@+1 {{its parameters are (float x, float t_x)}}
float l_jvp(float x, float *t_x);
#pragma retrograd jvp
float l(float x) { return x * x; }

// Overloads of other primals, functions that are defined, and both
// declarations are fine.
void m_grad(float x, double *d_x);
void m_grad(double x, float *d_x);
void m_grad(double x, double *d_x);
#pragma retrograd gradient
double m(double x) { return 2 * x; }
void o_grad(double, float *) {}
void o_grad(double, int *);
void o_grad(float, float *);
#pragma retrograd gradient
double o(double x) { return 2 * x; }

// A macro would be replaced in the derivative's text.
#define GRADIENT_OF_P p_gradient
// expected-error@+2 {{'GRADIENT_OF_P' is a macro}}
// expected-note@+1 {{choose another name for the derivative}}
#pragma retrograd gradient name(GRADIENT_OF_P)
double p(double x) { return 2 * x; }

// expected-error@+2 {{a derivative cannot be called 'main'}}
// expected-note@+1 {{choose another name with 'name(...)'}}
#pragma retrograd gradient name(main)
double q(double x) { return 2 * x; }

// The second one sees what the first one has declared.
// expected-error@+4 {{redefinition of 'same'}}
// expected-note@*:* {{it is defined here; choose another name with 'name(...)'}}
#pragma retrograd jvp name(same)
#pragma retrograd gradient name(same)
#pragma retrograd gradient name(same)
double r(double x) { return 2 * x; }

// Functions cannot differ in their result alone.
void s_grad(double x, double *d_x); // expected-note {{it is declared here; choose another name with 'name(...)'}}
// expected-error@+1 {{'s_grad' was declared with another result than that of this derivative}}
#pragma retrograd gradient value
double s(double x) { return 2 * x; }
double t_jvp(double x, double t_x);
#pragma retrograd jvp
double t(double x) { return 2 * x; }

static double weight = 2; // expected-note {{it is declared here; choose another name with 'name(...)'}}
namespace {
#pragma retrograd gradient name(weight) // expected-error {{'weight' is already declared as something else}}
double beside_global(double x) { return x * weight; }
} // namespace

// What is a letter in the text is one in a pragma.
#pragma retrograd gradient name(größe_grad)
double letters(double x) { return 2 * x; }
#pragma retrograd gradient name(x×x) // expected-error {{character <U+00D7> not allowed in an identifier}}
double no_letters(double x) { return x * x; }

// A derivative of a C function is one, and those do not overload.
extern "C" {
int c_taken(int); // expected-note {{it is declared here; choose another name with 'name(...)'}}
double c_function(double x) { return x * x; }
}
#pragma retrograd gradient(c_function) name(c_taken) // expected-error {{'c_taken' is already declared as another C function}}
#pragma retrograd jvp(c_function)
double c_width;
// expected-error@+2 {{'c_function_jvp' is already declared as another C function}}
// expected-note@*:* {{it is declared here; choose another name with 'name(...)'}}
#pragma retrograd jvp(c_function) wrt(x, c_width)
