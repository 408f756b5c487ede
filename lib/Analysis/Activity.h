//===- Activity.h - Where derivatives flow --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An object is varied when its value may depend differentiably on an
// independent input, useful when a dependent output may depend differentiably
// on it, and active when it is both (Hascoet, Naumann, Pascual, "To be recorded
// analysis in reverse-mode automatic differentiation", FGCS 2005, section 2).
// Only active objects have adjoints or tangents.
//
// The analysis works on the abstract objects of MemoryModel and is
// flow-insensitive: an object is active everywhere or nowhere. It follows
// provenance: memory reached through a parameter that is not an independent is
// constant, unless active values are stored there, which is an error because
// there is nowhere to keep their derivatives.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_ANALYSIS_ACTIVITY_H
#define RETROGRAD_ANALYSIS_ACTIVITY_H

#include "../IR/Diagnostics.h"
#include "Memory.h"

namespace retrograd {

/// What is differentiated with respect to what.
struct ActivityRequest {
  /// Parameters and globals that have a shadow.
  std::vector<const ir::Variable *> Independents;
  /// The memory behind independents is seeded, too (vjp and callees); false
  /// for a gradient, where only the result is.
  bool OutputsThroughMemory = true;
};

class Activity {
public:
  Activity(const ir::Function &F, const MemoryModel &Memory,
           const ActivityRequest &Request);

  /// Which user-written derivative a mode calls.
  using DerivativeRule = ir::Function *ir::Function::*;
  /// Reports what no derivative can be had of: active memory that has no place
  /// for one, and active calls of functions without a body or a rule.
  bool check(Diagnostics &Diags, DerivativeRule Rule) const;

  /// The derivative of a pure expression of real type may be nonzero.
  bool isActive(const ir::Expr *E) const;
  /// A real lvalue has an adjoint.
  bool hasAdjoint(const ir::Expr *LValue) const;
  /// A scalar or array of reals is active, or a pointer reaches active memory.
  bool needsShadow(const ir::Variable *V) const;
  /// The same of the value of a pointer expression.
  bool pointsToActive(const ir::Expr *Pointer) const;
  /// An argument of a call: an active value, or a way to active memory.
  bool isActiveArgument(const ir::Function &Callee, unsigned I,
                        const ir::Expr *Arg) const;
  /// Derivatives flow through this call.
  bool isActiveCall(const ir::Stmt &S) const;
  /// A record of real values on the tape may hold active ones (tangents of
  /// derivatives only).
  bool tapeIsActive() const { return TapeVaried; }
  bool isActive(unsigned Object) const { return Active.test(Object); }

private:
  bool checkCalls(Diagnostics &Diags, DerivativeRule Rule) const;
  void seed(const ActivityRequest &Request);
  void solve();
  void closeOverPointers();
  bool varies(const ir::Stmt &S);
  bool overwritesActive(const ir::Stmt &S) const;
  ObjectSet recordSources(const ir::Stmt &S) const;
  ObjectSet recordTargets(const ir::Stmt &S) const;
  bool recordVaries(const ir::Stmt &S);
  bool variesThroughTape(const ir::Stmt &S, const ObjectSet &Sources);
  bool uses(const ir::Stmt &S);
  /// Whether Found holds for one of the places that the expression depends on
  /// differentiably.
  bool anySource(const ir::Expr *E,
                 llvm::function_ref<bool(const ir::Expr *)> Found) const;
  bool dependsOn(const ir::Expr *E, const ObjectSet &Set) const;
  /// Objects of reals that the expression depends on differentiably.
  void collectSources(const ir::Expr *E, ObjectSet &Sources) const;
  ObjectSet realTargets(const ir::Stmt &S) const;
  void collectCallSources(const ir::Stmt &S, ObjectSet &Sources) const;
  bool carriesDerivatives(const ir::Stmt &S) const;
  ObjectSet onlyReal(const ObjectSet &Set) const;

  const ir::Function &F;
  const MemoryModel &Memory;
  ObjectSet Varied, Useful, Active, Shadowed;
  bool TapeVaried = false;
};

} // namespace retrograd

#endif // RETROGRAD_ANALYSIS_ACTIVITY_H
