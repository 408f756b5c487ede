//===- LowerRecords.cpp - Objects that hold real numbers ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The value of an object is the values of its fields: initialisers and copies
// are written out field by field, arrays in loops.
//
//   Body b = {m, {x, y}};      =>      Body b; b.mass = m; b.at[0] = x; ...
//   a = b;                     =>      a.mass = b.mass;
//                                      for (i = 0; i < 2; ++i)
//                                        a.at[i] = b.at[i];
//
// The value of an expression of such a type is an lvalue that holds it.
//
//===----------------------------------------------------------------------===//

#include "../IR/Records.h"
#include "LowerFunction.h"
#include "RecordTypes.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace retrograd;

bool FunctionLowering::isRecordType(QualType T) const {
  return isRecord(T.getNonReferenceType(), AST);
}

void FunctionLowering::copyRecord(const ir::Expr *To, const ir::Expr *From,
                                  ir::Location Loc) {
  rejectOwner(To->Ty, SourceLocation::getFromRawEncoding(Loc));
  if (!Failed)
    ir::copyScalars(Ctx, F, To, From, *Current, Loc);
}

/// A class without reals.
const ir::Expr *FunctionLowering::opaqueZero(const ir::Type *Ty) {
  return Ctx.opaque({Ty->Spelling + "{}"}, {}, Ty);
}

