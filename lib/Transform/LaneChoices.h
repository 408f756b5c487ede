//===- LaneChoices.h - Choices that must not be made by evaluating both ---===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Lanes evaluate both sides of `c ? a : b`, `a && b` and `a || b`. Where a side
// reads memory or divides integers, which the condition may guard, it becomes a
// branch, whose sides run only if some lane takes them:
//
//   y = i < n ? x[i] : 0;    =>    float side;
//                                  if (i < n) side = x[i]; else side = 0;
//                                  y = side;
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_LANECHOICES_H
#define RETROGRAD_TRANSFORM_LANECHOICES_H

#include "../Analysis/Uniformity.h"

namespace retrograd {

/// Only choices that vary are expanded.
void expandChoices(ir::Context &Ctx, ir::Function &F, const Uniformity &Shapes);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_LANECHOICES_H
