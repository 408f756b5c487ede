//===- gcc.cpp - The runtime's headers and tests with g++ -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Generated text is compiled by g++ too.
//
//===----------------------------------------------------------------------===//
//
// REQUIRES: gxx
// RUN: %gxx -Wall -Wextra -Werror -pedantic -fsyntax-only %s
// RUN: %gxx -std=c++17 -Wall -Wextra -Werror -pedantic -fsyntax-only %s
// RUN: %gxx -O2 -Wall -Wextra -Werror -Wno-comment %S/tape-order.cpp -o %t.order
// RUN: %t.order
// RUN: %gxx -O2 -Wall -Wextra -Werror -Wno-comment %S/tape-scope.cpp -o %t.scope
// RUN: %t.scope
// RUN: %gxx -O2 -Wall -Wextra -Werror -Wno-comment %S/math.cpp -o %t.math
// RUN: %t.math
// RUN: %gxx -O2 -Wall -Wextra -Werror -Wno-comment %S/check-gradient.cpp -o %t.gradient
// RUN: %t.gradient | FileCheck %S/check-gradient.cpp
// RUN: %gxx -std=c++17 -Wall -Wextra -Werror -Wno-comment %S/check-products.cpp -o %t.products
// RUN: %t.products | FileCheck %S/check-products.cpp

#include <retrograd/retrograd.h>

int main() {}
