//===- LowerFacts.cpp - What a piece of source writes ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A walk over children. What it does not know counts as a side effect.
//
//===----------------------------------------------------------------------===//

#include "LowerFacts.h"
#include "Containers.h"
#include "LowerModule.h"
#include "RecordTypes.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace retrograd;

//===----------------------------------------------------------------------===//
// Roots
//===----------------------------------------------------------------------===//

static const Expr *stripConversions(const Expr *E) {
  while (true) {
    E = E->IgnoreParens();
    if (const auto *C = dyn_cast<CastExpr>(E);
        C && (C->isGLValue() || C->getCastKind() == CK_NoOp ||
              C->getCastKind() == CK_ArrayToPointerDecay))
      E = C->getSubExpr();
    else if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(E))
      E = M->getSubExpr();
    else
      return E;
  }
}

const VarDecl *retrograd::rootVariable(const Expr *E) {
  while (true) {
    E = stripConversions(E);
    if (const auto *D = dyn_cast<DeclRefExpr>(E)) {
      if (const auto *B = dyn_cast<BindingDecl>(D->getDecl()))
        return B->getBinding() ? rootVariable(B->getBinding()) : nullptr;
      return dyn_cast<VarDecl>(D->getDecl());
    }
    if (const auto *S = dyn_cast<ArraySubscriptExpr>(E)) {
      const Expr *Base = S->getBase()->IgnoreParens();
      const auto *Decay = dyn_cast<CastExpr>(Base);
      if (!Decay || Decay->getCastKind() != CK_ArrayToPointerDecay)
        return nullptr;
      E = Decay->getSubExpr();
    } else if (const auto *M = dyn_cast<MemberExpr>(E)) {
      if (M->isArrow())
        return nullptr;
      E = M->getBase();
    } else if (auto Call = asContainerCall(E)) {
      // The elements of an array are part of it.
      if (!Call->Type.Extent || Call->Object->getType()->isPointerType() ||
          Call->Use == ContainerUse::Size || Call->Use == ContainerUse::Other)
        return nullptr;
      E = Call->Object;
    } else if (const auto *B = dyn_cast<BinaryOperator>(E)) {
      if (!B->isAssignmentOp() && B->getOpcode() != BO_Comma)
        return nullptr;
      E = B->isAssignmentOp() ? B->getLHS() : B->getRHS();
    } else if (const auto *U = dyn_cast<UnaryOperator>(E)) {
      if (!U->isPrefix() || !U->isIncrementDecrementOp())
        return nullptr;
      E = U->getSubExpr();
    } else {
      return nullptr;
    }
  }
}

//===----------------------------------------------------------------------===//
// The walk
//===----------------------------------------------------------------------===//

namespace {

class FactGatherer {
public:
  FactGatherer(ModuleLowering &M, BodyFacts &Facts) : M(M), Facts(Facts) {}

  void visit(const Stmt *S);

private:
  void visitCall(const CallExpr *E);
  void visitArgument(const Expr *Arg, QualType Param, bool KeepsNone);
  void visitCaptures(const LambdaExpr *L);
  void visitDeclaration(const VarDecl *V);
  void visitRangeFor(const CXXForRangeStmt *S);
  void write(const Expr *E);
  void writeMemory(QualType T);
  void takeAddress(const Expr *E);
  template <typename Fn> void forEachLeaf(const Expr *E, Fn Visit);

  ModuleLowering &M;
  BodyFacts &Facts;
};

} // namespace

/// The lvalues that E may denote: both sides of a conditional.
template <typename Fn> void FactGatherer::forEachLeaf(const Expr *E, Fn Visit) {
  E = stripConversions(E);
  if (const auto *C = dyn_cast<ConditionalOperator>(E)) {
    forEachLeaf(C->getTrueExpr(), Visit);
    forEachLeaf(C->getFalseExpr(), Visit);
    return;
  }
  Visit(E);
}

