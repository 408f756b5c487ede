//===- workloads.h - All workloads ----------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See workload.h for what they are.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_DERIVATIVES_WORKLOADS_H
#define RETROGRAD_BENCHMARKS_DERIVATIVES_WORKLOADS_H

#include "workloads/black_scholes.h"
#include "workloads/brusselator.h"
#include "workloads/call_chain.h"
#include "workloads/fft.h"
#include "workloads/gaussian_sum.h"
#include "workloads/gaussian_vector.h"
#include "workloads/heat.h"
#include "workloads/lorenz.h"
#include "workloads/matrix_product.h"
#include "workloads/mlp.h"
#include "workloads/nested.h"
#include "workloads/rosenbrock.h"
#include "workloads/tree_sum.h"
#include "workloads/vector_loops.h"

#endif // RETROGRAD_BENCHMARKS_DERIVATIVES_WORKLOADS_H
