//===- Sweeps.h - The forward and the reverse sweep -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Turns a planned function into the two sweeps of its adjoint. Invariants:
//
//   (1) before the reverse of a statement runs, every variable that its text
//       mentions holds the value it had when the statement read it;
//   (2) after it, the tape is as it was before the statement's forward part;
//   (3) an adjoint is zero where its variable comes to life, and the adjoint of
//       a target is read, then zeroed, before any += to the same location.
//
// A block becomes, with what the plan asks for in brackets:
//
//   forward:  { s1; [old = x;] s2; [push t;] }
//   reverse:  { [t = pop;] d_t = 0; [x = old;] reverse of s2; reverse of s1 }
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_SWEEPS_H
#define RETROGRAD_TRANSFORM_SWEEPS_H

#include "PrepareReversal.h"
#include "ReversalPlan.h"
#include "Shadows.h"
#include "SplitCalls.h"

namespace retrograd {

class Sweeps {
public:
  Sweeps(ir::Context &Ctx, ir::Function &F, const MemoryModel &Memory,
         const Activity &Active, Shadows &Adjoints, ReversalPlan &Plan,
         DerivativeProvider &Provider, Diagnostics &Diags,
         std::vector<UserMemory> User)
      : Ctx(Ctx), F(F), Memory(Memory), Active(Active), Adjoints(Adjoints),
        Plan(Plan), Provider(Provider), Diags(Diags), User(std::move(User)),
        Escaping(escapingLocals(F, Memory)) {}

  /// Fills Plan.Reversed for every Declare and Assign of the function.
  void reverseStatements();

  /// The two sweeps of a block. Hoisted declarations are collected. InScope:
  /// the reverse sweep still sees the locals of the forward sweep.
  ir::Block forward(const ir::Block &B);
  ir::Block reverse(const ir::Block &B, bool InScope = false);

  /// Declarations to put at the top of the derivative.
  ir::Block Hoisted;

private:
  void forwardStmt(const ir::Stmt &S, ir::Block &Out);
  void forwardDeclare(const ir::Stmt &S, ir::Block &Out);
  void forwardAssign(const ir::Stmt &S, ir::Block &Out);
  void forwardCall(const ir::Stmt &S, ir::Block &Out);
  void declareHere(ir::Stmt *S, ir::Block &Out);
  void hoist(ir::Stmt *S, ir::Block &Out);
  void forwardReserve(const ir::Stmt &S, ir::Block &Out);
  void forwardLoop(const ir::Stmt &S, ir::Block &Out);
  void pushCarried(const ir::Block &B, ir::Block &Out);
  void push(const ir::Variable *V, const Carry &C, ir::Block &Out);

  void popCarried(const ir::Block &B, ir::Block &Out);
  void pop(const ir::Variable *V, const Carry &C, ir::Block &Out);
  void declareRestored(const ir::Block &B, ir::Block &Out);
  void collectMentioned(const ir::Block &B);
  void declareAdjoints(const ir::Block &B, bool InScope, ir::Block &Out);
  bool hasMovedShadow(const ir::Variable *V, bool InScope) const;
  void declareAdjoint(const ir::Variable *V, ir::Block &Out);
  void reverseStmt(const ir::Stmt &S, ir::Block &Out);
  void restore(const ir::Stmt &S, ir::Block &Out);
  void reverseCall(const ir::Stmt &S, ir::Block &Out);
  void addSeed(const ir::Stmt &S, ir::Stmt &Call, ir::Block &Out);
  void reverseSplitCall(const ir::Stmt &S, ir::Block &Out);
  bool checkRuleArguments(const ir::Stmt &S);
  void reverseRuleCall(const ir::Stmt &S, ir::Block &Out);
  void reverseFor(const ir::Stmt &S, ir::Block &Out);
  void reverseWhile(const ir::Stmt &S, ir::Block &Out);
  void release(const ir::Stmt &S, ir::Block &Out);

  const SplitFunctions *split(const ir::Stmt &S);
  /// A pointer, or an array of pointers, whose shadow moves with it.
  bool movesShadow(const ir::Variable *V) const;
  bool movesShadow(const ir::Expr *Target) const;
  bool reachesUser(const ObjectSet &Objects) const;
  /// What the halves of a callee get for its parameter P: a pointer to where
  /// the adjoint of the argument is accumulated.
  const ir::Expr *adjointArgument(const ir::Variable *P, const ir::Expr *Arg);

  ir::Context &Ctx;
  ir::Function &F;
  const MemoryModel &Memory;
  const Activity &Active;
  Shadows &Adjoints;
  ReversalPlan &Plan;
  DerivativeProvider &Provider;
  Diagnostics &Diags;
  /// For each parameter.
  std::vector<UserMemory> User;
  /// Their adjoints exist from the forward sweep on, so that shadows can point
  /// to them.
  std::set<const ir::Variable *> Escaping;
  /// What the reverse sweep mentions so far, and in which statements that was
  /// found: those of an inner block are not looked at again for an outer one.
  llvm::DenseSet<const ir::Variable *> Mentioned;
  llvm::DenseSet<const ir::Stmt *> Seen;
};

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_SWEEPS_H
