//===- RuleHalves.cpp - A call with a rule that writes memory -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pullback is a vjp: it finds memory as it was before the call, and leaves
// in it what it likes. So the forward half keeps what g overwrites,
//
//   forward:  { x_before = reserve(n); x_before[...] = x[...]; g(x, n);
//               push(x_before); }
//   reverse:  { x_before = pop; x[...] = x_before[...];
//               g_pullback(x, n, d_x); x[...] = x_before[...];
//               release(x_before); }
//
// for each parameter whose number of elements the rule tells.
//
//===----------------------------------------------------------------------===//

#include "../IR/Clone.h"
#include "Adjoint.h"

using namespace retrograd;
using namespace retrograd::ir;

namespace {

/// One half under construction, with its own copy of g's parameters.
class RuleHalf {
public:
  RuleHalf(Context &Ctx, const SplitRequest &R, Function &Into);

  void forward();
  void reverse();

private:
  /// Memory that g overwrites.
  struct Kept {
    Variable *Parameter;
    Variable *Before;
    /// Null for one number.
    Variable *Count;
    bool OfUser;
  };

  const Expr *countOf(const Kept &K) const {
    return K.Count ? Ctx.var(K.Count) : Ctx.intLiteral(1);
  }
  const Expr *extent(const Expr *E, const VariableMap &Map);
  void forEachElement(
      const Kept &K,
      llvm::function_ref<Stmt *(const Expr *Place, const Expr *Old)> Work);
  void restore(const Kept &K, bool Rewinds);
  void pop(Variable *V);
  std::vector<const Expr *> arguments() const;

  Context &Ctx;
  const SplitRequest &R;
  Function &Half;
  std::vector<Kept> All;
  std::vector<const Expr *> Extents;
};

} // namespace

RuleHalf::RuleHalf(Context &Ctx, const SplitRequest &R, Function &Into)
    : Ctx(Ctx), R(R), Half(Into) {
  VariableMap Map;
  Function *Copy = clonePrimal(Ctx, *R.Callee, Map, Into.Directions);
  Half.Params = Copy->Params;
  Half.Variables = std::move(Copy->Variables);
  Half.ReturnType = Ctx.voidType();
  for (size_t I = 0; I < R.Callee->Restored.size(); ++I) {
    if (!R.Callee->Restored[I])
      continue;
    Variable *P = Half.Params[I];
    const Type *Element = P->Ty->Element ? P->Ty->Element : P->Ty;
    auto Local = [&](const char *Suffix, const Type *Ty) {
      Variable *V =
          Half.addVariable(P->Name + Suffix, Ty, VariableKind::Local, P->Loc);
      V->Generated = V->Const = true;
      return V;
    };
    Extents.push_back(extent(R.Callee->Restored[I], Map));
    All.push_back({P, Local("_before", Ctx.pointerTo(Element)),
                   P->Ty->Element ? Local("_count", Ctx.intType()) : nullptr,
                   R.User[I] != UserMemory::None});
  }
}

const Expr *RuleHalf::extent(const Expr *E, const VariableMap &Map) {
  Block Holder = {Ctx.stmt(StmtKind::Opaque)};
  Holder.back()->Value = E;
  remap(Ctx, Holder, Map);
  return Holder.back()->Value;
}

std::vector<const Expr *> RuleHalf::arguments() const {
  std::vector<const Expr *> Args;
  for (size_t I = 0; I < R.Callee->Params.size(); ++I)
    Args.push_back(Ctx.var(Half.Params[I]));
  return Args;
}

void RuleHalf::forEachElement(
    const Kept &K,
    llvm::function_ref<Stmt *(const Expr *Place, const Expr *Old)> Work) {
  const Expr *Place = Ctx.var(K.Parameter), *Old = Ctx.var(K.Before);
  if (!K.Count) {
    Half.Body.push_back(Work(Place, Ctx.index(Old, Ctx.intLiteral(0))));
    return;
  }
  Stmt *For = Ctx.stmt(StmtKind::For);
  For->Var = Half.addVariable("i", Ctx.intType(), VariableKind::Local);
  For->Lower = Ctx.intLiteral(0);
  For->Upper = countOf(K);
  For->Step = Ctx.intLiteral(1);
  const Expr *I = Ctx.var(For->Var);
  For->Body = {Work(Ctx.index(Place, I), Ctx.index(Old, I))};
  Half.Body.push_back(For);
}

