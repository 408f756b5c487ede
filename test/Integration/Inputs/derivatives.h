//===- derivatives.h - Derivatives declared by hand -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a library offers to those who do not have the plugin.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_INTEGRATION_INPUTS_DERIVATIVES_H
#define RETROGRAD_TEST_INTEGRATION_INPUTS_DERIVATIVES_H

double energy(const double *x, int n, double stiffness);
void energy_grad(const double *x, int n, double stiffness, double *d_x,
                 double *d_stiffness);
double energy_jvp(const double *x, int n, double stiffness, const double *t_x,
                  double t_stiffness);

namespace models {
void step(double *x, double rate);
void step_vjp(double *x, double rate, double *d_x, double *d_rate);
} // namespace models

extern "C" {
double c_primal(double x);
double c_derivative(double x, double *d_x);
}

float shared_slope(float x);

#endif // RETROGRAD_TEST_INTEGRATION_INPUTS_DERIVATIVES_H
