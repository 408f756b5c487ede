//===- lstm.h - Gradients of the LSTM's loss ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By hand, the forward sweep keeps what the gates of each unit came to, and the
// reverse sweep goes back in time with nothing computed again.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_BENCHMARKS_ADBENCH_LSTM_H
#define RETROGRAD_BENCHMARKS_ADBENCH_LSTM_H

#include "problem.h"

namespace problems {
#include "../primals/lstm.h"

namespace lstm {

using input = adbench::lstm_input;

static void value(const input &in, double *out) {
  *out = objective(in.l, in.c, in.b, in.main.data(), in.extra.data(),
                   in.state.data(), in.sequence.data());
}

#pragma retrograd gradient(objective) wrt(main, extra) value
static void derivative(const input &in, double *out, double *gradient) {
  std::fill_n(gradient, in.derivatives(), 0.0);
  *out = objective_grad(in.l, in.c, in.b, in.main.data(), in.extra.data(),
                        in.state.data(), in.sequence.data(), gradient,
                        gradient + in.main.size());
}

/// One unit at one time.
struct unit {
  double forget, in, out, change, bounded, cell, hidden;
};

/// `now` from the unit one step before and its input; returns its output.
static double step(const unit &before, const double *weight, int b,
                   double signal, unit &now) {
  const double *const bias = weight + 4 * b;
  now.forget = sigmoid(signal * weight[0] + bias[0]);
  now.in = sigmoid(before.hidden * weight[b] + bias[b]);
  now.out = sigmoid(signal * weight[2 * b] + bias[2 * b]);
  now.change = tanh(before.hidden * weight[3 * b] + bias[3 * b]);
  now.cell = before.cell * now.forget + now.in * now.change;
  now.bounded = tanh(now.cell);
  now.hidden = now.out * now.bounded;
  return now.hidden;
}

/// The adjoint of `step`: d_cell and d_hidden are those of the unit, and then
/// of the unit one step before. Returns that of the input.
static double step_adjoint(const unit &before, const unit &now,
                           const double *weight, int b, double signal,
                           double &d_cell, double &d_hidden, double *d_weight) {
  const double d_out = d_hidden * now.bounded * now.out * (1 - now.out);
  d_cell += d_hidden * now.out * (1 - now.bounded * now.bounded);
  const double d_forget = d_cell * before.cell * now.forget * (1 - now.forget);
  const double d_in = d_cell * now.change * now.in * (1 - now.in);
  const double d_change = d_cell * now.in * (1 - now.change * now.change);
  d_cell *= now.forget;
  d_hidden = d_in * weight[b] + d_change * weight[3 * b];
  d_weight[0] += d_forget * signal;
  d_weight[b] += d_in * before.hidden;
  d_weight[2 * b] += d_out * signal;
  d_weight[3 * b] += d_change * before.hidden;
  d_weight[4 * b] += d_forget;
  d_weight[5 * b] += d_in;
  d_weight[6 * b] += d_out;
  d_weight[7 * b] += d_change;
  return d_forget * weight[0] + d_out * weight[2 * b];
}

/// What the forward sweep leaves: units [c][l][b], the first of them at the
/// start, and for each time what the predictions' adjoints need.
struct history {
  explicit history(const input &in)
      : units(new unit[static_cast<std::size_t>(in.c) * in.l * in.b]),
        softened(scratch_of(static_cast<std::size_t>(in.c) * in.b)) {}
  std::unique_ptr<unit[]> units;
  scratch softened;
};

static double forward(const input &in, history &kept) {
  const int l = in.l, b = in.b;
  for (int at = 0; at < l * b; ++at) {
    const double *const state = in.state.data() + 2 * (at / b) * b + at % b;
    kept.units[at] = {0, 0, 0, 0, 0, state[b], state[0]};
  }
  double total = 0;
  for (int t = 0; t + 1 < in.c; ++t) {
    const double *const now = in.sequence.data() + t * b, *const next = now + b;
    unit *const before = kept.units.get() + std::ptrdiff_t(t) * l * b;
    double *const softened = kept.softened.get() + t * b;
    double sum = 2, bits = 0;
    for (int i = 0; i < b; ++i) {
      double signal = now[i] * in.extra[i];
      for (int layer = 0; layer < l; ++layer)
        signal = step(before[layer * b + i], in.main.data() + 8 * layer * b + i,
                      b, signal, before[(l + layer) * b + i]);
      const double predicted = signal * in.extra[b + i] + in.extra[2 * b + i];
      softened[i] = exp(predicted);
      sum += softened[i];
      total += next[i] * predicted;
      bits += next[i];
    }
    total -= bits * log(sum);
    const double scale = bits / sum;
    for (int i = 0; i < b; ++i)
      softened[i] *= scale;
  }
  return total;
}

static void by_hand(const input &in, double *out, double *gradient) {
  const int l = in.l, b = in.b;
  std::fill_n(gradient, in.derivatives(), 0.0);
  double *const d_extra = gradient + in.main.size();
  history kept(in);
  const double seed = -1.0 / ((in.c - 1) * b);
  *out = forward(in, kept) * seed;

  const scratch adjoints = scratch_of(static_cast<std::size_t>(2 * l * b));
  double *const d_cell = adjoints.get(), *const d_hidden = d_cell + l * b;
  std::fill_n(d_cell, 2 * l * b, 0.0);
  for (int t = in.c - 1; t-- > 0;) {
    const double *const now = in.sequence.data() + t * b;
    const unit *const before = kept.units.get() + std::ptrdiff_t(t) * l * b;
    for (int i = 0; i < b; ++i) {
      const double d_predicted = seed * (now[b + i] - kept.softened[t * b + i]);
      d_extra[b + i] += d_predicted * before[(2 * l - 1) * b + i].hidden;
      d_extra[2 * b + i] += d_predicted;
      double d_signal = d_predicted * in.extra[b + i];
      for (int layer = l; layer-- > 0;) {
        const int at = layer * b + i;
        const double signal =
            layer == 0 ? now[i] * in.extra[i] : before[l * b + at - b].hidden;
        d_hidden[at] += d_signal;
        d_signal = step_adjoint(
            before[at], before[l * b + at], in.main.data() + 8 * layer * b + i,
            b, signal, d_cell[at], d_hidden[at], gradient + 8 * layer * b + i);
      }
      d_extra[i] += d_signal * now[i];
    }
  }
}

} // namespace lstm
} // namespace problems

#endif // RETROGRAD_BENCHMARKS_ADBENCH_LSTM_H
