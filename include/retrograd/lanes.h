//===- lanes.h - Several samples at once ----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What generated code computes with when it runs a function for W samples: one
// value a lane (lanes), for which of them something holds (lane_mask), memory
// that only some of them touch (where, gather, scatter), and the mathematics of
// <cmath> over them. docs/simd.md tells how to use it.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_LANES_H
#define RETROGRAD_LANES_H

#include "lanes/exponential.h"
#include "lanes/native.h"
#include "lanes/places.h"
#include "lanes/trigonometric.h"
#include "lanes/types.h"

#endif // RETROGRAD_LANES_H
