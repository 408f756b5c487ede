//===- LowerDecl.cpp - Local variables and their initialisers -------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A reference to a variable is another name for it; a reference to something
// computed becomes a pointer. Arrays are declared first and filled element by
// element.
//
//===----------------------------------------------------------------------===//

#include "LowerFunction.h"
#include "RecordTypes.h"

using namespace clang;
using namespace retrograd;

void FunctionLowering::declaration(const DeclStmt *S) {
  for (const Decl *D : S->decls()) {
    if (const auto *V = dyn_cast<VarDecl>(D))
      variableDeclaration(V);
    else if (const auto *T = dyn_cast<TypedefNameDecl>(D))
      evaluateExtents(T->getUnderlyingType());
  }
}

/// The extents of a variable-length array are those at its declaration.
void FunctionLowering::evaluateExtents(QualType T) {
  while (const ArrayType *A = AST.getAsArrayType(T)) {
    const auto *V = dyn_cast<VariableArrayType>(A);
    if (V && V->getSizeExpr() && !M.Extents.count(V->getSizeExpr()))
      M.Extents[V->getSizeExpr()] = keepValue(rvalue(V->getSizeExpr()));
    T = A->getElementType();
  }
}

const ir::Type *FunctionLowering::declaredType(const VarDecl *V) {
  evaluateExtents(V->getType());
  QualType T = V->getType();
  if (T.isVolatileQualified())
    error(V->getLocation(), "'volatile' variables are not supported",
          InactiveNote);
  const ir::Type *Ty = type(T, V->getLocation());
  rejectPointerToArray(Ty, V->getLocation());
  return Ty;
}

void FunctionLowering::variableDeclaration(const VarDecl *V) {
  if (Failed)
    return;
  if (V->hasExternalStorage())
    return error(V->getLocation(),
                 "'" + V->getNameAsString() +
                     "' is declared inside the function, where its derivative "
                     "cannot see it",
                 "declare it before the function");
  if (const auto *D = dyn_cast<DecompositionDecl>(V))
    return structuredBinding(D);
  bool Constant = V->getType().isConstQualified() || V->isConstexpr();
  if (V->isStaticLocal() && !(Constant && V->hasConstantInitialization()))
    return error(V->getLocation(),
                 "the static variable '" + V->getNameAsString() +
                     "' keeps a value between calls, which is not supported",
                 "make it 'static const' with a constant value, or pass it as "
                 "a parameter");
  if (const auto *Class =
          V->getType().getNonReferenceType()->getAsCXXRecordDecl();
      Class && Class->isLambda() && V->getInit()) {
    Closures[V] = closure(V->getInit());
    return;
  }
  if (V->getType()->isReferenceType())
    return reference(V);
  const ir::Type *Ty = declaredType(V);
  if (Failed)
    return;
  if (Ty->holdsRecord())
    return recordVariable(V, Ty);
  if (V->getType()->isRecordType() && M.carriesReal(V->getType()))
    return error(V->getLocation(),
                 "'" + V->getNameAsString() +
                     "' is an object that holds real numbers, and " +
                     whyNoRecord(V->getType()->getAsCXXRecordDecl(), AST) +
                     ", which is not supported yet",
                 "use separate variables or an array");
  if (Ty->isArray())
    return arrayVariable(V, Ty);

  ir::Variable *L = local(V, Ty);
  ir::Location Loc = M.location(V->getLocation());
  const Expr *Init = V->getInit();
  bool Allocated = false;
  if (Init && Ty->isPointer()) {
    const ir::Expr *Memory = allocation(Init, L, Allocated);
    if (Allocated && !Failed && Memory->Var != L)
      emit(Ctx.declare(L, Memory, Loc));
  }
  if (!Allocated) {
    bool Default =
        !Init ||
        (isa<CXXConstructExpr>(lookThrough(Init)) &&
         llvm::cast<CXXConstructExpr>(lookThrough(Init))->getNumArgs() == 0);
    const ir::Expr *Value = Default ? nullptr : rvalue(Init);
    emit(Ctx.declare(L, Value, Loc));
  }
  bind(V, Ctx.var(L, Loc));
}

