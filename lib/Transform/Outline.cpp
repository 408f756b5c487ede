//===- Outline.cpp - A function of its own for a piece of another one -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//

#include "Outline.h"
#include "../IR/Walk.h"

using namespace retrograd;
using namespace retrograd::ir;

//===----------------------------------------------------------------------===//
// Free variables
//===----------------------------------------------------------------------===//

static bool isDeclaration(const Stmt &S) {
  switch (S.Kind) {
  case StmtKind::Declare:
  case StmtKind::Call:
  case StmtKind::For:
  case StmtKind::Allocate:
  case StmtKind::Reserve:
  case StmtKind::Pop:
    return S.Var;
  default:
    return false;
  }
}

/// Globals that no derivative flows through are named where they are.
static bool mustBePassed(const Variable *V) {
  return !V->isGlobal() || (V->Ty->carriesReal() && !V->Const);
}

void retrograd::addFreeVariables(const Expr *E, VariableList &Into) {
  if (!E)
    return;
  forEachExpr(E, [&](const Expr &Node) {
    if (Node.Var && mustBePassed(Node.Var))
      Into.insert(Node.Var);
  });
}

VariableList retrograd::freeVariables(const Block &Code) {
  llvm::DenseSet<const Variable *> Own;
  forEachStmt(Code, [&](const Stmt &S) {
    if (isDeclaration(S))
      Own.insert(S.Var);
  });
  VariableList Free;
  auto Mention = [&](Variable *V) {
    if (V && !Own.contains(V) && mustBePassed(V))
      Free.insert(V);
  };
  forEachStmt(Code, [&](const Stmt &S) {
    forEachExpr(S, [&](const Expr &E) { Mention(E.Var); });
    Mention(S.Var);
  });
  return Free;
}

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

static void copyFlags(const Variable &From, Variable &To) {
  To.Const = From.Const;
  To.Restrict = From.Restrict;
  To.Inactive = From.Inactive;
  To.Apart = From.Apart;
  To.Generated = From.Generated;
  To.AddressTaken = From.AddressTaken;
}

/// The code binds the array itself to a reference.
static bool needsArray(const Block &Code, const Variable *V) {
  bool Needs = false;
  forEachStmt(Code, [&](const Stmt &S) {
    for (size_t I = 0; I < S.Args.size() && S.Kind == StmtKind::Call; ++I)
      Needs |= S.Args[I]->Var == V && V->Ty->isArray() &&
               I < S.Callee->Params.size() && S.Callee->Params[I]->Reference;
  });
  return Needs;
}

/// The parameter that V is passed as.
static Variable *addParameter(Context &Ctx, Function &F, const Variable &V,
                              bool Written, bool AsPointer,
                              const VariableMap &Map) {
  const Type *Ty = remapType(Ctx, V.Ty, Map);
  const Expr *Extent = AsPointer ? Ty->Extent : nullptr;
  if (AsPointer)
    Ty = Ctx.pointerTo(Ty->Element, V.Const);
  std::string Name = V.Name.substr(V.Name.rfind(':') + 1);
  Variable *P = F.addVariable(Name, Ty, VariableKind::Parameter, V.Loc);
  copyFlags(V, *P);
  bool Plain = Ty->isArithmetic();
  // Memory of the caller stays where it is, since it may have other names.
  bool Outside = V.Reference || V.isGlobal();
  P->Reference = !AsPointer && (Outside || Written || V.AddressTaken ||
                                !(Plain || Ty->isPointer()));
  if (!P->Reference)
    P->Const = false;
  else if (!Outside) // Nobody else can name a local whose address is not taken.
    P->Restrict |= Plain && !V.AddressTaken;
  F.Params.push_back(P);
  if (AsPointer) {
    // The address of the array was taken, not that of the pointer to it.
    P->AddressTaken = false;
    F.Extents.push_back({P, Extent});
  }
  return P;
}

static void addLocal(Context &Ctx, Function &F, const Variable &V,
                     VariableMap &Map) {
  if (Map.count(&V))
    return;
  Variable *L = F.addVariable(V.Name, remapType(Ctx, V.Ty, Map),
                              VariableKind::Local, V.Loc);
  copyFlags(V, *L);
  Map[&V] = L;
}

std::vector<Variable *> retrograd::outline(Context &Ctx, const Block &Code,
                                           const VariableList &Parameters,
                                           const VariableList &Written,
                                           Function &Into, VariableMap &Map) {
  std::vector<Variable *> Arguments;
  // Scalars first: the extents of arrays are over them.
  for (bool Arrays : {false, true})
    for (Variable *V : Parameters)
      if (V->Ty->hasVariableExtent() == Arrays) {
        bool AsPointer = V->Ty->isArray() && V->isLocal() &&
                         (Arrays || !needsArray(Code, V));
        Map[V] = addParameter(Ctx, Into, *V, Written.count(V), AsPointer, Map);
        Arguments.push_back(V);
      }
  // What an extent depends on may not have been passed.
  llvm::erase_if(Into.Extents, [&](const MemoryExtent &E) {
    bool Known = true;
    forEachExpr(E.Count, [&](const Expr &Node) {
      Known &= !Node.Var || Node.Var->isGlobal() ||
               llvm::is_contained(Into.Params, Node.Var);
    });
    return !Known;
  });
  Into.Body = cloneBlock(Ctx, Code);
  forEachStmt(Into.Body, [&](const Stmt &S) {
    if (isDeclaration(S))
      addLocal(Ctx, Into, *S.Var, Map);
  });
  remap(Ctx, Into.Body, Map);
  return Arguments;
}
