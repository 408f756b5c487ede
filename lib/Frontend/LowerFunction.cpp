//===- LowerFunction.cpp - The frame of lowering one function -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Parameters, variables, blocks and errors.
//
//===----------------------------------------------------------------------===//

#include "LowerFunction.h"
#include "CheckpointMarks.h"

using namespace clang;
using namespace retrograd;

const char *const retrograd::InactiveNote =
    "move it to a function marked '#pragma retrograd inactive'";

FunctionLowering::FunctionLowering(ModuleLowering &M, ir::Function &F,
                                   const FunctionDecl *Definition)
    : M(M), AST(M.AST), Ctx(M.Ctx), F(F), FD(Definition), Current(&F.Body) {}

/// The body of another function is about to become part of this one.
void FunctionLowering::addFacts(const FunctionDecl *Other) {
  llvm::SmallVector<const Stmt *> Pieces = {Other->getBody()};
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Other))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      Pieces.push_back(Init->getInit());
  BodyFacts More = gatherFacts(M, Pieces);
  Facts.Written.insert_range(More.Written);
  Facts.AddressTaken.insert_range(More.AddressTaken);
  Facts.Aliased.insert_range(More.Aliased);
}

bool FunctionLowering::run() {
  const Stmt *Body = FD->getBody();
  Facts = gatherFacts(M, {Body});
  bindParameters();
  statement(Body);
  return !Failed && M.Marks->checkUsed(FD);
}

/// Parameters passed by value are never written in the IR:
///
///   double f(double x) {            double f(double x) {
///     x *= 2;                 =>      double x1 = x;
///     return x;                       x1 = x1 * 2;
///   }                                 return x1;
///                                   }
void FunctionLowering::bindParameters() {
  if (F.Method)
    This = Ctx.var(F.Params[0], F.Params[0]->Loc);
  for (unsigned I = F.Method; I < F.Params.size(); ++I) {
    const ParmVarDecl *P = FD->getParamDecl(I - F.Method);
    ir::Variable *V = F.Params[I];
    Declarations[V] = P;
    bind(P, Ctx.var(V, V->Loc));
    if (V->Reference || V->Ty->Kind == ir::TypeKind::Opaque)
      continue;
    Fixed.insert(V);
    if (!Facts.Written.contains(P) && !Facts.AddressTaken.contains(P))
      continue;
    ir::Variable *Copy =
        F.addVariable(V->Name, V->Ty, ir::VariableKind::Local, V->Loc);
    Copy->AddressTaken = Facts.AddressTaken.contains(P);
    Copy->Const = V->Const;
    Copy->Inactive = V->Inactive && V->Ty->isPointer();
    Declarations[Copy] = P;
    if (V->Ty->isRecord()) {
      Copy->Const = false;
      emit(Ctx.declare(Copy, nullptr, V->Loc));
      copyRecord(Ctx.var(Copy, V->Loc), Ctx.var(V, V->Loc), V->Loc);
    } else {
      emit(Ctx.declare(Copy, Ctx.var(V, V->Loc), V->Loc));
    }
    bind(P, Ctx.var(Copy, V->Loc));
  }
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

void FunctionLowering::error(SourceLocation Loc, const std::string &Message,
                             const std::string &Note) {
  if (!Failed)
    M.error(Loc, Message, Note);
  Failed = true;
}

const ir::Expr *FunctionLowering::reject(const Stmt *S,
                                         const std::string &Message,
                                         const std::string &Note) {
  const auto *E = dyn_cast<Expr>(S);
  error(E ? E->getExprLoc() : S->getBeginLoc(), Message, Note);
  return poison();
}

const ir::Type *FunctionLowering::type(QualType T, SourceLocation Loc) {
  std::string Why;
  const ir::Type *Ty = M.lowerType(T, Why);
  if (Ty)
    return Ty;
  error(Loc, Why + " not supported in a function that is differentiated",
        InactiveNote);
  return Ctx.intType();
}

/// In C++, two pointers to arrays of variable extent never have the same type,
/// so none of ours could be given the value of another one.
void FunctionLowering::rejectPointerToArray(const ir::Type *Pointer,
                                            SourceLocation Loc) {
  if (Pointer->isPointer() && Pointer->Element->hasVariableExtent())
    error(Loc, "a pointer to an array of variable extent is not supported",
          "use a pointer to its elements");
}

ir::Location FunctionLowering::loc(const Stmt *S) const {
  const auto *E = dyn_cast<Expr>(S);
  return M.location(E ? E->getExprLoc() : S->getBeginLoc());
}

//===----------------------------------------------------------------------===//
// Blocks and variables
//===----------------------------------------------------------------------===//

void FunctionLowering::emit(const ir::Block &B) {
  Current->insert(Current->end(), B.begin(), B.end());
}

ir::Block FunctionLowering::within(llvm::function_ref<void()> Work) {
  ir::Block B;
  ir::Block *Outer = std::exchange(Current, &B);
  Work();
  Current = Outer;
  return B;
}

ir::Variable *FunctionLowering::temporary(const ir::Type *Ty, ir::Location Loc,
                                          llvm::StringRef Name) {
  ir::Variable *V = F.addVariable(Name, Ty, ir::VariableKind::Local, Loc);
  V->Generated = true;
  return V;
}

ir::Variable *FunctionLowering::local(const VarDecl *V, const ir::Type *Ty) {
  ir::Variable *L = F.addVariable(V->getName(), Ty, ir::VariableKind::Local,
                                  M.location(V->getLocation()));
  QualType T = V->getType();
  L->Restrict = T.isRestrictQualified();
  L->Const =
      !T->isReferenceType() && AST.getBaseElementType(T).isConstQualified();
  L->AddressTaken = Facts.AddressTaken.contains(V);
  if (!Facts.Written.contains(V) && !(Ty->isAggregate() && L->AddressTaken))
    Fixed.insert(L);
  Declarations[L] = V;
  return L;
}

/// E, or a temporary that holds it, such that no later write changes it.
const ir::Expr *FunctionLowering::keepValue(const ir::Expr *E) {
  return Failed || isFixed(E) ? E : intoTemporary(E);
}

const ir::Expr *FunctionLowering::intoTemporary(const ir::Expr *E,
                                                llvm::StringRef Name) {
  const ir::Type *Ty = Ctx.decayed(E);
  rejectPointerToArray(Ty, SourceLocation::getFromRawEncoding(E->Loc));
  ir::Variable *T = temporary(Ty, E->Loc, Name);
  T->Const = Ty->isArithmetic();
  Fixed.insert(T);
  if (Ty->isRecord()) {
    emit(Ctx.declare(T, nullptr, E->Loc));
    copyRecord(Ctx.var(T, E->Loc), E, E->Loc);
    return Ctx.var(T, E->Loc);
  }
  emit(Ctx.declare(T, E, E->Loc));
  return Ctx.var(T, E->Loc);
}

void FunctionLowering::bind(const ValueDecl *D, const ir::Expr *Location) {
  Bindings[D] = Location;
}
