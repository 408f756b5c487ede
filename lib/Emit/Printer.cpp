//===- Printer.cpp - The IR as C++ text -----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Statements are printed one a line with two spaces of indentation.
//
//===----------------------------------------------------------------------===//

#include "Printer.h"
#include "../IR/Walk.h"
#include "ExprPrinter.h"
#include "Namer.h"
#include "llvm/ADT/DenseSet.h"

using namespace retrograd;
using namespace retrograd::ir;

namespace {

class FunctionPrinter {
public:
  explicit FunctionPrinter(const Function &F)
      : F(F), Names(F), Exprs(&Names), OS(Text) {
    forEachStmt(F.Body, [&](const Stmt &S) {
      forEachExpr(S, [&](const Expr &E) { Used.insert(E.Var); });
      UsesTape |= recordsOnTape(S);
    });
  }

  std::string signature();
  std::string print();

private:
  void printBlock(const Block &B);
  void printStmt(const Stmt &S);
  void printDeclare(const Stmt &S);
  void printAssign(const Stmt &S);
  void printCall(const Stmt &S);
  void printIf(const Stmt &S);
  void printFor(const Stmt &S);
  void printWhile(const Stmt &S);
  void printAllocate(const Stmt &S);
  void printFree(const Stmt &S);
  void printRecord(const Stmt &S);
  void printPop(const Stmt &S);
  void printCheckpoint(const Stmt &S);
  void printReturn();

  /// Starts a line.
  llvm::raw_ostream &line() { return OS.indent(Indent); }
  std::string expr(const Expr *E) const { return Exprs.print(E); }
  std::string declarator(const Variable *V) {
    return printDeclarator(V->Ty, Names.name(V), /*Reference=*/false, V->Const,
                           [&](const Expr *E) { return expr(E); });
  }
  std::string parameter(const Variable *P) {
    bool Restrict = P->Unaliased && P->Ty->isPointer();
    llvm::StringRef Prefix = P->RValue ? "&" : Restrict ? "__restrict " : "";
    return printDeclarator(P->Ty, Prefix.str() + Names.name(P), P->Reference,
                           P->Const, [&](const Expr *E) { return expr(E); });
  }
  std::string tape() const { return Names.tapeName(); }

  const Function &F;
  llvm::DenseSet<const Variable *> Used;
  bool UsesTape = false;
  Namer Names;
  ExprPrinter Exprs;
  std::string Text;
  llvm::raw_string_ostream OS;
  unsigned Indent = 0;
};

} // namespace

std::string FunctionPrinter::signature() {
  std::string Out = F.TemplateHead + (F.TemplateHead.empty() ? "" : "\n");
  Out += F.Specifiers + printDeclarator(F.ReturnType, F.Name) + "(";
  bool First = true;
  if (F.TakesTape) {
    if (!UsesTape && !F.Body.empty())
      Out += "[[maybe_unused]] ";
    Out += "retrograd::tape &" + tape();
    First = false;
  }
  for (const Variable *P : F.Params) {
    if (!First)
      Out += ", ";
    First = false;
    if (!Used.contains(P) && !F.Body.empty())
      Out += "[[maybe_unused]] ";
    Out += parameter(P);
  }
  return Out + ")";
}

std::string FunctionPrinter::print() {
  OS << signature() << " {\n";
  Indent = 2;
  if (F.OpensTape) {
    line() << "retrograd::tape &" << tape() << " = retrograd::tape::local();\n";
    line() << "const retrograd::tape::scope " << tape() << "_scope(" << tape()
           << ");\n";
  }
  Names.enterScope();
  for (const Stmt *S : F.Body)
    printStmt(*S);
  printReturn();
  Names.leaveScope();
  OS << "}\n";
  return Text;
}

void FunctionPrinter::printReturn() {
  if (F.Result && F.ResultTangent)
    line() << "return {" << Names.name(F.Result) << ", "
           << Names.name(F.ResultTangent) << "};\n";
  else if (F.Result)
    line() << "return " << Names.name(F.Result) << ";\n";
}

void FunctionPrinter::printBlock(const Block &B) {
  OS << "{\n";
  Indent += 2;
  Names.enterScope();
  for (const Stmt *S : B)
    printStmt(*S);
  Names.leaveScope();
  Indent -= 2;
  line() << "}";
}

void FunctionPrinter::printDeclare(const Stmt &S) {
  // The initialiser is evaluated before the name is in scope.
  std::string Init = S.Value ? " = " + expr(S.Value) : "";
  Names.declareVariable(S.Var);
  if (S.ZeroInit)
    Init = S.Var->Ty->isAggregate() ? " = {}"
           : S.Var->Ty->isPointer() ? " = nullptr"
                                    : " = 0";
  line() << declarator(S.Var) << Init << ";\n";
}

