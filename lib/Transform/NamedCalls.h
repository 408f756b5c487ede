//===- NamedCalls.h - Calls whose values have a name ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Partials of the rule table call functions that the primal may have called
// with the same arguments, and often has: who computes a sine wants the cosine,
// too.
//
//   const double c = std::cos(x), s = std::sin(x);
//
//   before:  d_x += std::cos(x) * d_s - std::sin(x) * d_c;
//   after:   d_x += c * d_s - s * d_c;
//
// A name counts if its variable is written nowhere else, and in the block of
// the statement whose partial it is, before or after it, with nothing between
// that may change an argument.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_NAMEDCALLS_H
#define RETROGRAD_TRANSFORM_NAMEDCALLS_H

#include "../Analysis/BlockWrites.h"
#include "llvm/ADT/DenseMap.h"

namespace retrograd {

class NamedCalls {
public:
  NamedCalls(ir::Context &Ctx, const ir::Function &F,
             const MemoryModel &Memory);

  /// An expression over values as they are before S, with names in the place of
  /// calls. Declarations gets the statements that give the names.
  const ir::Expr *
  replace(const ir::Expr *E, const ir::Stmt &S,
          llvm::SmallVectorImpl<const ir::Stmt *> &Declarations);

private:
  struct Place {
    const ir::Block *Code = nullptr;
    size_t Position = 0;
  };

  void visit(const ir::Block &B);
  const ir::Stmt *nameOf(const ir::Expr *Call, Place Here);

  ir::Context &Ctx;
  const MemoryModel &Memory;
  BlockWrites Writes;
  llvm::DenseMap<const ir::Stmt *, Place> Places;
  /// Declarations by the names of the functions that they call.
  std::map<std::string, std::vector<const ir::Stmt *>> Declared;
  llvm::DenseMap<const ir::Variable *, unsigned> WriteCounts;
};

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_NAMEDCALLS_H
