//===- f.h - A function and its gradient ----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A derivative is an ordinary function: whoever sees this declaration can call
// it, compiled with the plugin or without.
//
//===----------------------------------------------------------------------===//

#ifndef GRADIENT_F_H
#define GRADIENT_F_H

double f(double x, double y);

/// Adds the partial derivatives of f at (x, y) to *d_x and *d_y. Retrograd
/// writes it.
void f_grad(double x, double y, double *d_x, double *d_y);

#endif // GRADIENT_F_H
