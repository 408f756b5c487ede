//===- LowerOpaque.cpp - What is kept as text -----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Objects of class type and output are nothing that derivatives flow through;
// they are printed back as they were. The numbers and pointers inside such text
// are lowered all the same and become its operands, so that the emitter can
// rename variables. Text that could write to a variable of the IR is refused.
//
//===----------------------------------------------------------------------===//

#include "LowerFunction.h"
#include "RecordTypes.h"
#include "clang/AST/PrettyPrinter.h"

using namespace clang;
using namespace retrograd;

//===----------------------------------------------------------------------===//
// Printing with operands
//===----------------------------------------------------------------------===//

namespace retrograd {

/// Replaces what the IR can express by marks: \1 index \2.
class OpaquePrinter : public PrinterHelper {
public:
  OpaquePrinter(FunctionLowering &L, const Stmt *Top, bool IsValue)
      : L(L), Top(Top), IsValue(IsValue) {}

  bool handledStmt(Stmt *S, llvm::raw_ostream &OS) override;
  std::vector<FunctionLowering::Operand> Operands;

private:
  void operand(const Expr *E, llvm::raw_ostream &OS);
  bool callOnce(const CallExpr *E, llvm::raw_ostream &OS);
  bool reference(const DeclRefExpr *E, llvm::raw_ostream &OS);

  FunctionLowering &L;
  const Stmt *Top;
  /// A value may be computed again, an effect happens once.
  bool IsValue;
};

} // namespace retrograd

void OpaquePrinter::operand(const Expr *E, llvm::raw_ostream &OS) {
  QualType T = E->getType();
  bool Writable =
      (E->isGLValue() && !T.isConstQualified() && !T->isRecordType()) ||
      (T->isPointerType() && !T->getPointeeType().isConstQualified() &&
       !T->getPointeeType()->isRecordType() && !L.AllowUntyped);
  if (Writable) {
    L.reject(E, "a variable could be written here without being seen",
             "use a plain function or an assignment");
    return;
  }
  OS << '\1' << Operands.size() << '\2';
  Operands.push_back(L.operand([&] { return L.rvalue(E); }));
}

bool OpaquePrinter::reference(const DeclRefExpr *E, llvm::raw_ostream &OS) {
  const ValueDecl *D = E->getDecl();
  if (L.Bindings.count(D)) {
    operand(E, OS);
    return true;
  }
  if (const auto *FD = dyn_cast<FunctionDecl>(D)) {
    if (!FD->getIdentifier())
      return false;
    OS << L.functionText(E, FD);
    return true;
  }
  if (isPrivate(D))
    L.named(E);
  OS << L.M.qualifiedName(D);
  return true;
}

/// operator[] or at() of a container that has them for const objects, too.
/// (That of a map inserts what it does not find.)
static bool isAccessor(const CXXMethodDecl *Method) {
  if (!Method->getParent()->isInStdNamespace() ||
      (Method->getOverloadedOperator() != OO_Subscript &&
       !(Method->getIdentifier() && Method->getName() == "at")))
    return false;
  return llvm::any_of(Method->getParent()->lookup(Method->getDeclName()),
                      [](const NamedDecl *D) {
                        const auto *Other = dyn_cast<CXXMethodDecl>(D);
                        return Other && Other->isConst();
                      });
}

static bool mayChangeObject(const CallExpr *E) {
  const auto *FD = dyn_cast_or_null<FunctionDecl>(E->getCalleeDecl());
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(FD);
  bool Reads = FD && llvm::all_of(FD->parameters(), [](const ParmVarDecl *P) {
                 QualType PT = P->getType();
                 return !PT->isReferenceType() ||
                        PT->getPointeeType().isConstQualified();
               });
  return !Reads || (Method && !Method->isConst() && !Method->isStatic() &&
                    !isAccessor(Method));
}

