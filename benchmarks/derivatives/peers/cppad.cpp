//===- cppad.cpp - CppAD --------------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// B. M. Bell, CppAD: a package for C++ algorithmic differentiation. Records
// operations. The recording is made anew in each call, since branches may go
// another way.
//
//===----------------------------------------------------------------------===//

#include "../contestants.h"
#include "../tables.h"
#include <cppad/cppad.hpp>

namespace {

using real = CppAD::AD<double>;
#include "../primals.h"

template <real (*Value)(int, const real *)>
double gradient(int n, std::size_t active, const double *x, double *d_x) {
  std::vector<real> input(x, x + active), output(1);
  CppAD::Independent(input);
  output[0] = Value(n, input.data());
  CppAD::ADFun<double> recorded(input, output);
  const std::vector<double> weight(1, 1.0);
  const std::vector<double> result = recorded.Reverse(1, weight);
  std::copy(result.begin(), result.end(), d_x);
  return CppAD::Value(output[0]);
}

#define WORKLOAD(space, name, size, small) gradient<space::value>,
const std::vector<contestants::gradient_function> gradients = {
#include "../workloads.def"
};
const contestants::registration registered("CppAD", gradients);

} // namespace
