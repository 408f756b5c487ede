//===- lstm.h - Loss of predictions by an LSTM ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ADBench's fourth problem (F. Srajer, Z. Kukelova, A. Fitzgibbon, Optimization
// Methods and Software 33, 2018; the network after S. Hochreiter, J.
// Schmidhuber, Neural Computation 9, 1997): how well an LSTM of l layers with b
// units each predicts a sequence of c characters of b bits. Weights are
// diagonal, so that the units of a layer do not see each other.
//
// A layer has for each gate, forget, in, out and change, b weights, and then
// for each gate b biases. `extra` has b weights of the input, weights of the
// output and biases of the output. `state` has, for each layer, the hidden
// values and the cells at the start.
//
// Text over `real`, to be included in a namespace that says what that is.
//
//===----------------------------------------------------------------------===//

namespace lstm {

static real sigmoid(real x) { return 1 / (1 + exp(-x)); }

static real objective(int l, int c, int b, const real *main, const real *extra,
                      const double *state, const double *sequence) {
  real *hidden = new real[l * b];
  real *cell = new real[l * b];
  for (int layer = 0; layer < l; ++layer)
    for (int i = 0; i < b; ++i) {
      hidden[layer * b + i] = state[2 * layer * b + i];
      cell[layer * b + i] = state[(2 * layer + 1) * b + i];
    }

  real total = 0;
  for (int t = 0; t < c - 1; ++t) {
    real sum = 2;
    double bits = 0;
    for (int i = 0; i < b; ++i) {
      real signal = sequence[t * b + i] * extra[i];
      for (int layer = 0; layer < l; ++layer) {
        const int at = layer * b + i;
        const real *weight = main + 8 * layer * b + i;
        const real *bias = weight + 4 * b;
        const real forget = sigmoid(signal * weight[0] + bias[0]);
        const real in = sigmoid(hidden[at] * weight[b] + bias[b]);
        const real out = sigmoid(signal * weight[2 * b] + bias[2 * b]);
        const real change = tanh(hidden[at] * weight[3 * b] + bias[3 * b]);
        cell[at] = cell[at] * forget + in * change;
        hidden[at] = out * tanh(cell[at]);
        signal = hidden[at];
      }
      const real predicted = signal * extra[b + i] + extra[2 * b + i];
      sum += exp(predicted);
      total += sequence[(t + 1) * b + i] * predicted;
      bits += sequence[(t + 1) * b + i];
    }
    total -= bits * log(sum);
  }
  delete[] hidden;
  delete[] cell;
  return -total / ((c - 1) * b);
}

} // namespace lstm
