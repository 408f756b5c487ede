//===- batch-outputs.cpp - Results of each sample --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Outputs hold the same after a value and after a gradient, and change no gradient:
// neither do values that are put back on the way.
//
//===----------------------------------------------------------------------===//

// RUN: %{numeric}
// RUN: %{halves}

#include "descriptions.h"
#include <retrograd/retrograd.h>

// The gradient without outputs, to compare with.
static double cross_entropy(const double *x, int label, const double *w,
                            int classes, double *score) {
  double largest = -1000;
  for (int k = 0; k < classes; ++k) {
    score[k] = w[2 * k] * x[0] + w[2 * k + 1] * x[1];
    if (score[k] > largest)
      largest = score[k];
  }
  double sum = 0;
  for (int k = 0; k < classes; ++k)
    sum += std::exp(score[k] - largest);
  return largest + std::log(sum) - score[label];
}

#pragma retrograd gradient wrt(w)
double plain(const double *x, int label, const double *w, int classes) {
  double score[8];
  return cross_entropy(x, label, w, classes, score);
}

#pragma retrograd batch sample(x[2], label) shared(w[2 * classes]) \
    outputs(probability[classes], best, loss[1])
double classify(const double *x, int label, const double *w, int classes,
                double *probability, int &best, float *loss) {
  double score[8];
  const double result = cross_entropy(x, label, w, classes, score);
  for (int k = 0; k < classes; ++k)
    probability[k] = 0;
  double sum = 0;
  for (int k = 0; k < classes; ++k) {
    probability[k] += std::exp(score[k]);
    sum += std::exp(score[k]);
  }
  best = 0;
  for (int k = 0; k < classes; ++k)
    if (probability[k] > probability[best])
      best = k;
  for (int k = 0; k < classes; ++k)
    probability[k] = probability[k] / sum;
  *loss = static_cast<float>(result);
  return result;
}

static void check_classify() {
  using B = classify_batch;
  static_assert(
      std::is_same_v<B::output_types, std::tuple<double, int, float>>);
  const std::vector<double> w = {.5, -.25, 1, .125, -.75, .5};
  oracle::samples<B> all({.classes = 3}, 3,
                         {{1, 2, -1, .5, .25, -2}, {0, 2, 1}}, {{w}});
  oracle::samples<B>::parameters other = {std::vector<double>(6)};
  for (int i = 0; i < 3; ++i)
    plain_grad(std::get<0>(all.data).data() + 2 * i, std::get<1>(all.data)[i],
               w.data(), 3, other[0].data());
  all.check(&other);

  all.value();
  const auto after_value = all.result;
  all.result = {};
  std::get<0>(all.result).resize(3);
  std::get<1>(all.result).resize(1);
  std::get<2>(all.result).resize(1);
  all.gradient(other);
  oracle::require("classify", "a gradient leaves what a value leaves",
                  all.result == after_value);
  double sum = 0;
  for (double p : std::get<0>(all.result))
    sum += p;
  oracle::require("classify", "probabilities are left",
                  std::fabs(sum - 1) < 1e-15);
}

// The output is overwritten while its first value is needed.
#pragma retrograd batch sample(x) shared(w) outputs(y[2])
float reused(float x, float w, float *y) {
  float sum = 0;
  for (int i = 0; i < 2; ++i) {
    y[i] = x * static_cast<float>(i + 1);
    sum += std::sin(w * y[i]);
    y[i] = -1;
  }
  return sum;
}

static void check_reused() {
  oracle::samples<reused_batch> all({}, 2, {{.5f, 2}}, {{{.75f}}});
  all.check();
  oracle::require("reused", "what was written last is left",
                  std::get<0>(all.result) == std::vector<float>{-1, -1});
}

int main() {
  check_classify();
  check_reused();
  return oracle::result();
}
