//===- adept.cpp - Adept --------------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// R. J. Hogan, Fast reverse-mode automatic differentiation using expression
// templates in C++, ACM TOMS 40 (2014). Records each statement with its
// derivatives. One stack for all calls, as its manual says.
//
//===----------------------------------------------------------------------===//

#include "../contestants.h"
#include "../tables.h"
#if __has_include(<adept_source.h>)
#include <adept_source.h>
#else
#include <adept.h>
#endif

namespace {

using real = adept::adouble;
#include "../primals.h"

adept::Stack &stack() {
  static adept::Stack instance;
  return instance;
}

template <real (*Value)(int, const real *)>
double gradient(int n, std::size_t active, const double *x, double *d_x) {
  adept::Stack &tape = stack();
  std::vector<real> input(active);
  adept::set_values(input.data(), active, x);
  tape.new_recording();
  real output = Value(n, input.data());
  output.set_gradient(1.0);
  tape.reverse();
  adept::get_gradients(input.data(), active, d_x);
  return output.value();
}

#define WORKLOAD(space, name, size, small) gradient<space::value>,
const std::vector<contestants::gradient_function> gradients = {
#include "../workloads.def"
};
const contestants::registration registered("Adept", gradients);

} // namespace
