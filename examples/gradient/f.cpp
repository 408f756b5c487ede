//===- f.cpp - The worked example of the field ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// z = x y + sin x, which is where introductions to automatic differentiation
// begin: two variables, one of them used twice.
//
//===----------------------------------------------------------------------===//

#include "f.h"
#include <cmath>
#include <retrograd/retrograd.h>

#pragma retrograd gradient wrt(x, y)
double f(double x, double y) { return x * y + std::sin(x); }
