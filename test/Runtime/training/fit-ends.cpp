//===- fit-ends.cpp - Why a training ends ---------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each reason, with the parameters that are left: those of the best epoch, those
// before a number that is not finite, or those of the last good copy.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O1 %s -o %t %runtime
// RUN: %t

#include "../Inputs/check.h"
#include "Inputs/models.h"
#include <retrograd/data.h>
#include <retrograd/fit.h>
#include <retrograd/training/divergence.h>

using namespace retrograd;

template <class T> struct task {
  explicit task(std::size_t n = 200)
      : numbers(n, 4), train(column<T>("x", numbers.x, 4),
                             column<int>("label", numbers.label)) {}
  classes<T> numbers;
  dataset<T, int> train;
  std::vector<T> w = std::vector<T>(4, T(0.1));

  summary run(const fit_options<T> &options, double lr = 0.1) {
    return fit(logistic_batch<T>{}, w, train, SGD{.lr = lr}, options);
  }
};

template <class T> static void limits() {
  task<T> epochs;
  CHECK_THAT(epochs.run({.epochs = 3}).why == termination::completed);

  task<T> steps;
  summary s = steps.run({.epochs = 9, .max_steps = 10});
  CHECK_THAT(s.why == termination::completed && s.message == "all 10 steps done");
  CHECK_THAT(s.steps == 10 && s.epochs == 1 && s.history.size() == 1);
  // Seven batches make an epoch, which ends although the limit has come.
  s = task<T>().run({.epochs = 9, .max_steps = 14});
  CHECK_THAT(s.steps == 14 && s.epochs == 2 && s.history.size() == 2);

  s = task<T>().run({.epochs = 1000000, .time_limit = 1e-9});
  CHECK_THAT(s.why == termination::time_limit && s.steps == 1);
  CHECK_THAT(s.message == "the time limit of 1e-09 s was reached after step 1");
  CHECK_THAT(s.first_loss == s.final_loss && s.epochs == 0);

  s = task<T>().run({.epochs = 1000, .target_loss = 0.6});
  CHECK_THAT(s.why == termination::target_loss && s.final_loss <= 0.6);
  CHECK_THAT(s.history[s.history.size() - 2].train_loss > 0.6);
}

template <class T> static void callbacks() {
  task<T> t;
  fit_options<T> options = {.epochs = 10};
  std::vector<T> last;
  options.on_step = [&](const step_event<T> &e) {
    last.assign(e.parameters.begin(), e.parameters.end());
    CHECK_THAT(e.gradient.size() == 4 && e.seconds >= 0 && e.lr == 0.1);
    double norm = 0, moved = 0;
    for (T g : e.gradient)
      norm += static_cast<double>(g) * static_cast<double>(g);
    norm = std::sqrt(norm);
    moved = 0.1 * norm;
    CHECK_THAT(std::fabs(norm - e.gradient_norm) < 1e-6 * norm + 1e-12);
    CHECK_THAT(std::fabs(moved - e.update_norm) < 1e-4 * norm);
    return e.step == 3 ? control::stop : control::go_on;
  };
  summary s = t.run(options);
  CHECK_THAT(s.why == termination::callback && s.steps == 3 && last == t.w);
  CHECK_THAT(s.message == "a callback asked for it after step 3");

  task<T> u;
  options = {.epochs = 10};
  int epochs = 0;
  options.on_epoch = [&](const epoch_event<T> &e) {
    CHECK_THAT(e.epoch == ++epochs && e.parameters.size() == 4);
    CHECK_THAT(e.is_best && e.timings->gradient > 0);
    return e.epoch == 2 ? control::stop : control::go_on;
  };
  s = u.run(options);
  CHECK_THAT(s.why == termination::callback && s.epochs == 2);
  CHECK_THAT(s.message == "a callback asked for it after epoch 2");
  CHECK_THAT(s.timings.total > 0 && s.timings.update > 0);
}

