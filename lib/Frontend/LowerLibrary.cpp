//===- LowerLibrary.cpp - Calls of library functions ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Mathematical functions are pure and carry the rule they are differentiated
// by. The few that return a second value through a pointer are split into two
// functions of one result each.
//
//===----------------------------------------------------------------------===//

#include "LowerFunction.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;
using namespace retrograd;

/// Pure calls with the library's rule, if there is one.
const ir::Expr *
FunctionLowering::makePureCall(const CallExpr *E, const FunctionDecl *FD,
                               std::vector<const ir::Expr *> Args,
                               const ir::Type *Ty) {
  if (Failed)
    return poison();
  std::string Text = functionText(E->getCallee(), FD);
  if (!Ty->isReal())
    return Ctx.call(Text, std::move(Args), Ty, nullptr, loc(E));
  if (Args.empty())
    return opaqueText(Text + "()", Ty, E);

  const Rule *R = findRule(canonicalFunctionName(FD->getName()), Args.size());
  if (!R)
    return Ctx.call(Text, std::move(Args), Ty, nullptr, loc(E));
  for (size_t I = 0; I < Args.size(); ++I)
    if (!R->Partials[I].Zero)
      Args[I] = Ctx.cast(Args[I], Ty, /*Implicit=*/true, Args[I]->Loc);
  return Ctx.call(Text, std::move(Args), Ty, R, loc(E));
}

const ir::Expr *FunctionLowering::pureCall(const CallExpr *E,
                                           const FunctionDecl *FD) {
  std::vector<Operand> Operands;
  for (const Expr *Arg : E->arguments())
    Operands.push_back(operand([&] { return rvalue(Arg); }));
  std::vector<const ir::Expr *> Args = sequence(Operands);
  return makePureCall(E, FD, std::move(Args),
                      type(FD->getReturnType(), E->getExprLoc()));
}

/// std::max({a, b, c}) is max(max(a, b), c).
const ir::Expr *FunctionLowering::minMaxOfList(const CallExpr *E,
                                               const FunctionDecl *FD) {
  const Expr *Arg = E->getArg(0)->IgnoreImplicit();
  if (const auto *L = dyn_cast<CXXStdInitializerListExpr>(Arg))
    Arg = L->getSubExpr()->IgnoreImplicit();
  const auto *List = dyn_cast<InitListExpr>(Arg);
  if (!List || List->getNumInits() == 0)
    return reject(E, "this use of 'std::initializer_list' is not supported",
                  "write the elements in the call");
  std::vector<Operand> Operands;
  for (const Expr *Element : List->inits())
    Operands.push_back(operand([&] { return rvalue(Element); }));
  std::vector<const ir::Expr *> Values = sequence(Operands);
  const ir::Type *Ty = type(FD->getReturnType(), E->getExprLoc());
  const ir::Expr *Result = Values[0];
  for (size_t I = 1; I < Values.size(); ++I)
    Result = makePureCall(E, FD, {Result, Values[I]}, Ty);
  return Result;
}

//===----------------------------------------------------------------------===//
// Functions with two results
//===----------------------------------------------------------------------===//

/// What an argument that must be a pointer points to.
const ir::Expr *FunctionLowering::pointee(const Expr *Pointer) {
  const Expr *Plain = lookThrough(Pointer);
  if (const auto *U = dyn_cast<UnaryOperator>(Plain);
      U && U->getOpcode() == UO_AddrOf)
    return lvalue(U->getSubExpr());
  const ir::Expr *Value = subscriptBase(Plain);
  return Failed ? poison() : dereference(Value, loc(Pointer));
}

