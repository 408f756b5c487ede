//===- mlp.h - A network 64-64-32-1 with tanh -----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The squared error of one sample. Active are the weights, the biases and the
// inputs.
//
//===----------------------------------------------------------------------===//

namespace mlp {

static void layer(const real *weights, const real *bias, const real *in,
                  int columns, real *out, int rows) {
  for (int j = 0; j < rows; ++j) {
    real sum = bias[j];
    for (int i = 0; i < columns; ++i)
      sum += weights[j * columns + i] * in[i];
    out[j] = tanh(sum);
  }
}

static real loss(const real *w1, const real *b1, const real *w2, const real *b2,
                 const real *w3, const real *b3, const real *in,
                 double target) {
  real first[64], second[32], last[1];
  layer(w1, b1, in, 64, first, 64);
  layer(w2, b2, first, 64, second, 32);
  layer(w3, b3, second, 32, last, 1);
  return (last[0] - target) * (last[0] - target);
}

/// x: weights and biases layer by layer, then the inputs. The size of the
/// network is fixed.
static real value(int /*n*/, const real *x) {
  return loss(x, x + 4096, x + 4160, x + 6208, x + 6240, x + 6272, x + 6273,
              0.5);
}

} // namespace mlp
