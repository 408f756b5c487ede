//===- Unaliased.cpp - Pointer parameters that are written __restrict -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// P may be restrict if everything that may overlap what P points to is only
// read, and so is that itself; or if nothing overlaps it at all.
//
// Not seen by that rule, and so excluded before: code without a body here may
// reach memory of the caller by ways of its own.
//
//===----------------------------------------------------------------------===//

#include "Unaliased.h"
#include "../IR/Walk.h"
#include "DerivativeMemory.h"

using namespace retrograd;
using namespace retrograd::ir;

/// `double *` or `double (*)[3]`, by value: what a pointer to pointers leads to
/// is not reached by way of the parameter, as C defines it.
static bool mayBeRestrict(const Variable &P) {
  if (!P.Ty->isPointer() || P.Reference)
    return false;
  const Type *Element = P.Ty->Element;
  while (Element->isArray())
    Element = Element->Element;
  return Element->isArithmetic();
}

static bool isUnaliased(const DerivativeMemory &Memory, const Variable *P,
                        const ObjectSet &Written) {
  for (unsigned Own : Memory.pointees(P)) {
    // A called function may read globals, which the caller may have passed.
    if (Written.test(Own) && !P->Shadow && !P->Restrict)
      return false;
    for (unsigned Other = 0; Other < Memory.objects().size(); ++Other)
      if (Other != Own && Memory.mayOverlap(Own, Other) &&
          (Written.test(Own) || Written.test(Other)))
        return false;
  }
  return true;
}

void retrograd::markUnaliased(Function &F) {
  if (runsUnknownCode(F))
    return;
  DerivativeMemory Memory(F);
  ObjectSet Written;
  forEachStmt(F.Body, [&](const Stmt &S) { Written |= Memory.writes(S); });
  for (Variable *P : F.Params)
    P->Unaliased = mayBeRestrict(*P) && isUnaliased(Memory, P, Written);
}
