//===- batch-roles.cpp - What the roles of a batch may name ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Samples and shared parameters are numbers and pointers to const numbers, outputs
// memory that is not const, and all of a known number of elements. What has no role
// becomes a field of the description.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -ferror-limit=0 -Xclang -verify %s

#include <retrograd/batch.h>
#include <retrograd/retrograd.h>

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

// expected-error@+2 {{'wieght' is no parameter of 'a0'; did you mean 'weight'?}}
// expected-note@+1 {{the parameters are 'x', 'weight'}}
#pragma retrograd batch sample(x) shared(wieght)
double a0(double x, double weight) { return weight * x; }

double global;
// expected-error@+2 {{'global' is no parameter of 'a1'}}
// expected-note@+1 {{the parameters are 'x'}}
#pragma retrograd batch sample(x) shared(global)
double a1(double x) { return global * x; }

// expected-note@+1 {{it is declared here; choose another name with 'name(...)'}}
int a2_batch;
// expected-error@+1 {{the description of the batch would be 'a2_batch', which is declared already}}
#pragma retrograd batch sample(x) shared(w)
double a2(double x, double w) { return w * x; }

// expected-note@+1 {{it is declared here; choose another name with 'name(...)'}}
struct taken {};
// expected-error@+1 {{the description of the batch would be 'taken', which is declared already}}
#pragma retrograd batch sample(x) shared(w) name(taken)
double a3(double x, double w) { return w * x; }

// A declaration is no conflict.
struct a4_batch;
#pragma retrograd batch sample(x) shared(w)
double a4(double x, double w) { return w * x; }

// expected-note@+1 {{it is defined here; choose another name with 'name(...)'}}
void a5_batch_grad(double, double, double *) {}
// expected-error@+1 {{redefinition of 'a5_batch_grad'}}
#pragma retrograd batch sample(x) shared(w)
double a5(double x, double w) { return w * x; }

//===----------------------------------------------------------------------===//
// Samples
//===----------------------------------------------------------------------===//

// expected-error@+2 {{the sample 'x' has type 'double *', so that it could be written}}
// expected-note@+1 {{samples are read where they are, not copied: let it be const, and copy it to a local array to change it}}
#pragma retrograd batch sample(x[2]) shared(w)
double b0(double *x, double w) { return w * x[1]; }

// expected-error@+2 {{the sample 'x' has type 'double &', so that it could be written}}
// expected-note@+1 {{samples are read where they are, not copied}}
#pragma retrograd batch sample(x) shared(w)
double b1(double &x, double w) { return w * x; }

// expected-error@+2 {{the number of elements behind 'x' is not known}}
// expected-note@+1 {{write it, as in 'sample(x[n])'}}
#pragma retrograd batch sample(x) shared(w)
double b2(const double *x, double w) { return w * *x; }

// expected-error@+2 {{an extent needs an array or a pointer, but 'x' has type 'double'}}
// expected-note@+1 {{write 'x' alone}}
#pragma retrograd batch sample(x[1]) shared(w)
double b3(double x, double w) { return w * x; }

struct point {
  int x, y;
};
// expected-error@+2 {{'p' has type 'point', which 'sample' does not take}}
// expected-note@+1 {{it takes numbers and pointers to numbers: of a class, pass the members; of rows, pass a pointer to the first element}}
#pragma retrograd batch sample(p) shared(w)
double b4(point p, double w) { return w * p.x; }

// expected-error@+2 {{'x' has type 'const double (*)[3]', which 'sample' does not take}}
// expected-note@+1 {{of rows, pass a pointer to the first element}}
#pragma retrograd batch sample(x[2]) shared(w)
double b5(const double (*x)[3], double w) { return w * x[1][2]; }

// expected-error@+2 {{'x' has type 'const double (&)[3]', which 'sample' does not take}}
// expected-note@+1 {{it takes numbers and pointers to numbers}}
#pragma retrograd batch sample(x) shared(w)
double b6(const double (&x)[3], double w) { return w * x[2]; }

// expected-error@+2 {{the extent of 'x' depends on 'k', which has a role in the batch itself}}
// expected-note@+1 {{an extent is the same for all samples: it is made of literals, constants, and parameters in no clause}}
#pragma retrograd batch sample(x[2 * k], k) shared(w)
double b7(const double *x, int k, double w) { return w * x[k]; }

// expected-error@+2 {{'m' is no integer parameter of 'b8' and no constant}}
// expected-note@+1 {{an extent is an integer expression}}
#pragma retrograd batch sample(x[m]) shared(w)
double b8(const double *x, double w) { return w * *x; }

constexpr int value = 3;
// expected-error@+2 {{'value' means a member in the description of the batch}}
// expected-note@+1 {{qualify the name of the constant, as in '::value'}}
#pragma retrograd batch sample(x[value]) shared(w)
double b9(const double *x, double w) { return w * *x; }
#pragma retrograd batch(b9) sample(x[::value]) shared(w)

