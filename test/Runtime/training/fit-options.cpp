//===- fit-options.cpp - What fit() refuses, in which words ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every option out of its range, data and parameters that do not match, and
// losses that throw: before anything is trained, or with the parameters of the
// last step.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O1 %s -o %t %runtime
// RUN: %t

#include "../Inputs/check.h"
#include "Inputs/models.h"
#include <retrograd/data.h>
#include <retrograd/fit.h>
#include <string_view>

using namespace retrograd;
using options = fit_options<double>;

static const classes<double> numbers_of_classes(20, 4);
static const dataset<double, int>
    data(column<double>("x", numbers_of_classes.x, 4),
         column<int>("label", numbers_of_classes.label));

/// The exception of a fit; nothing must have been trained.
template <class Error = std::invalid_argument, class Optimizer = SGD>
static std::string refused(const options &o, const Optimizer &optimizer = {}) {
  std::vector<double> w(4, 0.1);
  try {
    fit(logistic_batch<double>{}, w, data, optimizer, o);
  } catch (const Error &e) {
    CHECK_THAT(w == std::vector<double>(4, 0.1));
    return e.what();
  }
  return "";
}

static void says(const std::string &message, std::string_view expected) {
  if (message != expected)
    std::printf("'%s'\n", message.c_str());
  CHECK_THAT(message == expected);
}

static void ranges() {
  const double nan = NAN, inf = INFINITY;
  says(refused({.batch_size = 0}),
       "fit: batch_size is 0; it must be 1 or more");
  says(refused({.epochs = 0}), "fit: epochs is 0; it must be 1 or more");
  says(refused({.epochs = -3}), "fit: epochs is -3; it must be 1 or more");
  says(refused({.accumulate = 0}),
       "fit: accumulate is 0; it must be 1 or more");
  says(refused({.max_steps = -1}),
       "fit: max_steps is -1; it must be 0 or more");
  says(refused({.time_limit = 0}), "fit: time_limit is 0; it must be positive");
  says(refused({.time_limit = nan}),
       "fit: time_limit is nan; it must be positive");
  says(refused({.target_loss = nan}),
       "fit: target_loss is nan; it must be a number");
  says(refused({.clip_norm = 0}), "fit: clip_norm is 0; it must be positive");
  says(refused({.clip_value = -1}),
       "fit: clip_value is -1; it must be positive");
  says(refused({.early_stopping = {{.patience = 0}}}),
       "fit: early_stopping.patience is 0; it must be 1 or more");
  says(refused({.early_stopping = {{.min_delta = -0.5}}}),
       "fit: early_stopping.min_delta is -0.5; it must be in [0, inf)");
  says(refused({.early_stopping = {{.min_delta = inf}}}),
       "fit: early_stopping.min_delta is inf; it must be in [0, inf)");
  says(refused({.guard = {{.window = 15}}}),
       "fit: guard.window is 15; it must be in [16, 10000]");
  says(refused({.guard = {{.confidence = 1}}}),
       "fit: guard.confidence is 1; it must be in [0.5, 1)");
  says(refused({.recovery = {.rate_cut = 1}}),
       "fit: recovery.rate_cut is 1; it must be in (0, 1)");
  says(refused({.recovery = {.max_rollbacks = -1}}),
       "fit: recovery.max_rollbacks is -1; it must be 0 or more");
  says(refused({.recovery = {.interval = 0}}),
       "fit: recovery.interval is 0; it must be 1 or more");
  says(refused({.recovery = {.max_skips = 0}}),
       "fit: recovery.max_skips is 0; it must be 1 or more");
  says(refused({.check_gradient = {{.samples = 0}}}),
       "fit: check_gradient.samples is 0; it must be 1 or more");
  says(refused({.check_gradient = {{.relative_tolerance = -1}}}),
       "fit: check_gradient.relative_tolerance is -1; it must be in [0, inf)");
  says(refused({.checkpoint = {.every = 0}}),
       "fit: checkpoint.every is 0; it must be 1 or more");
  says(refused({.checkpoint = {.resume = true}}),
       "fit: checkpoint.resume is true, but checkpoint.path is empty");
  says(refused({}, Adam{.beta1 = 1.5}),
       "Adam: beta1 is 1.5; it must be in [0, 1)");
}

static void batches() {
  says(refused({.batch_size = 21, .drop_last = true}),
       "fit: drop_last leaves no batch: there are 20 samples, and batch_size is "
       "21");
  says(refused({.accumulate = 2}, LBFGS{}),
       "fit: accumulate is for mini-batches; LBFGS takes the whole training set");
  says(refused({.guard = divergence_guard()}, LBFGS{}),
       "fit: guard is for mini-batches; LBFGS takes the whole training set");
}

static void sparse() {
  const auto with = [](sparse_rows rows) { return options{.sparse = rows}; };
  says(refused(with({.block = "v", .column = "label"})),
       "fit: sparse.block is 'v'; the parameters have 'w'");
  says(refused(with({.block = "w", .width = 0, .column = "label"})),
       "fit: sparse.width is 0; it must be 1 or more");
  says(refused(with({.block = "w", .width = 3, .column = "label"})),
       "fit: sparse.width is 3; it must divide the size of 'w', which is 4");
  says(refused(with({.block = "w", .column = "rows"})),
       "fit: sparse.column is 'rows'; logistic has no such column");
  says(refused(with({.block = "w", .column = "x"})),
       "fit: sparse.column is 'x', which does not hold integers");
}