void FactGatherer::writeMemory(QualType T) {
  T = T.getCanonicalType();
  while (true) {
    if (const auto *A = M.AST.getAsArrayType(T))
      T = A->getElementType();
    else
      break;
  }
  if (T->isVoidType() || T->isRecordType() || T->isAnyCharacterType())
    Facts.WritesIntegers = Facts.WritesReals = true;
  else if (T->isRealFloatingType())
    Facts.WritesReals = true;
  else
    Facts.WritesIntegers = true;
}

void FactGatherer::write(const Expr *E) {
  forEachLeaf(E, [&](const Expr *Leaf) {
    const VarDecl *V = rootVariable(Leaf);
    if (V)
      Facts.Written.insert(V);
    if (!V || V->getType()->isReferenceType() || !V->hasLocalStorage())
      writeMemory(Leaf->getType());
  });
}

void FactGatherer::takeAddress(const Expr *E) {
  forEachLeaf(E, [&](const Expr *Leaf) {
    if (const VarDecl *V = rootVariable(Leaf))
      Facts.AddressTaken.insert(V);
  });
}

/// KeepsNone: the callee lets no pointer to the argument escape.
void FactGatherer::visitArgument(const Expr *Arg, QualType Param,
                                 bool KeepsNone) {
  QualType T = Param.isNull() ? Arg->getType() : Param;
  if (T->isReferenceType()) {
    if (!KeepsNone)
      takeAddress(Arg);
    if (!T->getPointeeType().isConstQualified())
      write(Arg);
  } else if (T->isPointerType() && !T->getPointeeType().isConstQualified() &&
             !T->getPointeeType()->isFunctionType()) {
    const Expr *Source = Arg->IgnoreParenCasts();
    writeMemory(Source->getType()->isPointerType()
                    ? Source->getType()->getPointeeType()
                    : T->getPointeeType());
    writeMemory(T->getPointeeType());
  }
}

/// std::swap becomes assignments and keeps no address.
static bool isSwap(const FunctionDecl *FD) {
  return FD && FD->isInStdNamespace() && FD->getIdentifier() &&
         FD->getName() == "swap" && FD->getNumParams() == 2;
}

void FactGatherer::visitCall(const CallExpr *E) {
  const FunctionDecl *FD = E->getDirectCallee();
  if (auto Call = asContainerCall(E); Call &&
                                      Call->Use != ContainerUse::Other &&
                                      leadsToReal(Call->Type.Element, M.AST)) {
    if (Call->Use == ContainerUse::Pointer && !Call->Const)
      write(E);
    if (Call->Use == ContainerUse::Pointer)
      takeAddress(E);
    Facts.OtherEffects |= Call->Use == ContainerUse::CheckedElement;
    return;
  }
  bool Pure = FD && M.isPure(FD), KeepsNone = Pure || isSwap(FD);
  bool Harmless = FD && M.isHarmless(FD);
  if (!Pure && !Harmless)
    Facts.ImpureCalls = true;
  unsigned First = 0;
  const Expr *Object = nullptr;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E)) {
    Object = Member->getImplicitObjectArgument();
  } else if (isa<CXXOperatorCallExpr>(E) &&
             isa_and_nonnull<CXXMethodDecl>(FD)) {
    First = 1;
    Object = E->getArg(0);
  }
  if (Object && Object->getType()->isPointerType()) {
    writeMemory(Object->getType()->getPointeeType());
  } else if (Object) {
    takeAddress(Object);
    write(Object);
  }
  // What the body of a lambda expression writes is not an argument of it.
  auto IsClosure = [](const Expr *E) {
    const CXXRecordDecl *Class = E->getType()->getAsCXXRecordDecl();
    return Class && Class->isLambda();
  };
  if (llvm::any_of(E->arguments(), IsClosure))
    Facts.WritesIntegers = Facts.WritesReals = true;
  for (unsigned I = First; I < E->getNumArgs() && !Harmless; ++I) {
    unsigned P = I - First;
    bool Known = FD && P < FD->getNumParams();
    visitArgument(E->getArg(I),
                  Known ? FD->getParamDecl(P)->getType() : QualType(),
                  KeepsNone);
  }
}