/// The elements and fields that no initialiser is given for.
void FunctionLowering::clearRecord(const ir::Expr *Place, ir::Location Loc) {
  auto Clear = [&](llvm::ArrayRef<const ir::Expr *> Places, ir::Block &Out) {
    const ir::Type *Ty = Places[0]->Ty;
    const ir::Expr *Zero = Ty->isReal()      ? Ctx.realLiteral(Ty, 0, Loc)
                           : Ty->isBool()    ? Ctx.literal(Ty, "false", Loc)
                           : Ty->isPointer() ? Ctx.literal(Ty, "nullptr", Loc)
                           : Ty->isInteger()
                               ? Ctx.cast(Ctx.intLiteral(0), Ty, false, Loc)
                               : opaqueZero(Ty);
    Out.push_back(Ctx.assign(Places[0], Zero, ir::AssignOp::Set, Loc));
  };
  rejectOwner(Place->Ty, SourceLocation::getFromRawEncoding(Loc));
  if (!Failed)
    ir::forEachScalar(Ctx, F, {Place}, *Current, Clear);
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// What an expression of class type copies, or is a temporary of.
static const Expr *copiedObject(const Expr *E) {
  while (true) {
    E = lookThrough(E);
    if (const auto *T = dyn_cast<MaterializeTemporaryExpr>(E)) {
      E = T->getSubExpr();
    } else if (const auto *C = dyn_cast<CXXConstructExpr>(E);
               C && C->getConstructor()->isCopyOrMoveConstructor() &&
               C->getConstructor()->isTrivial()) {
      E = C->getArg(0);
    } else if (const auto *Cast = dyn_cast<CastExpr>(E);
               Cast && (Cast->getCastKind() == CK_NoOp ||
                        Cast->getCastKind() == CK_LValueToRValue ||
                        Cast->getCastKind() == CK_ConstructorConversion)) {
      E = Cast->getSubExpr();
    } else {
      return E;
    }
  }
}

/// An lvalue that holds the value, be it that of a variable.
const ir::Expr *FunctionLowering::recordValue(const Expr *E) {
  E = copiedObject(E);
  return E->isGLValue() ? lvalue(E) : freshRecord(E);
}

/// A new object that nothing else names. Name: of the variable that it is, if
/// it is one.
const ir::Expr *FunctionLowering::freshRecord(const Expr *E,
                                              llvm::StringRef Name) {
  const Expr *Source = copiedObject(E);
  if (const auto *Call = dyn_cast<CallExpr>(Source);
      Call && Call->isPRValue()) {
    const ir::Expr *Value = call(Call, /*Discarded=*/false);
    if (Failed || !Value->is(ir::ExprKind::Var) || !Value->Ty->isRecord())
      return Failed ? poison() : Value;
    if (Name != "t") {
      Value->Var->Name = Name.str();
      Value->Var->Generated = false;
    }
    return Value;
  }
  const ir::Type *Ty = type(E->getType(), E->getExprLoc());
  if (rejectOwner(Ty, E->getExprLoc()))
    return poison();
  ir::Variable *T = temporary(Ty, loc(E), Name);
  T->Generated = Name == "t";
  emit(Ctx.declare(T, nullptr, loc(E)));
  const ir::Expr *Place = Ctx.var(T, loc(E));
  initialize(Place, E);
  return Place;
}

//===----------------------------------------------------------------------===//
// Initialisers
//===----------------------------------------------------------------------===//

void FunctionLowering::initializeElements(const ir::Expr *Array,
                                          const InitListExpr *List) {
  long Extent = std::strtol(Array->Ty->Extent->Text.c_str(), nullptr, 10);
  for (long I = 0; I < Extent && !Failed; ++I) {
    const Expr *Init = I < long(List->getNumInits()) ? List->getInit(I)
                                                     : List->getArrayFiller();
    const ir::Expr *Element = Ctx.index(Array, Ctx.intLiteral(I), loc(List));
    if (Init)
      initialize(Element, Init);
    else
      clearRecord(Element, loc(List));
  }
}

void FunctionLowering::initializeFields(const ir::Expr *Record,
                                        const InitListExpr *List) {
  llvm::SaveAndRestore Object(This, Record);
  for (auto [I, Field] : llvm::enumerate(Record->Ty->Fields)) {
    const Expr *Init = I < List->getNumInits() ? List->getInit(I) : nullptr;
    const ir::Expr *Place = Ctx.field(Record, Field.Name, Field.Ty, loc(List));
    if (Init)
      initialize(Place, Init);
    else
      clearRecord(Place, loc(List));
  }
}

/// The object is made by a constructor.
void FunctionLowering::construct(const ir::Expr *Place,
                                 const CXXConstructExpr *E) {
  const CXXConstructorDecl *Constructor = E->getConstructor();
  if (E->requiresZeroInitialization())
    clearRecord(Place, loc(E));
  if (Constructor->isTrivial())
    return;
  if (Place->Ty->isArray()) {
    elementLoop(Place->Ty->Extent, E, [&](const ir::Expr *I) {
      construct(Ctx.index(Place, I, loc(E)), E);
    });
    return;
  }
  inlineConstructor(Place, E);
}

/// Gives the memory at Place its first value.
void FunctionLowering::initialize(const ir::Expr *Place, const Expr *Init) {
  if (Failed)
    return;
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(Init))
    return initialize(Place, Default->getExpr());
  Init = lookThrough(Init);
  if (isa<ImplicitValueInitExpr>(Init))
    return clearRecord(Place, loc(Init));
  if (!Place->Ty->isAggregate()) {
    const ir::Expr *Value = rvalue(Init);
    if (!Failed)
      emit(Ctx.assign(Place, Value, ir::AssignOp::Set, loc(Init)));
    return;
  }
  const Expr *Source = copiedObject(Init);
  if (Place->Ty->isRecord() && Source->isGLValue()) {
    const ir::Expr *From = lvalue(Source);
    return copyRecord(Place, Failed ? From : keepLocation(From), loc(Init));
  }
  if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(Source))
    return initialize(Place, Cast->getSubExpr());
  if (const auto *List = dyn_cast<InitListExpr>(Source)) {
    if (List->isTransparent())
      return initialize(Place, List->getInit(0));
    if (Place->Ty->isRecord())
      return initializeFields(Place, List);
    if (!List->isStringLiteralInit())
      return initializeElements(Place, List);
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Source))
    return construct(Place, Construct);
  if (const auto *Call = dyn_cast<CallExpr>(Source)) {
    const ir::Expr *Value = call(Call, /*Discarded=*/false);
    return Failed ? void() : copyRecord(Place, Value, loc(Init));
  }
  if (const auto *C = dyn_cast<ConditionalOperator>(Source)) {
    ir::Stmt *If = Ctx.stmt(ir::StmtKind::If, loc(C));
    If->Value = rvalue(C->getCond());
    If->Body = within([&] { initialize(Place, C->getTrueExpr()); });
    If->Else = within([&] { initialize(Place, C->getFalseExpr()); });
    return emit(If);
  }
  if (const auto *B = dyn_cast<BinaryOperator>(Source);
      B && B->getOpcode() == BO_Comma) {
    effect(B->getLHS());
    return initialize(Place, B->getRHS());
  }
  reject(Init, "this initialiser of an object or array is not supported",
         "assign the fields or elements one by one");
}