//===----------------------------------------------------------------------===//
// References
//===----------------------------------------------------------------------===//

///   double &r = x;           r is x
///   double &r = a[i];   =>   double *r = &a[i];      r is *r
///   auto &r = m[i];     =>   int t = i;              r is m[t], if the rows
///                                                    have a variable extent
///   const double &r = x + 1; =>   const double r = x + 1;
void FunctionLowering::reference(const VarDecl *V) {
  const Expr *Init = lookThrough(V->getInit());
  ir::Location Loc = M.location(V->getLocation());
  QualType Referred = V->getType()->getPointeeType();
  if (const auto *T = dyn_cast<MaterializeTemporaryExpr>(Init)) {
    if (isRecordType(Referred)) {
      const ir::Expr *Object = freshRecord(T->getSubExpr(), V->getName());
      return Failed ? void() : bind(V, Object);
    }
    const ir::Expr *Value = rvalue(T->getSubExpr());
    ir::Variable *L = local(V, type(Referred, V->getLocation()));
    L->Const = Referred.isConstQualified();
    emit(Ctx.declare(L, Value, Loc));
    return bind(V, Ctx.var(L, Loc));
  }
  const ir::Expr *Location = lvalue(Init);
  if (Failed)
    return;
  if (isFixedLocation(Location) || !Location->isLValue())
    return bind(V, Location);
  if (Location->Ty->hasVariableExtent())
    return bind(V, keepLocation(Location));

  escape(Location, Init, Referred.isConstQualified());
  const ir::Type *Ty = Ctx.pointerTo(Location->Ty, Referred.isConstQualified());
  ir::Variable *Pointer =
      F.addVariable(V->getName(), Ty, ir::VariableKind::Local, Loc);
  Fixed.insert(Pointer);
  Declarations[Pointer] = V;
  emit(Ctx.declare(Pointer, Ctx.addressOf(Location, Loc), Loc));
  bind(V, Ctx.deref(Ctx.var(Pointer, Loc), Loc));
}

void FunctionLowering::structuredBinding(const DecompositionDecl *D) {
  QualType T = D->getType().getNonReferenceType();
  if (isRecordType(T))
    return bindFields(D);
  if (!T->isConstantArrayType())
    return error(D->getLocation(),
                 "a structured binding of a class is not supported yet",
                 "use an array, or separate variables");
  const Expr *Init = lookThrough(D->getInit());
  if (const auto *Loop = dyn_cast<ArrayInitLoopExpr>(Init))
    Init = Loop->getCommonExpr()->getSourceExpr();
  ir::Location Loc = M.location(D->getLocation());
  const ir::Expr *Array = lvalue(Init);
  if (Failed)
    return;
  if (D->getType()->isReferenceType()) {
    Array = isFixedLocation(Array) ? Array : keepLocation(Array);
  } else {
    ir::Variable *Copy = temporary(type(T, D->getLocation()), Loc);
    emit(Ctx.declare(Copy, nullptr, Loc));
    copyArray(Ctx.var(Copy, Loc), Array, Loc);
    Array = Ctx.var(Copy, Loc);
  }
  long I = 0;
  for (const BindingDecl *B : D->bindings())
    bind(B, Ctx.index(Array, Ctx.intLiteral(I++), Loc));
}

//===----------------------------------------------------------------------===//
// Arrays
//===----------------------------------------------------------------------===//

static long extentOf(const ir::Type *Array) {
  return std::strtol(Array->Extent->Text.c_str(), nullptr, 10);
}

void FunctionLowering::copyArray(const ir::Expr *To, const ir::Expr *From,
                                 ir::Location Loc) {
  for (long I = 0, N = extentOf(To->Ty); I < N; ++I) {
    const ir::Expr *Target = Ctx.index(To, Ctx.intLiteral(I), Loc);
    const ir::Expr *Source = Ctx.index(From, Ctx.intLiteral(I), Loc);
    if (Target->Ty->isArray())
      copyArray(Target, Source, Loc);
    else
      emit(Ctx.assign(Target, Source, ir::AssignOp::Set, Loc));
  }
}

