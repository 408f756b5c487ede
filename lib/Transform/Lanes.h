//===- Lanes.h - Functions that run for several samples at once -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Makes of a function of one sample, a primal or its gradient, one of W samples
// that computes with lanes (include/retrograd/lanes.h):
//
//   if (u > 0) {            const lane_mask<float, W> taken = active & u > 0;
//     z += u * u;           if (retrograd::any(taken)) {
//   }                =>       retrograd::where(taken, z) += u * u;
//                           }
//   while (f > e) {         lane_mask<float, W> running = active & f > e;
//     y = step(y);   =>     while (retrograd::any(running)) {
//   }                         retrograd::where(running, y) = step(y);
//                             running = running & f > e;
//                           }
//   s += w[label];   =>     s += retrograd::gather(active, w, label);
//
// Control that is the same in all lanes stays as it is, and so does what is
// computed from shared values alone; see Analysis/Uniformity.h. Adjoints of
// shared memory have an element for each lane, so that no two lanes add to the
// same place. The lanes that execute a statement are those whose samples do, in
// the reverse sweep as in the forward sweep; so what one leaves on the tape,
// all lanes of it, the other finds there.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRANSFORM_LANES_H
#define RETROGRAD_TRANSFORM_LANES_H

#include "../Analysis/Uniformity.h"

namespace retrograd {

struct LanesRequest {
  /// A primal after StructureExits, or a finished derivative.
  const ir::Function *Source = nullptr;
  /// For each parameter: a sample, or memory with an element for each lane (the
  /// sample's arrays, its outputs, adjoints). The others are shared.
  std::vector<bool> InLanes;
};

struct LaneFunctions {
  /// Callees before callers; the last one is the function asked for. Templates
  /// over the number of lanes and the type of the mask:
  ///   template <int W, class Mask> R name_lanes(Mask active, p...)
  std::vector<ir::Function *> Functions;
};

/// The function in lanes, or why there is none. Names has the names of all
/// helper functions so far, and gets those of the new ones.
std::optional<LaneFunctions> makeLanes(ir::Context &Ctx, const LanesRequest &R,
                                       std::set<std::string> &Names,
                                       LaneRefusal &Refusal);

} // namespace retrograd

#endif // RETROGRAD_TRANSFORM_LANES_H