//===----------------------------------------------------------------------===//
// Variables and assignments
//===----------------------------------------------------------------------===//

/// {} of a class without initialisers of its own.
static bool isPlainZero(const Expr *Init) {
  if (isa<ImplicitValueInitExpr>(Init))
    return true;
  const auto *List = dyn_cast<InitListExpr>(lookThrough(Init));
  return List && llvm::all_of(List->inits(), isPlainZero) &&
         (!List->hasArrayFiller() || isPlainZero(List->getArrayFiller()));
}

void FunctionLowering::recordVariable(const VarDecl *V, const ir::Type *Ty) {
  ir::Location Loc = M.location(V->getLocation());
  const Expr *Init = V->getInit();
  if (rejectOwner(Ty, V->getLocation()))
    return;
  if (Init && isa<CallExpr>(copiedObject(Init)) && Ty->isRecord()) {
    const ir::Expr *Value = freshRecord(Init, V->getName());
    if (Failed)
      return;
    Value->Var->AddressTaken = Facts.AddressTaken.contains(V);
    if (Facts.Written.contains(V) || Value->Var->AddressTaken)
      Fixed.erase(Value->Var);
    Declarations[Value->Var] = V;
    return bind(V, Value);
  }
  ir::Variable *L = local(V, Ty);
  L->Const = false; // the fields are assigned after the declaration
  bind(V, Ctx.var(L, Loc));
  ir::Stmt *Declare = Ctx.declare(L, nullptr, Loc);
  emit(Declare);
  if (!Init)
    return;
  if (isPlainZero(Init))
    Declare->ZeroInit = true;
  else
    initialize(Ctx.var(L, Loc), Init);
}

/// a = b, as a whole. The value of the assignment is a.
const ir::Expr *FunctionLowering::recordAssignment(const Expr *To,
                                                   const Expr *From,
                                                   const Expr *E) {
  Operand Operands[] = {
      operand([&] { return recordValue(From); }, /*IsLocation=*/true),
      operand([&] { return lvalue(To); }, /*IsLocation=*/true)};
  std::vector<const ir::Expr *> Places = sequence(Operands);
  if (Failed)
    return poison();
  checkWritable(Places[1], E);
  if (Failed)
    return poison();
  // The first field that is copied may be part of where the others are.
  const ir::Expr *Source = keepLocation(Places[0]);
  const ir::Expr *Target = keepLocation(Places[1]);
  copyRecord(Target, Source, loc(E));
  return Target;
}

/// auto [x, y] = v;
void FunctionLowering::bindFields(const DecompositionDecl *D) {
  ir::Location Loc = M.location(D->getLocation());
  const ir::Expr *Record = nullptr;
  if (D->getType()->isReferenceType()) {
    Record = lvalue(D->getInit());
    if (!Failed && !isFixedLocation(Record))
      Record = keepLocation(Record);
  } else {
    ir::Variable *Copy = temporary(type(D->getType(), D->getLocation()), Loc);
    emit(Ctx.declare(Copy, nullptr, Loc));
    Record = Ctx.var(Copy, Loc);
    initialize(Record, D->getInit());
  }
  if (Failed)
    return;
  const auto *Class = D->getType().getNonReferenceType()->getAsCXXRecordDecl();
  if (auto C = asContainer(Class)) {
    for (auto [I, B] : llvm::enumerate(D->bindings()))
      bind(B, Ctx.index(elements(Record, false),
                        Ctx.intLiteral(static_cast<long>(I)), Loc));
    return;
  }
  if (Class->getNumBases() != 0)
    return error(D->getLocation(),
                 "a structured binding of a class with base classes is not "
                 "supported",
                 "name the fields themselves");
  auto Field = Class->field_begin();
  for (const BindingDecl *B : D->bindings()) {
    if (B->getHoldingVar())
      return error(D->getLocation(),
                   "a structured binding by way of 'get' is not supported",
                   "name the fields themselves");
    bind(B, Ctx.field(Record, Field->getName(),
                      type(Field->getType(), D->getLocation()), Loc));
    ++Field;
  }
}
