//===- fit-methods.cpp - L-BFGS, SVRG, sparse rows, checked gradients -----===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is not a plain step of mini-batches.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O1 %s -o %t %runtime
// RUN: %t

#include "../Inputs/check.h"
#include "Inputs/models.h"
#include <retrograd/data.h>
#include <retrograd/fit.h>
#include <retrograd/training/shuffle.h>

using namespace retrograd;

template <class T> static dataset<T, int> data_of(const classes<T> &c) {
  return dataset<T, int>(column<T>("x", c.x, c.n),
                         column<int>("label", c.label));
}

template <class F> static std::string thrown(F f) {
  try {
    f();
  } catch (const std::exception &e) {
    return e.what();
  }
  return "";
}

template <class T> static void lbfgs() {
  const std::vector<T> x = {1, 2, 3, -4, 5, 6, 0, 1}, y = {1, 0, 2, 3};
  dataset<T, T> lines(column<T>("x", x, 2), column<T>("y", y));
  parameters<T> p;
  p.add("a", 2).add("b", 1);
  int steps = 0;
  fit_options<T> options = {.epochs = 100};
  options.on_step = [&](const step_event<T> &e) {
    CHECK_THAT(e.step == ++steps && e.samples == 4);
  };
  const summary s = fit(line_batch<T>{}, p, lines, LBFGS{}, options);
  CHECK_THAT(s.why == termination::converged && s.steps == steps);
  CHECK_THAT(s.epochs == s.steps && s.batch_size == 4 && s.epochs < 30);
  CHECK_THAT(s.first_loss == (1 + 0 + 4 + 9) / 8.0);
  CHECK_THAT(s.final_loss < s.first_loss && s.best_loss == s.final_loss);
  CHECK_THAT(s.history.back().gradient_norm < 1e-3);
  CHECK_THAT(fit(line_batch<T>{}, p, lines, LBFGS{}, {.epochs = 5}).why ==
             termination::converged);
  parameters<T> q;
  q.add("a", 2).add("b", 1);
  const summary two = fit(line_batch<T>{}, q, lines, LBFGS{}, {.epochs = 2});
  CHECK_THAT(two.why == termination::completed && two.steps == 2);
}

/// One shape of steps, at a snapshot that is kept for two epochs.
template <class T> static void svrg() {
  const classes<T> c(50, 4);
  auto data = data_of(c);
  std::vector<T> w(4, T(0.1));
  const fit_options<T> options = {.batch_size = 16, .epochs = 4, .seed = 3};
  const summary s = fit(logistic_batch<T>{}, w, data,
                        SVRG{.lr = 0.5, .snapshot_interval = 6}, options);
  CHECK_THAT(s.steps == 16 && s.why == termination::completed);
  // 16 batches at two points each, and snapshots before steps 0, 6, 12.
  CHECK_THAT(s.counts.gradient_evaluations == 35);
  CHECK_THAT(s.counts.samples == 4 * 50 + 3 * 50);
  // The same by hand.
  std::vector<T> x(4, T(0.1)), reference(4), mu(4), g(4), h(4);
  parameters<T> shape;
  shape.add("w", 4);
  evaluator run(logistic_batch<T>{}, shape);
  const auto all = all_rows(50);
  std::vector<std::uint64_t> order(50);
  int step = 0;
  for (std::uint64_t epoch = 1; epoch <= 4; ++epoch) {
    shuffle_epoch(order, 3, epoch);
    for (std::size_t first = 0; first < 50; first += 16, ++step) {
      const std::size_t b = std::min<std::size_t>(16, 50 - first);
      if (step % 6 == 0) {
        reference = x;
        run.gradient(c.view(all), x, mu);
        for (T &m : mu)
          m /= 50;
      }
      const auto rows = std::span<const std::uint64_t>(order).subspan(first, b);
      run.gradient(c.view(rows), x, g);
      run.gradient(c.view(rows), reference, h);
      for (std::size_t j = 0; j < 4; ++j)
        x[j] -= T(0.5) * ((g[j] - h[j]) / static_cast<T>(b) + mu[j]);
    }
  }
  for (std::size_t j = 0; j < 4; ++j)
    CHECK_THAT(std::fabs(x[j] - w[j]) < (sizeof(T) == 4 ? 1e-5 : 1e-13));
}