//===----------------------------------------------------------------------===//
// Shared parameters
//===----------------------------------------------------------------------===//

// expected-error@+2 {{no derivative flows through the shared 'n', which has type 'int'}}
// expected-note@+1 {{name it in no clause: what is in none is passed on to the function as it is}}
#pragma retrograd batch sample(x) shared(w, n)
double c0(double x, double w, int n) { return w * x * n; }

// expected-error@+2 {{the shared 'w' has type 'double *', so that it could be written}}
// expected-note@+1 {{all samples read it at the same time: let it be const}}
#pragma retrograd batch sample(x) shared(w[1])
double c1(double x, double *w) { return *w * x; }

// expected-error@+2 {{the number of elements behind 'w' is not known}}
// expected-note@+1 {{write it, as in 'shared(w[n])'}}
#pragma retrograd batch sample(x) shared(w)
double c2(double x, const double *w) { return *w * x; }

// expected-error@+2 {{the shared 'v' holds 'float', but 'w' holds 'double'}}
// expected-note@+1 {{shared parameters live in one array, and so have one type}}
#pragma retrograd batch sample(x) shared(w, v[2])
double c3(double x, double w, const float *v) { return w * x * v[1]; }

#pragma retrograd inactive(w)
// expected-error@+2 {{'w' was declared inactive for 'c4'}}
// expected-note@+1 {{remove it from this pragma or from the 'inactive' one}}
#pragma retrograd batch sample(x) shared(w)
double c4(double x, double w) { return w * x; }

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

// expected-error@+2 {{the output 'y' has type 'const double *', so that it cannot be written}}
// expected-note@+1 {{an output is memory of the caller: a pointer or a reference to numbers that are not const}}
#pragma retrograd batch sample(x) shared(w) outputs(y[1])
double d0(double x, double w, const double *y) { return w * x * *y; }

// expected-error@+2 {{the output 'y' has type 'double', so that it cannot be written}}
// expected-note@+1 {{an output is memory of the caller}}
#pragma retrograd batch sample(x) shared(w) outputs(y)
double d1(double x, double w, double y) { return y = w * x; }

// expected-error@+2 {{the number of elements behind 'y' is not known}}
// expected-note@+1 {{write it, as in 'outputs(y[n])'}}
#pragma retrograd batch sample(x) shared(w) outputs(y)
double d2(double x, double w, double *y) { return *y = w * x; }

//===----------------------------------------------------------------------===//
// The function and its other parameters
//===----------------------------------------------------------------------===//

// expected-error@+2 {{'batch' needs a function that returns a floating type, but 'e0' returns 'void'}}
// expected-note@+1 {{return the loss of one sample; what else is computed for it goes to 'outputs(y[n])'}}
#pragma retrograd batch sample(x) shared(w) outputs(y[1])
void e0(double x, double w, double *y) { *y = w * x; }

#pragma retrograd batch sample(x) shared(w)
// expected-error@+2 {{'p' has type 'point', which a batch cannot pass on}}
// expected-note@+1 {{pass numbers by value, and arrays by a pointer to const}}
double e1(double x, double w, point p) { return w * x * p.y; }

#pragma retrograd batch sample(x) shared(w)
// expected-error@+2 {{'n' has type 'int &', which a batch cannot pass on}}
// expected-note@+1 {{pass numbers by value, and arrays by a pointer to const}}
double e2(double x, double w, int &n) { return w * x * n; }

#pragma retrograd batch sample(x) shared(w)
// expected-error@+2 {{a parameter of 'e3' has no name, which a batch needs to pass it on}}
// expected-note@+1 {{name it, or give it a role in the pragma}}
double e3(double x, double w, int) { return w * x; }

#pragma retrograd batch sample(x) shared(w)
// expected-error@+2 {{'gradient' means something else in the description of the batch, so that no field can have that name}}
// expected-note@+1 {{rename the parameter}}
double e4(double x, double w, int gradient) { return w * x * gradient; }

#pragma retrograd batch sample(x) shared(w) name(line)
// expected-error@+2 {{'line' means something else in the description of the batch, so that no field can have that name}}
// expected-note@+1 {{rename the parameter}}
double e6(double x, double w, int line) { return w * x * line; }

struct layer {
  double w;
// expected-error@+2 {{cannot apply 'batch' to 'layer::e7': the object of a member function is no column of numbers}}
// expected-note@+1 {{annotate a function that takes the numbers}}
#pragma retrograd batch sample(x) shared(v)
  double e7(double x, double v) const { return w * x * v; }
};

// expected-error@+2 {{no derivative of the template 'e5' is written, as no instantiation is asked for}}
// expected-note@+1 {{instantiate it behind its definition, as in 'template double e5(double);'}}
#pragma retrograd batch sample(x) shared(w)
template <class T> T e5(T x, T w) { return w * x; }
