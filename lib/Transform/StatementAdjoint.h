//===- StatementAdjoint.h - The adjoint of one assignment -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The reverse of y = f(x) is
//
//   d_x += f'(x) * d_y;   d_y = 0;
//
// in whichever order is right: the adjoint of the target is read, then zeroed,
// before any += that may reach the same location, so that y = f(y) needs no
// special case (Griewank, Walther, "Evaluating Derivatives", 2008,
// section 3.2).
//
// A reversed statement reads primal values as they were before the statement
// ran. It reports each of them, so that the plan knows what must be restored:
// what the text mentions is what is required, by construction.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_STATEMENTADJOINT_H
#define RETROGRAD_TRANSFORM_STATEMENTADJOINT_H

#include "../Analysis/Activity.h"
#include "Algebra.h"
#include "NamedCalls.h"
#include "Shadows.h"

namespace retrograd {

/// Primal values that reversed code reads.
struct RequiredValues {
  /// Expressions whose value is read.
  std::vector<const ir::Expr *> Values;
  /// Lvalues whose address is computed (the address of their shadow mirrors
  /// it).
  std::vector<const ir::Expr *> Addresses;
};

class StatementAdjoint {
public:
  StatementAdjoint(ir::Context &Ctx, ir::Function &F, const MemoryModel &Memory,
                   const Activity &Active, Shadows &Adjoints,
                   Diagnostics &Diags)
      : Ctx(Ctx), F(F), Memory(Memory), Active(Active), Adjoints(Adjoints),
        Diags(Diags), Math(Ctx), Names(Ctx, F, Memory) {}

  /// Appends the reverse of a Declare or Assign to Out.
  void reverse(const ir::Stmt &S, ir::Block &Out, RequiredValues &Required);

  /// Appends `adjoint of E's inputs += partials * Seed`.
  void accumulate(const ir::Expr *E, const ir::Expr *Seed, ir::Block &Out,
                  RequiredValues &Required, const ir::Expr *Result = nullptr);

private:
  void reverseSet(const ir::Stmt &S, const ir::Expr *Adjoint);
  void accumulate(const ir::Expr *E, const ir::Expr *Seed);
  void accumulateLeaf(const ir::Expr *E, const ir::Expr *Seed);
  void accumulateQuotient(const ir::Expr *E, const ir::Expr *Seed);
  void accumulateBinary(const ir::Expr *E, const ir::Expr *Seed);
  void accumulateGuarded(const GuardedProduct &Product, const ir::Expr *E,
                         const ir::Expr *Seed);
  void accumulateConditional(const ir::Expr *E, const ir::Expr *Seed);
  void accumulateCall(const ir::Expr *E, const ir::Expr *Seed);
  const ir::Expr *slope(const ir::Expr *Call, unsigned I,
                        const ir::Expr *Value);
  /// A name for the value that E has at this point.
  const ir::Expr *readNow(const ir::Expr *E);
  /// A name for a seed that is used more than once.
  const ir::Expr *bind(const ir::Expr *Seed, const ir::Type *Ty);
  const ir::Expr *value(const ir::Expr *E);
  bool readsTarget(const ir::Expr *Value, const ir::Expr *Target) const;

  ir::Context &Ctx;
  ir::Function &F;
  const MemoryModel &Memory;
  const Activity &Active;
  Shadows &Adjoints;
  Diagnostics &Diags;
  Algebra Math;
  NamedCalls Names;
  // The statement being reversed.
  const ir::Stmt *Statement = nullptr;
  ir::Block *Out = nullptr;
  RequiredValues *Required = nullptr;
  const ir::Expr *Result = nullptr;
};

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_STATEMENTADJOINT_H
