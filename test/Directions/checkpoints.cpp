//===- checkpoints.cpp - Checkpoints in several directions ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The states that are stored are those of the primal, so that they are stored
// once for all directions.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "../Integration/directions.h"
#include "../Integration/oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd vjp
#pragma retrograd jvp
#pragma retrograd vjp directions(3)
#pragma retrograd jvp directions(3)
double pendulum(double angle, double speed, double g, int n) {
  double h = 0.125;
#pragma retrograd checkpoint snapshots(2)
  for (int i = 0; i < n; ++i) {
    double a = -g * std::sin(angle);
    angle += h * speed;
    speed += h * a;
  }
  return angle * speed;
}
#pragma retrograd jvp(pendulum_grad)
#pragma retrograd jvp(pendulum_grad) directions(3)

#pragma retrograd vjp
#pragma retrograd jvp
#pragma retrograd vjp directions(3)
#pragma retrograd jvp directions(3)
void heat(double *u, double k, int n, int steps) {
#pragma retrograd checkpoint snapshots(3) state(u[n])
  for (int t = 0; t < steps; ++t)
    for (int i = 1; i + 1 < n; ++i)
      u[i] += k * u[i] * (u[i - 1] - 2 * u[i] + u[i + 1]);
}

static double halves(double x, double y) {
  double z = x;
  while (z * z > 0.5)
    z = 0.5 * std::sin(z) * y;
  return z;
}
#pragma retrograd vjp
#pragma retrograd jvp
#pragma retrograd vjp directions(3)
#pragma retrograd jvp directions(3)
double calling(double x, double y) {
  double z;
#pragma retrograd checkpoint
  z = halves(x, y);
  return z * x;
}

int main() {
  double u[5] = {1, 2, 3, 1, 2};
  for (int n : {0, 1, 2, 3, 9}) {
    CHECK_DIRECTIONS(pendulum, 1.0, 0.5, 0.25, n);
    CHECK_HESSIAN_DIRECTIONS(pendulum, 1.0, 0.5, 0.25, n);
    CHECK_DIRECTIONS(heat, u, 0.25, 5, n);
  }
  CHECK_DIRECTIONS(calling, 3.0, 1.25);
  return oracle::result();
}
