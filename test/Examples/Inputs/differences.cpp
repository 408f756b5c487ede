//===- differences.cpp - The README's numbers by central differences ------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Stands behind the README's function and the text of its derivative, and prints
// the gradient as differences have it; fails where the derivative has another.
//
//===----------------------------------------------------------------------===//

int main() {
  const double h = 1e-5;
  const double by_angle =
      (swing(1 + h, 0, 200) - swing(1 - h, 0, 200)) / (2 * h);
  const double by_speed = (swing(1, h, 200) - swing(1, -h, 200)) / (2 * h);
  std::printf("%.6f %.6f\n", by_angle, by_speed);

  double d_angle = 0, d_speed = 0;
  swing_grad(1, 0, 200, &d_angle, &d_speed);
  return std::fabs(d_angle - by_angle) < 1e-8 &&
                 std::fabs(d_speed - by_speed) < 1e-8
             ? 0
             : 1;
}
