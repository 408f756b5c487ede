//===- BatchLanes.h - A batch of samples in lanes -------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The function of a batch and its gradient, made over to run for several
// samples at once. A batch has both or none: where one of them cannot be had, a
// remark names the construct, and the description has no lanes.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_BATCHLANES_H
#define RETROGRAD_TRANSFORM_BATCHLANES_H

#include "Pipeline.h"
#include <set>

namespace retrograd {

/// The functions to write, callees first, and their names in B; none where the
/// batch has no lanes, which a remark explains. Names has the names of all
/// helper functions so far.
std::vector<ir::Function *> batchInLanes(ir::Context &Ctx, const Request &R,
                                         const ir::Function &Gradient,
                                         std::set<std::string> &Names,
                                         BatchDescription &B, Remarks &Told);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_BATCHLANES_H
