//===- Verify.h - Derivatives that check themselves -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// With `verify=<n>` the derivative's body gets a function of its own, and the
// derivative becomes a check and a call of it:
//
//   void f_grad(const double *x, int n, double *d_x) {
//     static retrograd::verification check("f_grad", "x, n", 3);
//     check.gradient(static_cast<double (*)(const double *, int)>(f),
//                    f_grad_unchecked, retrograd::array(x, n), n);
//     f_grad_unchecked(x, n, d_x);
//   }
//
// The check calls the primal with copies of the arguments, so it needs to know
// how much memory there is. A derivative for which it does not is left as it
// is, and a remark says so.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_VERIFY_H
#define RETROGRAD_TRANSFORM_VERIFY_H

#include "Pipeline.h"

namespace retrograd {

/// Whether the calls of F, which was made for R, can be verified; if not, why.
bool canVerify(const Request &R, const ir::Function &F, Diagnostics &Diags);

/// The function that takes the name of F. Unchecked receives F's body.
ir::Function *makeVerified(ir::Context &Ctx, const Request &R,
                           const ir::Function &F, ir::Function &Unchecked,
                           int Calls);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_VERIFY_H
