//===- exchange.cpp - Files for NumPy, and from it ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The other side is exchange.py.
//
//===----------------------------------------------------------------------===//

#include "../../Inputs/check.h"
#include <retrograd/data/npy.h>
#include <retrograd/data/npz.h>
#include <string_view>

int main(int, char **argv) {
  std::vector<double> x = {0.1, -2, 1e300, 4, 5, 6};
  std::vector<std::int8_t> y = {-128, 127};
  if (std::string_view(argv[1]) == "write") {
    retrograd::save_npy("x.npy", x, {3, 2});
    retrograd::save_npy("y.npy", y);
    retrograd::save_npz("z.npz", {{"x", x}, {"y", y}});
    return 0;
  }
  for (const char *path : {"x2.npy", "x3.npy"})
    CHECK_THAT(retrograd::npy_file(path).to<double>() == x);
  CHECK_THAT(retrograd::npy_file("x2.npy").description() == "float64[3, 2]");
  for (const char *path : {"z2.npz", "z3.npz"}) {
    std::vector<double> x2(6);
    std::vector<std::int8_t> y2(2);
    retrograd::load_npz(path, {{"x", x2}, {"y", y2}});
    CHECK_THAT(x2 == x && y2 == y);
  }
}
