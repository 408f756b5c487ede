//===- command.cpp - The command that writes derivatives ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The output compiles on its own with any compiler when included after the primal's
// header, and an error leaves no output behind.
//
//===----------------------------------------------------------------------===//

// RUN: %retrograd %s -o %t.h -- -std=c++20
// RUN: FileCheck %s --input-file=%t.h
// RUN: %retrograd %s -- -std=c++20 | FileCheck %s
// RUN: %gxx -Wall -Wextra -Wno-unknown-pragmas -Werror -include %S/Inputs/model.h -x c++ -fsyntax-only %t.h
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Wno-unknown-pragmas -Werror -include %S/Inputs/model.h -x c++ -fsyntax-only %t.h
// REQUIRES: gxx

// CHECK: // Derivatives of the functions in command.cpp
// CHECK: #include <retrograd/retrograd.h>
// CHECK: namespace model {
// CHECK: inline void loss_grad(double x, double y, double *d_x, double *d_y) {
// CHECK: namespace detail {
// CHECK: inline void twice_vjp(
// CHECK: } // namespace detail
// CHECK: } // namespace model
// CHECK: namespace model {
// CHECK: inline void loss_hvp(
#include <retrograd/retrograd.h>
#include "Inputs/model.h"

// The steps are printed instead of the text.
// RUN: %retrograd --print-after=lower %s -- -std=c++20 | FileCheck --check-prefix=STEP %s
// STEP: model::loss after lower
// STEP-NOT: #include

// Errors.
// RUN: not %retrograd --print-after=lowr %s -- 2>&1 | FileCheck --check-prefix=UNKNOWN %s
// UNKNOWN: error: unknown step 'lowr'; did you mean 'lower'?
// RUN: not %retrograd --verify=-1 %s -- 2>&1 | FileCheck --check-prefix=CALLS %s
// CALLS: error: option 'verify' takes a number of calls, 0 or more, not '-1'
// RUN: rm -f %t.bad
// RUN: not %retrograd %s -o %t.bad -- -std=c++20 -DBROKEN 2>&1 | FileCheck --check-prefix=BROKEN %s
// RUN: not ls %t.bad
#ifdef BROKEN
// BROKEN: error: unknown mode 'gradeint'
#pragma retrograd gradeint
#endif
// RUN: not %retrograd %s -o %t.no/such/folder -- -std=c++20 2>&1 | FileCheck --check-prefix=UNWRITABLE %s
// UNWRITABLE: error: cannot write '{{.*}}': No such file or directory
// RUN: not %retrograd %s -o /dev/full -- -std=c++20 2>&1 | FileCheck --check-prefix=FULL %s
// FULL: error: cannot write '/dev/full': No space left on device

// RUN: %retrograd --version | FileCheck --check-prefix=VERSION %s
// VERSION: retrograd {{[0-9.]+}}
// RUN: %retrograd --help | FileCheck --check-prefix=HELP %s
// HELP: --print-after=<step>
// HELP: --verify=<n>
