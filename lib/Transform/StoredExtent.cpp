//===- StoredExtent.cpp - How much of a local array the tape keeps --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//

#include "StoredExtent.h"
#include "../IR/Walk.h"
#include "ReversalPlan.h"

using namespace retrograd;
using namespace retrograd::ir;

const Expr *StoredExtents::count(const Variable *Array, size_t Position,
                                 const Block &B) {
  std::optional<UsedExtent> Found = Used.of(Array);
  if (!Found)
    return nullptr;
  const Expr *Extent = Array->Ty->Extent;
  const Expr *Fixed = Ctx.intLiteral(Found->Fixed);
  if (sameExpr(Fixed, Extent))
    return nullptr;
  if (!Found->Bound)
    return Found->Fixed > 0 ? Fixed : nullptr;
  const Expr *Bound = Found->Bound;
  if (!isCheapAndPure(Bound) || Memory.isUnstable(Bound) ||
      !Writes.unchangedAfter(Memory.reads(Bound), Position, B))
    return nullptr;
  auto Less = [&](const Expr *L, const Expr *R) {
    return Ctx.binary("<", L, R, Ctx.boolType());
  };
  const Expr *Elements =
      Found->Shift == 0 ? Bound : shifted(Ctx, Bound, Found->Shift);
  const Expr *Most =
      Found->Within ? Elements
                    : Ctx.conditional(Less(Elements, Extent), Elements, Extent);
  if (Found->Fixed > 0)
    return Ctx.conditional(Less(Fixed, Elements), Most, Fixed);
  return Bound->Ty->Unsigned
             ? Most
             : Ctx.conditional(Less(Fixed, Elements), Most, Fixed);
}