/// A sum over rows of a table that the sample names, and a bias.
template <class T> struct table_batch {
  static constexpr int width = 2, names = 3;
  using sample_types = std::tuple<std::int32_t, T>;
  using shared_types = std::tuple<T, T>;
  static constexpr const char *name = "table";
  static constexpr std::array<const char *, 2> sample_names = {"words", "y"};
  static constexpr std::array<const char *, 2> shared_names = {"rows", "bias"};
  bool wrong = false;
  std::array<std::size_t, 2> sample_extents() const { return {names, 1}; }
  std::array<std::size_t, 2> shared_extents() const { return {40, 1}; }
  T value(const std::int32_t *words, const T *y, const T *rows,
          const T *bias) const {
    T s = *bias - *y;
    for (int k = 0; k < names; ++k)
      if (words[k] >= 0)
        s += rows[width * words[k]] - T(0.5) * rows[width * words[k] + 1];
    return s * s / 2;
  }
  T gradient(const std::int32_t *words, const T *y, const T *rows,
             const T *bias, T *d_rows, T *d_bias) const {
    T s = *bias - *y;
    for (int k = 0; k < names; ++k)
      if (words[k] >= 0)
        s += rows[width * words[k]] - T(0.5) * rows[width * words[k] + 1];
    for (int k = 0; k < names; ++k)
      if (words[k] >= 0) {
        d_rows[width * words[k]] += s;
        d_rows[width * words[k] + 1] -= T(0.5) * s;
      }
    *d_bias += s;
    if (wrong)
      d_rows[7] += 3;
    return s * s / 2;
  }
};

template <class T> static void sparse() {
  std::vector<std::int32_t> words;
  std::vector<T> y;
  numbers random(9);
  for (int i = 0; i < 60; ++i) {
    for (int k = 0; k < 3; ++k)
      words.push_back(static_cast<std::int32_t>((random() + 1) * 10 - 1));
    y.push_back(static_cast<T>(random()));
  }
  dataset<std::int32_t, T> data(column<std::int32_t>("words", words, 3),
                                column<T>("y", y));
  const auto run = [&](const auto &optimizer, bool is_sparse,
                       std::int64_t accumulate, any_executor executor) {
    parameters<T> p;
    p.add("bias", 1, T(0.1)).add("rows", 40, T(0.2));
    fit_options<T> options = {.batch_size = 7, .epochs = 3, .seed = 2};
    options.accumulate = accumulate;
    options.clip_norm = 0.5;
    options.executor = std::move(executor);
    std::vector<T> norms;
    options.on_step = [&](const step_event<T> &e) {
      norms.push_back(static_cast<T>(e.gradient_norm));
    };
    if (is_sparse)
      options.sparse = {{.block = "rows", .width = 2, .column = "words"}};
    fit(table_batch<T>{}, p, data, optimizer, options);
    std::vector<T> all(p.values().begin(), p.values().end());
    all.insert(all.end(), norms.begin(), norms.end());
    return all;
  };
  const auto close = [](const std::vector<T> &a, const std::vector<T> &b) {
    for (std::size_t i = 0; i < a.size(); ++i)
      if (!(std::fabs(a[i] - b[i]) <= (sizeof(T) == 4 ? T(1e-5) : T(1e-13))))
        return false;
    return a.size() == b.size();
  };
  const Adagrad adagrad{.lr = 0.1};
  for (std::int64_t accumulate : {1, 3}) {
    const auto dense = run(adagrad, false, accumulate, serial());
    CHECK_THAT(close(run(adagrad, true, accumulate, serial()), dense));
    CHECK_THAT(run(adagrad, true, accumulate, threads(3)) ==
               run(adagrad, true, accumulate, serial()));
  }
  CHECK_THAT(close(run(SGD{.lr = 0.1}, true, 1, serial()),
                   run(SGD{.lr = 0.1}, false, 1, serial())));
  CHECK_THAT(thrown([&] { run(Adam{}, true, 1, serial()); }).find("Adam") == 0);

  // A gradient elsewhere, and an index that is no row.
  parameters<T> p;
  p.add("bias", 1).add("rows", 40);
  fit_options<T> options = {.batch_size = 1, .shuffle = false};
  options.sparse = {{.block = "rows", .width = 2, .column = "words"}};
  words = {0, 1, 2};
  y = {1};
  dataset<std::int32_t, T> one(column<std::int32_t>("words", words, 3),
                               column<T>("y", y));
  const auto message = [&] {
    return thrown([&] {
      fit(table_batch<T>{.wrong = true}, p, one, Adagrad{}, options);
    });
  };
  CHECK_THAT(message() == "fit: sparse: row 3 of 'rows' has a gradient (3) in "
                          "the first batch, but no index in 'words' names it");
  words[1] = 20;
  CHECK_THAT(message() == "fit: sparse: an index in 'words' is 20, and 'rows' "
                          "has 20 rows");
}

/// A gradient with a factor that is missing.
template <class T> struct wrong_batch : logistic_batch<T> {
  wrong_batch with_extents(std::array<std::size_t, 1> e) const {
    wrong_batch b;
    b.n = static_cast<int>(e[0]);
    return b;
  }
  T gradient(const T *x, const int *label, const T *w, T *d) const {
    std::vector<T> g(static_cast<std::size_t>(this->n));
    const T loss = logistic_batch<T>::gradient(x, label, w, g.data());
    for (std::size_t j = 0; j < g.size(); ++j)
      d[j] += (j == 2 ? T(1.1) : T(1)) * g[j];
    return loss;
  }
};

