//===- BlockWrites.h - What the rest of a block writes --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Answers again and again, for one statement of a block after the other, which
// objects are written in it or behind it. To walk the rest of the block each
// time would take time that grows with the square of its length, so the sets
// are kept. They hold for the function as it was when they were first asked
// for.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_ANALYSIS_BLOCKWRITES_H
#define RETROGRAD_ANALYSIS_BLOCKWRITES_H

#include "Memory.h"
#include <memory>

namespace retrograd {

class BlockWrites {
public:
  explicit BlockWrites(const MemoryModel &Memory) : Memory(Memory) {}

  /// What a statement and the blocks inside it may write.
  const ObjectSet &of(const ir::Stmt &S);
  /// No statement of the block behind this position may write these objects.
  bool unchangedAfter(const ObjectSet &Objects, size_t Position,
                      const ir::Block &B);

private:
  using LastWrites = llvm::DenseMap<unsigned, size_t>;
  const LastWrites &lastWrites(const ir::Block &B);

  const MemoryModel &Memory;
  llvm::DenseMap<const ir::Stmt *, std::unique_ptr<ObjectSet>> Writes;
  llvm::DenseMap<const ir::Block *, std::unique_ptr<LastWrites>> Last;
};

} // namespace retrograd

#endif // RETROGRAD_ANALYSIS_BLOCKWRITES_H