/// A function that is no member may do something each time: its number becomes
/// an operand, which is computed once; its object has no name to be kept by.
bool OpaquePrinter::callOnce(const CallExpr *E, llvm::raw_ostream &OS) {
  const FunctionDecl *FD = E->getDirectCallee();
  if (!FD || isa<CXXMemberCallExpr, CXXOperatorCallExpr>(E))
    return false;
  QualType T = E->getType();
  if (T->isRecordType()) {
    // What a library computes from arguments depends on nothing else.
    if (L.M.isLibrary(FD) && E->getNumArgs() != 0)
      return false;
    L.reject(E,
             "using the object that '" + FD->getNameAsString() +
                 "' returns is not supported yet",
             "return a number, or write results through parameters");
    return true;
  }
  if (T->isVoidType() || L.M.isPure(FD))
    return false;
  operand(E, OS);
  return true;
}

bool OpaquePrinter::handledStmt(Stmt *S, llvm::raw_ostream &OS) {
  const auto *E = dyn_cast<Expr>(S);
  if (!E || L.Failed)
    return L.Failed;
  if (isa<LambdaExpr, StmtExpr, CXXThisExpr>(E)) {
    L.rvalue(E);
    return true;
  }
  if (const auto *P = dyn_cast<PredefinedExpr>(lookThrough(E))) {
    P->getFunctionName()->outputString(OS);
    return true;
  }
  if (isa<IntegerLiteral, FloatingLiteral, CharacterLiteral>(E)) {
    OS << L.literal(E)->Text;
    return true;
  }
  if (S != Top && L.isRecordType(E->getType())) {
    if (E->isGLValue() && !E->getType().isConstQualified())
      L.reject(E, "an object could be written here without being seen",
               "pass its fields, or pass it by reference to const");
    else
      operand(E, OS);
    return true;
  }
  const Expr *Operation = E;
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E))
    Operation = Rewritten->getDecomposedForm().InnerBinOp;
  if (const auto *Call = dyn_cast<CallExpr>(Operation); Call && IsValue) {
    if (mayChangeObject(Call)) {
      L.reject(E,
               "the value of a call that may change an object is not supported",
               InactiveNote);
      return true;
    }
    if (callOnce(Call, OS))
      return true;
  }
  if (S == Top)
    return false;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return reference(Ref, OS);
  QualType T = E->getType();
  bool Plain = T->isArithmeticType() || T->isEnumeralType() ||
               (T->isPointerType() && !T->getPointeeType()->isFunctionType());
  if (!Plain || !L.mentionsLocals(E))
    return false;
  operand(E, OS);
  return true;
}

bool FunctionLowering::mentionsLocals(const Stmt *S) const {
  if (!S)
    return false;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    return Bindings.count(Ref->getDecl());
  return llvm::any_of(S->children(),
                      [&](const Stmt *Child) { return mentionsLocals(Child); });
}

const ir::Expr *FunctionLowering::opaqueText(const std::string &Text,
                                             const ir::Type *Ty,
                                             const Stmt *S) {
  return Ctx.opaque({Text}, {}, Ty, loc(S));
}

const ir::Expr *FunctionLowering::opaque(const Expr *E, const ir::Type *Ty) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OpaquePrinter Helper(*this, E, !Ty->isVoid());
  E->printPretty(OS, &Helper, M.Policy, /*Indentation=*/0, "\n", &AST);
  if (Failed)
    return poison();
  std::vector<const ir::Expr *> Values = sequence(Helper.Operands);

  std::vector<std::string> Pieces = {""};
  std::vector<const ir::Expr *> Operands;
  for (size_t I = 0; I < Text.size(); ++I) {
    if (Text[I] != '\1') {
      Pieces.back() += Text[I];
      continue;
    }
    size_t End = Text.find('\2', I);
    Operands.push_back(Values[std::stoul(Text.substr(I + 1, End - I - 1))]);
    Pieces.emplace_back();
    I = End;
  }
  return Ctx.opaque(std::move(Pieces), std::move(Operands), Ty, loc(E));
}

