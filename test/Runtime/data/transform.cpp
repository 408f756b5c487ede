//===- transform.cpp - Batches made ahead of use ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The batches are the same for any number of threads; memory is bounded; what the
// function throws arrives with its batch. The thread sanitizer looks on.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -std=c++20 -I%include -Wall -Wextra -Werror %s %runtime -o %t
// RUN: %t
// RUN: %clangxx -std=c++20 -I%include -g1 -O1 -fsanitize=thread %s \
// RUN:   %source/runtime/data/prefetcher.cpp %source/runtime/data/transform.cpp \
// RUN:   %runtime -o %t.tsan
// RUN: %t.tsan

#include "../Inputs/check.h"
#include <atomic>
#include <numeric>
#include <retrograd/data/transform.h>
#include <stdexcept>
#include <string>
#include <thread>

using retrograd::column;
using retrograd::dataset;
using retrograd::output;
using retrograd::prefetched;
using retrograd::transform_options;
using retrograd::transformed;

static std::vector<std::uint64_t> range(std::uint64_t n) {
  std::vector<std::uint64_t> rows(n);
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

static auto bytes() {
  std::vector<std::uint8_t> x(200);
  std::iota(x.begin(), x.end(), 0);
  std::vector<int> y(100);
  std::iota(y.begin(), y.end(), 1000);
  return dataset(column("x", std::move(x), 2), column("y", std::move(y)));
}

template <class T> static auto augment(const transform_options &options) {
  return transformed(bytes(), std::tuple{output<T>{"x", 3}, output<int>{"y"}},
                     [](const std::uint8_t *x, const int *y, T *out, int *label,
                        std::uint64_t key) {
                       out[0] = x[0];
                       out[1] = x[1];
                       out[2] = static_cast<T>(key % 1000);
                       *label = *y;
                     },
                     options);
}

template <class T, class Source>
static std::vector<T> epoch(Source &source, std::span<const std::uint64_t> order,
                            std::size_t size) {
  std::vector<T> all;
  source.begin_epoch(order, size, false);
  while (const auto batch = source.next())
    for (std::size_t i = 0; i < batch->size(); ++i) {
      const T *x = batch->template at<0>(i);
      all.insert(all.end(), x, x + 3);
      all.push_back(static_cast<T>(*batch->template at<1>(i)));
    }
  return all;
}

template <class T> static void same_for_any_threads() {
  std::vector<std::uint64_t> order = range(100);
  std::swap(order[3], order[77]);
  auto one = augment<T>({.workers = 1, .batches_ahead = 1, .seed = 5});
  auto four = augment<T>({.workers = 4, .batches_ahead = 3, .seed = 5});
  const auto first = epoch<T>(one, order, 7);
  CHECK_THAT(first.size() == 400 && first[3 * 4] == T(154));
  CHECK_THAT(first[3 * 4 + 3] == T(1077));
  CHECK_THAT(epoch<T>(four, order, 7) == first);
  // The key of a row depends on the epoch, not on the batch size or the order.
  const auto second = epoch<T>(one, order, 16);
  CHECK_THAT(second != first && epoch<T>(four, order, 33) == second);
  auto resumed = augment<T>({.workers = 2, .seed = 5});
  resumed.set_epoch(1);
  CHECK_THAT(epoch<T>(resumed, order, 10) == second);
  auto other = augment<T>({.workers = 2, .seed = 6});
  CHECK_THAT(epoch<T>(other, order, 7) != first);
}

static void drops_the_last() {
  auto source = augment<float>({});
  const auto order = range(10);
  source.begin_epoch(order, 4, true);
  CHECK_THAT(source.next()->size() == 4 && source.next()->size() == 4);
  CHECK_THAT(!source.next() && !source.next());
  source.begin_epoch(order, 4, false);
  source.next();
  source.next();
  CHECK_THAT(source.next()->size() == 2);
  CHECK_THAT(!source.next());
  source.begin_epoch({}, 4, false);
  CHECK_THAT(!source.next());
}

/// No more batches are made than there are buffers, also if nobody reads them.
static void bounded() {
  std::atomic<int> made = 0;
  auto source = transformed(
      bytes(), std::tuple{output<double>{"x", 5}},
      [&](const std::uint8_t *, const int *, double *) { ++made; },
      {.workers = 3, .batches_ahead = 2});
  const auto order = range(100);
  source.begin_epoch(order, 10, false);
  CHECK_THAT(source.buffer_bytes() == 3 * 10 * 5 * sizeof(double) + 110 * 8);
  while (made < 30)
    std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  CHECK_THAT(made == 30);
  source.next();
  // The batch that is being read keeps its buffer.
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  CHECK_THAT(made == 30);
  source.next();
  // The threads are woken when half of the buffers are free.
  source.next();
  while (made < 50)
    std::this_thread::yield();
  // A source may be left alone in the middle of an epoch.
  source.begin_epoch(order, 50, false);
  CHECK_THAT(source.next()->size() == 50);
}

/// An epoch that begins while threads are at the one before has its own batches.
static void begun_again() {
  auto source = transformed(
      bytes(), std::tuple{output<int>{"y"}},
      [](const std::uint8_t *, const int *y, int *out) {
        std::this_thread::sleep_for(std::chrono::microseconds(20));
        *out = *y;
      },
      {.workers = 4, .batches_ahead = 6});
  const auto order = range(100);
  for (std::size_t size = 1; size < 30; ++size) {
    source.begin_epoch(order, size, false);
    const auto batch = source.next();
    CHECK_THAT(batch->size() == size);
    for (std::size_t i = 0; i < size; ++i)
      CHECK_THAT(*batch->at<0>(i) == static_cast<int>(1000 + i));
  }
}

static void failures() {
  auto source = transformed(
      bytes(), std::tuple{output<int>{"y"}},
      [](const std::uint8_t *, const int *y, int *out) {
        if (*y == 1025 || *y == 1060)
          throw std::runtime_error("sample " + std::to_string(*y));
        *out = *y;
      },
      {.workers = 3, .batches_ahead = 5});
  const auto order = range(100);
  for (int repeat = 0; repeat < 3; ++repeat) {
    source.begin_epoch(order, 10, false);
    CHECK_THAT(*source.next()->at<0>(0) == 1000);
    CHECK_THAT(*source.next()->at<0>(9) == 1019);
    std::string text;
    try {
      source.next();
    } catch (const std::runtime_error &error) {
      text = error.what();
    }
    CHECK_THAT(text == "sample 1025");
    CHECK_THAT(!source.next());
  }
}

static void copies_of_rows() {
  auto data = bytes();
  auto [training, validation] = data.split(0.3, 1);
  auto source = prefetched(validation);
  CHECK_THAT(source.size() == 30);
  // Moving a source does not disturb its threads.
  const auto order = range(30);
  source.begin_epoch(order, 8, false);
  auto moved = std::move(source);
  std::size_t seen = 0;
  while (const auto batch = moved.next())
    for (std::size_t i = 0; i < batch->size(); ++i, ++seen) {
      CHECK_THAT(batch->at<0>(i)[1] == 2 * validation.row(seen) + 1);
      CHECK_THAT(*batch->at<1>(i) == int(1000 + validation.row(seen)));
    }
  CHECK_THAT(seen == 30);
  // Nor does another one that takes its place in the middle of an epoch.
  moved.begin_epoch(order, 2, false);
  moved = prefetched(training);
  CHECK_THAT(moved.size() == 70);
}

struct loss_batch {
  using sample_types = std::tuple<float, int>;
  using shared_types = std::tuple<float>;
  static constexpr const char *name = "loss";
  static constexpr std::array<const char *, 2> sample_names = {"x", "y"};
  static constexpr std::array<const char *, 1> shared_names = {"theta"};
  std::array<std::size_t, 2> sample_extents() const { return {3, 1}; }
  std::array<std::size_t, 1> shared_extents() const { return {3}; }
};

template <class Error, class F> static std::string message(F &&f) {
  try {
    f();
  } catch (const Error &error) {
    return error.what();
  }
  return "nothing was thrown";
}

static void wrong_use() {
  augment<float>({}).validate(loss_batch());
  CHECK_THAT(message<retrograd::data_error>([] {
               augment<double>({}).validate(loss_batch());
             }) == "the data does not fit 'loss', which takes x[3], y:\n"
                   "  column 'x' holds float64, the function takes float32");
  using wrong = std::invalid_argument;
  CHECK_THAT(message<wrong>([] { augment<float>({.workers = 0}); }) ==
             "prefetch: workers is 0; it must be at least 1");
  CHECK_THAT(message<wrong>([] { augment<float>({.batches_ahead = 0}); }) ==
             "prefetch: batches_ahead is 0; it must be at least 1");
  CHECK_THAT(message<wrong>([] {
               transformed(bytes(), std::tuple{output<int>{"y", 0}},
                           [](const std::uint8_t *, const int *, int *) {});
             }) ==
             "transformed: the extent of output 'y' is 0; it must be at least 1");
}

int main() {
  same_for_any_threads<float>();
  same_for_any_threads<double>();
  drops_the_last();
  bounded();
  begun_again();
  failures();
  copies_of_rows();
  wrong_use();
}
