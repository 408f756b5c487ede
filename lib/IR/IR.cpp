//===- IR.cpp - Factories and queries of the IR ---------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Construction only; no rewriting hides in a factory, except that the address
// of a dereference and the dereference of an address fold away.
//
//===----------------------------------------------------------------------===//

#include "IR.h"
#include "llvm/ADT/STLExtras.h"
#include <cassert>
#include <cstdlib>

using namespace retrograd;
using namespace retrograd::ir;

//===----------------------------------------------------------------------===//
// Queries
//===----------------------------------------------------------------------===//

const Type *Type::scalar() const {
  const Type *T = this;
  while (T->Element)
    T = T->Element;
  return T;
}

bool Type::hasVariableExtent() const {
  for (const Type *Ty = this; Ty->isArray(); Ty = Ty->Element)
    if (!Ty->Extent->is(ExprKind::Literal))
      return true;
  return false;
}

/// Some scalar of the memory of that type is one that Is accepts.
static bool anyScalar(const Type *T,
                      llvm::function_ref<bool(const Type *)> Is) {
  while (T->isArray())
    T = T->Element;
  if (!T->isRecord())
    return Is(T);
  return llvm::any_of(T->Fields, [&](const RecordField &Field) {
    return anyScalar(Field.Ty, Is);
  });
}

bool Type::holdsRecord() const {
  const Type *T = this;
  while (T->isArray())
    T = T->Element;
  return T->isRecord();
}

bool Type::holdsPointer() const {
  return anyScalar(this, [](const Type *T) { return T->isPointer(); });
}

bool Type::holdsReal() const {
  return anyScalar(this, [](const Type *T) { return T->isReal(); });
}

bool Expr::isLValue() const {
  return Kind == ExprKind::Var || Kind == ExprKind::Index ||
         Kind == ExprKind::Deref || Kind == ExprKind::Field;
}

bool Expr::isConstLValue() const {
  if (Kind == ExprKind::Var)
    return Var->Const;
  if (!isLValue())
    return false;
  const Type *Base = Operands[0]->Ty;
  return Base->isPointer() ? Base->ConstElement : Operands[0]->isConstLValue();
}

bool Expr::isLiteral(double Value) const {
  if (Kind == ExprKind::Cast && Ty->isArithmetic())
    return Operands[0]->isLiteral(Value);
  if (Kind != ExprKind::Literal || !Ty->isArithmetic() || Ty->isBool())
    return false;
  // 1'000, but not '0'.
  std::string Digits = Text;
  if (Digits[0] != '\'')
    llvm::erase(Digits, '\'');
  if (long long Whole;
      Ty->isInteger() &&
      !llvm::StringRef(Digits).rtrim("uUlLzZ").getAsInteger(0, Whole))
    return static_cast<double>(Whole) == Value;
  char *End = nullptr;
  // 1e-4000L is not zero.
  long double Parsed = std::strtold(Digits.c_str(), &End);
  return End != Digits.c_str() && Parsed == Value;
}

unsigned ir::fieldNumber(const Expr &Field) {
  llvm::ArrayRef<RecordField> Fields = Field.op(0)->Ty->Fields;
  const auto *Found = llvm::find_if(
      Fields, [&](const RecordField &Each) { return Each.Name == Field.Text; });
  assert(Found != Fields.end() && "a record has the fields that are named");
  return static_cast<unsigned>(Found - Fields.begin());
}

//===----------------------------------------------------------------------===//
// Functions and types
//===----------------------------------------------------------------------===//

Variable *Function::addVariable(llvm::StringRef Name, const Type *Ty,
                                VariableKind Kind, Location Loc) {
  Variables.push_back({});
  Variable &V = Variables.back();
  V.Name = Name.str();
  V.Ty = Ty;
  V.Kind = Kind;
  V.Id = static_cast<unsigned>(Variables.size() - 1);
  V.Loc = Loc;
  return &V;
}

Context::Context() {
  Void = intern({TypeKind::Void, "void"});
  Bool = intern({TypeKind::Bool, "bool"});
  Int = intern({TypeKind::Integer, "int"});
}

const Type *Context::intern(Type T) {
  for (const Type &Known : Types)
    if (Known.Kind == T.Kind && Known.Spelling == T.Spelling &&
        Known.Element == T.Element && Known.ConstElement == T.ConstElement &&
        Known.Extent == T.Extent)
      return &Known;
  Types.push_back(std::move(T));
  return &Types.back();
}

const Type *Context::realType(int Precision) {
  static const char *const Spellings[] = {"_Float16", "float", "double",
                                          "long double"};
  Type T{TypeKind::Real, Spellings[Precision]};
  T.Precision = Precision;
  return intern(std::move(T));
}

