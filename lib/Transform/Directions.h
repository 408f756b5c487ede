//===- Directions.h - Derivatives in several directions at once -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tangents and adjoints are linear in what they are seeded with, so that a
// derivative in K directions is that in one, with K numbers in the place of
// each shadow (Griewank, Walther, "Evaluating Derivatives", 2008, sections 3.1
// and 3.2, the vector modes). The primal, its partials, the control flow and
// the tape are those of one direction and run once:
//
//   t_y += std::cos(x[i]) * t_x[i];
//
// becomes
//
//   const double partial = std::cos(x[i]);
//   for (int k = 0; k < 26; ++k) {
//     t_y[k] += partial * t_x[i][k];
//   }
//
// The directions of one number stand next to each other, so that the loops
// over them vectorise. A shadow has one dimension more than its primal, and
// addresses of both are computed alike; only the derivative itself takes
// `double *` where its primal has one.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_DIRECTIONS_H
#define RETROGRAD_TRANSFORM_DIRECTIONS_H

#include "../IR/IR.h"

namespace retrograd {

/// Gives the shadows of F, which is finished, Count directions. Public: users
/// call F.
void addDirections(ir::Context &Ctx, ir::Function &F, unsigned Count,
                   bool Public);

/// The first step: statements that write numbers of shadows go into loops over
/// the directions, still for one of them each, and what these loops need of
/// the primal is computed before them. Returns the loops.
std::vector<ir::Stmt *> groupDirections(ir::Context &Ctx, ir::Function &F,
                                        unsigned Count);

/// The expression reads or denotes derivatives, or points to some.
bool mentionsShadow(const ir::Expr *E);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_DIRECTIONS_H
