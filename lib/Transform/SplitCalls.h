//===- SplitCalls.h - The derivatives of called functions -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A called function is differentiated in two halves: the forward half computes
// what the callee computes and leaves on the tape what its reverse half takes
// off again. Which parameters are active is part of what a half is made for,
// and so is which pointers reach the user's memory (see tape::rewind).
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_SPLITCALLS_H
#define RETROGRAD_TRANSFORM_SPLITCALLS_H

#include "../IR/Diagnostics.h"
#include "../IR/IR.h"

namespace retrograd {

/// How a parameter of a half reaches memory of whoever has called the
/// derivative, where the end of the derivative must leave what the primal does.
enum class UserMemory {
  None,
  /// Only behind a pointer that is itself a local of the derivative.
  Behind,
  Direct
};

/// What a pair of halves is made for.
struct SplitRequest {
  ir::Function *Callee = nullptr;
  /// For each parameter: a derivative flows through it.
  std::vector<bool> Active;
  /// For each parameter.
  std::vector<UserMemory> User;
  /// Between the halves runs code that is not differentiated, which may change
  /// the globals that the callee reads.
  bool UnknownCode = false;
  /// The caller itself puts back what the callee has overwritten: the reverse
  /// half restores only what it needs.
  bool Disposable = false;
};

struct SplitFunctions {
  /// R forward(tape, p..., [shadows of active pointers])
  ir::Function *Forward = nullptr;
  /// void reverse(tape, p..., [seed], d_p of each active parameter)
  ir::Function *Reverse = nullptr;
  /// The forward half moves pointers and so takes their shadows.
  bool ForwardTakesShadows = false;
};

/// Whoever makes and remembers the functions that a derivative calls.
class DerivativeProvider {
public:
  virtual ~DerivativeProvider() = default;
  /// The function, ready to be inlined, if it is small enough; null otherwise.
  virtual const ir::Function *inlined(ir::Function *Callee) = 0;
  /// The halves, which may still be under construction (recursion); null after
  /// an error.
  virtual const SplitFunctions *split(const SplitRequest &Request) = 0;
  /// A function that a transform has taken out of From, still without
  /// parameters and body. Its text is written where something calls it.
  virtual ir::Function *outlined(const ir::Function &From,
                                 llvm::StringRef Suffix) = 0;
  /// R tangent(p..., t_p of each active parameter, [R *t_result]): the primal
  /// with its tangent; null after an error.
  virtual ir::Function *tangent(ir::Function *Callee,
                                const std::vector<bool> &Active) = 0;
  /// How many directions the derivative will have; 0 for one of one direction.
  virtual unsigned directions() const = 0;
};

/// A rule knows one direction. It is called for each, which needs derivatives
/// of single numbers that stand apart, and memory that it leaves alone.
/// Reports a call for which that does not hold, and returns false.
bool checkRuleDirections(const ir::Stmt &Call, Diagnostics &Diags);
bool rejectRuleDirections(const ir::Stmt &Call, Diagnostics &Diags);

/// A called function cannot return a pointer that has a shadow: there is no way
/// to return the shadow. Reports it and returns false.
bool rejectReturnedPointer(const ir::Function &F, Diagnostics &Diags);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_SPLITCALLS_H
