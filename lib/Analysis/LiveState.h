//===- LiveState.h - What a piece of code needs of earlier runs -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The objects that code may read before it has written them: its upward exposed
// uses, a backward problem of liveness (Aho, Lam, Sethi, Ullman, "Compilers:
// Principles, Techniques, and Tools", 2nd edition, 2006, section 9.2.5), solved
// forwards here by what has been written on every way so far. Together with
// what the code writes this is the state of a loop: what an iteration is run
// again from.
//
// A variable has been written by an assignment to its name, an array by a loop
// that assigns to each of its elements. Everything else is taken for read.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_ANALYSIS_LIVESTATE_H
#define RETROGRAD_ANALYSIS_LIVESTATE_H

#include "Memory.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace retrograd {

/// How many elements an object has; null where that is not known.
using ExtentOf = llvm::function_ref<const ir::Expr *(unsigned Object)>;

/// Objects that Code may read before it has written them, and all that may be
/// the same memory.
ObjectSet readBeforeWritten(const MemoryModel &Memory, const ir::Block &Code,
                            ExtentOf Extent);

} // namespace retrograd

#endif // RETROGRAD_ANALYSIS_LIVESTATE_H
