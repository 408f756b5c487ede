//===- LiveState.cpp - What a piece of code needs of earlier runs ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One walk in the order of execution. A loop may run no iteration, so what its
// body writes counts behind it only if it is known to be a whole array.
//
//===----------------------------------------------------------------------===//

#include "LiveState.h"
#include "../IR/Walk.h"

using namespace retrograd;
using namespace retrograd::ir;

namespace {

class ExposedReads {
public:
  ExposedReads(const MemoryModel &Memory, ExtentOf Extent)
      : Memory(Memory), Extent(Extent) {}

  void walk(const Block &B, ObjectSet &Written);

  ObjectSet Exposed;

private:
  void walk(const Stmt &S, ObjectSet &Written);
  void walkCall(const Stmt &S, const ObjectSet &Written);
  void walkLoop(const Stmt &S, ObjectSet &Written);
  void read(const Expr *E, const ObjectSet &Written);
  void expose(ObjectSet Read, const ObjectSet &Written);
  bool fills(const Stmt &Loop, unsigned Object) const;

  const MemoryModel &Memory;
  ExtentOf Extent;
};

} // namespace

/// What has been written is still read if it is not alone in its memory.
void ExposedReads::expose(ObjectSet Read, const ObjectSet &Written) {
  Read = Memory.withOverlaps(Read);
  Read.intersectWithComplement(Written);
  Exposed |= Read;
}

void ExposedReads::read(const Expr *E, const ObjectSet &Written) {
  if (E)
    expose(Memory.reads(E), Written);
}

/// A callee may read all that it gets an address of.
void ExposedReads::walkCall(const Stmt &S, const ObjectSet &Written) {
  for (size_t I = 0; I < S.Args.size(); ++I) {
    const Expr *Arg = S.Args[I];
    read(Arg, Written);
    bool Reference =
        I < S.Callee->Params.size() && S.Callee->Params[I]->Reference;
    if (Reference || Arg->Ty->isPointer() || Arg->Ty->isArray())
      expose(Memory.reachable(Arg), Written);
  }
}

/// for (i = 0; i < n; ++i) { ... a[i] = e; ... }: the object of a, if the
/// assignment is made in each iteration. The reads of the body are looked at
/// before.
bool ExposedReads::fills(const Stmt &Loop, unsigned O) const {
  const Expr *Count = Extent(O);
  if (!Count || Loop.Kind != StmtKind::For || Loop.Negative || Loop.Inclusive ||
      !Loop.Lower->isLiteral(0) ||
      !(Loop.Descending || Loop.Step->isLiteral(1)) ||
      !sameExpr(Loop.Upper, Count))
    return false;
  return llvm::any_of(Loop.Body, [&](const Stmt *S) {
    if (S->Kind != StmtKind::Assign || S->Op != AssignOp::Set ||
        !S->Target->is(ExprKind::Index) || S->Target->Ty->isArray())
      return false;
    const Expr *Index = S->Target->op(1);
    ObjectSet Denoted = Memory.denotes(S->Target);
    return Index->is(ExprKind::Var) && Index->Var == Loop.Var &&
           S->Target->op(0)->is(ExprKind::Var) && Denoted.count() == 1 &&
           Denoted.test(O);
  });
}

void ExposedReads::walkLoop(const Stmt &S, ObjectSet &Written) {
  for (const Expr *E : {S.Lower, S.Upper, S.Step})
    read(E, Written);
  ObjectSet Inside = Written;
  if (S.Kind == StmtKind::For)
    Inside.set(Memory.objectOf(S.Var));
  if (S.Kind == StmtKind::While && !S.TestAtEnd)
    read(S.Value, Written);
  walk(S.Body, Inside);
  if (S.Kind == StmtKind::While && S.TestAtEnd) {
    read(S.Value, Inside);
    Written = Inside;
  }
  for (unsigned O : Memory.writes(S.Body))
    if (fills(S, O))
      Written.set(O);
}

void ExposedReads::walk(const Stmt &S, ObjectSet &Written) {
  switch (S.Kind) {
  case StmtKind::Assign: {
    read(S.Value, Written);
    expose(Memory.addressReads(S.Target), Written);
    if (S.Op != AssignOp::Set)
      read(S.Target, Written);
    for (unsigned O : Memory.denotes(S.Target))
      if (Memory.objects()[O].Scalar)
        Written.set(O);
    return;
  }
  case StmtKind::Declare:
    read(S.Value, Written);
    Written |= Memory.objectsOf(S.Var);
    return;
  case StmtKind::Call:
    walkCall(S, Written);
    if (S.Var)
      Written |= Memory.objectsOf(S.Var);
    return;
  case StmtKind::If: {
    read(S.Value, Written);
    ObjectSet Else = Written;
    walk(S.Body, Written);
    walk(S.Else, Else);
    Written &= Else;
    return;
  }
  case StmtKind::For:
  case StmtKind::While:
    return walkLoop(S, Written);
  default:
    for (const Expr *E : {S.Target, S.Value, S.Lower, S.Upper, S.Count})
      read(E, Written);
    for (const Expr *Arg : S.Args)
      read(Arg, Written);
    return;
  }
}

void ExposedReads::walk(const Block &B, ObjectSet &Written) {
  for (const Stmt *S : B)
    walk(*S, Written);
}

ObjectSet retrograd::readBeforeWritten(const MemoryModel &Memory,
                                       const Block &Code, ExtentOf Extent) {
  ExposedReads Reads(Memory, Extent);
  ObjectSet Written;
  Reads.walk(Code, Written);
  return Reads.Exposed;
}
