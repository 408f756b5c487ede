//===- lower-openmp.cpp - Directives of OpenMP ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A loop with a directive is a statement of another kind than a loop.
//
//===----------------------------------------------------------------------===//

// RUN: %rgcxx -fopenmp-simd -fsyntax-only -Xclang -verify %s

#pragma retrograd gradient
double sum(double x, int n) {
  double y = 0;
#pragma omp simd // expected-error {{a statement of the kind 'OMPSimdDirective' is not supported}}
                 // expected-note@-1 {{move it to a function marked '#pragma retrograd inactive'}}
  for (int i = 0; i < n; ++i)
    y += x * i;
  return y;
}
