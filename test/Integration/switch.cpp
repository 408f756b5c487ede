//===- switch.cpp - switch ------------------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// With and without fall-through, with the default anywhere or nowhere, in
// loops and with returns.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}

#include "oracle.h"
#include <retrograd/retrograd.h>

#pragma retrograd gradient
#pragma retrograd jvp
double plain(double x, int k) {
  double r = 1;
  switch (k) {
  case 0:
    r = x;
    break;
  case 1:
  case 2:
    r = x * x;
    break;
  case -3: {
    double t = std::sin(x);
    r = t * t;
    break;
  }
  default:
    r = 3 * x;
  }
  return r * x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double fall_through(double x, int k) {
  double r = 1;
  switch (k) {
  case 3:
    r *= x;
    [[fallthrough]];
  case 2:
    r += x;
    [[fallthrough]];
  case 1:
    r *= r * x;
    break;
  case 0:
    r = x;
  }
  return r;
}

#pragma retrograd gradient
#pragma retrograd jvp
double default_in_the_middle(double x, int k) {
  double r = x;
  switch (k) {
  case 0:
    r *= 2;
  default:
    r *= x;
  case 1:
    r += x;
    break;
  case 2:
    r = 7;
  }
  return r * r;
}

#pragma retrograd gradient
#pragma retrograd jvp
double default_first(double x, unsigned k) {
  switch (k) {
  default:
    x *= x;
    break;
  case 0:
    x += 1;
  case 1:
    x *= 3;
  }
  return x;
}

#pragma retrograd gradient
#pragma retrograd jvp
double returning(double x, int k) {
  switch (k) {
  case 0:
    return x;
  case 1:
    x *= x;
  case 2:
    if (x > 1)
      return x * x;
    x += 1;
    break;
  default:
    return 5;
  }
  return x * 2;
}

#pragma retrograd gradient
#pragma retrograd jvp
double in_loop(double x, int n) {
  double r = x;
  for (int i = 0; i < n; ++i) {
    switch (i % 4) {
    case 0:
      r *= x;
      break;
    case 1:
      continue;
    case 2:
      r += r * r;
      if (r > 5)
        return r * x;
    default:
      r = std::sin(r);
    }
    r *= 1.5;
  }
  return r;
}

// break leaves the loop inside, then the switch.
#pragma retrograd gradient
#pragma retrograd jvp
double loop_inside(double x, int k) {
  double r = 1;
  switch (k) {
  case 1:
    for (int i = 0; i < 5; ++i) {
      r *= x;
      if (r > 2)
        break;
    }
    r += x;
  case 2:
    while (true) {
      r *= x;
      if (r < 4)
        break;
      r /= 3;
    }
    break;
  default:
    r = x * x;
  }
  return r;
}

enum class operation { add, multiply, negate };

#pragma retrograd gradient
#pragma retrograd jvp
double interpret(const operation *program, int n, double x, double y) {
  double a = x;
  for (int i = 0; i < n; ++i)
    switch (program[i]) {
    case operation::add:
      a += y;
      break;
    case operation::multiply:
      a *= y;
      break;
    case operation::negate:
      a = -a;
      break;
    }
  return a * a;
}

// The condition has a side effect and an initialiser.
#pragma retrograd gradient
#pragma retrograd jvp
double with_effects(double x, int k) {
  switch (double t = x * x; k++) {
  case 1:
    x = t * k;
    break;
  case 2:
    x = t + k;
  }
  return x * k;
}

#pragma retrograd gradient
#pragma retrograd jvp
double nested(double x, int j, int k) {
  switch (j) {
  case 0:
    switch (k) {
    case 0:
      x *= 2;
      break;
    default:
      x *= x;
    }
    x += 1;
    break;
  case 1:
    switch (k)
    case 1:
      x *= 5;
  }
  return x * x;
}

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wgnu-case-range"

// Ranges of labels, and a variable that is declared before the first one.
#pragma retrograd gradient
#pragma retrograd jvp
double ranges(double x, int k) {
  switch (k) {
    int j;
  case 1 ... 3:
    j = k;
    x *= j;
    break;
  case 4 ... 4:
  case 6 ... 9:
    j = 2;
    x *= x * j;
    break;
  default:
    return x * x * x;
  }
  return x * x;
}

#pragma clang diagnostic pop

// Sections of one block, and sections without statements.
#pragma retrograd gradient
#pragma retrograd jvp
double blocks(double x, int k) {
  switch (k) {
  }
  switch (int m = k + 1; int n = m) {
  case 2: {
  }
  case 3:
    x *= n;
    [[fallthrough]];
  case 4: {
    x *= x;
  } break;
  case 5: {
  }
  }
  switch (k) {
  case 1: {
    break;
  }
  case 2:
    if (x > 0)
      break;
    else
      return x;
  case 3:
    if (x > 0)
      break;
  }
  return x;
}

int main() {
  for (int k = 0; k < 11; ++k)
    CHECK_GRADIENT(ranges, 0.5, k);
  for (int k = 0; k < 5; ++k)
    for (double x : {0.5, -0.5})
      CHECK_GRADIENT(blocks, x, k);
  for (int k = -3; k <= 4; ++k) {
    CHECK_GRADIENT(plain, 1.3, k);
    CHECK_GRADIENT(fall_through, 1.3, k);
    CHECK_GRADIENT(default_in_the_middle, 1.3, k);
    CHECK_GRADIENT(returning, 1.3, k);
    CHECK_GRADIENT(returning, 0.6, k);
    CHECK_GRADIENT(loop_inside, 1.3, k);
    CHECK_GRADIENT(with_effects, 1.3, k);
  }
  for (unsigned k = 0; k < 3; ++k)
    CHECK_GRADIENT(default_first, 1.3, k);
  for (int n : {0, 1, 2, 3, 4, 7, 12})
    for (double x : {0.7, 1.4})
      CHECK_GRADIENT(in_loop, x, n);
  operation program[] = {operation::add, operation::multiply, operation::negate,
                         operation::multiply, operation::add};
  CHECK_GRADIENT(interpret, program, 5, 1.5, 0.75);
  CHECK_GRADIENT(interpret, program, 0, 1.5, 0.75);
  for (int j = 0; j < 3; ++j)
    for (int k = 0; k < 2; ++k)
      CHECK_GRADIENT(nested, 1.3, j, k);
  return oracle::result();
}
