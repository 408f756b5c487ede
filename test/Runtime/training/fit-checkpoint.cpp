//===- fit-checkpoint.cpp - A run that goes on is the run ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Eight epochs equal four, a checkpoint, and four more, bit for bit: parameters,
// losses, and all that decides what comes next. With each optimizer, and where a
// run was stopped in the middle of an epoch.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O0 %s -o %t %runtime
// RUN: rm -rf %t.d && mkdir %t.d && cd %t.d && %t

#include "../Inputs/check.h"
#include "Inputs/models.h"
#include <cstdio>
#include <retrograd/checkpoint.h>
#include <retrograd/data.h>
#include <retrograd/fit.h>

using namespace retrograd;

template <class T> struct task {
  task() : numbers(60, 4), other(20, 4, 11) {}
  classes<T> numbers, other;
  dataset<T, int> train{column<T>("x", numbers.x, 4),
                        column<int>("label", numbers.label)};
  dataset<T, int> validation{column<T>("x", other.x, 4),
                             column<int>("label", other.label)};
};

static void remove_files() {
  std::remove("run.ckpt");
  std::remove("run.ckpt.previous");
}

static bool same(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

static void compare(const summary &a, const summary &b) {
  CHECK_THAT(a.history.size() == b.history.size());
  for (std::size_t i = 0; i < a.history.size(); ++i) {
    CHECK_THAT(same(a.history[i].train_loss, b.history[i].train_loss));
    CHECK_THAT(same(a.history[i].validation_loss,
                    b.history[i].validation_loss));
    CHECK_THAT(a.history[i].lr == b.history[i].lr);
    CHECK_THAT(a.history[i].gradient_norm == b.history[i].gradient_norm);
    CHECK_THAT(a.history[i].step == b.history[i].step);
  }
  CHECK_THAT(a.steps == b.steps && a.epochs == b.epochs);
  CHECK_THAT(same(a.first_loss, b.first_loss) && a.best_loss == b.best_loss);
  CHECK_THAT(a.best_epoch == b.best_epoch);
}

/// `first` says where the first of the two runs ends.
template <class T, class Optimizer>
static void resumes(const Optimizer &optimizer, fit_options<T> options,
                    const fit_options<T> &first) {
  task<T> t;
  const logistic_batch<T> loss;
  std::vector<T> whole(4, T(0.1)), parts = whole;
  const summary expected =
      fit(loss, whole, t.train, t.validation, optimizer, options);
  remove_files();
  fit_options<T> part = options;
  part.epochs = first.epochs;
  part.max_steps = first.max_steps;
  part.checkpoint = {.path = "run.ckpt", .sync = false};
  // The best is restored at the end of the first part, and not in the file.
  fit(loss, parts, t.train, t.validation, optimizer, part);
  parts.assign(4, T(77));
  options.checkpoint = {.path = "run.ckpt", .resume = true, .sync = false};
  const summary s =
      fit(loss, parts, t.train, t.validation, optimizer, options);
  CHECK_THAT(parts == whole);
  compare(s, expected);
  CHECK_THAT(s.resumed_from == (first.max_steps ? 3 : 4));
  remove_files();
}

template <class T, class Optimizer>
static void resumes(const Optimizer &optimizer) {
  resumes<T>(optimizer,
             {.batch_size = 16,
              .epochs = 8,
              .seed = 9,
              .schedule = [](std::int64_t step) {
                return 1 / (1 + 0.1 * static_cast<double>(step));
              }},
             {.epochs = 4});
}

template <class T> static void all_optimizers() {
  resumes<T>(SGD{.lr = 0.1, .momentum = 0.9, .nesterov = true});
  resumes<T>(Adagrad{.lr = 0.1});
  resumes<T>(Adadelta{});
  resumes<T>(RMSProp{.lr = 0.01, .momentum = 0.5, .centered = true});
  resumes<T>(Adam{.lr = 0.01});
  resumes<T>(Adam{.lr = 0.01, .amsgrad = true});
  resumes<T>(AdamW{.lr = 0.01});
  resumes<T>(Adamax{});
  resumes<T>(NAdam{});
  resumes<T>(RAdam{.lr = 0.1});
  resumes<T>(Lion{.lr = 0.01});
  resumes<T>(SVRG{.lr = 0.1});
  resumes<T>(LBFGS{});
}

/// With all that has a state of its own, and from the middle of an epoch: step 14
/// is the second of the fourth one.
template <class T> static void all_state() {
  fit_options<T> options = {
      .batch_size = 16, .epochs = 60, .seed = 4, .accumulate = 1};
  options.early_stopping = {{.patience = 50}};
  options.plateau = reduce_on_plateau({.factor = 0.5, .patience = 2});
  options.guard = {{.window = 16}};
  options.recovery.max_rollbacks = 3;
  resumes<T>(Adam{.lr = 0.3}, options, {.epochs = 60, .max_steps = 14});
  resumes<T>(SGD{.lr = 30}, options, {.epochs = 60, .max_steps = 13});
  // A rate that falls after each epoch but the first.
  options.plateau = reduce_on_plateau({.factor = 0.5, .patience = 0});
  options.epochs = 8;
  resumes<T>(SGD{.lr = 1e-12}, options, {.epochs = 4});
  options.plateau.reset();
  options.accumulate = 3;
  options.epochs = 8;
  resumes<T>(Adam{.lr = 0.3}, options, {.epochs = 4});
}

/// Losses that rise across the interruption: the guard goes back at step 16, by
/// the losses of the first 13, to a copy of the first run.
template <class T> static void guarded() {
  std::vector<T> x(200), y(100);
  numbers random(5);
  for (T &v : x)
    v = static_cast<T>(random());
  for (std::size_t i = 0; i < 100; ++i)
    y[i] = x[2 * i] - 2 * x[2 * i + 1] + T(0.5);
  dataset<T, T> train(column<T>("x", x, 2), column<T>("y", y));
  const auto run = [&](std::vector<T> &p, std::int64_t steps, bool keep) {
    fit_options<T> options = {.batch_size = 10, .epochs = 5, .seed = 2};
    options.max_steps = steps;
    options.guard = {{.window = 16, .confidence = 0.999}};
    if (keep)
      options.checkpoint = {.path = "run.ckpt", .resume = true, .sync = false};
    return fit(line_batch<T>{}, p, train, SGD{.lr = 2.3}, options);
  };
  const std::vector<T> start = {T(0.9), T(-1.9), T(0.4)};
  std::vector<T> whole = start, parts = start;
  const summary expected = run(whole, 0, false);
  CHECK_THAT(expected.counts.rollbacks >= 1);
  CHECK_THAT(expected.warnings[0].find("from step 1 to step 16") !=
             std::string::npos);
  remove_files();
  run(parts, 13, true);
  const summary s = run(parts, 0, true);
  CHECK_THAT(parts == whole);
  compare(s, expected);
  CHECK_THAT(s.counts.rollbacks == expected.counts.rollbacks);
  remove_files();
}

/// The best epoch is the first one: its parameters come back in the second run.
template <class T> static void best_is_kept() {
  task<T> t;
  classes<T> opposite = t.numbers;
  for (int &label : opposite.label)
    label = -label;
  dataset<T, int> validation(column<T>("x", opposite.x, 4),
                             column<int>("label", opposite.label));
  const auto run = [&](std::vector<T> &w, std::int64_t epochs, bool keep) {
    fit_options<T> options = {.epochs = epochs};
    options.early_stopping = {{.patience = 50}};
    if (keep)
      options.checkpoint = {.path = "run.ckpt", .resume = true, .sync = false};
    return fit(logistic_batch<T>{}, w, t.train, validation, SGD{.lr = 0.1},
               options);
  };
  std::vector<T> whole(4, T(0.1)), parts = whole;
  const summary expected = run(whole, 6, false);
  CHECK_THAT(expected.restored_best && expected.best_epoch == 1);
  remove_files();
  run(parts, 3, true);
  parts.assign(4, T(7));
  CHECK_THAT(run(parts, 6, true).restored_best && parts == whole);
  remove_files();
}

template <class F> static std::string thrown(F f) {
  try {
    f();
  } catch (const checkpoint_error &e) {
    return e.what();
  }
  return "";
}

static void mismatches() {
  task<double> t;
  std::vector<double> w(4, 0.1);
  const logistic_batch<double> loss;
  const checkpointing file = {.path = "run.ckpt", .resume = true};
  fit_options<double> options = {.batch_size = 16, .epochs = 2, .seed = 4};
  options.checkpoint = file;
  // There is nothing to resume yet: the run begins.
  CHECK_THAT(fit(loss, w, t.train, Adam{}, options).epochs == 2);
  summary s = fit(loss, w, t.train, Adam{}, options);
  CHECK_THAT(s.message == "nothing to do: the checkpoint is of epoch 2");
  CHECK_THAT(s.why == termination::completed && s.history.size() == 2);

  const std::vector<double> before = w;
  options.batch_size = 8;
  options.seed = 5;
  CHECK_THAT(thrown([&] { fit(loss, w, t.train, SGD{}, options); }) ==
             "run.ckpt: the checkpoint is of another training:\n"
             "  optimizer: 'Adam' in the checkpoint, 'SGD' here\n"
             "  batch_size: 16 in the checkpoint, 8 here\n"
             "  seed: 4 in the checkpoint, 5 here");
  CHECK_THAT(w == before);
  options.batch_size = 16;
  options.seed = 4;
  // Other parameters: the text is the archive's, with the field.
  parameters<double> p;
  p.add("w", 4, 0.5);
  fit(loss, p, t.train, Adam{}, options);
  CHECK_THAT(std::vector<double>(p.values().begin(), p.values().end()) == before);
  std::vector<float> v(4);
  classes<float> c(60, 4);
  const dataset<float, int> single(column<float>("x", c.x, 4),
                                   column<int>("label", c.label));
  fit_options<float> float_options = {.batch_size = 16, .epochs = 2, .seed = 4};
  float_options.checkpoint = file;
  const std::string what = thrown(
      [&] { fit(logistic_batch<float>{}, v, single, Adam{}, float_options); });
  CHECK_THAT(what.find("parameters.w") != std::string::npos);
  CHECK_THAT(what.find("float64[4]") != std::string::npos);
  remove_files();
}

static void every() {
  task<double> t;
  std::vector<double> w(4, 0.1);
  fit_options<double> options = {.epochs = 7};
  options.checkpoint = {.path = "run.ckpt", .every = 3};
  const summary s = fit(logistic_batch<double>{}, w, t.train, SGD{}, options);
  // After 3, 6, and the last.
  CHECK_THAT(s.counts.checkpoints == 3 && s.timings.checkpoint > 0);
  remove_files();
}

int main() {
  all_optimizers<float>();
  all_optimizers<double>();
  all_state<float>();
  all_state<double>();
  best_is_kept<float>();
  best_is_kept<double>();
  guarded<float>();
  guarded<double>();
  mismatches();
  every();
}
