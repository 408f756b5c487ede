//===- derivatives.cpp - The workloads of the benchmarks ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The derivatives that are measured agree with the adjoints by hand, at small
// sizes: two derivations that know nothing of each other. Both return the value,
// and add to what adjoints hold. How long they take is of no interest here.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "../../benchmarks/derivatives/workloads.h"
#include <cstdio>

namespace {

using gradient = double (*)(int n, const double *x, double *d_x);

struct workload {
  const char *name;
  int n;
  std::vector<double> (*point)(int n);
  double (*value)(int n, const double *x);
  gradient generated;
  gradient by_hand;
};

#define WORKLOAD(space, name, size, small)                                     \
  {name,                                                                       \
   small,                                                                      \
   workloads::space::point,                                                    \
   workloads::space::value,                                                    \
   workloads::space::gradient,                                                 \
   workloads::space::by_hand},
const workload all[] = {
#include "../../benchmarks/derivatives/workloads.def"
};
#undef WORKLOAD

constexpr double tolerance = 1e-12;

bool close(double a, double b, double size) {
  return std::fabs(a - b) <= tolerance * (std::fabs(b) + size);
}

double mean_of(const std::vector<double> &numbers) {
  double sum = 0;
  for (double each : numbers)
    sum += std::fabs(each);
  return sum / static_cast<double>(numbers.size());
}

/// Whether a call returns that value, adds that gradient to adjoints that hold
/// something, and leaves no record behind.
bool agrees(const workload &work, gradient function, double value,
            const std::vector<double> &expected) {
  const std::vector<double> x = work.point(work.n);
  const double size = mean_of(expected);
  std::vector<double> d_x(x.size(), size);
  if (!close(function(work.n, x.data(), d_x.data()), value, 0))
    return false;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (!close(d_x[i], expected[i] + size, size))
      return false;
  return retrograd::tape::local().empty();
}

bool test(const workload &work) {
  const std::vector<double> x = work.point(work.n);
  std::vector<double> expected(x.size());
  work.by_hand(work.n, x.data(), expected.data());
  const double value = work.value(work.n, x.data());
  bool passed = mean_of(expected) > 0 &&
                agrees(work, work.by_hand, value, expected) &&
                agrees(work, work.generated, value, expected);
  // A comparison that notices nothing would be a defect.
  for (double &each : expected) {
    const double right = each;
    each += 1e-9 * (std::fabs(right) + mean_of(expected));
    passed = passed && !agrees(work, work.generated, value, expected);
    each = right;
    if (x.size() > 1000)
      break;
  }
  if (!passed)
    std::printf("%s: the derivative is not the one by hand\n", work.name);
  return passed;
}

} // namespace

int main() {
  bool passed = true;
  for (const workload &work : all)
    passed = test(work) && passed;
  return passed ? 0 : 1;
}
