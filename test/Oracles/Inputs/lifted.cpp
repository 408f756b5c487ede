//===- lifted.cpp - The same program over other numbers ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "lifted.h"

#include "begin_jets.h"
namespace jets {
#include "p0.h"
}
#include "end.h"
#include "begin_wide.h"
namespace wide {
#include "p0.h"
}
#include "end.h"
#include "begin_complex.h"
namespace complex {
#include "p0.h"
}
#include "end.h"

const oracle::lifted oracle::lifteds[] = {
    {"p0", jets::call, wide::call, complex::call}};