void FunctionLowering::opaqueEffect(const Expr *E) {
  ir::Stmt *S = Ctx.stmt(ir::StmtKind::Opaque, loc(E));
  S->Value = opaque(E, Ctx.voidType());
  if (!Failed)
    emit(S);
}

//===----------------------------------------------------------------------===//
// Objects
//===----------------------------------------------------------------------===//

/// What is between Open and Close, one operand each.
const ir::Expr *FunctionLowering::enclosed(std::string Open,
                                           llvm::ArrayRef<const Expr *> Values,
                                           const char *Close,
                                           const ir::Type *Ty, const Expr *E) {
  std::vector<std::string> Pieces = {std::move(Open)};
  std::vector<const ir::Expr *> Operands;
  for (const Expr *Value : Values) {
    if (!Operands.empty())
      Pieces.back() += ", ";
    Operands.push_back(rvalue(Value));
    Pieces.emplace_back();
  }
  Pieces.back() += Close;
  if (Failed)
    return poison();
  return Ctx.opaque(std::move(Pieces), std::move(Operands), Ty, loc(E));
}

/// T(arguments), with the type's name where the source had none.
const ir::Expr *FunctionLowering::constructed(const CXXConstructExpr *E,
                                              const ir::Type *Ty) {
  if (isa<CXXTemporaryObjectExpr>(E))
    return opaque(E, Ty);
  llvm::SmallVector<const Expr *> Args(E->arguments());
  while (!Args.empty() && isa<CXXDefaultArgExpr>(Args.back()))
    Args.pop_back();
  return enclosed(M.typeName(E->getType()) + "(", Args, ")", Ty, E);
}

/// T{values}, with the type's name where the source had none.
const ir::Expr *FunctionLowering::braced(const Expr *E,
                                         const InitListExpr *List,
                                         const ir::Type *Ty) {
  llvm::SmallVector<const Expr *> Values(List->inits());
  while (!Values.empty() &&
         isa<ImplicitValueInitExpr, CXXDefaultInitExpr>(Values.back()))
    Values.pop_back();
  return enclosed(M.typeName(E->getType()) + "{", Values, "}", Ty, E);
}

const ir::Expr *FunctionLowering::classValue(const Expr *E) {
  E = lookThrough(E);
  if (Failed)
    return poison();
  if (isRecordType(E->getType()))
    return recordValue(E);
  if (M.carriesReal(E->getType()))
    return reject(
        E,
        "an object of class '" + M.typeName(E->getType()) +
            "', which holds real numbers, is not supported yet, since " +
            whyNoRecord(E->getType()->getAsCXXRecordDecl(), AST),
        "use separate variables or an array");
  if (const auto *C = dyn_cast<CastExpr>(E))
    return rvalue(C->getSubExpr());
  if (isa<DeclRefExpr, MemberExpr, ArraySubscriptExpr>(E))
    return lvalue(E);
  const ir::Type *Ty = type(E->getType(), E->getExprLoc());
  if (const auto *C = dyn_cast<CXXConstructExpr>(E)) {
    if (C->getConstructor()->isCopyOrMoveConstructor())
      return rvalue(C->getArg(0));
    return constructed(C, Ty);
  }
  const Expr *Listed = E;
  if (const auto *L = dyn_cast<CXXStdInitializerListExpr>(E))
    Listed = L->getSubExpr()->IgnoreImplicit();
  const auto *List = dyn_cast<InitListExpr>(Listed);
  return List && !E->getType()->isUnionType() ? braced(E, List, Ty)
                                              : opaque(E, Ty);
}

/// A member function or operator of a class, used for its value.
const ir::Expr *FunctionLowering::classCall(const CallExpr *E) {
  QualType T = E->getType();
  if (M.carriesReal(T))
    return reject(E,
                  "a member function or operator that returns real numbers "
                  "is not supported yet",
                  "pass the numbers as parameters");
  return opaque(E, type(T, E->getExprLoc()));
}
