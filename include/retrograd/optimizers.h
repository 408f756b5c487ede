//===- optimizers.h - All optimizers --------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For those who want to choose later; each has a header of its own in
// optimizers/, and a page in docs/optimizers/.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_H
#define RETROGRAD_OPTIMIZERS_H

#include <retrograd/cxx20.h>

#include <retrograd/optimizers/adadelta.h>
#include <retrograd/optimizers/adagrad.h>
#include <retrograd/optimizers/adam.h>
#include <retrograd/optimizers/adamax.h>
#include <retrograd/optimizers/gradient_norm.h>
#include <retrograd/optimizers/lbfgs.h>
#include <retrograd/optimizers/lion.h>
#include <retrograd/optimizers/nadam.h>
#include <retrograd/optimizers/optimizer_state.h>
#include <retrograd/optimizers/radam.h>
#include <retrograd/optimizers/rmsprop.h>
#include <retrograd/optimizers/sgd.h>
#include <retrograd/optimizers/svrg.h>

#endif // RETROGRAD_OPTIMIZERS_H
