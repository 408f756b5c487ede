//===- Divergence.h - What differs from sample to sample ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function is run for many samples that share all arguments but some. Its
// memory is *divergent* where it may hold different values for different
// samples, and *uniform* otherwise (Coutinho, Sampaio, Pereira, Meira,
// "Divergence analysis and optimizations", PACT 2011). An object is divergent
// if
//
//   * it belongs to a sample, or was filled by code that is not visible, or
//   * a divergent value is stored in it, or a value is stored at a divergent
//     place of it, or
//   * it is assigned where control depends on a divergent value and it is older
//     than that control: one sample gets there, another does not.
//
// A shared parameter is *indexed* if one of its elements is reached by a
// divergent index or pointer, in the function or in one that it calls, and
// *uniform* if all samples that reach an element at one place in the program
// reach the same one.
//
// The analysis works on the abstract objects of MemoryModel, by provenance, and
// is flow-insensitive: an object is divergent everywhere or nowhere. It says
// "divergent" when in doubt.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_ANALYSIS_DIVERGENCE_H
#define RETROGRAD_ANALYSIS_DIVERGENCE_H

#include "../IR/Batch.h"
#include "Memory.h"

namespace retrograd {

class Divergence {
public:
  /// F has no early exits any more (StructureExits). Samples are parameters.
  Divergence(const ir::Function &F,
             llvm::ArrayRef<const ir::Variable *> Samples);
  ~Divergence();

  /// The value may differ from sample to sample.
  bool isDivergent(const ir::Expr *E) const;
  /// How the elements behind a parameter are reached.
  SharedAccess accessOf(const ir::Variable *Parameter) const;
  /// An expression that makes it `Indexed`, for dumps; null if there is none in
  /// this function itself.
  const ir::Expr *reasonOf(const ir::Variable *Parameter) const;

private:
  struct Impl;
  std::unique_ptr<Impl> State;
};

} // namespace retrograd

#endif // RETROGRAD_ANALYSIS_DIVERGENCE_H