void RuleHalf::forward() {
  for (size_t I = 0; I < All.size(); ++I) {
    const Kept &K = All[I];
    if (K.Count)
      Half.Body.push_back(Ctx.declare(K.Count, Extents[I]));
    Stmt *Reserve = Ctx.stmt(StmtKind::Reserve);
    Reserve->Var = K.Before;
    Reserve->Count = countOf(K);
    Half.Body.push_back(Reserve);
    forEachElement(K, [&](const Expr *Place, const Expr *Old) {
      return Ctx.assign(Old, Place);
    });
  }
  Stmt *Call = Ctx.stmt(StmtKind::Call, R.Callee->Loc);
  Call->Callee = R.Callee;
  Call->Args = arguments();
  Half.ReturnType = R.Callee->ReturnType;
  if (!Half.ReturnType->isVoid()) {
    Call->Var = Half.Result =
        Half.addVariable("result", Half.ReturnType, VariableKind::Local);
    Call->Var->Generated = true;
  }
  Half.Body.push_back(Call);
  for (const Kept &K : All)
    for (Variable *V : {K.Before, K.Count}) {
      if (!V)
        continue;
      Stmt *Push = Ctx.stmt(StmtKind::Push);
      Push->Value = Ctx.var(V);
      Half.Body.push_back(Push);
    }
}

void RuleHalf::pop(Variable *V) {
  Stmt *Pop = Ctx.stmt(StmtKind::Pop);
  Pop->Var = V;
  Half.Body.push_back(Pop);
}

/// The first time, memory of the caller remembers what it holds.
void RuleHalf::restore(const Kept &K, bool Rewinds) {
  forEachElement(K, [&](const Expr *Place, const Expr *Old) {
    if (!Rewinds)
      return Ctx.assign(Place, Old);
    Stmt *Rewind = Ctx.stmt(StmtKind::Rewind);
    Rewind->Target = Place;
    Rewind->Value = Old;
    return Rewind;
  });
}

void RuleHalf::reverse() {
  for (const Kept &K : llvm::reverse(All)) {
    if (K.Count)
      pop(K.Count);
    pop(K.Before);
  }
  for (const Kept &K : All)
    restore(K, K.OfUser);

  const Function &Pullback = *R.Callee->Pullback;
  Stmt *Call = Ctx.stmt(StmtKind::Call, R.Callee->Loc);
  Call->Callee = R.Callee->Pullback;
  Call->Args = arguments();
  // Parameters of the pullback behind those of g: a seed, then adjoints.
  auto Parameter = [&] {
    const Variable *P = Pullback.Params[Call->Args.size()];
    return Half.addVariable(P->Name, P->Ty, VariableKind::Parameter, P->Loc);
  };
  if (R.Callee->ReturnType->isReal()) {
    Half.Params.push_back(Parameter());
    Call->Args.push_back(Ctx.var(Half.Params.back()));
  }
  for (size_t I = 0; I < R.Callee->Params.size(); ++I) {
    const Type *Ty = R.Callee->Params[I]->Ty;
    if (!Ty->carriesReal())
      continue;
    if (R.Active[I]) {
      Half.Params.push_back(Parameter());
      Call->Args.push_back(Ctx.var(Half.Params.back()));
      continue;
    }
    Variable *Unused = Half.addVariable("unused", Ty, VariableKind::Local);
    Unused->Generated = true;
    Half.Body.push_back(Ctx.declare(Unused, Ctx.intLiteral(0)));
    Call->Args.push_back(Ctx.addressOf(Ctx.var(Unused)));
  }
  Half.Body.push_back(Call);

  for (const Kept &K : All)
    restore(K, /*Rewinds=*/false);
  for (const Kept &K : llvm::reverse(All)) {
    Stmt *Release = Ctx.stmt(StmtKind::Release);
    Release->Var = K.Before;
    Release->Count = countOf(K);
    Half.Body.push_back(Release);
  }
}

void retrograd::makeRuleHalves(Context &Ctx, const SplitRequest &R,
                               SplitFunctions &Halves) {
  RuleHalf(Ctx, R, *Halves.Forward).forward();
  RuleHalf(Ctx, R, *Halves.Reverse).reverse();
}
