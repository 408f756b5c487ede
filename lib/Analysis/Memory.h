//===- Memory.h - Abstract objects, points-to sets and effects ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Divides the memory that a function can reach into abstract objects and says
// which of them an expression may denote or point to.
//
// Objects are told apart by provenance: each local, each allocation, and the
// pointee of each parameter is one. Two objects of different provenance may
// still be the same memory at run time when both come from outside (f(x, x));
// mayOverlap says so. Derivatives follow provenance, since an adjoint buffer
// belongs to a parameter; what must be saved follows overlap.
//
// The points-to analysis is inclusion-based and flow-insensitive (Andersen,
// "Program Analysis and Specialization for the C Programming Language", 1994,
// chapter 4). Memory is split further by element type, as the language's
// aliasing rule [basic.lval] allows, and by the fields of records. Records that
// lead to each other, as in a list, are one: what one dereference reaches is
// what all reach.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_ANALYSIS_MEMORY_H
#define RETROGRAD_ANALYSIS_MEMORY_H

#include "../IR/IR.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SparseBitVector.h"
#include <optional>

namespace retrograd {

using ObjectSet = llvm::SparseBitVector<>;

/// A field, as the type it belongs to and its number there.
struct FieldOf {
  const ir::Type *Record;
  unsigned Number;
  bool operator==(const FieldOf &) const = default;
};

/// Memory of scalars. A record is as many objects as it has scalar fields; a
/// field that is an array is one.
struct Object {
  /// Declares the object: the variable itself, or the pointer parameter whose
  /// pointee it is, or the pointer that an Allocate declares.
  const ir::Variable *Var;
  /// 0: the variable's own storage; n: what n dereferences of it reach.
  unsigned Depth;
  /// Scalar or pointer type of its elements.
  const ir::Type *Element;
  /// A field of a record: which record and field, from the outside in, arrays
  /// on the way seen through. `bodies[i].at[k]` is {{Body, at}}.
  std::vector<FieldOf> Path;
  /// Reachable by the caller, through a parameter or a global.
  bool Outside;
  /// Outside, and not declared __restrict.
  bool Shared;
  /// Exactly one scalar that only its own name reaches.
  bool Scalar;
};

class MemoryModel {
public:
  /// UnknownCode: the function is called by one that runs such code.
  explicit MemoryModel(const ir::Function &F, bool UnknownCode = false);

  const std::vector<Object> &objects() const { return Objects; }

  /// A new local that holds what Source holds; Source may be a pointer.
  void addCopy(const ir::Variable *V, const ir::Expr *Source);
  /// A new local pointer to an array of its own.
  void addArray(const ir::Variable *V);

  /// The objects that an lvalue may denote.
  ObjectSet denotes(const ir::Expr *LValue) const;
  /// The objects that a pointer value may point into.
  ObjectSet pointsTo(const ir::Expr *Pointer) const;
  /// Everything reachable from a pointer or an lvalue passed by reference,
  /// through any number of dereferences.
  ObjectSet reachable(const ir::Expr *PointerOrLValue) const;
  /// What pointers stored in these objects lead to, by provenance: unlike
  /// reachable(), memory that merely may overlap is not counted.
  ObjectSet closure(ObjectSet Set) const;
  /// closure() of what a pointer points to or an lvalue denotes.
  ObjectSet provenance(const ir::Expr *PointerOrLValue) const;
  /// What pointers stored in the object may point to.
  const ObjectSet &content(unsigned Object) const { return Content[Object]; }
  /// The own storage of a variable that is no record.
  unsigned objectOf(const ir::Variable *V) const;
  /// The variable's own storage; of a record, all its fields.
  ObjectSet objectsOf(const ir::Variable *V) const;
  bool hasObject(const ir::Variable *V) const { return Own.count(V); }
  /// The lvalue is one scalar that only its own name reaches.
  bool isScalar(const ir::Expr *LValue) const;

  /// Set together with all that may be the same memory.
  ObjectSet withOverlaps(const ObjectSet &Set) const;
  bool mayOverlap(const ObjectSet &A, const ObjectSet &B) const;

  /// Objects whose values an expression reads (including the pointers and
  /// indices it goes through).
  ObjectSet reads(const ir::Expr *E) const;
  /// Objects that evaluating an lvalue's address reads.
  ObjectSet addressReads(const ir::Expr *LValue) const;
  /// Objects that a statement, without its nested blocks, may write.
  ObjectSet writes(const ir::Stmt &S) const;
  /// The same for whole blocks.
  ObjectSet writes(const ir::Block &B) const;

  /// Code that is not differentiated may change what the expression reads
  /// without a word: a global, or an object whose type we do not see into.
  bool isUnstable(const ir::Expr *E) const;
  /// Code that is not differentiated runs here or in between.
  bool seesUnknownCode() const { return RunsUnknownCode; }

  /// Objects whose address is kept in a pointer variable or in memory, so
  /// that they must be the same objects in both sweeps.
  ObjectSet storedAddresses() const;
  /// Some pointer may point to the variable or to memory of the caller.
  bool sharesPointerWithOutside(const ir::Variable *V) const;

private:
  /// Objects with consecutive numbers.
  struct Range {
    unsigned First = 0, End = 0;
  };

  unsigned addObject(Object O, bool Single);
  void addVariable(const ir::Variable *V);
  Range addMemory(const ir::Variable *V, unsigned Depth, const ir::Type *Ty,
                  bool Outside, bool Shared);
  void addFields(const Object &Like, const ir::Type *Ty, bool Single);
  void addPointees(Range Holders, bool Outside, bool Shared);
  void addPointees(unsigned Holder, bool Outside, bool Shared,
                   std::vector<std::pair<const ir::Type *, Range>> &Around);
  void addPopped(const ir::Stmt &S);
  ObjectSet fieldOf(const ir::Expr *Field, const ObjectSet &Record) const;
  void solve(const ir::Function &F);
  bool store(const ObjectSet &Into, const ObjectSet &Pointees);
  bool propagate(const ir::Stmt &S);
  bool propagateCall(const ir::Stmt &S);

  std::vector<Object> Objects;
  llvm::DenseMap<const ir::Variable *, Range> Own;
  /// Pointers and arrays whose pointees have objects already.
  llvm::DenseSet<const ir::Variable *> Followed;
  /// Shared objects that may be the same memory: of one class of types, where
  /// a null stands for all pointers, and one field of a record, or reached
  /// without any.
  struct SharedClass {
    const ir::Type *Type;
    std::optional<FieldOf> Field;
    ObjectSet Members;
    /// All that may overlap these, themselves included.
    ObjectSet Overlapping;
  };
  llvm::SmallVector<SharedClass, 4> SharedOf;
  /// The function, or whoever calls it, runs code that is not differentiated.
  bool RunsUnknownCode = false;
  /// Callees that may leave addresses in memory.
  llvm::DenseMap<const ir::Function *, bool> StoresAddresses;
  /// For each object that holds pointers: what they point to.
  std::vector<ObjectSet> Content;
};

/// The function, or one that it calls, runs code that is not differentiated.
bool runsUnknownCode(const ir::Function &F);

/// The two cannot be the same memory, since they are different fields: no class
/// has a union, and the innermost record that memory belongs to is one.
bool areDifferentFields(const Object &A, const Object &B);

/// Whether a call may write through its I-th argument.
bool mayWriteArgument(const ir::Function &Callee, unsigned I);
/// What it may write there is a pointer to const, not what that points to.
bool movesArgumentOnly(const ir::Function &Callee, unsigned I);

} // namespace retrograd

#endif // RETROGRAD_ANALYSIS_MEMORY_H
