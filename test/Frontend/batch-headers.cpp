//===- batch-headers.cpp - What a description needs ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The names that the text of a description is made of come from one header.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fsyntax-only -Xclang -verify %s

// expected-error@+2 {{the derivative needs 'retrograd::access}}
// expected-note@+1 {{include <retrograd/batch.h>}}
#pragma retrograd batch sample(x) shared(w)
double line(double x, double w) { return w * x; }