const Type *Context::integerType(llvm::StringRef Spelling, bool Unsigned) {
  Type T{TypeKind::Integer, Spelling.str()};
  T.Unsigned = Unsigned;
  return intern(std::move(T));
}

const Type *Context::opaqueType(llvm::StringRef Spelling) {
  return intern({TypeKind::Opaque, Spelling.str()});
}

Type *Context::recordType(llvm::StringRef Spelling) {
  return const_cast<Type *>(intern({TypeKind::Record, Spelling.str()}));
}

const Type *Context::pointerTo(const Type *Element, bool ConstElement) {
  Type T{TypeKind::Pointer, ""};
  T.Element = Element;
  T.ConstElement = ConstElement;
  return intern(std::move(T));
}

const Type *Context::decayed(const Expr *E) {
  if (!E->Ty->isArray())
    return E->Ty;
  return pointerTo(E->Ty->Element, E->isConstLValue());
}

/// The type that pointers to T and F have in common, as [expr.type] says:
/// `double **` and `const double **` are both `const double *const *`.
const Type *Context::commonPointer(const Type *T, const Type *F) {
  if (T == F || !T->isPointer() || !F->isPointer())
    return T;
  const Type *Element = commonPointer(T->Element, F->Element);
  bool Const = T->ConstElement || F->ConstElement;
  Const |= Element != T->Element || Element != F->Element;
  return pointerTo(Element, Const);
}

