//===- primals.h - All primals, for one type ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Included once for each type `real`, in a namespace that says what that is and
// which functions `exp`, `log` and so on are, if they are not found by their
// argument. Hence no guard.
//
//===----------------------------------------------------------------------===//

#include "primals/black_scholes.h"
#include "primals/brusselator.h"
#include "primals/call_chain.h"
#include "primals/fft.h"
#include "primals/gaussian_sum.h"
#include "primals/gaussian_vector.h"
#include "primals/heat.h"
#include "primals/lorenz.h"
#include "primals/matrix_product.h"
#include "primals/mlp.h"
#include "primals/nested.h"
#include "primals/rosenbrock.h"
#include "primals/tree_sum.h"
#include "primals/vector_loops.h"