/// A validation set of which the training makes a worse and worse fit: its labels
/// are the opposite ones.
template <class T> static void early_stopping_restores() {
  task<T> t;
  classes<T> opposite = t.numbers;
  for (int &label : opposite.label)
    label = -label;
  dataset<T, int> validation(column<T>("x", opposite.x, 4),
                             column<int>("label", opposite.label));
  fit_options<T> options = {.epochs = 50};
  options.early_stopping = {{.patience = 3}};
  std::vector<T> best;
  options.on_epoch = [&](const epoch_event<T> &e) {
    CHECK_THAT(e.validation_loss > 0);
    if (e.is_best)
      best.assign(e.parameters.begin(), e.parameters.end());
  };
  summary s = fit(logistic_batch<T>{}, t.w, t.train, validation,
                  SGD{.lr = 0.1}, options);
  CHECK_THAT(s.why == termination::early_stopping);
  CHECK_THAT(s.epochs == 4 && s.best_epoch == 1 && s.restored_best);
  CHECK_THAT(t.w == best && s.best_loss == s.history[0].validation_loss);
  CHECK_THAT(s.message.find("the validation loss has not improved for 3 epochs") ==
             0);
  CHECK_THAT(s.message.find("the parameters are those of epoch 1") !=
             std::string::npos);
  // The best is restored however it ends, and not if it is not wanted.
  task<T> u;
  options.epochs = 2;
  s = fit(logistic_batch<T>{}, u.w, u.train, validation, SGD{.lr = 0.1}, options);
  CHECK_THAT(s.why == termination::completed && s.restored_best && u.w == best);
  options.early_stopping->restore_best = false;
  task<T> v;
  s = fit(logistic_batch<T>{}, v.w, v.train, validation, SGD{.lr = 0.1}, options);
  CHECK_THAT(!s.restored_best && v.w != best);
}

/// One sample of the data is not a number from the loss's point of view.
template <class T> struct nan_batch : logistic_batch<T> {
  nan_batch with_extents(std::array<std::size_t, 1> e) const {
    nan_batch b;
    b.n = static_cast<int>(e[0]);
    return b;
  }
  T gradient(const T *x, const int *label, const T *w, T *d) const {
    const T loss = logistic_batch<T>::gradient(x, label, w, d);
    return *label == 7 ? T(NAN) : loss;
  }
};

template <class T> static void nan_policies() {
  classes<T> c(40, 4);
  c.label[25] = 7;
  dataset<T, int> train(column<T>("x", c.x, 4), column<int>("label", c.label));
  const auto run = [&](std::vector<T> &w, const fit_options<T> &options) {
    return fit(nan_batch<T>{}, w, train, Adam{.lr = 0.1}, options);
  };
  const std::vector<T> start(4, T(0.1));
  // Of the five batches of an epoch, the fourth has it.
  const fit_options<T> base = {.batch_size = 8, .epochs = 2, .shuffle = false};
  std::vector<T> three = start, w = start;
  fit_options<T> options = base;
  options.max_steps = 3;
  run(three, options);

  summary s = run(w, base);
  CHECK_THAT(s.why == termination::non_finite && !is_success(s.why));
  CHECK_THAT(s.steps == 3 && s.epochs == 0 && w == three);
  CHECK_THAT(s.message ==
             "the loss of step 4 (epoch 1) is nan (1 of 8 samples not finite)");

  options = base;
  options.on_non_finite = nan_policy::skip;
  w = start;
  s = run(w, options);
  CHECK_THAT(s.why == termination::completed && s.steps == 8 && s.epochs == 2);
  CHECK_THAT(s.counts.skipped_steps == 2 && s.warnings.size() == 1);
  CHECK_THAT(std::isfinite(s.final_loss) && std::isfinite(w[0]));
  options.recovery.max_skips = 1;
  s = run(w = start, options);
  CHECK_THAT(s.why == termination::non_finite && s.counts.skipped_steps == 1);
  CHECK_THAT(s.message.ends_with("1 step in a row were left out"));

  // Only skips in a row count.
  options.recovery.max_skips = 2;
  CHECK_THAT(run(w = start, options).why == termination::completed);

  // The newest copy is that after step 2.
  options = base;
  options.on_non_finite = nan_policy::roll_back;
  options.recovery = {.rate_cut = 0.25, .max_rollbacks = 1, .interval = 2};
  std::vector<double> rates;
  options.on_step = [&](const step_event<T> &e) { rates.push_back(e.lr); };
  s = run(w = start, options);
  CHECK_THAT((rates == std::vector<double>{0.1, 0.1, 0.1, 0.025, 0.025, 0.025,
                                           0.025}));
  CHECK_THAT(s.why == termination::non_finite && s.counts.rollbacks == 1);
  CHECK_THAT(s.message.ends_with("after 1 rollback"));
  CHECK_THAT(std::isfinite(w[0]));
  std::vector<T> two = start;
  options.recovery.max_rollbacks = 0;
  options.on_step = {};
  s = run(w = start, options);
  fit_options<T> only_two = base;
  only_two.max_steps = 2;
  run(two, only_two);
  CHECK_THAT(s.why == termination::non_finite && w == two);
}

