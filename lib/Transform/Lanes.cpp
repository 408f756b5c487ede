//===- Lanes.cpp - Functions that run for several samples at once ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A called function is made once for each shape that it is called in. The
// analysis of all functions is repeated until the tape holds nothing new: the
// half of a call that takes a value off the tape is another function than the
// one that has put it there.
//
//===----------------------------------------------------------------------===//

#include "Lanes.h"
#include "../IR/Clone.h"
#include "../IR/Walk.h"
#include "Cleanup.h"
#include "LaneChoices.h"
#include "LaneWriter.h"
#include "llvm/ADT/StringExtras.h"

using namespace retrograd;
using namespace retrograd::ir;

namespace {

/// A function for one shape.
struct Version {
  UniformityRequest Request;
  Function *Copy = nullptr;
  std::optional<Uniformity> Shapes;
  std::optional<LaneRefusal> Refused;
  bool Analysed = false, Written = false;
};

class LaneMaker : public CalleeShapes, public LaneCallees {
public:
  LaneMaker(Context &Ctx, std::set<std::string> &Names)
      : Ctx(Ctx), Names(Names) {}

  std::optional<LaneFunctions> run(const LanesRequest &R, LaneRefusal &Refusal);

private:
  // CalleeShapes.
  std::optional<CallShape> shapeOf(Function &Callee,
                                   const std::vector<bool> &InLanes,
                                   LaneRefusal &Refusal) override;
  // LaneCallees.
  Function *inLanes(Function &Callee,
                    const std::vector<bool> &InLanes) override;

  void analyse(const Function &Source, Version &V);
  void write(Version &V, const std::string &Name);
  std::string newName(const Function &Callee);
  void nameParameters();

  Context &Ctx;
  std::set<std::string> &Names;
  TapeShapes Tape;
  std::map<std::pair<const Function *, std::vector<bool>>, Version> Versions;
  LaneFunctions Made;
  LaneNames Spelled;
};

} // namespace

/// Text of the functions may mean something of the user's by a name.
void LaneMaker::nameParameters() {
  std::set<std::string> Used;
  auto Collect = [&](llvm::StringRef Text) {
    while (!Text.empty()) {
      auto IsWord = [](char C) { return llvm::isAlnum(C) || C == '_'; };
      Text = Text.drop_until(IsWord);
      Used.insert(Text.take_while(IsWord).str());
      Text = Text.drop_while(IsWord);
    }
  };
  for (auto &[Key, V] : Versions)
    forEachStmt(V.Copy->Body, [&](const Stmt &S) {
      forEachExpr(S, [&](const Expr &E) {
        Collect(E.Text);
        Collect(printType(E.Ty->scalar()));
        llvm::for_each(E.Pieces, Collect);
        if (E.Var && E.Var->isGlobal())
          Collect(E.Var->Name);
      });
    });
  for (std::string *Name : {&Spelled.Width, &Spelled.Mask})
    while (Used.count(*Name))
      *Name += "_";
}

void LaneMaker::analyse(const Function &Source, Version &V) {
  VariableMap Map;
  V.Copy = cloneFunction(Ctx, Source, Map);
  // Derivatives have been cleaned up.
  if (Source.Kind == FunctionKind::Primal)
    cleanUp(Ctx, *V.Copy);
  V.Shapes.emplace(*V.Copy, V.Request, Tape, *this);
  if (!V.Shapes->refusal()) {
    expandChoices(Ctx, *V.Copy, *V.Shapes);
    V.Shapes.emplace(*V.Copy, V.Request, Tape, *this);
  }
  V.Refused = V.Shapes->refusal();
  V.Analysed = true;
}

std::optional<CallShape> LaneMaker::shapeOf(Function &Callee,
                                            const std::vector<bool> &InLanes,
                                            LaneRefusal &Refusal) {
  auto [It, New] = Versions.try_emplace({&Callee, InLanes});
  Version &V = It->second;
  if (New) {
    V.Request.InLanes = InLanes;
    analyse(Callee, V);
  } else if (!V.Analysed) {
    Refusal = {Callee.Loc, "'" + Callee.Name + "' is recursive"};
    return std::nullopt;
  }
  if (V.Refused) {
    Refusal = *V.Refused;
    return std::nullopt;
  }
  return V.Shapes->shape();
}

std::string LaneMaker::newName(const Function &Callee) {
  std::string Name = Callee.Name + "_lanes";
  for (unsigned N = 1; !Names.insert(Name).second; ++N)
    Name = Callee.Name + "_lanes" + std::to_string(N);
  return Name;
}

void LaneMaker::write(Version &V, const std::string &Name) {
  V.Written = true;
  Function &F = *V.Copy;
  LaneWriter(Ctx, F, *V.Shapes, Tape, *this, Spelled).run();
  F.Kind = FunctionKind::Derivative;
  F.Name = Name;
  F.QualifiedName.clear();
  for (const std::string &Namespace : F.Namespaces)
    if (!Namespace.empty())
      F.QualifiedName += Namespace + "::";
  F.QualifiedName += Name + "<" + Spelled.Width + ">";
  bool Internal = llvm::StringRef(F.Specifiers).contains("static ");
  F.Specifiers = Internal ? "[[gnu::always_inline]] static inline "
                          : "[[gnu::always_inline]] inline ";
  Made.Functions.push_back(&F);
}

Function *LaneMaker::inLanes(Function &Callee,
                             const std::vector<bool> &InLanes) {
  Version &V = Versions.at({&Callee, InLanes});
  if (!V.Written)
    write(V, newName(Callee));
  return V.Copy;
}

std::optional<LaneFunctions> LaneMaker::run(const LanesRequest &R,
                                            LaneRefusal &Refusal) {
  // Nobody calls the function itself: that would be recursion.
  std::pair<const Function *, std::vector<bool>> Key{R.Source, R.InLanes};
  do {
    Tape.Grown = false;
    Versions.clear();
    Versions[Key].Request = {R.InLanes, /*OthersAreShared=*/true};
    analyse(*R.Source, Versions[Key]);
  } while (Tape.Grown && !Versions[Key].Refused);
  Version &Top = Versions[Key];
  if (Top.Refused) {
    Refusal = *Top.Refused;
    return std::nullopt;
  }
  nameParameters();
  if (R.Source->ReturnType->isReal())
    Spelled.MaskScalar = R.Source->ReturnType->Spelling;
  write(Top, newName(*R.Source));
  return std::move(Made);
}

std::optional<LaneFunctions> retrograd::makeLanes(Context &Ctx,
                                                  const LanesRequest &R,
                                                  std::set<std::string> &Names,
                                                  LaneRefusal &Refusal) {
  return LaneMaker(Ctx, Names).run(R, Refusal);
}
