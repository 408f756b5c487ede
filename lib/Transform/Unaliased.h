//===- Unaliased.h - Pointer parameters that are written __restrict -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The optimiser must assume that `d_x[i] += ...` changes y[i], which keeps it
// from vectorising the loop, unless a pointer says __restrict:
//
//   void f_grad(const double *x, double *d_x)
//   void f_grad(const double *__restrict x, double *__restrict d_x)
//
// C's definition is in terms of accesses, not of addresses: memory that is
// never written while the function runs may be reached through any number of
// restrict pointers. So f(x, x) still has f_grad(x, x, d_x, d_x), since x is
// only read, and d_x and d_y have no restrict where two of them are written.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_UNALIASED_H
#define RETROGRAD_TRANSFORM_UNALIASED_H

#include "../IR/IR.h"

namespace retrograd {

/// Sets Variable::Unaliased of F's parameters. All functions that F calls must
/// be complete.
void markUnaliased(ir::Function &F);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_UNALIASED_H
