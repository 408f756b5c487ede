//===- BatchLanes.cpp - A batch of samples in lanes -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//

#include "BatchLanes.h"
#include "Lanes.h"

using namespace retrograd;
using namespace retrograd::ir;

/// Which parameters a lane has its own of: samples and outputs, and behind the
/// parameters of the primal the adjoints of what is shared.
static std::vector<bool> ownParameters(const BatchRoles &Roles,
                                       const Function &Primal,
                                       const Function &F) {
  std::vector<bool> Own(F.Params.size(), true);
  for (size_t I = 0; I < Primal.Params.size(); ++I) {
    Own[I] = false;
    for (auto *List : {&Roles.Samples, &Roles.Outputs})
      for (const BatchEntry &Entry : *List)
        if (Entry.Var == Primal.Params[I])
          Own[I] = true;
  }
  return Own;
}

/// Columns must be of types that there are lanes of. A bool of a sample would
/// have to be a mask, and memory of the caller's is none.
static std::optional<LaneRefusal> checkColumns(const BatchRoles &Roles) {
  for (auto *List : {&Roles.Samples, &Roles.Outputs})
    for (const BatchEntry &Entry : *List) {
      const Type *Element = Entry.Var->Ty->scalar();
      if (!Uniformity::hasLanes(Element) || Element->isBool())
        return LaneRefusal{Entry.Loc, "'" + Entry.Var->Name + "' is of type '" +
                                          printType(Element) + "'"};
    }
  return std::nullopt;
}

std::vector<Function *> retrograd::batchInLanes(Context &Ctx, const Request &R,
                                                const Function &Gradient,
                                                std::set<std::string> &Names,
                                                BatchDescription &B,
                                                Remarks &Told) {
  std::vector<Function *> Functions;
  std::optional<LaneRefusal> Refused = checkColumns(*R.Batch);
  for (const Function *Source :
       {static_cast<const Function *>(R.Primal), &Gradient}) {
    if (Refused)
      break;
    LanesRequest Request;
    Request.Source = Source;
    Request.InLanes = ownParameters(*R.Batch, *R.Primal, *Source);
    LaneRefusal Why;
    if (auto Made = makeLanes(Ctx, Request, Names, Why))
      Functions.insert(Functions.end(), Made->Functions.begin(),
                       Made->Functions.end());
    else
      Refused = Why;
    std::string &Name = Source == R.Primal ? B.ValueLanes : B.GradientLanes;
    Name = Functions.empty() ? "" : Functions.back()->Name;
  }
  if (!Refused)
    return Functions;
  B.ValueLanes = B.GradientLanes = "";
  Location Loc = Refused->Loc ? Refused->Loc : R.Loc;
  Told.push_back(missed(
      Loc, "'" + R.Primal->Name + "' is not vectorised, since " + Refused->Why,
      {{Loc, "its samples run one at a time"}}));
  return {};
}
