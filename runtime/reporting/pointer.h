//===- pointer.h - Numbers under the pointer ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The plot is covered by upright strips, each of which shows the numbers of all
// runs near its middle: no need to aim at a point, and no script.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_REPORTING_POINTER_H
#define RETROGRAD_RUNTIME_REPORTING_POINTER_H

#include "panel.h"
#include <string>
#include <vector>

namespace retrograd::reporting {

/// Strips from the top of the first panel to the bottom of the last, at most
/// `most` of them.
std::string pointer_strips(const std::vector<panel> &panels,
                           const picture &shown, int most);

} // namespace retrograd::reporting

#endif // RETROGRAD_RUNTIME_REPORTING_POINTER_H
