//===- adolc.cpp - ADOL-C -------------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A. Walther, A. Griewank, Getting started with ADOL-C, in Combinatorial
// Scientific Computing (2012). Records operations. The recording is made anew
// in each call, since branches may go another way, and it keeps the values that
// the reverse sweep needs as it goes.
//
//===----------------------------------------------------------------------===//

#include "../contestants.h"
#include "../tables.h"
#include <adolc/adolc.h>

namespace {

using real = adouble;
real erfc(const real &x) { return 1 - erf(x); }
#include "../primals.h"

template <real (*Value)(int, const real *)>
double gradient(int n, std::size_t active, const double *x, double *d_x) {
  constexpr short tag = 1;
  double value = 0;
  trace_on(tag, 1);
  {
    std::vector<real> input(active);
    for (std::size_t i = 0; i < active; ++i)
      input[i] <<= x[i];
    real output = Value(n, input.data());
    output >>= value;
  }
  trace_off();
  double weight = 1;
  fos_reverse(tag, 1, static_cast<int>(active), &weight, d_x);
  return value;
}

#define WORKLOAD(space, name, size, small) gradient<space::value>,
const std::vector<contestants::gradient_function> gradients = {
#include "../workloads.def"
};
const contestants::registration registered("ADOL-C", gradients);

} // namespace