void FunctionPrinter::printAssign(const Stmt &S) {
  const char *Op = S.Op == AssignOp::Set   ? " = "
                   : S.Op == AssignOp::Add ? " += "
                                           : " -= ";
  if (S.Op != AssignOp::Set && S.Value->isLiteral(1) &&
      (S.Target->Ty->isInteger() || S.Target->Ty->isPointer())) {
    line() << (S.Op == AssignOp::Add ? "++" : "--")
           << Exprs.print(S.Target, Prefix) << ";\n";
    return;
  }
  if (S.AnyOrder)
    line() << "retrograd::add(" << expr(S.Target) << ", " << expr(S.Value)
           << ");\n";
  else
    line() << expr(S.Target) << Op << expr(S.Value) << ";\n";
}

void FunctionPrinter::printCall(const Stmt &S) {
  std::string Args;
  if (S.Callee->TakesTape)
    Args = tape();
  llvm::ArrayRef<Variable *> Params = S.Callee->Params;
  std::string Object;
  for (auto [I, Arg] : llvm::enumerate(S.Args)) {
    if (S.Callee->Method && I == 0) {
      Object = Exprs.print(Arg, Primary) + ".";
      continue;
    }
    if (!Args.empty())
      Args += ", ";
    // What has a name in the text is no rvalue of itself.
    if (I < Params.size() && Params[I]->RValue)
      Args += "static_cast<" +
              printDeclarator(Params[I]->Ty, "&", /*Reference=*/true,
                              Params[I]->Const) +
              ">(" + expr(Arg) + ")";
    else
      Args += Exprs.print(Arg, Ternary);
  }
  std::string Call = Object + S.Callee->QualifiedName + "(" + Args + ")";
  if (!S.Var) {
    line() << Call << ";\n";
    return;
  }
  Names.declareVariable(S.Var);
  line() << declarator(S.Var) << " = " << Call << ";\n";
}

void FunctionPrinter::printIf(const Stmt &S) {
  OS << "if (" << expr(S.Value) << ") ";
  printBlock(S.Body);
  if (S.Else.empty()) {
    OS << "\n";
    return;
  }
  OS << " else ";
  if (S.Else.size() == 1 && S.Else[0]->Kind == StmtKind::If) {
    printIf(*S.Else[0]);
    return;
  }
  printBlock(S.Else);
  OS << "\n";
}

void FunctionPrinter::printFor(const Stmt &S) {
  std::string Lower = expr(S.Lower), Upper = expr(S.Upper);
  Names.enterScope();
  Names.declareVariable(S.Var);
  std::string Var = Names.name(S.Var);
  line() << "for (" << declarator(S.Var) << " = ";
  if (S.Descending) {
    OS << Upper << "; " << Var << "-- > " << Exprs.print(S.Lower, Shift)
       << ";) ";
  } else {
    const char *Compare = S.Negative ? (S.Inclusive ? " >= " : " > ")
                                     : (S.Inclusive ? " <= " : " < ");
    OS << Lower << "; " << Var << Compare << Exprs.print(S.Upper, Shift)
       << "; ";
    if (S.Step->isLiteral(1))
      OS << (S.Negative ? "--" : "++") << Var << ") ";
    else
      OS << Var << (S.Negative ? " -= " : " += ") << expr(S.Step) << ") ";
  }
  printBlock(S.Body);
  OS << "\n";
  Names.leaveScope();
}

void FunctionPrinter::printWhile(const Stmt &S) {
  if (S.TestAtEnd) {
    line() << "do ";
    printBlock(S.Body);
    OS << " while (" << expr(S.Value) << ");\n";
    return;
  }
  line() << "while (" << expr(S.Value) << ") ";
  printBlock(S.Body);
  OS << "\n";
}

/// A type as it is written between `new` and the number of elements.
static std::string newElement(const Type *Ty) {
  for (const Type *T = Ty; T->isPointer(); T = T->Element)
    if (T->Element->isArray())
      return "decltype(static_cast<" + printType(Ty) + ">(nullptr))";
  return printType(Ty);
}

void FunctionPrinter::printAllocate(const Stmt &S) {
  const Type *Ty = S.Var->Ty->Element;
  std::string Element = printType(Ty), Rows;
  std::string Count = S.Count ? expr(S.Count) : "";
  std::string Pointer = Ty->isArray() ? printType(S.Var->Ty) : Element + " *";
  // The extents of rows follow that of the array.
  for (; Ty->isArray(); Ty = Ty->Element)
    Rows += "[" + expr(Ty->Extent) + "]";
  Names.declareVariable(S.Var);
  line() << declarator(S.Var) << " = ";
  switch (S.Allocation) {
  case AllocationKind::NewArray:
    OS << "new " << newElement(Ty) << "[" << Count << "]" << Rows
       << (S.ZeroInit ? "()" : "");
    break;
  case AllocationKind::NewScalar:
    OS << "new " << newElement(Ty) << (S.ZeroInit ? "()" : "");
    break;
  case AllocationKind::Malloc:
    OS << "static_cast<" << Pointer << ">(std::malloc((" << Count
       << ") * sizeof(" << Element << ")))";
    break;
  case AllocationKind::Calloc:
    OS << "static_cast<" << Pointer << ">(std::calloc(" << Count << ", sizeof("
       << Element << ")))";
    break;
  }
  OS << ";\n";
}

