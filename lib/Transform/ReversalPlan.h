//===- ReversalPlan.h - What the reverse sweep needs, and how it gets it --===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The reverse sweep runs the program backwards: before the reverse of a
// statement runs, every value it mentions is again what it was when the
// statement read it. The plan finds the values that would be lost and decides
// how each comes back.
//
// To-be-recorded analysis (Hascoet, Naumann, Pascual, FGCS 2005): walking
// forward, R holds the objects whose present value some earlier reversed
// statement reads. A statement that overwrites an object of R must save it,
// or be inverted exactly (integer and pointer steps), unless it is an element
// of an array that no earlier reader of R means. A local that leaves its scope
// while in R is
//
//   * recomputed where the reversed scope begins, if its initialiser is cheap
//     and reads nothing that has changed since;
//   * left where it is, in the outermost scope of the derivative;
//   * kept in an array with an element an iteration, if the trip count of the
//     innermost loop is known at its entry;
//   * pushed on the tape otherwise, an array as far as it is used.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_REVERSALPLAN_H
#define RETROGRAD_TRANSFORM_REVERSALPLAN_H

#include "../Analysis/Activity.h"
#include "../Analysis/BlockWrites.h"
#include "../Analysis/Dependence.h"
#include "StatementAdjoint.h"
#include "StoredExtent.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include <set>

namespace retrograd {

/// How a required local comes back in the reverse sweep.
enum class Keep {
  InScope,   // it is still there
  Hoist,     // declared at the top of the derivative instead
  Recompute, // from Recipe
  Record,    // an array element an iteration of the innermost loop
  Tape,      // pushed at the end of its block
};

struct Carry {
  Keep How;
  /// Recompute: the expression.
  const ir::Expr *Recipe = nullptr;
  /// Record: the loop and the array.
  ir::Stmt *Loop = nullptr;
  ir::Variable *Array = nullptr;
  /// Tape, for an array: how many first elements or rows; null for all.
  const ir::Expr *Count = nullptr;
};

/// The reverse of one statement, before anything is restored.
struct ReversedStmt {
  ir::Block Code;
  RequiredValues Required;
};

/// How a call runs in the two sweeps.
enum class CallMode {
  Plain, // the primal in the forward sweep, nothing in the reverse sweep
  Split, // forward half and reverse half
  Rule,  // the primal, then the user's pullback
};

class ReversalPlan {
public:
  /// Split: the two sweeps are two functions, so that nothing stays in scope.
  /// Disposable: the caller puts back its own memory.
  ReversalPlan(ir::Context &Ctx, ir::Function &F, MemoryModel &Memory,
               const Activity &Active, Diagnostics &Diags, bool Split,
               bool Disposable);

  /// Reversed statements of F, filled before compute().
  llvm::DenseMap<const ir::Stmt *, ReversedStmt> Reversed;

  /// Finds the fixpoint. Inserts nothing into F but the Reserve statements of
  /// record arrays.
  void compute();

  /// The local in which a statement's target is saved, or null.
  ir::Variable *savedIn(const ir::Stmt *S) const { return Saved.lookup(S); }
  bool isInverted(const ir::Stmt *S) const { return Inverted.contains(S); }
  CallMode callMode(const ir::Stmt *S) const { return Calls.lookup(S); }
  /// Null if the reverse sweep does not need V.
  const Carry *carry(const ir::Variable *V) const;
  /// The reverse sweep has something to do for the statement.
  bool hasReverse(const ir::Stmt &S) const;
  bool hasReverse(const ir::Block &B) const;
  /// Record arrays of a loop, in the order of reservation.
  llvm::ArrayRef<ir::Stmt *> recordsOf(const ir::Stmt *Loop) const;

private:
  struct Scope {
    const ir::Block *Code;
    ir::Stmt *Loop; // innermost, or null
    bool Outermost;
  };

  ObjectSet flow(const Scope &At, ObjectSet R);
  ObjectSet flow(ir::Stmt &S, const Scope &At, ObjectSet R);
  ObjectSet flowAssign(const ir::Stmt &S, ObjectSet R);
  ObjectSet flowCall(const ir::Stmt &S, ObjectSet R);
  ObjectSet flowLoop(ir::Stmt &S, ObjectSet R);
  ObjectSet close(const Scope &At, ObjectSet R);
  Carry decide(const ir::Stmt &S, size_t Position, const Scope &At);
  const ir::Expr *recipe(const ir::Stmt &S, size_t Position,
                         const ir::Block &B);
  const ir::Expr *storedCopy(const ir::Variable *V, size_t Position,
                             const ir::Block &B);
  void indexBlock(const ir::Block &B);
  bool isWrittenOnce(const ir::Variable *V) const;
  ir::Variable *newRecord(const ir::Variable *V, ir::Stmt *Loop);
  ObjectSet required(const ir::Stmt &S);
  ObjectSet need(const ir::Expr *Value, const Dependence::Moment &When);
  ObjectSet needAddress(const ir::Expr *LValue, const Dependence::Moment &When);
  ObjectSet needUnknown(const ObjectSet &Set);
  void addReader(const ir::Expr *Place, const Dependence::Moment &When);
  bool hitsRequired(const ir::Stmt &S, const ObjectSet &Written) const;
  void rejectMovedArray(const ir::Variable *V);
  ObjectSet writesForGood(const ir::Stmt &S) const;
  void rejectLoss(const ir::Stmt &S);

  ir::Context &Ctx;
  ir::Function &F;
  MemoryModel &Memory;
  const Activity &Active;
  Diagnostics &Diags;
  const Dependence Elements;
  const bool Split, Disposable;
  bool Changed = false;

  llvm::DenseMap<const ir::Variable *, unsigned> WriteCounts;
  llvm::DenseMap<const ir::Stmt *, ir::Variable *> Saved;
  llvm::DenseSet<const ir::Stmt *> Inverted;
  llvm::DenseMap<const ir::Stmt *, CallMode> Calls;
  llvm::MapVector<const ir::Variable *, Carry> Carried;
  llvm::DenseMap<const ir::Stmt *, std::vector<ir::Stmt *>> Records;
  BlockWrites Writes{Memory};
  StoredExtents Extents;
  /// The assignments `place = v;`, by v, with their positions in their blocks.
  llvm::DenseMap<const ir::Variable *,
                 llvm::SmallVector<std::pair<const ir::Block *, size_t>, 1>>
      Copies;
  /// The same of what brings an object into scope.
  llvm::DenseMap<unsigned, std::pair<const ir::Block *, size_t>> Declared;
  /// An element that reversed code reads, as it was at a moment.
  struct Reader {
    const ir::Expr *Place;
    Dependence::Moment When;
  };
  llvm::DenseMap<unsigned, std::vector<Reader>> Readers; // by object
  std::set<std::pair<const ir::Expr *, unsigned>> KnownReaders;
  /// Objects that are required as a whole.
  ObjectSet Whole;
  /// What was required where the body of a loop begins, in the present walk.
  llvm::DenseMap<const ir::Stmt *, ObjectSet> LoopHeads;
};

/// Evaluating the expression again costs little and gives the same value as
/// long as what it reads is unchanged.
bool isCheapAndPure(const ir::Expr *E);

/// Number of iterations of a counted loop, as an expression valid at its entry.
const ir::Expr *tripCount(ir::Context &Ctx, const ir::Stmt &Loop);
/// Index of the present iteration of a counted loop, from 0.
const ir::Expr *iterationIndex(ir::Context &Ctx, const ir::Stmt &Loop);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_REVERSALPLAN_H
