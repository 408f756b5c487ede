//===- Verify.cpp - Derivatives that check themselves ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What stands in the way is decided from the types of the parameters alone, but
// for memory that the primal frees: the copies are not on its heap.
//
//===----------------------------------------------------------------------===//

#include "Verify.h"
#include "../Emit/Printer.h"
#include "../IR/Clone.h"
#include "../IR/Walk.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace retrograd;
using namespace retrograd::ir;

//===----------------------------------------------------------------------===//
// What cannot be verified
//===----------------------------------------------------------------------===//

static const Independent *findIndependent(const Request &R, const Variable *P) {
  auto Found = llvm::find_if(R.Independents,
                             [&](const Independent &I) { return I.Var == P; });
  return Found == R.Independents.end() ? nullptr : &*Found;
}

/// How many elements are behind a pointer: an entry of wrt, or an output of a
/// batch; null if nobody has said it.
static const Expr *findExtent(const Request &R, const Variable *P) {
  if (const Independent *I = findIndependent(R, P))
    return I->Extent;
  if (R.Batch)
    for (const BatchEntry &Output : R.Batch->Outputs)
      if (Output.Var == P)
        return Output.Extent;
  return nullptr;
}

/// A function can write to memory that it reaches through values of this type.
static bool reachesMutable(const Type *Ty) {
  for (; Ty->Element; Ty = Ty->Element)
    if (Ty->isPointer() && !Ty->ConstElement)
      return true;
  return false;
}

static bool containsPointer(const Type *Ty) {
  for (; Ty; Ty = Ty->Element)
    if (Ty->isPointer())
      return true;
  return false;
}

namespace {

/// Why a derivative cannot be verified, and the way out.
struct Obstacle {
  std::string Why;
  std::string Way;
};

} // namespace

static std::optional<Obstacle> findObstacle(const Request &R,
                                            const Variable *P) {
  std::string Quoted = "'" + P->Name + "'";
  if (P->Ty->scalar()->isRecord())
    return Obstacle{Quoted + " is, or leads to, an object that holds real "
                             "numbers",
                    ""};
  std::string Extent = "'wrt(" + P->Name + "[n])'";
  const Independent *I = findIndependent(R, P);
  if (P->Ty->isPointer() && !P->Reference) {
    if (containsPointer(P->Ty->Element) && (I || reachesMutable(P->Ty)))
      return Obstacle{Quoted + " points to pointers", ""};
    if (I && !I->Extent)
      return Obstacle{"the number of elements behind " + Quoted +
                          " is not known",
                      "give it, as in " + Extent};
    if (!findExtent(R, P) && reachesMutable(P->Ty))
      return Obstacle{"'" + R.Primal->Name + "' can write through " + Quoted +
                          ", and the number of elements is not known",
                      P->Ty->carriesReal()
                          ? "let it point to const, or name it in " + Extent
                          : "let it point to const"};
    return std::nullopt;
  }
  if (containsPointer(P->Ty))
    return Obstacle{Quoted + " refers to a pointer", "pass it by value"};
  if (P->Ty->Kind == TypeKind::Opaque && !(P->Reference && P->Const))
    return Obstacle{Quoted + " is an object, which is not copied",
                    "pass it by reference to const"};
  return std::nullopt;
}

/// The primal, or a function that it calls, frees memory.
static bool freesMemory(const Function &F, std::set<const Function *> &Seen) {
  if (!Seen.insert(&F).second)
    return false;
  std::set<const Variable *> Own;
  forEachStmt(F.Body, [&](const Stmt &S) {
    if (S.Kind == StmtKind::Allocate)
      Own.insert(S.Var);
  });
  bool Frees = false;
  forEachStmt(F.Body, [&](const Stmt &S) {
    Frees |= S.Kind == StmtKind::Free && !Own.count(S.Value->Var);
    Frees |= S.Callee && freesMemory(*S.Callee, Seen);
  });
  return Frees;
}

static std::optional<Obstacle> findObstacle(const Request &R,
                                            const Function &F) {
  if (llvm::StringRef(F.Specifiers).contains("__device__"))
    return Obstacle{"it is device code", ""};
  if (R.Directions)
    return Obstacle{"it has several directions",
                    "verify the derivative without 'directions'"};
  for (const Independent &I : R.Independents)
    if (I.Var->isGlobal())
      return Obstacle{"'" + I.Var->Name + "' is a global variable",
                      "pass it as a parameter"};
  for (const Variable *P : R.Primal->Params)
    if (std::optional<Obstacle> Found = findObstacle(R, P))
      return Found;
  std::set<const Function *> Seen;
  if (freesMemory(*R.Primal, Seen))
    return Obstacle{
        "'" + R.Primal->Name + "' frees memory that it has not allocated", ""};
  return std::nullopt;
}

bool retrograd::canVerify(const Request &R, const Function &F,
                          Diagnostics &Diags) {
  std::optional<Obstacle> Found = findObstacle(R, F);
  if (Found)
    Diags.remark(R.Loc, "'" + F.Name + "' is not verified: " + Found->Why,
                 Found->Way);
  return !Found;
}

//===----------------------------------------------------------------------===//
// The derivative that verifies itself
//===----------------------------------------------------------------------===//

/// A statement that is text around expressions.
static Stmt *text(Context &Ctx, std::vector<std::string> Pieces,
                  std::vector<const Expr *> Operands) {
  Stmt *S = Ctx.stmt(StmtKind::Opaque);
  S->Value = Ctx.opaque(std::move(Pieces), std::move(Operands), Ctx.voidType());
  return S;
}

