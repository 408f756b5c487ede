//===- retrograd.h - What a user of Retrograd includes --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything that generated derivatives refer to, so that a file with
// `#pragma retrograd` in it needs this header and no other.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RETROGRAD_H
#define RETROGRAD_RETROGRAD_H

#include <cmath>
#include <retrograd/macros.h>
#include <retrograd/math.h>
#include <retrograd/revolve.h>
#include <retrograd/special.h>
#include <retrograd/tape.h>
#include <retrograd/value_and_tangent.h>

#endif // RETROGRAD_RETROGRAD_H
