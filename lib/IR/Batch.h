//===- Batch.h - A function of samples and shared parameters --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What `#pragma retrograd batch` says of a function's parameters, and what the
// compiler finds out about them: the content of the description that it writes
// beside the gradient. Values only; Analysis finds the facts, Emit/BatchPrinter
// writes them down.
//
// Each parameter has one role. A sample differs from call to call, a shared
// parameter is the same in all calls and has a gradient, an output is memory
// that a call fills for its sample. All others are passed on.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_IR_BATCH_H
#define RETROGRAD_IR_BATCH_H

#include "IR.h"

namespace retrograd {

/// One entry of sample(...), shared(...) or outputs(...).
struct BatchEntry {
  ir::Variable *Var = nullptr;
  /// Number of elements, over parameters that are passed on; null for a scalar.
  const ir::Expr *Extent = nullptr;
  ir::Location Loc = 0;
};

/// A parameter that is the extent of a shared array, so that a runtime can take
/// it from the array's size.
struct DeducedExtent {
  const ir::Variable *Var;
  /// Index into BatchRoles::Shared.
  unsigned From;
};

struct BatchRoles {
  /// Of the description.
  std::string Name;
  /// What the description must stand in, beyond the namespaces of the function:
  /// "namespace", so that no other file can mean it, "extern \"C++\"", or
  /// nothing.
  std::string Scope;
  std::vector<BatchEntry> Samples, Shared, Outputs;
  std::vector<DeducedExtent> Deduced;
};

/// How the elements of a shared parameter are reached.
enum class SharedAccess {
  Uniform, // the same elements for all samples
  Indexed, // an index or a pointer depends on the data of a sample
};

/// Bytes that a derivative keeps on the tape at one place.
struct TapeRecord {
  enum class Kind {
    Value,    // push: one value
    Block,    // push_array: Count values
    Array,    // reserve: Count values, aligned
    Rewound,  // rewind: a value and its place
    Deferred, // a deallocation at the end
  };
  Kind What;
  const ir::Type *Element;
  const ir::Expr *Count = nullptr;
  /// Iterations of the loops around it, from the outside in.
  std::vector<const ir::Expr *> Trips;
};

/// A bound of what one call keeps on the tape at any time: the sum over all
/// places, those of branches that exclude each other included.
struct TapeSize {
  /// False if it depends on data, or on loops whose trips are not counted.
  bool Known = true;
  std::vector<TapeRecord> Records;
};

struct BatchDescription {
  BatchRoles Roles;
  const ir::Function *Primal;
  /// Of the gradient, which stands in the same scope.
  std::string Gradient;
  /// The function and its gradient in lanes, in the same scope; empty if there
  /// are none.
  std::string ValueLanes, GradientLanes;
  /// For each of Roles.Shared.
  std::vector<SharedAccess> Access;
  TapeSize Tape;
};

} // namespace retrograd

#endif // RETROGRAD_IR_BATCH_H
