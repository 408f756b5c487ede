//===- begin_jets.h - From here on, numbers are jets ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// No include guard: end.h takes all of this back.
#define double oracle::double_jet
#define float oracle::float_jet
#define half oracle::half_jet
#define extended oracle::long_double_jet
#define number oracle::long_double_jet
#define std oracle::of_std
#define retrograd oracle::of_retrograd
