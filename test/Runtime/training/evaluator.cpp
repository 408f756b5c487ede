//===- evaluator.cpp - Sums over a batch ----------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sums are those of single samples, and the same bits for any number of threads
// and any size of batch; parameters are bound by name; what is wrong is said
// exactly.
//
//===----------------------------------------------------------------------===//
//
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror -O1 %s -o %t %runtime
// RUN: %t

#include "../Inputs/check.h"
#include "Inputs/models.h"
#include <retrograd/execution/evaluator.h>
#include <retrograd/execution/threads.h>
#include <stdexcept>
#include <string>

using namespace retrograd;

template <class F> static std::string thrown(F f) {
  try {
    f();
  } catch (const std::exception &e) {
    return e.what();
  }
  return "";
}

template <class T> static T bound() { return sizeof(T) == 4 ? 2e-4f : T(1e-11); }

template <class T> static void sums() {
  const classes<T> c(1000, 5);
  parameters<T> p;
  p.add("w", 5, T(0.3));
  for (std::size_t b : {1, 2, 7, 8, 9, 33, 64, 500, 1000}) {
    const auto rows = all_rows(b);
    const auto samples = c.view(rows);
    double loss = 0;
    std::vector<T> expected(5), all(5 * b);
    logistic_batch<T> one{5};
    for (std::size_t i = 0; i < b; ++i)
      loss += static_cast<double>(one.gradient(&c.x[5 * i], &c.label[i],
                                               p.values().data(),
                                               expected.data()));
    std::vector<T> first;
    for (std::size_t n : {1, 2, 3, 4, 7}) {
      evaluator run(logistic_batch<T>{}, p, threads(n));
      std::vector<T> g(5, T(99));
      const batch_sum sum = run.gradient(samples, p.values(), g);
      CHECK_THAT(sum.samples == b && sum.non_finite == 0);
      CHECK_THAT(std::fabs(sum.loss - loss) < 1e-9);
      for (std::size_t j = 0; j < 5; ++j)
        CHECK_THAT(std::fabs(g[j] - expected[j]) < bound<T>());
      if (first.empty())
        first = g;
      CHECK_THAT(g == first);
      CHECK_THAT(std::fabs(run.value(samples, p.values()).loss - loss) < 1e-3);
      run.gradient(samples, p.values(), g, true);
      for (std::size_t j = 0; j < 5; ++j)
        CHECK_THAT(g[j] == 2 * first[j]);
      std::vector<double> losses(b);
      run.per_sample_gradients(samples, p.values(), all, losses);
      double total = 0;
      std::vector<T> g_total(5);
      for (std::size_t i = 0; i < b; ++i) {
        total += losses[i];
        for (std::size_t j = 0; j < 5; ++j)
          g_total[j] += all[5 * i + j];
      }
      CHECK_THAT(std::fabs(total - loss) < 1e-9);
      CHECK_THAT(g_total == expected);
    }
  }
}

/// An empty batch has the gradient 0.
static void nothing() {
  const classes<double> c(4, 3);
  parameters<double> p;
  p.add("w", 3, 0.3);
  evaluator run(logistic_batch<double>{}, p);
  std::vector<double> g(3, 99);
  const batch_sum sum = run.gradient(c.view({}), p.values(), g);
  CHECK_THAT(sum.samples == 0 && sum.loss == 0 && g[0] == 0 && g[2] == 0);
}

static void outputs() {
  const std::vector<double> x = {1, 2, 3, 4, 5, 6}, y = {1, 0, 2};
  const std::vector<std::uint64_t> rows = {2, 0};
  const batch_view<double, double> samples = {{x.data(), y.data()}, {2, 1}, rows};
  parameters<double> p;
  p.add("b", 1, 0.5).add("a", 2, 2.0);
  evaluator run(line_batch<double>{}, p, threads(2));
  std::vector<double> prediction(2), g(3);
  const auto sum = run.outputs(samples, p.values(), {prediction});
  CHECK_THAT(prediction[0] == 22.5 && prediction[1] == 6.5);
  CHECK_THAT(sum.loss == (20.5 * 20.5 + 5.5 * 5.5) / 2);
  run.gradient(samples, p.values(), g);
  // The block b comes first.
  CHECK_THAT(g[0] == 26 && g[1] == 5 * 20.5 + 5.5 && g[2] == 6 * 20.5 + 2 * 5.5);
}

static void not_finite() {
  std::vector<double> x(20, 1.0), y(10, 0.0);
  y[3] = NAN;
  y[8] = INFINITY;
  const auto rows = all_rows(10);
  std::vector<double> p(3, 1.0), g(3);
  auto params = parameters<double>::borrow("p", p);
  evaluator run(line_batch<double>{}, params);
  const auto sum =
      run.gradient({{x.data(), y.data()}, {2, 1}, rows}, params.values(), g);
  CHECK_THAT(sum.non_finite == 2 && std::isnan(sum.loss));
}

