//===- Checkpoints.h - Loops and calls that are run again -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `#pragma retrograd checkpoint` takes a loop out of its function, and the body
// of the loop out of that:
//
//   for (i = 0; i < n; ++i)          f_loop(n, h, x);
//     x = x + h * x;            =>
//                                    void f_loop(int n, double h, double &x) {
//                                      for (i = 0; i < n; ++i)
//                                        f_loop_step(i, h, x);
//                                    }
//                                    void f_loop_step(int i, double h,
//                                                     double &x) {
//                                      x = x + h * x;
//                                    }
//
// From there on the loop is a called function like others, but its two halves
// (CheckpointHalves.cpp) keep states of the loop in the place of its record,
// and run the step again: the primal one, to go on to a later state, and its
// halves, to reverse a step. A call is a loop of one iteration.
//
// The state is what a step changes and may read before it has written it
// (Analysis/LiveState.h). Its memory must be known to be put back: a scalar or
// array with a name, or a pointer that nothing moves and whose number of
// elements is known.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_CHECKPOINTS_H
#define RETROGRAD_TRANSFORM_CHECKPOINTS_H

#include "../Analysis/Activity.h"
#include "SplitCalls.h"

namespace retrograd {

/// How the function is going to be differentiated.
struct CheckpointContext {
  const ActivityRequest &Activity;
  bool UnknownCode;
};

/// Takes out what F's outermost Checkpoint statements mark, and removes them.
/// False after an error.
bool takeOutCheckpoints(ir::Context &Ctx, ir::Function &F,
                        const CheckpointContext &How,
                        DerivativeProvider &Provider, Diagnostics &Diags);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_CHECKPOINTS_H