void FunctionPrinter::printFree(const Stmt &S) {
  std::string Pointer = Exprs.print(S.Value, Prefix);
  bool Defer = S.Deferred;
  switch (S.Allocation) {
  case AllocationKind::NewArray:
    line() << (Defer ? tape() + ".defer_delete_array(" + Pointer + ")"
                     : "delete[] " + Pointer);
    break;
  case AllocationKind::NewScalar:
    line() << (Defer ? tape() + ".defer_delete(" + Pointer + ")"
                     : "delete " + Pointer);
    break;
  case AllocationKind::Malloc:
  case AllocationKind::Calloc:
    line() << (Defer ? tape() + ".defer_free(" : std::string("std::free("))
           << Pointer << ")";
    break;
  }
  OS << ";\n";
}

void FunctionPrinter::printPop(const Stmt &S) {
  Names.declareVariable(S.Var);
  line() << declarator(S.Var) << " = " << tape() << ".pop<"
         << printType(S.Var->Ty) << ">();\n";
}

/// A mark in a function that is only run forwards here.
void FunctionPrinter::printCheckpoint(const Stmt &S) {
  line() << "// checkpoint";
  if (S.Value)
    OS << " snapshots(" << expr(S.Value) << ")";
  if (S.Count)
    OS << " memory(" << expr(S.Count) << ")";
  if (S.Lower)
    OS << " disk(" << expr(S.Lower) << ")";
  for (size_t I = 0; I < S.Args.size(); I += 2)
    OS << (I ? ", " : " state(") << expr(S.Args[I]) << "["
       << expr(S.Args[I + 1]) << "]" << (I + 2 == S.Args.size() ? ")" : "");
  OS << "\n";
}

/// A statement that uses the tape.
void FunctionPrinter::printRecord(const Stmt &S) {
  auto Method = [&](const char *Name) -> llvm::raw_ostream & {
    return line() << tape() << "." << Name;
  };
  switch (S.Kind) {
  case StmtKind::Push:
    Method("push(") << expr(S.Value) << ");\n";
    return;
  case StmtKind::Rewind:
    Method("rewind(") << expr(S.Target) << ", " << expr(S.Value) << ");\n";
    return;
  case StmtKind::PushArray:
    Method("push_array(") << expr(S.Value) << ", " << expr(S.Count) << ");\n";
    return;
  case StmtKind::PopArray:
    Method("pop_array(") << expr(S.Target) << ", " << expr(S.Count) << ");\n";
    return;
  case StmtKind::Release:
    Method("release<") << printType(S.Var->Ty->Element) << ">(" << expr(S.Count)
                       << ");\n";
    return;
  case StmtKind::Reserve: {
    std::string Count = expr(S.Count);
    Names.declareVariable(S.Var);
    line() << declarator(S.Var) << " = " << tape() << ".reserve<"
           << printType(S.Var->Ty->Element) << ">(" << Count << ");\n";
    return;
  }
  default:
    return printPop(S);
  }
}

void FunctionPrinter::printStmt(const Stmt &S) {
  switch (S.Kind) {
  case StmtKind::Declare:
    return printDeclare(S);
  case StmtKind::Assign:
    return printAssign(S);
  case StmtKind::Call:
    return printCall(S);
  case StmtKind::If:
    line();
    return printIf(S);
  case StmtKind::For:
    return printFor(S);
  case StmtKind::While:
    return printWhile(S);
  case StmtKind::Once:
    line() << "do ";
    printBlock(S.Body);
    OS << " while (false);\n";
    return;
  case StmtKind::Allocate:
    return printAllocate(S);
  case StmtKind::Free:
    return printFree(S);
  case StmtKind::Opaque:
    line() << expr(S.Value) << ";\n";
    return;
  case StmtKind::Return:
    line() << (S.Value ? "return " + expr(S.Value) : "return") << ";\n";
    return;
  case StmtKind::Break:
    line() << "break;\n";
    return;
  case StmtKind::Continue:
    line() << "continue;\n";
    return;
  case StmtKind::Checkpoint:
    return printCheckpoint(S);
  case StmtKind::Push:
  case StmtKind::Pop:
  case StmtKind::Rewind:
  case StmtKind::PushArray:
  case StmtKind::PopArray:
  case StmtKind::Reserve:
  case StmtKind::Release:
    return printRecord(S);
  }
}

std::string retrograd::printFunction(const Function &F) {
  return FunctionPrinter(F).print();
}

std::string retrograd::printSignature(const Function &F) {
  return FunctionPrinter(F).signature();
}

std::string retrograd::printParameterTypes(const Function &F) {
  std::string Text;
  for (const Variable *P : F.Params) {
    if (!Text.empty())
      Text += ", ";
    Text += printDeclarator(P->Ty, P->RValue ? "&" : "", P->Reference,
                            P->Reference && P->Const);
  }
  return Text;
}

std::string retrograd::printExpr(const Expr *E) {
  return ExprPrinter(nullptr).print(E);
}
