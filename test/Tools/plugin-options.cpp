//===- plugin-options.cpp - Options of the plugin -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An unknown option or step is an error with a suggestion.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fplugin-arg-retrograd-help -fsyntax-only %s | FileCheck --check-prefix=HELP %s
// RUN: not %rgcxx -fplugin-arg-retrograd-print-aftr=lower -fsyntax-only %s 2>&1 | FileCheck --check-prefix=UNKNOWN %s
// RUN: not %rgcxx -fplugin-arg-retrograd-print-after=adjont -fsyntax-only %s 2>&1 | FileCheck --check-prefix=STEP %s
// RUN: not %rgcxx -fplugin-arg-retrograd-help=x -fsyntax-only %s 2>&1 | FileCheck --check-prefix=VALUE %s
// RUN: %rgcxx -fplugin-arg-retrograd-print-after=lower -fsyntax-only %s 2>&1 | FileCheck --check-prefix=LOWER %s
// RUN: %rgcxx -fplugin-arg-retrograd-print-derivatives -fsyntax-only %s 2>&1 | FileCheck --check-prefix=TEXT %s

// RUN: not %rgcxx -fplugin-arg-retrograd-verify=x -fsyntax-only %s 2>&1 | FileCheck --check-prefix=WORD %s
// RUN: not %rgcxx -fplugin-arg-retrograd-verify=-1 -fsyntax-only %s 2>&1 | FileCheck --check-prefix=NEGATIVE %s
// RUN: not %rgcxx -fplugin-arg-retrograd-verify -fsyntax-only %s 2>&1 | FileCheck --check-prefix=ABSENT %s
// RUN: not %rgcxx -fplugin-arg-retrograd-verify=99999999999 -fsyntax-only %s 2>&1 | FileCheck --check-prefix=LARGE %s

// HELP: print-after=<step>
// HELP: print-derivatives
// HELP: verify=<n>

// UNKNOWN: error: retrograd: unknown option 'print-aftr'; did you mean 'print-after'?
// STEP: error: retrograd: unknown step 'adjont'; did you mean 'adjoint'?
// VALUE: error: retrograd: option 'help' takes no value

// WORD: error: retrograd: option 'verify' takes a number of calls, 0 or more, not 'x'
// NEGATIVE: error: retrograd: option 'verify' takes a number of calls, 0 or more, not '-1'
// ABSENT: error: retrograd: option 'verify' takes a number of calls, 0 or more, not ''
// LARGE: error: retrograd: option 'verify' takes a number of calls, 0 or more, not '99999999999'

// LOWER: f after lower
// TEXT: void f_grad(
#pragma retrograd gradient
double f(double x) { return 2 * x; }