/// Data that is empty or of another form, and parameters.
static void mismatches() {
  std::vector<double> w(4);
  const std::vector<double> none;
  const std::vector<int> no_labels;
  const auto message = [&](const auto &source, auto &params) -> std::string {
    try {
      fit(logistic_batch<double>{}, params, source, SGD{});
    } catch (const std::exception &e) {
      return e.what();
    }
    return "";
  };
  const dataset<double, int> empty(column<double>("x", none, 4),
                                   column<int>("label", no_labels));
  says(message(empty, w), "fit: the training data is empty");
  const dataset<double, int> narrow(column<double>("x", numbers_of_classes.x, 2),
                                    column<int>("label", [] {
                                      return std::vector<int>(40, 1);
                                    }()));
  CHECK_THAT(message(narrow, w).find("'x'") != std::string::npos);
  std::vector<double> three(3);
  CHECK_THAT(!message(data, three).empty());
  parameters<double> p;
  p.add("v", 3).add("w", 4);
  says(message(data, p), "logistic: no shared array is called 'v' as a block of "
                         "the parameters is; there are 'w'");
  try {
    fit(logistic_batch<double>{}, w, data, empty, SGD{});
    CHECK_THAT(false);
  } catch (const std::invalid_argument &e) {
    says(e.what(), "fit: the validation data is empty");
  }
}

/// A loss that throws on a worker in the second epoch: the parameters are those
/// of the step before, and the executor can be used again.
struct throwing_batch : logistic_batch<double> {
  const bool *armed = nullptr;
  throwing_batch with_extents(std::array<std::size_t, 1> e) const {
    throwing_batch b = *this;
    b.n = static_cast<int>(e[0]);
    return b;
  }
  double gradient(const double *x, const int *label, const double *w,
                  double *d) const {
    if (*armed && x[0] > 0.8)
      throw std::domain_error("x is too large");
    return logistic_batch<double>::gradient(x, label, w, d);
  }
};

static void failure_of_the_loss() {
  bool armed = false;
  throwing_batch loss;
  loss.armed = &armed;
  std::vector<double> w(4, 0.1), last;
  any_executor pool = threads(3);
  options o = {.batch_size = 20, .epochs = 5, .executor = pool};
  o.on_step = [&](const step_event<double> &e) {
    last.assign(e.parameters.begin(), e.parameters.end());
    armed = e.step == 2;
  };
  try {
    fit(loss, w, data, SGD{}, o);
    CHECK_THAT(false);
  } catch (const std::domain_error &e) {
    says(e.what(), "x is too large");
  }
  CHECK_THAT(w == last);
  armed = false;
  o.on_step = {};
  CHECK_THAT(fit(loss, w, data, SGD{}, o).why == termination::completed);
}

/// A frozen block stays, another has its own rate.
static void groups() {
  const std::vector<double> x = {1, 2, 3, 4, 5, 6}, y = {1, 0, 2};
  const dataset<double, double> lines(column<double>("x", x, 2),
                                      column<double>("y", y));
  parameters<double> p;
  p.add("a", 2, 0.5, {.frozen = true}).add("b", 1, 0.25, {.lr = 0.5});
  fit(line_batch<double>{}, p, lines, SGD{.lr = 100}, {.batch_size = 3});
  CHECK_THAT(p["a"][0] == 0.5 && p["a"][1] == 0.5);
  // The mean of the residuals of 1.75 - 1, 3.75 - 0, 5.75 - 2.
  CHECK_THAT(std::fabs(p["b"][0] - (0.25 - 0.5 * (0.75 + 3.75 + 3.75) / 3)) <
             1e-14);
}

/// Schedules are functions of the step, and the plateau of the epochs.
static void rates() {
  std::vector<double> w(4, 0.1), seen;
  options o = {.batch_size = 10, .epochs = 3};
  o.schedule = [](std::int64_t step) {
    return 1 / (1 + static_cast<double>(step));
  };
  o.on_step = [&](const step_event<double> &e) { seen.push_back(e.lr); };
  fit(logistic_batch<double>{}, w, data, SGD{.lr = 0.5}, o);
  for (std::size_t i = 0; i < 6; ++i)
    CHECK_THAT(std::fabs(seen.at(i) - 0.5 / static_cast<double>(i + 1)) < 1e-15);
  seen.clear();
  o.schedule = {};
  o.epochs = 4;
  o.plateau = reduce_on_plateau({.factor = 0.1, .patience = 0});
  fit(logistic_batch<double>{}, w, data, SGD{.lr = 0}, o);
  o.on_step = {};
  CHECK_THAT(seen.size() == 8);
  seen.clear();
  o.on_step = [&](const step_event<double> &e) {
    seen.push_back(e.lr / 1e-12);
  };
  fit(logistic_batch<double>{}, w, data, SGD{.lr = 1e-12}, o);
  // The first value is the best, and each that follows is no better.
  for (std::size_t i = 0; i < 8; ++i)
    CHECK_THAT(std::fabs(seen[i] - std::pow(0.1, i < 2   ? 0
                                                 : i < 4 ? 0
                                                 : i < 6 ? 1
                                                         : 2)) < 1e-9);
}

/// A loss without lanes is no reason to fail, but one to tell.
static void warnings() {
  std::vector<double> w(4, 0.1);
  const summary s = fit(logistic_batch<double>{}, w, data, SGD{},
                        {.executor = simd()});
  CHECK_THAT(s.warnings.size() == 1);
  says(s.warnings[0], "logistic has no lanes: its samples run one by one");
  CHECK_THAT(s.executor == "simd{serial}" && s.model == "logistic");
  CHECK_THAT(s.optimizer == "SGD" && s.parameters == 4 && s.samples == 20);
}

int main() {
  ranges();
  batches();
  sparse();
  mismatches();
  failure_of_the_loss();
  groups();
  rates();
  warnings();
}
