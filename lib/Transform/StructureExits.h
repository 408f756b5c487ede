//===- StructureExits.h - Return, break and continue as structure ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rewrites a function so that every block is left only at its end; reversing it
// is then reversing each block, branch and loop in place.
//
//   if (c) return a;              if (c) { result = a; }
//   rest; return b;        =>     else { rest; result = b; }
//
//   while (p) {                   bool stop = false;
//     if (c) break;        =>     while (!stop && p) {
//     rest;                         if (c) { stop = true; }
//   }                               else { rest; }
//                                 }
//
// A flag exists only where an exit crosses a loop or leaves a branch that other
// paths pass through.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_STRUCTUREEXITS_H
#define RETROGRAD_TRANSFORM_STRUCTUREEXITS_H

#include "../IR/IR.h"

namespace retrograd {

/// Removes Return, Break, Continue and Once from F and sets F.Result.
void structureExits(ir::Context &Ctx, ir::Function &F);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_STRUCTUREEXITS_H
