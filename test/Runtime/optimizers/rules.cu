//===- rules.cu - The update rules in device code -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The same functions as on the CPU, in a kernel: they call nothing that only the
// host has.
//
//===----------------------------------------------------------------------===//

// REQUIRES: cuda
// RUN: %nvcc -std=c++20 -arch=sm_90 -I%include -Werror all-warnings -c %s -o %t.o

#include <retrograd/optimizers/adadelta.h>
#include <retrograd/optimizers/adagrad.h>
#include <retrograd/optimizers/adam.h>
#include <retrograd/optimizers/adamax.h>
#include <retrograd/optimizers/lion.h>
#include <retrograd/optimizers/nadam.h>
#include <retrograd/optimizers/radam.h>
#include <retrograd/optimizers/rmsprop.h>
#include <retrograd/optimizers/sgd.h>

template <class Rule, typename Rule::form F, class T>
__global__ void step(typename Rule::template constants<T> constants, T *p,
                     const T *g, T *slots, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  T s[Rule::slots(F) + 1];
  for (int k = 0; k < Rule::slots(F); ++k)
    s[k] = slots[k * n + i];
  Rule::template update<F>(constants, p[i], g[i], s);
  for (int k = 0; k < Rule::slots(F); ++k)
    slots[k * n + i] = s[k];
}

using namespace retrograd::rules;

#define COMPILE_FOR(rule, form, type)                                          \
  template __global__ void step<rule, rule::form, type>(                       \
      rule::constants<type>, type *, const type *, type *, int);
#define COMPILE(rule, form)                                                    \
  COMPILE_FOR(rule, form, float)                                               \
  COMPILE_FOR(rule, form, double)
COMPILE(sgd, plain)
COMPILE(sgd, nesterov)
COMPILE(adagrad, plain)
COMPILE(adadelta, plain)
COMPILE(rmsprop, plain)
COMPILE(rmsprop, centered_momentum)
COMPILE(adam, plain)
COMPILE(adam, amsgrad)
COMPILE(adamax, plain)
COMPILE(nadam, plain)
COMPILE(radam, unrectified)
COMPILE(radam, rectified)
COMPILE(lion, plain)
