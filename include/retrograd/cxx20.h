//===- cxx20.h - The training runtime is written in C++20 -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compilers default to older languages, and what they say of concepts and spans
// then does not tell what to do. Gradients alone need C++17.
//
//===----------------------------------------------------------------------===//

#if __cplusplus < 202002L
#error "Retrograd's training runtime needs C++20: compile with -std=c++20"
#endif
