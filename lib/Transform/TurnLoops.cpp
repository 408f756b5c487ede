//===- TurnLoops.cpp - Reversed loops that may run forwards ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Only loops that reversal made are turned: the order of the primal's own is
// the user's, whose sums are to come out as they would without a derivative.
//
//===----------------------------------------------------------------------===//

#include "TurnLoops.h"
#include "../IR/Walk.h"
#include "LoopAccesses.h"

using namespace retrograd;
using namespace retrograd::ir;

bool retrograd::turnLoops(Context &Ctx, Function &F,
                          const DerivativeMemory &Memory) {
  bool Turned = false;
  forEachStmt(F.Body, [&](Stmt &S) {
    if (S.Kind != StmtKind::For || !S.Backwards || !S.Descending ||
        !LoopAccesses(Memory, S).areIndependent())
      return;
    S.Backwards = S.Descending = false;
    S.Step = Ctx.intLiteral(1);
    Turned = true;
  });
  return Turned;
}
