//===- ours.cpp - The workloads, by Retrograd and by hand -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All other contestants are in peers/, and must agree with these.
//
//===----------------------------------------------------------------------===//

#include "contestants.h"
#include "workloads.h"

namespace {

using function = double (*)(int, const double *, double *);

template <function Gradient>
double gradient(int n, std::size_t /*active*/, const double *x, double *d_x) {
  return Gradient(n, x, d_x);
}

#define WORKLOAD(space, name, size, small) gradient<workloads::space::gradient>,
const std::vector<contestants::gradient_function> generated = {
#include "workloads.def"
};
#undef WORKLOAD

#define WORKLOAD(space, name, size, small) gradient<workloads::space::by_hand>,
const std::vector<contestants::gradient_function> written = {
#include "workloads.def"
};
#undef WORKLOAD

const contestants::registration ours(contestants::ours, generated);
const contestants::registration by_hand(contestants::by_hand, written);

} // namespace

const std::vector<contestants::workload> &contestants::workloads() {
#define WORKLOAD(space, name, size, small)                                     \
  {name, size, ::workloads::space::point, ::workloads::space::value},
  static const std::vector<workload> all = {
#include "workloads.def"
  };
#undef WORKLOAD
  return all;
}
