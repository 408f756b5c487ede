//===- Printer.h - The IR as C++ text -------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one printer: derivatives are emitted with it and every step of the
// pipeline is dumped with it, since the IR is C++. It decides names and
// parentheses and nothing else.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EMIT_PRINTER_H
#define RETROGRAD_EMIT_PRINTER_H

#include "../IR/IR.h"
#include "llvm/Support/raw_ostream.h"

namespace retrograd {

/// The definition of a function, ending with a newline.
std::string printFunction(const ir::Function &F);

/// "void f_grad(double x, double *d_x)", without a semicolon.
std::string printSignature(const ir::Function &F);

/// The printed types of the parameters, joined by ", ": the key of overloads.
std::string printParameterTypes(const ir::Function &F);

/// An expression with the variables' own names, for dumps and messages.
std::string printExpr(const ir::Expr *E);

} // namespace retrograd

#endif // RETROGRAD_EMIT_PRINTER_H
