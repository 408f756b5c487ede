//===- Adjoint.h - Reverse mode -------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Makes the functions of reverse mode: a gradient or pullback, whose two sweeps
// share one scope, and the two halves of a called function, which share the
// tape.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_ADJOINT_H
#define RETROGRAD_TRANSFORM_ADJOINT_H

#include "Pipeline.h"
#include "PlanRemarks.h"
#include "SplitCalls.h"

namespace retrograd {

/// Receives the state after a step, for --print-after.
using StepPrinter =
    llvm::function_ref<void(const char *Step, llvm::StringRef Text)>;

/// The function that `gradient` or `vjp` asks for, without its name; null after
/// an error. Told, if not null, gets remarks about what the function stores.
ir::Function *makeAdjoint(ir::Context &Ctx, const Request &R,
                          DerivativeProvider &Provider, Diagnostics &Diags,
                          StepPrinter Print, PlanRemarks *Told);

/// Fills the two functions of Halves, which exist already. Returns false after
/// an error.
bool makeHalves(ir::Context &Ctx, const SplitRequest &R, SplitFunctions &Halves,
                DerivativeProvider &Provider, Diagnostics &Diags,
                PlanRemarks *Told);

/// The same for a callee with a rule that gets memory back.
void makeRuleHalves(ir::Context &Ctx, const SplitRequest &R,
                    SplitFunctions &Halves);

/// The same for a loop or call that was taken out of a function to be run
/// again.
bool makeCheckpointHalves(ir::Context &Ctx, const SplitRequest &R,
                          SplitFunctions &Halves, DerivativeProvider &Provider);

/// Gives F a parameter for the adjoint of its parameter V, or of a global.
ir::Variable *addAdjointParameter(ir::Context &Ctx, ir::Function &F,
                                  const ir::Variable *V);

/// The forward half of F moves pointers to active memory, or calls one that
/// does.
bool movesPointers(const ir::Function &F);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_ADJOINT_H
