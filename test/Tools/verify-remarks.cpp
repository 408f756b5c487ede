//===- verify-remarks.cpp - What is not verified, and why -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A remark says which derivatives do not verify themselves. They are compiled as
// they are without the option.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fplugin-arg-retrograd-verify=3 -Wno-unused-parameter -fsyntax-only -Xclang -verify %s

// RUN: %rgcxx -x cuda --cuda-device-only --cuda-gpu-arch=sm_70 -nocudainc -nocudalib \
// RUN:   -Wno-unknown-cuda-version -fplugin-arg-retrograd-verify=3 -DDEVICE -include stdlib.h \
// RUN:   '-D__host__=__attribute__((host))' '-D__device__=__attribute__((device))' \
// RUN:   -fsyntax-only -Xclang -verify=device %s

// What is preprocessed has no use for headers that the plugin would include.
// RUN: %rgcxx -E -DDEVICE -D__device__= %s -o %t.ii
// RUN: not %rgcxx -Wno-unused-command-line-argument -fplugin-arg-retrograd-verify=3 -fsyntax-only %t.ii 2>&1 \
// RUN:   | FileCheck --check-prefix=PREPROCESSED %s
// PREPROCESSED: error: the derivative needs 'retrograd::verification', which is not declared here
// PREPROCESSED: note: include <retrograd/verify.h>

#ifdef DEVICE
#pragma retrograd gradient // device-remark {{'on_device_grad' is not verified: it is device code}}
__device__ double on_device(double x) { return x * x; }
#else

#include <retrograd/retrograd.h>
#include <string>

#pragma retrograd gradient // expected-remark {{'unknown_grad' is not verified: the number of elements behind 'x' is not known}} expected-note {{give it, as in 'wrt(x[n])'}}
double unknown(const double *x) { return x[0]; }

#pragma retrograd vjp wrt(x) // expected-remark {{'work_vjp' is not verified: 'work' can write through 'buffer', and the number of elements is not known}} expected-note {{let it point to const, or name it in 'wrt(buffer[n])'}}
double work(double x, double *buffer) { return *buffer = 3, x; }

#pragma retrograd gradient // expected-remark {{'count_grad' is not verified: 'count' can write through 'calls', and the number of elements is not known}} expected-note {{let it point to const}}
double count(double x, int *calls) { return ++*calls, x; }

#pragma retrograd gradient wrt(rows[2]) // expected-remark {{'table_grad' is not verified: 'rows' points to pointers}}
double table(const double *const *rows) { return rows[0][0]; }

#pragma retrograd gradient wrt(x) // expected-remark {{'by_value_grad' is not verified: 'name' is an object, which is not copied}} expected-note {{pass it by reference to const}}
double by_value(double x, std::string name) { return x * x; }

#pragma retrograd gradient wrt(x) // expected-remark {{'to_pointer_grad' is not verified: 'p' refers to a pointer}} expected-note {{pass it by value}}
double to_pointer(double x, const int *&p) { return x * x; }

#pragma retrograd jvp directions(2) // expected-remark {{'together_jvps' is not verified: it has several directions}} expected-note {{verify the derivative without 'directions'}}
double together(double x) { return x * x; }

static double weight = 1;
#pragma retrograd gradient wrt(weight) // expected-remark {{'global_grad' is not verified: 'weight' is a global variable}} expected-note {{pass it as a parameter}}
double global(double x) { return x * weight; }

#pragma retrograd gradient wrt(x[1]) // expected-remark {{'release_grad' is not verified: 'release' frees memory that it has not allocated}}
double release(double *x) {
  double y = *x * *x;
  delete x;
  return y;
}

// Whose text is not affected.
#pragma retrograd gradient wrt(x[n])
double known(const double *x, int n) { return n ? x[0] * x[0] : 0; }
#endif