/// Where the newer copy leads to such a number again, the older one is taken.
template <class T> static void two_copies() {
  classes<T> c(40, 4);
  c.label[25] = c.label[33] = 7;
  dataset<T, int> train(column<T>("x", c.x, 4), column<int>("label", c.label));
  fit_options<T> options = {.batch_size = 8, .shuffle = false};
  options.on_non_finite = nan_policy::roll_back;
  options.recovery.interval = 1;
  std::vector<T> w(4, T(0.1)), two = w;
  const summary s = fit(nan_batch<T>{}, w, train, Adam{.lr = 0.1}, options);
  CHECK_THAT(s.why == termination::completed && s.counts.rollbacks == 2);
  options.max_steps = 2;
  fit(nan_batch<T>{}, two, train, Adam{.lr = 0.1}, options);
  CHECK_THAT(w == two);
}

/// The tests of a rise, on noise and on growth.
static void tests_of_rise() {
  numbers random(3);
  int alarms = 0;
  for (int repeat = 0; repeat < 2000; ++repeat) {
    std::vector<double> noise(100);
    for (double &x : noise) {
      x = 1 + random();
      x *= x * x; // skewed
    }
    alarms += is_rising(noise, 0.99);
  }
  // Two tests of one in a hundred each, which agree mostly.
  CHECK_THAT(alarms > 0 && alarms < 40);
  std::vector<double> grows(100), falls(100), flat(100, 3.0), huge(100), one(100);
  for (std::size_t i = 0; i < 100; ++i) {
    const double t = static_cast<double>(i);
    grows[i] = std::exp(0.05 * t) + random();
    falls[i] = -t;
    huge[i] = 1e300 * std::exp(0.1 * t - 10);
    one[i] = random();
  }
  one[97] = 1e6;
  CHECK_THAT(is_rising(grows, 0.999999) && is_rising(huge, 0.999999));
  CHECK_THAT(!is_rising(falls, 0.5) && !is_rising(flat, 0.5));
  CHECK_THAT(!is_rising(one, 0.9));
  CHECK_THAT(probability_of_rise(flat) == 0.5);
  CHECK_THAT(probability_of_rise_by_rank(flat) == 0.5);
}

/// A rate that is too large for the steepest direction: losses grow, until the
/// guard has made it small enough.
template <class T> static void guard() {
  const std::vector<T> x = [] {
    std::vector<T> x(200);
    numbers random(5);
    for (T &v : x)
      v = static_cast<T>(random());
    return x;
  }();
  std::vector<T> y(100);
  for (std::size_t i = 0; i < 100; ++i)
    y[i] = x[2 * i] - 2 * x[2 * i + 1] + T(0.5);
  dataset<T, T> train(column<T>("x", x, 2), column<T>("y", y));
  const auto run = [&](double lr, bool guarded, std::vector<T> &p,
                       std::int64_t rollbacks = 8) {
    p = {T(0.9), T(-1.9), T(0.4)};
    fit_options<T> options = {.batch_size = 10, .epochs = 100, .seed = 2};
    if (guarded)
      options.guard = {{.window = 40}};
    options.recovery.max_rollbacks = rollbacks;
    return fit(line_batch<T>{}, p, train, SGD{.lr = lr}, options);
  };
  std::vector<T> p;
  summary s = run(2.3, false, p);
  CHECK_THAT(s.final_loss > 1e30);
  s = run(2.3, true, p);
  CHECK_THAT(s.why == termination::completed && s.counts.rollbacks >= 1);
  CHECK_THAT(s.final_loss < 1e-3 && std::fabs(p[0] - 1) < T(0.05));
  CHECK_THAT(s.warnings.size() == static_cast<std::size_t>(s.counts.rollbacks));
  s = run(2.3, true, p, 0);
  CHECK_THAT(s.why == termination::diverged && std::isfinite(p[0]));
  CHECK_THAT(s.message.find("the loss rises from step ") == 0);
  // No alarm in a training that goes well, nor in one that only makes noise.
  CHECK_THAT(run(0.05, true, p).counts.rollbacks == 0);
  CHECK_THAT(run(1e-9, true, p).counts.rollbacks == 0);
}

template <class T> static void all() {
  limits<T>();
  callbacks<T>();
  early_stopping_restores<T>();
  nan_policies<T>();
  two_copies<T>();
  guard<T>();
}

int main() {
  tests_of_rise();
  all<float>();
  all<double>();
}
