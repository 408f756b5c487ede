//===- main.cpp - Four optimizers on one problem --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Logistic regression: is the tissue benign, given measurements of its cells?
// SGD, Adagrad, RMSProp and Adam start from the same weights and see the same
// batches; a table and a picture compare them.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <exception>
#include <numeric>
#include <retrograd/data.h>
#include <retrograd/fit.h>
#include <retrograd/reporting/learning_curves.h>
#include <retrograd/retrograd.h>
#include <stdexcept>
#include <string>
#include <vector>

static constexpr int features = 30;
/// Of the samples, for validation.
static constexpr double held_back = 0.25;

/// The negative logarithm of the probability that the model gives to the truth.
#pragma retrograd batch sample(x[features], benign)                            \
    shared(weight[features], bias[1]) outputs(probability)
static double loss(const double *x, int benign, const double *weight,
                   const double *bias, double &probability) {
  double score = bias[0];
  for (int i = 0; i < features; ++i)
    score += weight[i] * x[i];
  probability = 1 / (1 + std::exp(-score));
  // log(1 + exp(s)), where exp cannot overflow.
  const double s = benign ? -score : score;
  return std::max(s, 0.0) + std::log1p(std::exp(-std::fabs(s)));
}

using samples = retrograd::dataset<double, int>;

/// All values, such that each feature of these rows has mean 0 and standard
/// deviation 1. The validation set has no part in what is subtracted.
static std::vector<double> standardized(const samples &rows) {
  const auto values = rows.column_at<0>().values();
  const auto n = static_cast<double>(rows.size());
  std::vector<double> result(values.begin(), values.end());
  for (std::size_t feature = 0; feature < features; ++feature) {
    double mean = 0, variance = 0;
    for (std::uint64_t i = 0; i < rows.size(); ++i)
      mean += values[rows.row(i) * features + feature] / n;
    for (std::uint64_t i = 0; i < rows.size(); ++i) {
      const double off = values[rows.row(i) * features + feature] - mean;
      variance += off * off / n;
    }
    // A feature that is the same everywhere says nothing: it becomes 0.
    const double scale = variance > 0 ? 1 / std::sqrt(variance) : 0;
    for (std::size_t at = feature; at < result.size(); at += features)
      result[at] = (result[at] - mean) * scale;
  }
  return result;
}

/// The share of samples that the model takes for what they are.
static double accuracy(samples &data, retrograd::parameters<double> &model) {
  std::vector<std::uint64_t> rows(data.size());
  std::iota(rows.begin(), rows.end(), 0);
  std::vector<double> probability(data.size());
  retrograd::evaluator evaluate(loss_batch{}, model);
  evaluate.outputs(data.view(rows), model.values(), {probability});

  const auto benign = data.column_at<1>().values();
  std::size_t right = 0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    right += (probability[i] > 0.5) == (benign[data.row(i)] == 1);
  return static_cast<double>(right) / static_cast<double>(rows.size());
}

static void run(std::uint64_t seed, const std::string &picture) {
  using retrograd::column;
  const auto file = retrograd::read_csv<double, int>(
      BREAST_CANCER_DATA, {{"x", "mean radius", features}, "benign"},
      {.header = true});
  const samples data(
      column("x", standardized(file.split(held_back, seed).training), features),
      file.column_at<1>());
  auto [training, validation] = data.split(held_back, seed); // the same rows

  std::printf("%zu samples to train on, %zu held back\n\n"
              "optimizer   rate   training loss   validation loss   accuracy\n",
              std::size_t(training.size()), std::size_t(validation.size()));
  std::vector<retrograd::summary> runs;
  const auto compare = [&](const auto &optimizer) {
    retrograd::parameters<double> model;
    model.add("weight", features).add("bias", 1);
    runs.push_back(
        retrograd::fit(loss_batch{}, model, training, validation, optimizer,
                       {.batch_size = 32, .epochs = 60, .seed = seed}));
    const retrograd::epoch_record &last = runs.back().history.back();
    std::printf("%-9s %6g %15.4f %17.4f %8.1f %%\n",
                runs.back().optimizer.c_str(), optimizer.lr, last.train_loss,
                last.validation_loss, 100 * accuracy(validation, model));
  };
  compare(retrograd::SGD{.lr = 0.1});
  compare(retrograd::Adagrad{.lr = 0.1});
  compare(retrograd::RMSProp{.lr = 0.01});
  compare(retrograd::Adam{.lr = 0.01});

  std::vector<retrograd::learning_curve> curves;
  for (const retrograd::summary &run : runs)
    curves.emplace_back(run.optimizer, run);
  retrograd::write_learning_curves(
      picture, curves,
      {.title = "Logistic regression", .loss = "cross entropy"});
  std::printf("\nlearning curves: %s\n", picture.c_str());
}

/// usage: breast_cancer [<seed> [<picture>.html]]
int main(int argc, char **argv) {
  try {
    std::uint64_t seed = 1;
    if (argc > 1) {
      const char *const end = argv[1] + std::strlen(argv[1]);
      const auto [stop, error] = std::from_chars(argv[1], end, seed);
      if (stop != end || error != std::errc() || argc > 3)
        throw std::invalid_argument(
            "usage: breast_cancer [<seed> [<picture>.html]]");
    }
    run(seed, argc > 2 ? argv[2] : "breast_cancer.html");
    return 0;
  } catch (const std::exception &error) {
    std::fprintf(stderr, "breast_cancer: error: %s\n", error.what());
    return 1;
  }
}
