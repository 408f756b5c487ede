//===- injected-file.cpp - The generated text as a file -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The text has a name of its own, in messages and in debug info. An error in it, such
// as this one, which a macro of the user's brings about, is called our defect.
//
//===----------------------------------------------------------------------===//

// RUN: not %rgcxx -fsyntax-only "-Dd_x=+" %s 2>&1 | FileCheck %s

// CHECK: included from {{.*}}injected-file.cpp:[[# @LINE + 4]]:
// CHECK-NEXT: injected-file.cpp.f_grad.retrograd.cpp:1:{{.*}} error:
// CHECK: error: the text of 'f_grad' does not compile; this is a defect of Retrograd
#pragma retrograd gradient
double f(double x) { return x; }