/// Every element is given.
static bool isComplete(const ASTContext &AST, const InitListExpr *List) {
  const auto *A = AST.getAsConstantArrayType(List->getType());
  if (!A || A->getSize() != List->getNumInits())
    return false;
  return llvm::all_of(List->inits(), [&](const Expr *E) {
    if (const auto *Nested = dyn_cast<InitListExpr>(E))
      return Nested->getType()->isArrayType() ? isComplete(AST, Nested)
                                              : Nested->getNumInits() != 0;
    return !isa<ImplicitValueInitExpr>(E);
  });
}

/// {}, {0} and {{0}, {0}}.
static bool isAllZero(const InitListExpr *List) {
  return llvm::all_of(List->inits(), [](const Expr *E) {
    if (const auto *Nested = dyn_cast<InitListExpr>(E))
      return isAllZero(Nested);
    E = E->IgnoreParenImpCasts();
    if (const auto *I = dyn_cast<IntegerLiteral>(E))
      return I->getValue() == 0;
    if (const auto *R = dyn_cast<FloatingLiteral>(E))
      return R->getValue().isPosZero();
    return isa<ImplicitValueInitExpr>(E);
  });
}

void FunctionLowering::initializeArray(const ir::Expr *Array,
                                       const InitListExpr *List, bool Zeroed) {
  for (unsigned I = 0; I < List->getNumInits(); ++I) {
    const Expr *Init = List->getInit(I);
    const ir::Expr *Element = Ctx.index(Array, Ctx.intLiteral(I), loc(Init));
    if (isa<ImplicitValueInitExpr>(Init) || Failed)
      continue;
    if (Element->Ty->isArray()) {
      if (const auto *Nested = dyn_cast<InitListExpr>(Init))
        initializeArray(Element, Nested, Zeroed);
      else
        reject(Init, "this initialiser of an array is not supported",
               "assign the elements one by one");
      continue;
    }
    const ir::Expr *Value = rvalue(Init);
    if (Failed || (Zeroed && Value->isLiteral(0)))
      continue;
    emit(Ctx.assign(Element, Value, ir::AssignOp::Set, loc(Init)));
  }
}

void FunctionLowering::characterArray(ir::Variable *Array,
                                      const StringLiteral *Text) {
  for (unsigned I = 0; I < Text->getLength(); ++I)
    emit(Ctx.assign(Ctx.index(Ctx.var(Array), Ctx.intLiteral(I)),
                    Ctx.intLiteral(Text->getCodeUnit(I)), ir::AssignOp::Set,
                    loc(Text)));
}

void FunctionLowering::arrayVariable(const VarDecl *V, const ir::Type *Ty) {
  ir::Location Loc = M.location(V->getLocation());
  ir::Variable *L = local(V, Ty);
  // The elements are assigned after the declaration.
  L->Const = false;
  bind(V, Ctx.var(L, Loc));
  ir::Stmt *Declare = Ctx.declare(L, nullptr, Loc);
  emit(Declare);
  const Expr *Init = V->getInit() ? lookThrough(V->getInit()) : nullptr;
  if (!Init)
    return;
  const auto *List = dyn_cast<InitListExpr>(Init);
  if (List && List->isStringLiteralInit())
    Init = lookThrough(List->getInit(0));
  if (const auto *Text = dyn_cast<StringLiteral>(Init)) {
    Declare->ZeroInit = true;
    return characterArray(L, Text);
  }
  if (isa<ImplicitValueInitExpr>(Init)) {
    Declare->ZeroInit = true;
    return;
  }
  if (!List) {
    error(V->getLocation(), "this initialiser of an array is not supported",
          "assign the elements one by one");
    return;
  }
  Declare->ZeroInit = !isComplete(AST, List) || isAllZero(List);
  if (!isAllZero(List))
    initializeArray(Ctx.var(L, Loc), List, Declare->ZeroInit);
}
