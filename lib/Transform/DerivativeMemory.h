//===- DerivativeMemory.h - What memory of a derivative may be the same ---===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The passes that polish a derivative ask whether two of its accesses may meet.
// MemoryModel answers for any function; a derivative has a contract with its
// caller that tells more: adjoint and tangent buffers never overlap memory of
// the primal. Among themselves they overlap where the primal's arguments do.
//
//   d_x[i] += y[i] * d_s;      does not change any y[i], but may change d_y[i]
//
// A pointer that was pushed on the tape leads anywhere on its own side of that
// divide. MemoryModel, which looks at primals, takes it for memory of its own.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_DERIVATIVEMEMORY_H
#define RETROGRAD_TRANSFORM_DERIVATIVEMEMORY_H

#include "../Analysis/Dependence.h"
#include "../Analysis/Memory.h"

namespace retrograd {

class DerivativeMemory {
public:
  explicit DerivativeMemory(const ir::Function &F);

  bool mayOverlap(unsigned A, unsigned B) const;
  bool mayOverlap(const ObjectSet &A, const ObjectSet &B) const;

  /// The same of places that are accessed one after the other.
  bool mayOverlap(const ir::Expr *PlaceA, const ir::Expr *PlaceB) const;

  /// What evaluating an expression reads.
  ObjectSet reads(const ir::Expr *E) const { return Model.reads(E); }
  ObjectSet addressReads(const ir::Expr *LValue) const {
    return Model.addressReads(LValue);
  }
  ObjectSet denotes(const ir::Expr *LValue) const {
    return Model.denotes(LValue);
  }
  /// What a statement, without its nested blocks, may write, by provenance: all
  /// that may overlap it is written, too.
  ObjectSet writes(const ir::Stmt &S) const;

  const std::vector<Object> &objects() const { return Model.objects(); }
  /// What a pointer parameter points to.
  const ObjectSet &pointees(const ir::Variable *P) const {
    return Model.content(Model.objectOf(P));
  }
  /// One number that only its own name reaches.
  bool isPrivate(const ObjectSet &Set) const;
  /// Two elements in the body of a loop may be one in different iterations.
  bool mayMeet(const ir::Stmt &Loop, const Dependence::Access &A,
               const Dependence::Access &B) const {
    return Elements.mayMeet(Loop, A, B);
  }
  /// Two places in one block may be the same in one iteration. Loop: the
  /// innermost one around, or null.
  bool mayCoincide(const ir::Stmt *Loop, const Dependence::Access &A,
                   const Dependence::Access &B) const {
    return mayOverlap(A.Place, B.Place) && Elements.mayCoincide(Loop, A, B);
  }

private:
  MemoryModel Model;
  Dependence Elements;
  /// Reached through pointers that another function pushed onto the tape.
  ObjectSet Popped;
};

/// Calls something that is not looked into with a pointer, so that reads() does
/// not tell all that it reads.
bool readsUnseen(const ir::Expr *E);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_DERIVATIVEMEMORY_H
