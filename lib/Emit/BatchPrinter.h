//===- BatchPrinter.h - The description of a batch as C++ text ------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Writes the type that tells a runtime how to call a function and its gradient
// for one sample out of many, as a readable aggregate: its fields are the
// arguments that are passed on. include/retrograd/batch.h says what each member
// means; docs/pragmas.md shows one.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EMIT_BATCHPRINTER_H
#define RETROGRAD_EMIT_BATCHPRINTER_H

#include "../IR/Batch.h"

namespace retrograd {

/// The definition of the description, with the scope that it needs.
std::string printBatch(const BatchDescription &B);

/// What the compiler has found out, for dumps: a comment a line. Reasons says
/// for each shared parameter what makes it indexed, or null.
std::string printBatchFacts(const BatchDescription &B,
                            llvm::ArrayRef<const ir::Expr *> Reasons);

/// Whether a member of every description has that name, so that no field can.
bool isBatchMember(llvm::StringRef Name);

} // namespace retrograd

#endif // RETROGRAD_EMIT_BATCHPRINTER_H
