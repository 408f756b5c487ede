//===- begin_wide.h - From here on, numbers are long double --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// No include guard: end.h takes all of this back. A word, since `double(x)` is
// an expression.
#define double long_double
#define float long_double
#define half long_double
#define extended long_double
#define number long_double
