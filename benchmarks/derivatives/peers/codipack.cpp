//===- codipack.cpp - CoDiPack --------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// M. Sagebaum, T. Albring, N. R. Gauger, High-performance derivative
// computations using CoDiPack, ACM TOMS 45 (2019). Records the Jacobians of
// statements, in its default configuration.
//
//===----------------------------------------------------------------------===//

#include "../contestants.h"
#include "../tables.h"
#include <codi.hpp>

namespace {

using real = codi::RealReverse;
#include "../primals.h"

template <real (*Value)(int, const real *)>
double gradient(int n, std::size_t active, const double *x, double *d_x) {
  auto &tape = real::getTape();
  std::vector<real> input(x, x + active);
  tape.setActive();
  for (real &each : input)
    tape.registerInput(each);
  real output = Value(n, input.data());
  tape.registerOutput(output);
  tape.setPassive();
  output.setGradient(1.0);
  tape.evaluate();
  for (std::size_t i = 0; i < active; ++i)
    d_x[i] = input[i].getGradient();
  tape.reset();
  return output.getValue();
}

#define WORKLOAD(space, name, size, small) gradient<space::value>,
const std::vector<contestants::gradient_function> gradients = {
#include "../workloads.def"
};
const contestants::registration registered("CoDiPack", gradients);

} // namespace
