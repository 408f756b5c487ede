//===- LowerFacts.h - What a piece of source writes -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Lowering decides some things before it has lowered a body: which parameters
// need a local copy, which variables pointers may reach, and whether a loop is
// a counted one. Each is a question about what a piece of source may write, and
// this is its conservative answer, one walk over the syntax.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_LOWERFACTS_H
#define RETROGRAD_FRONTEND_LOWERFACTS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/DenseSet.h"

namespace retrograd {

class ModuleLowering;

struct BodyFacts {
  /// Assigned, or reachable through something that may assign.
  llvm::DenseSet<const clang::VarDecl *> Written;
  /// Pointers or parameters of callees may refer to them.
  llvm::DenseSet<const clang::VarDecl *> AddressTaken;
  /// Have another name: a local reference that may be written through.
  llvm::DenseSet<const clang::VarDecl *> Aliased;
  /// Memory behind pointers and references is written; by type, since C++ does
  /// not let a write of a real change an integer.
  bool WritesIntegers = false;
  bool WritesReals = false;
  /// Calls whose side effects are not those of their arguments alone.
  bool ImpureCalls = false;
  /// Side effects other than assignments and calls: new, delete, throw, asm.
  bool OtherEffects = false;
  bool HasStaticLocals = false;
};

BodyFacts gatherFacts(ModuleLowering &M,
                      llvm::ArrayRef<const clang::Stmt *> Pieces);

/// The variable that a write to the lvalue E changes, or null for memory behind
/// a pointer.
const clang::VarDecl *rootVariable(const clang::Expr *E);

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_LOWERFACTS_H
