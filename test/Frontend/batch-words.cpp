//===- batch-words.cpp - Words of the batch pragma -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each role once, each parameter in one role, and no roles without a batch.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -ferror-limit=0 -Xclang -verify %s
// RUN: not %rgcxx -fsyntax-only -fdiagnostics-parseable-fixits -ferror-limit=0 %s 2>&1 | FileCheck %s

// expected-error@+2 {{'batch' needs 'sample(...)'}}
// expected-note@+1 {{name the parameters that differ from sample to sample, with their numbers of elements: 'sample(x[64], label)'}}
#pragma retrograd batch shared(w)
double a0(double x, double w) { return w * x; }

// expected-error@+2 {{'batch' needs 'shared(...)'}}
// expected-note@+1 {{name the parameters that all samples share and that the gradient is for: 'shared(theta[n])'}}
#pragma retrograd batch sample(x)
double a1(double x, double w) { return w * x; }

// expected-error@+2 {{duplicate clause 'sample'}}
// expected-note@+1 {{the first one is here; remove one}}
#pragma retrograd batch sample(x) sample(y) shared(w)
double a2(double x, double y, double w) { return w * x * y; }

// expected-error@+2 {{'x' is named twice in 'sample'}}
// expected-note@+1 {{it was named here; remove one}}
#pragma retrograd batch sample(x, x) shared(w)
double a3(double x, double w) { return w * x; }

// expected-error@+2 {{'x' is named in 'sample' and in 'shared'}}
// expected-note@+1 {{it was named here; a parameter has one role}}
#pragma retrograd batch sample(x) shared(w, x)
double a4(double x, double w) { return w * x; }

// expected-error@+2 {{'y' is named in 'outputs' and in 'sample'}}
// expected-note@+1 {{it was named here; a parameter has one role}}
#pragma retrograd batch outputs(y[1]) shared(w) sample(x, y[1])
double a5(double x, double *y, double w) { return *y = w * x; }

// expected-error@+2 {{unknown clause 'wrt'}}
// expected-note@+1 {{the clauses of 'batch' are 'sample(p, ...)', 'shared(p, ...)', 'outputs(p, ...)' and 'name(identifier)'}}
#pragma retrograd batch sample(x) wrt(w)
double a6(double x, double w) { return w * x; }

// CHECK: fix-it:{{.*}}:"sample"
// expected-error@+2 {{unknown clause 'samples'; did you mean 'sample'?}}
// expected-note@+1 {{the clauses of 'batch' are}}
#pragma retrograd batch samples(x) shared(w)
double a7(double x, double w) { return w * x; }

// expected-error@+2 {{expected the name of the description, not ')'}}
// expected-note@+1 {{write an identifier here}}
#pragma retrograd batch sample(x) shared(w) name()
double a8(double x, double w) { return w * x; }

// expected-error@+2 {{expected the number of elements}}
// expected-note@+1 {{write an integer expression over the parameters, as in 'sample(x[n])'}}
#pragma retrograd batch sample(x[]) shared(w)
double a9(const double *x, double w) { return w * *x; }

// expected-error@+2 {{'declare' does not take 'batch'}}
// expected-note@+1 {{a description is a type, which needs the body of its function: write 'batch' at the definition}}
#pragma retrograd declare batch(a0) sample(x) shared(w)

// expected-error@+2 {{'sample' is a clause of 'batch'}}
// expected-note@+1 {{write '#pragma retrograd batch sample(...) shared(...)', beside 'gradient' or in its place}}
#pragma retrograd gradient sample(x) shared(w)
double b0(double x, double w) { return w * x; }

// expected-error@+2 {{'outputs' is a clause of 'batch'}}
// expected-note@+1 {{write '#pragma retrograd batch sample(...) shared(...)', beside 'vjp' or in its place}}
#pragma retrograd vjp outputs(y[1])
void b1(double x, double *y) { *y = x; }

// CHECK: fix-it:{{.*}}:"batch "
// expected-error@+2 {{'shared' is a clause of 'batch'}}
// expected-note@+1 {{write '#pragma retrograd batch sample(...) shared(...)'}}
#pragma retrograd shared(w) sample(x)
double b2(double x, double w) { return w * x; }

// CHECK: fix-it:{{.*}}:"batch"
// expected-error@+2 {{unknown mode 'bacth'; did you mean 'batch'?}}
// expected-note@+1 {{the modes are 'gradient', 'vjp', 'jvp', 'batch', 'inactive', 'rule' and 'checkpoint'}}
#pragma retrograd bacth sample(x) shared(w)
double b3(double x, double w) { return w * x; }
