//===- call_chain.h - Functions that change one state ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A state of four numbers goes through n rounds of three functions that change
// it in place, each round with a parameter of its own. Active are the
// parameters and the initial state.
//
//===----------------------------------------------------------------------===//

namespace call_chain {

static void turn(real *s, real w) {
  s[0] += w * s[1];
  s[1] -= w * s[0];
}

static void bend(real *s) {
  s[2] += 0.1 * s[0] * s[3];
  s[3] -= 0.1 * s[1] * s[2];
}

static void damp(real *s, real w) {
  const real size = 1 + s[2] * s[2] + s[3] * s[3];
  s[2] = s[2] / size + w * s[0];
  s[3] = s[3] / size;
}

static real chain(const real *w, int n, const real *start) {
  real s[4] = {start[0], start[1], start[2], start[3]};
  for (int i = 0; i < n; ++i) {
    turn(s, w[i]);
    bend(s);
    damp(s, w[i]);
  }
  return s[0] * s[0] + s[1] * s[1] + s[2] * s[2] + s[3] * s[3];
}

/// x: the parameters, then the state.
static real value(int n, const real *x) { return chain(x, n, x + n); }

} // namespace call_chain
