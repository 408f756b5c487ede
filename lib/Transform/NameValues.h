//===- NameValues.h - Names for the values a partial needs ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Brings active statements into the form that the transforms differentiate one
// by one: a library call whose value a partial mentions gets a name, once, so
// that nothing expensive is computed twice.
//
//   y = a * exp(u);     =>     const double t = exp(u); y = a * t;
//   x = x + e;          =>     x += e;
//   g(p * q);           =>     const double t = p * q; g(t);
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_NAMEVALUES_H
#define RETROGRAD_TRANSFORM_NAMEVALUES_H

#include "../Analysis/Activity.h"

namespace retrograd {

void nameValues(ir::Context &Ctx, ir::Function &F, const MemoryModel &Memory,
                const Activity &Active);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_NAMEVALUES_H