/// "<1, 0>", the parameters of wrt(...) where their order is not that of the
/// parameters; which ones they are, the arguments tell.
static std::string order(const Request &R) {
  std::vector<size_t> Positions;
  for (const Independent &I : R.Independents)
    Positions.push_back(llvm::find(R.Primal->Params, I.Var) -
                        R.Primal->Params.begin());
  if (llvm::is_sorted(Positions))
    return "";
  std::string List;
  for (size_t Position : Positions)
    List += (List.empty() ? "" : ", ") + std::to_string(Position);
  return "<" + List + ">";
}

static Stmt *declareCheck(Context &Ctx, const Request &R, const Function &F,
                          int Calls) {
  std::string Names;
  for (const Variable *P : R.Primal->Params)
    Names += (P == R.Primal->Params.front() ? "" : ", ") + P->Name;
  return text(Ctx,
              {"static retrograd::verification check(\"" + F.QualifiedName +
               "\", \"" + Names + "\", " + std::to_string(Calls) + ")"},
              {});
}

/// How the check is given an argument: text before and behind its name, with
/// the number of elements in between.
static void addArgument(const Request &R, const Variable *P, const Expr *Value,
                        std::vector<std::string> &Pieces,
                        std::vector<const Expr *> &Operands) {
  const Independent *I = findIndependent(R, P);
  std::string Close;
  auto Wrap = [&](const char *Wrapper) {
    Pieces.back() += std::string("retrograd::") + Wrapper + "(";
    Close += ")";
  };
  bool CanBeActive = P->Ty->carriesReal() || P->Ty->isPointer() ||
                     P->Ty->Kind == TypeKind::Opaque;
  if (!I && CanBeActive)
    Wrap("inactive");
  const Expr *Extent = P->Ty->isPointer() ? findExtent(R, P) : nullptr;
  if (Extent)
    Wrap("array");
  if (P->Ty->isReal() && P->Reference)
    Wrap("reference");
  Operands.push_back(Value);
  if (Extent) {
    Pieces.push_back(", ");
    Operands.push_back(Extent);
  }
  Pieces.push_back(Close);
}

static Stmt *performCheck(Context &Ctx, const Request &R,
                          const Function &Unchecked,
                          const std::vector<const Expr *> &Values) {
  static const char *const Modes[] = {"gradient", "vjp", "jvp"};
  const Function &Primal = *R.Primal;
  std::string Type = printDeclarator(
      Primal.ReturnType, "(*)(" + printParameterTypes(Primal) + ")");
  std::vector<std::string> Pieces = {
      "check." + std::string(Modes[static_cast<int>(R.DerivativeMode)]) +
      order(R) + "(static_cast<" + Type + ">(" + Primal.QualifiedName + "), " +
      Unchecked.QualifiedName};
  std::vector<const Expr *> Operands;
  for (size_t I = 0; I < Primal.Params.size(); ++I) {
    Pieces.back() += ", ";
    addArgument(R, Primal.Params[I], Values[I], Pieces, Operands);
  }
  Pieces.back() += ")";
  Stmt *Check = text(Ctx, std::move(Pieces), std::move(Operands));
  // Extents are written over the primal's parameters.
  rewriteStmt(Ctx, *Check, [&](const Expr *E) -> const Expr * {
    auto Found = llvm::find(Primal.Params, E->Var);
    return E->is(ExprKind::Var) && Found != Primal.Params.end()
               ? Values[Found - Primal.Params.begin()]
               : E;
  });
  return Check;
}

Function *retrograd::makeVerified(Context &Ctx, const Request &R,
                                  const Function &F, Function &Unchecked,
                                  int Calls) {
  VariableMap Map;
  Function *Copy = cloneFunction(Ctx, F, Map);
  Unchecked.ReturnType = Copy->ReturnType;
  Unchecked.Params = Copy->Params;
  Unchecked.Result = Copy->Result;
  Unchecked.ResultTangent = Copy->ResultTangent;
  Unchecked.Body = std::move(Copy->Body);
  Unchecked.Variables = std::move(Copy->Variables);
  Unchecked.OpensTape = F.OpensTape;

  Function &Checked = *Ctx.addFunction(F.Name);
  Checked.QualifiedName = F.QualifiedName;
  Checked.Specifiers = F.Specifiers;
  Checked.Kind = FunctionKind::Derivative;
  Checked.ReturnType = F.ReturnType;
  std::vector<const Expr *> Values;
  Stmt *Call = Ctx.stmt(StmtKind::Call);
  Call->Callee = &Unchecked;
  for (const Variable *P : F.Params) {
    Variable *Own = Checked.addVariable(P->Name, P->Ty, P->Kind, P->Loc);
    unsigned Id = Own->Id;
    *Own = *P;
    Own->Id = Id;
    // The check evaluates the primal at changed arguments.
    Own->Unaliased = false;
    Checked.Params.push_back(Own);
    Values.push_back(Ctx.var(Own));
    Call->Args.push_back(Values.back());
  }
  if (!F.ReturnType->isVoid()) {
    Call->Var =
        Checked.addVariable("result", F.ReturnType, VariableKind::Local);
    Checked.Result = Call->Var;
  }
  Checked.Body = {declareCheck(Ctx, R, F, Calls),
                  performCheck(Ctx, R, Unchecked, Values), Call};
  return &Checked;
}