static void binding() {
  const auto line = [](const parameters<double> &p) {
    return thrown([&] { evaluator run(line_batch<double>{}, p); });
  };
  parameters<double> p;
  p.add("a", 2).add("c", 1);
  CHECK_THAT(line(p) == "line: no block of the parameters is called 'b' as the "
                        "shared array is; there are 'a', 'c'");
  p.add("b", 1);
  CHECK_THAT(line(p) == "line: no shared array is called 'c' as a block of the "
                        "parameters is; there are 'a', 'b'");
  parameters<double> q;
  q.add("a", 3).add("b", 1);
  CHECK_THAT(line(q) == "line: the shared array 'a' has 2 numbers, and its block "
                        "of the parameters has 3");
  std::vector<double> v(4);
  CHECK_THAT(line(parameters<double>::borrow("v", v)) ==
             "line: there are 4 parameters, and the shared arrays 'a', 'b' have "
             "3 numbers");
  parameters<double> none;
  CHECK_THAT(line(none) == "line: no block of the parameters is called 'a' as "
                           "the shared array is; there are none");
}

static void lengths() {
  const classes<double> c(4, 3);
  const auto rows = all_rows(4);
  parameters<double> p;
  p.add("w", 4);
  evaluator run(logistic_batch<double>{}, p);
  std::vector<double> g(4), short_one(3);
  CHECK_THAT(thrown([&] { run.gradient(c.view(rows), p.values(), g); }) ==
             "logistic: the column 'x' has 3 numbers a sample, and the function "
             "takes 4");
  const classes<double> d(4, 4);
  CHECK_THAT(thrown([&] { run.gradient(d.view(rows), p.values(), short_one); }) ==
             "logistic: gradient has 3 numbers; it must have 4");
  CHECK_THAT(thrown([&] { run.gradient(d.view(rows), short_one, g); }) ==
             "logistic: parameters has 3 numbers; it must have 4");
}

/// What a sample throws on a worker is thrown here, and nothing has changed.
struct throwing_batch : logistic_batch<double> {
  throwing_batch with_extents(std::array<std::size_t, 1> e) const {
    throwing_batch b;
    b.n = static_cast<int>(e[0]);
    return b;
  }
  double gradient(const double *x, const int *label, const double *w,
                  double *d) const {
    if (*label == 7)
      throw std::domain_error("label 7");
    return logistic_batch<double>::gradient(x, label, w, d);
  }
};

static void failure() {
  classes<double> c(200, 3);
  c.label[150] = 7;
  const auto rows = all_rows(200);
  parameters<double> p;
  p.add("w", 3);
  evaluator run(throwing_batch{}, p, threads(3));
  std::vector<double> g(3, 42), expected(3);
  CHECK_THAT(thrown([&] { run.gradient(c.view(rows), p.values(), g); }) ==
             "label 7");
  CHECK_THAT(g[0] == 42 && g[2] == 42);
  const std::span<const std::uint64_t> good(rows.data(), 150);
  run.gradient(c.view(good), p.values(), g);
  evaluator(logistic_batch<double>{}, p)
      .gradient(c.view(good), p.values(), expected);
  CHECK_THAT(g == expected);
}

/// The number of shards is a function of batch and parameters.
static void plans() {
  for (std::uint64_t b : {1, 5, 8, 9, 100, 4096, 1000000})
    for (std::size_t n : {1, 1000, 1000000, 100000000}) {
      const shard_plan plan = plan_shards(b, n);
      CHECK_THAT(plan.shards >= 1 && plan.shards <= 256);
      CHECK_THAT(plan.begin(plan.shards) == b);
      CHECK_THAT(plan.begin(plan.shards - 1) < b);
      CHECK_THAT(plan.shards <= 4 || plan.shards * n <= (1 << 25));
      CHECK_THAT(plan.shards == 1 || plan.per_shard % 8 == 0);
    }
  CHECK_THAT(plan_shards(32, 2410).shards == 4);
  CHECK_THAT(plan_shards(1024, 16).shards == 32);
  CHECK_THAT(plan_shards(65536, 16).shards == 256);
  CHECK_THAT(plan_shards(65536, 1 << 20).shards == 32);
  CHECK_THAT(plan_shards(0, 3).shards == 0);
}

int main() {
  sums<float>();
  sums<double>();
  nothing();
  outputs();
  not_finite();
  binding();
  lengths();
  failure();
  plans();
}
