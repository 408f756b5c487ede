//===- workloads.h - The four problems as workloads -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ../derivatives measures gradients of one value. A case here looks like one of
// those: its "gradient" is the whole derivative of the problem, as the problem
// has it, and its "value" the first number of the values. A contestant gives
// one function for each problem, or none, and gets one for each case.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_ADBENCH_WORKLOADS_H
#define RETROGRAD_BENCHMARKS_ADBENCH_WORKLOADS_H

#include "../derivatives/contestants.h"
#include "cases.h"

namespace adbench {

/// Of a case; it is read or made when it is first asked for.
const any_input &input_of(int index);

/// Overwrites the values and the derivative.
template <class Input>
using derivative_of = void (*)(const Input &, double *, double *);

template <class Input, derivative_of<Input> Derivative>
double call(int index, std::size_t /*active*/, const double * /*x*/,
            double *out) {
  const Input &input = std::get<Input>(input_of(index));
  static numbers values;
  values.resize(input.values());
  Derivative(input, values.data(), out);
  return values.front();
}

/// One function for each problem, in the order of any_input.
using of_problems = contestants::gradient_function[4];

/// For each case the function of its problem.
std::vector<contestants::gradient_function> for_cases(const of_problems &all);

} // namespace adbench

#endif // RETROGRAD_BENCHMARKS_ADBENCH_WORKLOADS_H
