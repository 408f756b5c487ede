//===- Tangent.h - Forward mode -------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each statement is preceded by its tangent, which reads the values that the
// statement reads (Griewank, Walther, "Evaluating Derivatives", 2008, section
// 3.1):
//
//   y = x * sin(x);     =>     t_y = t_x * sin(x) + x * cos(x) * t_x;
//                              y = x * sin(x);
//
// Statements of derivatives have tangents, too, so the tangent of an adjoint is
// second order.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_TANGENT_H
#define RETROGRAD_TRANSFORM_TANGENT_H

#include "Pipeline.h"
#include "SplitCalls.h"

namespace retrograd {

/// The function that `jvp` asks for, without its name; null after an error.
ir::Function *makeJvp(ir::Context &Ctx, const Request &R,
                      DerivativeProvider &Provider, Diagnostics &Diags);

/// Fills Into, which exists already, with the tangent of a called function (see
/// DerivativeProvider::tangent). Returns false after an error.
bool makeTangentCallee(ir::Context &Ctx, ir::Function &Callee,
                       const std::vector<bool> &Active, ir::Function &Into,
                       DerivativeProvider &Provider, Diagnostics &Diags);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_TANGENT_H
