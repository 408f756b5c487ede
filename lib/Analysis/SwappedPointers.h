//===- SwappedPointers.h - Pointers that are always apart -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Two buffers change roles in each step of a simulation:
//
//   T *const before = now;  now = next;  next = before;
//
// Each pointer may point to either buffer, but never both to the same one. That
// holds for pointers of one block that begin with memory of their own each, and
// that are changed by such exchanges only, since an exchange permutes what they
// hold. Between its statements nothing is accessed.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_ANALYSIS_SWAPPEDPOINTERS_H
#define RETROGRAD_ANALYSIS_SWAPPEDPOINTERS_H

#include "Memory.h"

namespace retrograd {

/// Sets Variable::Apart of the function's pointers, the same number for those
/// that never point to the same object where they are used.
void markSwappedPointers(ir::Function &F, const MemoryModel &Memory);

/// Both places are reached through pointers of one such group.
bool areApart(const ir::Expr *PlaceA, const ir::Expr *PlaceB);

} // namespace retrograd

#endif // RETROGRAD_ANALYSIS_SWAPPEDPOINTERS_H