template <class T> static void checked() {
  const classes<T> c(50, 4);
  auto data = data_of(c);
  std::vector<T> w(4, T(0.1));
  fit_options<T> options = {.batch_size = 16};
  options.check_gradient = gradient_check{.samples = 3};
  CHECK_THAT(fit(logistic_batch<T>{}, w, data, SGD{}, options).warnings.empty());
  w.assign(4, T(0.1));
  try {
    fit(wrong_batch<T>{}, w, data, SGD{}, options);
    CHECK_THAT(false);
  } catch (const gradient_check_error &e) {
    const std::string what = e.what();
    CHECK_THAT(what.find("fit: sample 0 of the first batch: logistic: 1 wrong") ==
               0);
    CHECK_THAT(what.find("d_parameters[2] is ") != std::string::npos);
  }
  CHECK_THAT(w == std::vector<T>(4, T(0.1)));
  options.check_gradient->samples = 1000;
  CHECK_THAT(thrown([&] {
               fit(wrong_batch<T>{}, w, data, LBFGS{}, {.check_gradient = {
                                                          gradient_check()}});
             }) != "");
  fit(logistic_batch<T>{}, w, data, SGD{}, options);
}

/// A transform gives the batches of the data that it makes.
template <class T> static void transforms() {
  const classes<T> c(50, 4);
  std::vector<T> doubled = c.x;
  for (T &x : doubled)
    x *= 2;
  auto source = transformed(
      data_of(c), std::tuple{output<T>{"x", 4}, output<int>{"label"}},
      [](const T *x, const int *label, T *to, int *to_label) {
        for (int j = 0; j < 4; ++j)
          to[j] = 2 * x[j];
        *to_label = *label;
      },
      {.workers = 2});
  dataset<T, int> plain(column<T>("x", doubled, 4),
                        column<int>("label", c.label));
  const auto run = [&](auto &&data, const auto &optimizer) {
    std::vector<T> w(4, T(0.1));
    fit(logistic_batch<T>{}, w, data, plain, optimizer,
        {.batch_size = 16, .epochs = 3});
    return w;
  };
  CHECK_THAT(run(source, Adam{}) == run(plain, Adam{}));
  CHECK_THAT(run(source, SVRG{}) == run(plain, SVRG{}));
  CHECK_THAT(run(source, LBFGS{}) == run(plain, LBFGS{}));
  CHECK_THAT(thrown([&] { run(source, SVRG{.snapshot_interval = 3}); })
                 .find("fit: the gradient of all samples is needed in the "
                       "middle of an epoch") == 0);
  const dataset<T, int> constant = plain;
  CHECK_THAT(run(constant, Adam{}) == run(plain, Adam{}));
}

/// Progress and metrics, by objects with the right members.
struct display {
  int begins = 0, updates = 0, epochs = 0, ends = 0;
  training_plan plan;
  void begin(const training_plan &p) {
    plan = p;
    ++begins;
  }
  void update(const progress_state &s) {
    ++(s.epoch_done ? epochs : updates);
    CHECK_THAT(s.epoch >= 1 && s.epoch <= 3 && s.step_of_epoch <= 4);
    CHECK_THAT(!s.epoch_done || s.step == 4 * s.epoch);
  }
  void end(const summary &s) {
    ++ends;
    CHECK_THAT(s.epochs == 3);
  }
};
struct rows {
  std::vector<double> steps, epochs;
  void write(const step_record &r) { steps.push_back(r.loss); }
  void write(const epoch_record &r) { epochs.push_back(r.train_loss); }
};
struct only_epochs {
  int n = 0;
  void write(const epoch_record &) { ++n; }
};

static void observers() {
  const classes<double> c(50, 4);
  auto data = data_of(c);
  std::vector<double> w(4, 0.1), v = w;
  display shown;
  rows kept;
  only_epochs counted;
  const fit_options<double> options = {.batch_size = 16,
                                       .epochs = 3,
                                       .progress = shown,
                                       .metrics = {kept, counted}};
  const summary s = fit(logistic_batch<double>{}, w, data, Adam{}, options);
  CHECK_THAT(shown.begins == 1 && shown.ends == 1);
  CHECK_THAT(shown.updates == 12 && shown.epochs == 3);
  CHECK_THAT(shown.plan.steps_per_epoch == 4 && shown.plan.epochs == 3);
  CHECK_THAT(shown.plan.samples == 50 && shown.plan.model == "logistic");
  CHECK_THAT(kept.steps.size() == 12 && kept.epochs.size() == 3);
  CHECK_THAT(kept.steps[0] == s.first_loss && counted.n == 3);
  // Whoever looks changes nothing.
  fit(logistic_batch<double>{}, v, data, Adam{},
      {.batch_size = 16, .epochs = 3});
  CHECK_THAT(v == w);
}

template <class T> static void all() {
  lbfgs<T>();
  svrg<T>();
  sparse<T>();
  checked<T>();
  transforms<T>();
}

int main() {
  all<float>();
  all<double>();
  observers();
}
