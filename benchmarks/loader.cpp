//===- loader.cpp - Samples from a data set, and their plain copy ---------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// usage: loader epoch|copy <samples> <batch size>
//
// A unit is one pass over all samples of 64 floats and a label, in random
// order, each of which is copied into a small buffer. `copy` only copies, in an
// order that it has; `epoch` shuffles anew and takes the samples from a data
// set, batch by batch, as fit() does. The difference is what the data set
// costs.
//
//===----------------------------------------------------------------------===//

#include "contestant.h"
#include <array>
#include <cstdlib>
#include <cstring>
#include <retrograd/data/dataset.h>
#include <retrograd/training/shuffle.h>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t extent = 64;

struct columns {
  explicit columns(std::size_t samples)
      : x(samples * extent), label(samples), order(samples) {
    benchmark::numbers random;
    for (float &each : x)
      each = random();
    retrograd::shuffle_epoch(order, 1, 0);
  }

  std::vector<float> x;
  std::vector<int> label;
  std::vector<std::uint64_t> order;
};

/// Where samples go. It stays in the nearest cache.
struct buffer {
  std::array<float, extent> x;
  int label;

  void take(const float *from, int from_label) {
    std::memcpy(x.data(), from, sizeof x);
    label = from_label;
    benchmark::keep(this);
  }
};

int copy(columns &data) {
  buffer sample;
  return benchmark::take_turns([&] {
    for (const std::uint64_t row : data.order)
      sample.take(data.x.data() + row * extent, data.label[row]);
  });
}

int epoch(columns &data, std::size_t batch_size) {
  retrograd::dataset set(retrograd::column("x", data.x, extent),
                         retrograd::column("label", data.label));
  buffer sample;
  std::uint64_t epochs = 0;
  return benchmark::take_turns([&] {
    retrograd::shuffle_epoch(data.order, 1, ++epochs);
    set.begin_epoch(data.order, batch_size, false);
    while (const auto batch = set.next())
      for (std::size_t i = 0; i < batch->size(); ++i)
        sample.take(batch->at<0>(i), *batch->at<1>(i));
  });
}

} // namespace

int main(int count, char **arguments) {
  const std::size_t samples =
      count == 4 ? std::strtoull(arguments[2], nullptr, 10) : 0;
  const std::size_t batch_size =
      count == 4 ? std::strtoull(arguments[3], nullptr, 10) : 0;
  const std::string_view what = count == 4 ? arguments[1] : "";
  if (samples == 0 || batch_size == 0 || (what != "copy" && what != "epoch")) {
    std::fprintf(stderr, "usage: loader epoch|copy <samples> <batch size>\n");
    return 2;
  }
  columns data(samples);
  return what == "copy" ? copy(data) : epoch(data, batch_size);
}
