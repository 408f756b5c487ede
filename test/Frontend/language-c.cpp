//===- language-c.cpp - Pragmas in C ------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// C has no derivatives, and must not miss them at link time.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -fplugin=%plugin -x c -fsyntax-only -Xclang -verify %s

// expected-error@+2 {{'#pragma retrograd' needs C++}}
// expected-note@+1 {{compile the file as C++}}
#pragma retrograd gradient
double f(double x) { return x; }
