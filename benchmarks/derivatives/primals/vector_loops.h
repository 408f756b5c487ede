//===- vector_loops.h - Loops over std::vector ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How rough a series of n numbers is, relative to its size: by subscripts and
// by iteration.
//
//===----------------------------------------------------------------------===//

namespace vector_loops {

static real roughness(const std::vector<real> &x) {
  real jumps = 0;
  for (std::size_t i = 1; i < x.size(); ++i) {
    const real jump = x[i] - x[i - 1];
    jumps += jump * jump;
  }
  real size = 1;
  for (const real &each : x)
    size += each * each;
  return jumps / size;
}

static real value(int n, const real *x) {
  return roughness(std::vector<real>(x, x + n));
}

} // namespace vector_loops
