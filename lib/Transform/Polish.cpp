//===- Polish.cpp - A derivative as one would write it --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Most passes find nothing to do, so what is known of the function's memory is
// kept until one has.
//
//===----------------------------------------------------------------------===//

#include "Polish.h"
#include "AnyOrder.h"
#include "BeginSums.h"
#include "CarryUpdates.h"
#include "Cleanup.h"
#include "FuseLoops.h"
#include "MergeUpdates.h"
#include "PrivateSums.h"
#include "TurnLoops.h"
#include <optional>

using namespace retrograd;
using namespace retrograd::ir;

namespace {

class MemoryOf {
public:
  explicit MemoryOf(const Function &F) : F(F) {}

  const DerivativeMemory &get() {
    if (!Known)
      Known.emplace(F);
    return *Known;
  }
  /// Returns what it is told, for use in a condition.
  bool changed(bool Changed) {
    if (Changed)
      Known.reset();
    return Changed;
  }

private:
  const Function &F;
  std::optional<DerivativeMemory> Known;
};

} // namespace

void retrograd::polish(Context &Ctx, Function &F) {
  MemoryOf Memory(F);
  cleanUp(Ctx, F);
  if (Memory.changed(mergeUpdates(Ctx, F, Memory.get())))
    cleanUp(Ctx, F);
  while (Memory.changed(fuseLoops(F, Memory.get())))
    ;
  Memory.changed(turnLoops(Ctx, F, Memory.get()));
  Memory.changed(privatiseSums(Ctx, F, Memory.get()));
  Memory.changed(carryUpdates(Ctx, F, Memory.get()));
  beginSums(Ctx, F);
  addInAnyOrder(Ctx, F);
}
