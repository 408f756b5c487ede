//===- StoredExtent.h - How much of a local array the tape keeps ----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A local array that leaves its scope while the reverse sweep needs it goes to
// the tape: of what Analysis/UsedExtent finds, as much as both sweeps can tell.
//
//   before:  tape.push_array(scaled, 64);
//   after:   tape.push_array(scaled, 0 < d ? d : 0);
//
// The number of elements is read where the array's block ends, and again where
// its reverse begins.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_STOREDEXTENT_H
#define RETROGRAD_TRANSFORM_STOREDEXTENT_H

#include "../Analysis/BlockWrites.h"
#include "../Analysis/UsedExtent.h"

namespace retrograd {

class StoredExtents {
public:
  StoredExtents(ir::Context &Ctx, const ir::Function &F,
                const MemoryModel &Memory, BlockWrites &Writes)
      : Ctx(Ctx), Memory(Memory), Writes(Writes), Used(F) {}

  /// How many first elements of the array, or rows, the tape must keep if it
  /// is declared at a position of a block; null for all.
  const ir::Expr *count(const ir::Variable *Array, size_t Position,
                        const ir::Block &B);

private:
  ir::Context &Ctx;
  const MemoryModel &Memory;
  BlockWrites &Writes;
  const UsedExtents Used;
};

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_STOREDEXTENT_H
