//===- VectorCritic.h - What keeps a loop from being vectorised -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop can be vectorised if each iteration writes elements of its own, or
// what no other iteration sees, or adds terms that may be reordered. That is
// what the IR can say: whether it is worth it the compiler decides, and
// -Rpass=loop-vectorize tells.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_VECTORCRITIC_H
#define RETROGRAD_TRANSFORM_VECTORCRITIC_H

#include "../IR/IR.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include <map>
#include <string>

namespace retrograd {

/// Looks for what keeps the iterations of one innermost loop from running side
/// by side.
class VectorCritic {
public:
  explicit VectorCritic(const ir::Stmt &Loop);

  /// Empty if there is nothing.
  std::string Why, WayOut;

private:
  void blame(std::string Reason, std::string Remedy = "");
  void visit(const ir::Stmt &S);
  void visitCall(const ir::Expr &Call);
  void visitWrite(const ir::Stmt &S);
  bool isSum(const ir::Variable *V) const;
  bool lags(const ir::Variable *V) const;
  bool variesBySteps(const ir::Expr *Subscript) const;
  void compareSubscripts();

  const ir::Stmt &Loop;
  /// Variables that each iteration has for itself.
  llvm::DenseSet<const ir::Variable *> Own;
  /// The places in arrays that the loop mentions, by the text of the array.
  llvm::MapVector<std::string, std::vector<const ir::Expr *>,
                  std::map<std::string, unsigned>>
      Places;
  std::map<std::string, const ir::Expr *> WrittenArrays;
};

/// The statement adds a term to a derivative, whose order is ours.
bool mayReorder(const ir::Stmt &Update);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_VECTORCRITIC_H
