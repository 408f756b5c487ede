//===- FuseLoops.h - One pass over independent iterations -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where iterations do not depend on each other and their reverse does not
// depend on what comes after the loop, as in a sum over samples, each iteration
// is followed by its reverse at once. What the one keeps for the other stays
// where it is:
//
//   for (int i = 0; i < n; ++i) {        for (int i = 0; i < n; ++i) {
//     const double t = std::exp(x[i]);     const double t = std::exp(x[i]);
//     s += std::sin(t);                    s += std::sin(t);
//     t_record[i] = t;              =>     d_x[i] += t * std::cos(t);
//   }                                    }
//   for (int i = n; i-- > 0;) {
//     const double t = t_record[i];
//     d_x[i] += t * std::cos(t);
//   }
//
// Loops that keep nothing stay apart: the second one alone may vectorise.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_FUSELOOPS_H
#define RETROGRAD_TRANSFORM_FUSELOOPS_H

#include "DerivativeMemory.h"

namespace retrograd {

/// Fuses two loops of a derivative whose reversed loops still run backwards.
/// Returns whether there were two.
bool fuseLoops(ir::Function &F, const DerivativeMemory &Memory);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_FUSELOOPS_H
