//===- schedules.h - All schedules of the learning rate -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See docs/schedules.md for a tour.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_SCHEDULES_H
#define RETROGRAD_SCHEDULES_H

#include <retrograd/cxx20.h>

#include <retrograd/schedules/annealing.h>
#include <retrograd/schedules/composed.h>
#include <retrograd/schedules/decay.h>
#include <retrograd/schedules/reduce_on_plateau.h>
#include <retrograd/schedules/schedule.h>

#endif // RETROGRAD_SCHEDULES_H