const Type *Context::arrayOf(const Type *Element, const Expr *Extent) {
  if (Extent->is(ExprKind::Literal))
    Extent = intLiteral(std::strtol(Extent->Text.c_str(), nullptr, 0));
  Type T{TypeKind::Array, ""};
  T.Element = Element;
  T.Extent = Extent;
  return intern(std::move(T));
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

Expr *Context::make(ExprKind Kind, const Type *Ty, Location Loc) {
  assert(Ty && "an expression has a type");
  Exprs.push_back({Kind, Ty, Loc});
  return &Exprs.back();
}

const Expr *Context::literal(const Type *Ty, llvm::StringRef Text,
                             Location Loc) {
  Expr *E = make(ExprKind::Literal, Ty, Loc);
  E->Text = Text.str();
  return E;
}

const Expr *Context::intLiteral(long Value) {
  const Expr *&Cached = IntLiterals[Value];
  if (!Cached)
    Cached = literal(Int, std::to_string(Value));
  return Cached;
}

const Expr *Context::realLiteral(const Type *Ty, int Value, Location Loc) {
  static const char *const Suffixes[] = {"f", "f", "", "L"};
  const Type *In = Ty->Precision == 0 ? realType(1) : Ty;
  std::string Text = std::to_string(Value) + ".0" + Suffixes[In->Precision];
  return cast(literal(In, Text, Loc), Ty, /*Implicit=*/false, Loc);
}

const Expr *Context::var(Variable *V, Location Loc) {
  Expr *E = make(ExprKind::Var, V->Ty, Loc);
  E->Var = V;
  return E;
}

const Expr *Context::index(const Expr *Base, const Expr *I, Location Loc) {
  Expr *E = make(ExprKind::Index, Base->Ty->Element, Loc);
  E->Operands = {Base, I};
  return E;
}

const Expr *Context::deref(const Expr *Pointer, Location Loc) {
  if (Pointer->is(ExprKind::AddressOf))
    return Pointer->op(0);
  Expr *E = make(ExprKind::Deref, Pointer->Ty->Element, Loc);
  E->Operands = {Pointer};
  return E;
}

const Expr *Context::addressOf(const Expr *LValue, Location Loc) {
  if (LValue->is(ExprKind::Deref))
    return LValue->op(0);
  const Type *Ty = pointerTo(LValue->Ty, LValue->isConstLValue());
  Expr *E = make(ExprKind::AddressOf, Ty, Loc);
  E->Operands = {LValue};
  return E;
}

const Expr *Context::field(const Expr *Base, llvm::StringRef Name,
                           const Type *Ty, Location Loc) {
  Expr *E = make(ExprKind::Field, Ty, Loc);
  E->Text = Name.str();
  E->Operands = {Base};
  return E;
}

const Expr *Context::unary(llvm::StringRef Op, const Expr *Operand,
                           Location Loc) {
  Expr *E = make(ExprKind::Unary, Op == "!" ? Bool : Operand->Ty, Loc);
  E->Text = Op.str();
  E->Operands = {Operand};
  return E;
}

const Expr *Context::binary(llvm::StringRef Op, const Expr *L, const Expr *R,
                            const Type *Ty, Location Loc) {
  Expr *E = make(ExprKind::Binary, Ty, Loc);
  E->Text = Op.str();
  E->Operands = {L, R};
  return E;
}

const Expr *Context::conditional(const Expr *C, const Expr *T, const Expr *F,
                                 Location Loc) {
  // An int beside a real is converted, as in `x == 0 ? 0 : y / x`.
  const Type *Ty = F->Ty->isReal() && !T->Ty->isReal()
                       ? F->Ty
                       : commonPointer(decayed(T), decayed(F));
  Expr *E = make(ExprKind::Conditional, Ty, Loc);
  E->Operands = {C, T, F};
  return E;
}

const Expr *Context::cast(const Expr *Operand, const Type *Ty, bool Implicit,
                          Location Loc) {
  if (Operand->Ty == Ty)
    return Operand;
  Expr *E = make(ExprKind::Cast, Ty, Loc);
  E->Implicit = Implicit;
  E->Operands = {Operand};
  return E;
}

const Expr *Context::call(llvm::StringRef Callee,
                          std::vector<const Expr *> Args, const Type *Ty,
                          const retrograd::Rule *Rule, Location Loc) {
  Expr *E = make(ExprKind::Call, Ty, Loc);
  E->Text = Callee.str();
  E->Operands = std::move(Args);
  E->Rule = Rule;
  return E;
}

const Expr *Context::opaque(std::vector<std::string> Pieces,
                            std::vector<const Expr *> Operands, const Type *Ty,
                            Location Loc) {
  assert(Pieces.size() == Operands.size() + 1 && "text around each operand");
  Expr *E = make(ExprKind::Opaque, Ty, Loc);
  E->Pieces = std::move(Pieces);
  E->Operands = std::move(Operands);
  return E;
}

const Expr *Context::withOperands(const Expr *E,
                                  std::vector<const Expr *> Operands) {
  if (E->Operands == Operands)
    return E;
  Expr *Copy = make(E->Kind, E->Ty, E->Loc);
  *Copy = *E;
  Copy->Operands = std::move(Operands);
  return Copy;
}

//===----------------------------------------------------------------------===//
// Statements and functions
//===----------------------------------------------------------------------===//

Stmt *Context::stmt(StmtKind Kind, Location Loc) {
  Stmts.push_back({Kind, Loc});
  return &Stmts.back();
}

Stmt *Context::declare(Variable *V, const Expr *Init, Location Loc) {
  Stmt *S = stmt(StmtKind::Declare, Loc);
  S->Var = V;
  S->Value = Init;
  return S;
}

Stmt *Context::assign(const Expr *Target, const Expr *Value, AssignOp Op,
                      Location Loc) {
  Stmt *S = stmt(StmtKind::Assign, Loc);
  S->Target = Target;
  S->Value = Value;
  S->Op = Op;
  return S;
}

Function *Context::addFunction(llvm::StringRef Name) {
  Functions.emplace_back();
  Functions.back().Name = Name.str();
  Functions.back().QualifiedName = Name.str();
  return &Functions.back();
}

Variable *Context::addGlobal(llvm::StringRef QualifiedName, const Type *Ty,
                             Location Loc) {
  Globals.push_back({});
  Variable &V = Globals.back();
  V.Name = QualifiedName.str();
  V.Ty = Ty;
  V.Kind = VariableKind::Global;
  V.Id = static_cast<unsigned>(Globals.size() - 1);
  V.Loc = Loc;
  return &V;
}

//===----------------------------------------------------------------------===//
// Types as text
//===----------------------------------------------------------------------===//

std::string ir::printDeclarator(const Type *Ty, llvm::StringRef Name,
                                bool Reference, bool Const,
                                ExtentPrinter Extent) {
  // C++ declarators are written from the inside out: the name collects '*' on
  // its left and extents on its right until a scalar is reached.
  std::string Text = Name.str();
  if (Reference)
    Text = "&" + Text;
  bool Prefixed = Reference;
  bool ConstScalar = Const;
  for (; Ty->Element; Ty = Ty->Element) {
    if (Ty->isArray()) {
      if (Prefixed)
        Text = "(" + Text + ")";
      Text += "[" + (Extent ? Extent(Ty->Extent) : Ty->Extent->Text) + "]";
      Prefixed = false;
      continue;
    }
    // A const pointer carries its own const; a const pointee's const belongs
    // to what is written further left.
    Text = (ConstScalar ? "*const " : "*") + Text;
    ConstScalar = Ty->ConstElement;
    Prefixed = true;
  }
  std::string Base = (ConstScalar ? "const " : "") + Ty->Spelling;
  return Text.empty() ? Base : Base + " " + Text;
}

std::string ir::printType(const Type *Ty) { return printDeclarator(Ty, ""); }