void FactGatherer::visitDeclaration(const VarDecl *V) {
  if (V->isStaticLocal() && !V->getType().isConstQualified() &&
      !V->isConstexpr())
    Facts.HasStaticLocals = true;
  if (!V->getInit())
    return;
  if (V->getType()->isReferenceType()) {
    if (!isa<DeclRefExpr>(stripConversions(V->getInit())))
      takeAddress(V->getInit());
    if (!V->getType()->getPointeeType().isConstQualified())
      forEachLeaf(V->getInit(), [&](const Expr *Leaf) {
        if (const VarDecl *Root = rootVariable(Leaf)) {
          Facts.Written.insert(Root);
          Facts.Aliased.insert(Root);
        }
      });
  }
  visit(V->getInit());
}

void FactGatherer::visitRangeFor(const CXXForRangeStmt *S) {
  visit(S->getInit());
  visit(S->getRangeInit());
  QualType T = S->getLoopVariable()->getType();
  if (T->isReferenceType() && !T->getPointeeType().isConstQualified())
    write(S->getRangeInit());
  visit(S->getBody());
}

/// The body is run where nobody sees that it is.
void FactGatherer::visitCaptures(const LambdaExpr *L) {
  for (const LambdaCapture &C : L->captures())
    if (C.capturesVariable() && C.getCaptureKind() == LCK_ByRef)
      if (const auto *V = dyn_cast<VarDecl>(C.getCapturedVar())) {
        Facts.Written.insert(V);
        Facts.AddressTaken.insert(V);
        Facts.Aliased.insert(V);
      }
}

void FactGatherer::visit(const Stmt *S) {
  if (!S)
    return;
  if (const auto *D = dyn_cast<DeclStmt>(S)) {
    for (const Decl *Each : D->decls())
      if (const auto *V = dyn_cast<VarDecl>(Each))
        visitDeclaration(V);
    return;
  }
  if (const auto *R = dyn_cast<CXXForRangeStmt>(S))
    return visitRangeFor(R);

  if (const auto *B = dyn_cast<BinaryOperator>(S)) {
    if (B->isAssignmentOp())
      write(B->getLHS());
  } else if (const auto *U = dyn_cast<UnaryOperator>(S)) {
    if (U->isIncrementDecrementOp())
      write(U->getSubExpr());
    else if (U->getOpcode() == UO_AddrOf) {
      takeAddress(U->getSubExpr());
      write(U->getSubExpr());
    }
  } else if (const auto *C = dyn_cast<CallExpr>(S)) {
    visitCall(C);
  } else if (const auto *S2 = dyn_cast<ArraySubscriptExpr>(S)) {
    // The decay of the array that is subscripted hands out no pointer.
    if (const auto *Decay = dyn_cast<CastExpr>(S2->getBase()->IgnoreParens());
        Decay && Decay->getCastKind() == CK_ArrayToPointerDecay) {
      visit(Decay->getSubExpr());
      return visit(S2->getIdx());
    }
  } else if (const auto *Cast = dyn_cast<CastExpr>(S)) {
    if (Cast->getCastKind() == CK_ArrayToPointerDecay)
      takeAddress(Cast->getSubExpr());
  } else if (isa<CXXNewExpr, CXXDeleteExpr, CXXThrowExpr, AsmStmt, LambdaExpr,
                 StmtExpr, CXXTryStmt, CXXConstructExpr, GotoStmt>(S)) {
    Facts.OtherEffects = true;
    if (const auto *L = dyn_cast<LambdaExpr>(S))
      visitCaptures(L);
  } else if (const auto *D = dyn_cast<CXXDefaultArgExpr>(S)) {
    return visit(D->getExpr());
  }
  for (const Stmt *Child : S->children())
    visit(Child);
}

BodyFacts retrograd::gatherFacts(ModuleLowering &M,
                                 llvm::ArrayRef<const Stmt *> Pieces) {
  BodyFacts Facts;
  FactGatherer Gatherer(M, Facts);
  for (const Stmt *Piece : Pieces)
    Gatherer.visit(Piece);
  return Facts;
}