///   m = frexp(x, &e)   =>   e = frexp_exponent(x); m = frexp_mantissa(x);
const ir::Expr *FunctionLowering::splitCall(const CallExpr *E,
                                            llvm::StringRef Name) {
  std::vector<Operand> Operands;
  Operands.push_back(operand([&] { return rvalue(E->getArg(0)); }));
  for (unsigned I = 1; I < E->getNumArgs(); ++I)
    Operands.push_back(
        operand([&] { return pointee(E->getArg(I)); }, /*IsLocation=*/true));
  std::vector<const ir::Expr *> Values = sequence(Operands);
  if (Failed)
    return poison();
  const ir::Expr *X = keepValue(Values[0]);
  const ir::Type *Ty = X->Ty;
  auto Math = [&](const char *Function) {
    const Rule *R = findRule(Function, 1);
    return Ctx.call(R ? R->Spelling : Function, {X}, Ty, R, loc(E));
  };
  if (Name == "frexp") {
    const ir::Expr *Exponent = Ctx.call("retrograd::frexp_exponent", {X},
                                        Ctx.intType(), nullptr, loc(E));
    store(Values[1], Exponent, ir::AssignOp::Set, E);
    return Math("frexp_mantissa");
  }
  if (Name == "modf") {
    store(Values[1], Math("trunc"), ir::AssignOp::Set, E);
    return Math("modf_fraction");
  }
  store(Values[1], Math("sin"), ir::AssignOp::Set, E);
  store(Values[2], Math("cos"), ir::AssignOp::Set, E);
  return poison();
}

//===----------------------------------------------------------------------===//
// Dispatch
//===----------------------------------------------------------------------===//

namespace {
/// Functions of libraries that are no functions of numbers.
enum class Special {
  None,
  Same,
  Address,
  Swap,
  Split,
  NoRule,
  Bits,
  Copy,
  Move,
  Fill,
  Free,
  Allocate,
  Reallocate,
  MinMax,
  False,
};
} // namespace

static Special classify(llvm::StringRef Name, unsigned Arguments) {
  using enum Special;
  return llvm::StringSwitch<Special>(Name)
      .Cases({"forward", "as_const"}, Same)
      .Case("move", Arguments == 1 ? Same : None)
      .Cases({"expect", "__builtin_expect"}, Same)
      .Case("addressof", Address)
      .Case("swap", Swap)
      .Cases({"frexp", "modf", "sincos"}, Split)
      .Case("remquo", NoRule)
      .Case("bit_cast", Bits)
      .Case("memcpy", Copy)
      .Case("memmove", Move)
      .Case("memset", Fill)
      .Case("free", Free)
      .Cases({"malloc", "calloc"}, Allocate)
      .Case("realloc", Reallocate)
      .Cases({"min", "max"}, Arguments == 1 ? MinMax : None)
      .Cases({"is_constant_evaluated", "__builtin_is_constant_evaluated"},
             False)
      .Default(None);
}

const ir::Expr *FunctionLowering::specialCall(const CallExpr *E,
                                              const FunctionDecl *FD,
                                              bool &Handled) {
  using enum Special;
  std::string Name = canonicalFunctionName(FD->getName());
  Special Kind = classify(Name, E->getNumArgs());
  Handled = Kind != None;
  switch (Kind) {
  case None:
    break;
  case Same:
    return rvalue(E->getArg(0));
  case Address:
    return addressOf(lvalue(E->getArg(0)), E);
  case Swap:
    return swapCall(E);
  case Split:
    return splitCall(E, Name);
  case NoRule:
    return reject(E, "the derivative of 'remquo' is not supported",
                  "use 'remainder'");
  case Bits:
    return reject(E, "looking at a value as another type is not supported",
                  InactiveNote);
  case Copy:
    return copyMemory(E);
  case Move:
    return reject(E, "'memmove' of real numbers is not supported",
                  "copy the elements in a loop");
  case Fill:
    return fillMemory(E);
  case Free:
    release(E->getArg(0), ir::AllocationKind::Malloc, E);
    return poison();
  case Allocate:
    return reject(E, "'" + Name + "' is not supported here",
                  "convert the result of 'malloc' or 'calloc' to its type at "
                  "once");
  case Reallocate:
    return reject(E, "'realloc' is not supported",
                  "allocate the new memory, copy the elements in a loop and "
                  "free the old memory");
  case MinMax:
    return minMaxOfList(E, FD);
  case False:
    return Ctx.literal(Ctx.boolType(), "false", loc(E));
  }
  return poison();
}
