//===- enzyme.cpp - Enzyme ------------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// W. S. Moses, V. Churavy, Instead of rewriting foreign code for machine
// learning, automatically synthesize fast gradients, NeurIPS 2020. A plugin for
// clang that differentiates LLVM's intermediate code. The value is a result in
// memory, whose adjoint is 1, so that one call computes value and gradient.
//
//===----------------------------------------------------------------------===//

#include "../contestants.h"
#include "../tables.h"
#include <algorithm>

extern int enzyme_const;
extern int enzyme_dup;
template <class Result, class... Arguments>
Result __enzyme_autodiff(void *function, Arguments... arguments);

namespace {

using real = double;
using std::erfc;
using std::exp;
using std::log;
using std::pow;
using std::sqrt;
using std::tanh;
#include "../primals.h"

template <real (*Value)(int, const real *)>
void value_in_memory(int n, const double *x, double *value) {
  *value = Value(n, x);
}

template <real (*Value)(int, const real *)>
double gradient(int n, std::size_t active, const double *x, double *d_x) {
  std::fill(d_x, d_x + active, 0.0);
  double value = 0, d_value = 1;
  __enzyme_autodiff<void>(reinterpret_cast<void *>(value_in_memory<Value>),
                          enzyme_const, n, enzyme_dup, x, d_x, enzyme_dup,
                          &value, &d_value);
  return value;
}

#define WORKLOAD(space, name, size, small) gradient<space::value>,
const std::vector<contestants::gradient_function> gradients = {
#include "../workloads.def"
};
const contestants::registration registered("Enzyme", gradients);

} // namespace
