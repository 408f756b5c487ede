// A pointer to a pointer that a called function keeps on the tape: its reverse half
// takes it off, and the tangent of that half has to follow both levels to memory.
// Found by retrograd-fuzz as "pops do not mirror pushes".
//
// RUN: %{numeric}
// RUN: %{halves}

#include "Inputs/expect.h"
#include <cmath>
#include <retrograd/retrograd.h>

static void through(double *x) {
  double **p = &x;
  **p = std::sin(x[0]);
}

#pragma retrograd gradient
double f(double x) {
  through(&x);
  return std::sin(x);
}
#pragma retrograd jvp(f_grad)

int main() {
  double x = 0.7, d = 0, d_again = 0, curvature = 0;
  f_grad(x, &d);
  f_grad_jvp(x, &d_again, 1, &curvature);
  double s = std::sin(x), c = std::cos(x);
  expect("gradient", d, std::cos(s) * c);
  expect("gradient again", d_again, d);
  expect("curvature", curvature, -std::sin(s) * c * c - std::cos(s) * s);
  expect("tape", retrograd::tape::local().empty(), true);
  return failures;
}
