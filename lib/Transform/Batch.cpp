//===- Batch.cpp - Gradients of functions of samples ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//

#include "Batch.h"
#include "../Analysis/BatchMemory.h"
#include "../Analysis/Divergence.h"
#include "../IR/Clone.h"
#include "../IR/Walk.h"
#include "TapeSize.h"

using namespace retrograd;
using namespace retrograd::ir;

bool retrograd::prepareBatch(Context &Ctx, Request &R, Diagnostics &Diags) {
  VariableMap Map;
  R.Primal = clonePrimal(Ctx, *R.Primal, Map);
  auto Remap = [&](auto &Entry) {
    Entry.Var = Map.lookup(Entry.Var);
    if (Entry.Extent)
      Entry.Extent = rewrite(Ctx, Entry.Extent, [&](const Expr *E) {
        return E->is(ExprKind::Var) ? Ctx.var(Map.lookup(E->Var), E->Loc) : E;
      });
  };
  BatchRoles &Roles = *R.Batch;
  for (std::vector<BatchEntry> *List :
       {&Roles.Samples, &Roles.Shared, &Roles.Outputs})
    for (BatchEntry &Entry : *List)
      Remap(Entry);
  for (Independent &I : R.Independents)
    Remap(I);
  for (DeducedExtent &D : Roles.Deduced)
    D.Var = Map.lookup(D.Var);
  for (BatchEntry &Output : Roles.Outputs)
    Output.Var->Restrict = true;

  ActivityRequest Request;
  Request.OutputsThroughMemory = false;
  for (const Independent &I : R.Independents)
    Request.Independents.push_back(I.Var);
  MemoryModel Memory(*R.Primal);
  return checkBatchMemory(*R.Primal, Memory,
                          Activity(*R.Primal, Memory, Request), Roles, Diags);
}

/// What the derivative's parameters stand for: those of the primal that are
/// passed on. It has the primal's parameters first.
static KnownValues passedOn(Context &Ctx, const Request &R,
                            const Function &Gradient) {
  KnownValues Known;
  const BatchRoles &Roles = *R.Batch;
  for (size_t I = 0; I < R.Primal->Params.size(); ++I)
    Known[Gradient.Params[I]] = Ctx.var(R.Primal->Params[I]);
  for (auto *List : {&Roles.Samples, &Roles.Shared, &Roles.Outputs})
    for (const BatchEntry &Entry : *List)
      for (size_t I = 0; I < R.Primal->Params.size(); ++I)
        if (R.Primal->Params[I] == Entry.Var)
          Known.erase(Gradient.Params[I]);
  return Known;
}

BatchDescription retrograd::describeBatch(Context &Ctx, const Request &R,
                                          const Function &Gradient,
                                          std::vector<const Expr *> &Reasons) {
  BatchDescription B;
  B.Roles = *R.Batch;
  B.Primal = R.Primal;
  B.Gradient = Gradient.Name;
  std::vector<const Variable *> PerSample;
  for (auto *List : {&B.Roles.Samples, &B.Roles.Outputs})
    for (const BatchEntry &Entry : *List)
      PerSample.push_back(Entry.Var);
  Divergence Divergent(*R.Primal, PerSample);
  for (const BatchEntry &Shared : B.Roles.Shared) {
    B.Access.push_back(Divergent.accessOf(Shared.Var));
    Reasons.push_back(Divergent.reasonOf(Shared.Var));
  }
  B.Tape = tapeSize(Ctx, Gradient, passedOn(Ctx, R, Gradient));
  return B;
}
