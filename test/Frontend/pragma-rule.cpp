//===- pragma-rule.cpp - Rules whose signature does not fit -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The error says which two signatures would.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

double g(double x, int n, const float *y);

#pragma retrograd rule(g)
void g_pullback(double x, int n, const float *y, double seed, double *d_x,
                float *d_y);

#pragma retrograd rule(g)
double g_pushforward(double x, int n, const float *y, double t_x,
                     const float *t_y);

// expected-error@+1 {{'g_wrong' has not the signature of a rule for 'g'}}
#pragma retrograd rule(g)
// expected-note@+2 {{a pullback is 'void g_wrong(double x, int n, const float *y, double seed, double *d_x, float *d_y)'}}
// expected-note@+1 {{a pushforward is 'double g_wrong(double x, int n, const float *y, double t_x, const float *t_y)'}}
void g_wrong(double x, int n, const float *y);

// expected-error@+2 {{no function 'unknown' is declared here}}
// expected-note@+1 {{write the pragma after the declaration}}
#pragma retrograd rule(unknown)
void unknown_rule(double x, double seed, double *d_x);

int count(int n);
// expected-error@+2 {{'count' has no parameter that a derivative can flow through}}
// expected-note@+1 {{remove the pragma; the function needs no rule}}
#pragma retrograd rule(count)
void count_rule(int n);

// expected-error@+2 {{'lenght' is no parameter of 'k'; did you mean 'length'?}}
// expected-note@+1 {{'inactive' alone declares the whole function inactive}}
#pragma retrograd inactive(lenght)
double k(double length);

// The two signatures coincide where nothing is returned and all memory may be
// written: the pragma must say which derivative it is.
void shear(double *y);
// expected-error@+2 {{'shear_rule' has the signature of a pullback and of a pushforward of 'shear'}}
// expected-note@+1 {{say which it is: 'rule(shear) vjp' or 'rule(shear) jvp'}}
#pragma retrograd rule(shear)
void shear_rule(double *y, double *d_y);
#pragma retrograd rule(shear) vjp writes(y[2])
void shear_pullback(double *y, double *d_y);
#pragma retrograd rule(shear) jvp
void shear_pushforward(double *y, double *t_y);

// What a function overwrites the pullback finds as it was, if it is said how
// many elements that are. References say it themselves.
void turn(double *x, int n, const double *axis, float &angle, int *flags);
// expected-error@+2 {{'turn' may write through 'x', which its rule does not mention}}
// expected-note@+1 {{write 'writes(x[n])', and the pullback finds n elements as they were before the call, or 'writes(x)', and it finds what the call left}}
#pragma retrograd rule(turn) vjp
void turn_silent(double *x, int n, const double *axis, float &angle, int *flags,
                 double *d_x, double *d_axis, float *d_angle);
#pragma retrograd rule(turn) vjp writes(x[2 * n], flags)
void turn_pullback(double *x, int n, const double *axis, float &angle,
                   int *flags, double *d_x, double *d_axis, float *d_angle);
// expected-error@+2 {{'axis' is no parameter through which 'turn' could write numbers}}
// expected-note@+1 {{remove it from 'writes'}}
#pragma retrograd rule(turn) vjp writes(x[n], flags, axis[n])
void turn_axis(double *x, int n, const double *axis, float &angle, int *flags,
               double *d_x, double *d_axis, float *d_angle);
// expected-error@+2 {{'writes' is for pullbacks, but 'turn_pushforward' is a pushforward}}
// expected-note@+1 {{remove it; a pushforward is called in the place of 'turn'}}
#pragma retrograd rule(turn) jvp writes(x[n])
void turn_pushforward(double *x, int n, const double *axis, float &angle,
                      int *flags, double *t_x, const double *t_axis,
                      float *t_angle);

void rows(double (*m)[3], int n);
// expected-error@+2 {{the elements of 'm' are no numbers, so they cannot be put back}}
// expected-note@+1 {{pass a pointer to numbers}}
#pragma retrograd rule(rows) vjp writes(m[n])
void rows_pullback(double (*m)[3], int n, double (*d_m)[3]);
