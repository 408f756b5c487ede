//===- begin_complex.h - From here on, numbers are complex ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// No include guard: end.h takes all of this back.
#define double oracle::complex_step
#define float oracle::complex_step
#define half oracle::complex_step
#define extended oracle::complex_step
#define number oracle::complex_step
#define std oracle::of_std
