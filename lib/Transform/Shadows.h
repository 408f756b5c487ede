//===- Shadows.h - Where the derivative of a location lives ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every active location has a shadow that holds its adjoint or its tangent, and
// every pointer to active memory has a shadow that points to the shadow of what
// it points to. Address computations run on both alike:
//
//   p = x + 3        d_p = d_x + 3
//   p[i]             d_p[i]
//   rows[k][j]       d_rows[k][j]
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_SHADOWS_H
#define RETROGRAD_TRANSFORM_SHADOWS_H

#include "../IR/IR.h"
#include "llvm/ADT/DenseMap.h"

namespace retrograd {

/// The type of an adjoint: the same, but numbers are not const, since adjoints
/// are incremented.
const ir::Type *adjointType(ir::Context &Ctx, const ir::Type *Ty);

/// A derivative gets the shadow of this parameter or global by its address.
bool isPassedByAddress(const ir::Variable &V);

class Shadows {
public:
  /// Prefix is "d_" for adjoints and "t_" for tangents; new shadows become
  /// locals of F.
  Shadows(ir::Context &Ctx, ir::Function &F, std::string Prefix)
      : Ctx(Ctx), F(F), Prefix(std::move(Prefix)) {}

  /// The type of the shadow of something of type Ty. A tangent keeps const.
  const ir::Type *shadowType(const ir::Type *Ty) const {
    return Prefix == "d_" ? adjointType(Ctx, Ty) : Ty;
  }

  /// The shadow of V, made on first use.
  ir::Variable *of(const ir::Variable *V);
  /// V's shadow is the parameter or variable Shadow. Indirect: Shadow points to
  /// the derivative of V rather than holding it.
  void bind(const ir::Variable *V, ir::Variable *Shadow, bool Indirect);
  /// bind() has said where V's shadow is, so it needs no declaration.
  bool isBound(const ir::Variable *V) const { return Map.lookup(V).Bound; }

  /// The location of the derivative of a real or pointer lvalue.
  const ir::Expr *location(const ir::Expr *LValue);
  /// The shadow of a pointer value.
  const ir::Expr *pointer(const ir::Expr *Pointer);

private:
  struct Entry {
    ir::Variable *Shadow = nullptr;
    bool Indirect = false;
    bool Bound = false;
  };

  ir::Context &Ctx;
  ir::Function &F;
  std::string Prefix;
  llvm::DenseMap<const ir::Variable *, Entry> Map;
};

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_SHADOWS_H
