//===- fields.cpp - What can be kept, and comes back --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every form of field; in files and in memory; compared and hashed.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx -std=c++20 -I%include -Wall -Wextra -Werror %s %runtime -o %t.program
// RUN: %t.program %t

#include "../data/Inputs/files.h"
#include "Inputs/state.h"
#include <array>
#include <cmath>
#include <limits>

using retrograd::archive;
using retrograd::checkpoint_error;
using retrograd::snapshot;

template <class T> static void round_trip() {
  training_state<T> saved(12), loaded(3);
  CHECK_THAT(!loaded.is(12));
  retrograd::save_checkpoint(at("a.ckpt"), saved);
  const auto report = retrograd::load_checkpoint(at("a.ckpt"), loaded);
  CHECK_THAT(loaded.is(12) && !loaded.is(3));
  CHECK_THAT(report.path == at("a.ckpt") && !report.fell_back);
  CHECK_THAT(report.skipped.empty() && report.warnings.empty());
  CHECK_THAT(loaded.order.size() == 5 && loaded.schedule == "cosine 12");
}

static void every_type() {
  struct {
    bool b = true;
    char c = 'x';
    std::int8_t i8 = -1;
    std::uint16_t u16 = 65535;
    long l = -3;
    long long ll = 1LL << 60;
    unsigned long long ull = ~0ULL;
    float f = -0.0F;
    double d = std::numeric_limits<double>::denorm_min();
    std::array<bool, 2> bools = {true, false};
    std::vector<float> empty, numbers = {std::nanf("7"), INFINITY};
    std::string text = std::string("\0\n\xff", 3);
  } a, b;
  const auto fields = [](auto &x) {
    return [&x](archive &to) {
      to("b", x.b);
      to("c", x.c);
      to("i8", x.i8);
      to("u16", x.u16);
      to("l", x.l);
      to("ll", x.ll);
      to("ull", x.ull);
      to("f", x.f);
      to("d", x.d);
      to("bools", x.bools);
      to("empty", x.empty);
      to("numbers", x.numbers);
      to("text", x.text);
    };
  };
  b.b = false;
  b.c = 0;
  b.ll = b.l = 0;
  b.ull = b.u16 = 0;
  b.f = 1;
  b.d = 1;
  b.bools = {};
  b.empty = {1, 2};
  b.numbers = {};
  b.text = "";
  snapshot in_memory;
  in_memory.save(fields(a));
  CHECK_THAT(in_memory.differences(fields(b)).size() == 12);
  retrograd::save_checkpoint(at("all.ckpt"), fields(a));
  retrograd::load_checkpoint(at("all.ckpt"), fields(b));
  CHECK_THAT(in_memory.differences(fields(b)).empty());
  CHECK_THAT(std::signbit(b.f) && b.d == a.d && b.bools[0]);
  CHECK_THAT(std::isnan(b.numbers[0]) && b.empty.empty() && b.text.size() == 3);
  CHECK_THAT(retrograd::hash_fields(fields(a)) ==
             retrograd::hash_fields(fields(b)));
  b.i8 = 1;
  CHECK_THAT(retrograd::hash_fields(fields(a)) !=
             retrograd::hash_fields(fields(b)));
}

/// Objects in objects, and functions as objects.
static void nested() {
  training_state<float> state(4);
  int epoch = 2;
  const auto all = [&](archive &to) {
    to("state", state);
    to("loop", [&](archive &inside) { inside("epoch", epoch); });
    CHECK_THAT(epoch == 2 || epoch == 0);
  };
  retrograd::save_checkpoint(at("n.ckpt"), all);
  const auto fields = retrograd::checkpoint_fields(at("n.ckpt"));
  CHECK_THAT(fields.size() == 10);
  CHECK_THAT(fields[0].name == "state.weights");
  CHECK_THAT(fields[0].description() == "float32[5]");
  CHECK_THAT(fields[1].name == "state.optimizer.step");
  CHECK_THAT(fields[5].description() == "text");
  CHECK_THAT(fields[9].name == "loop.epoch");
  epoch = 0;
  state = training_state<float>(9);
  retrograd::load_checkpoint(at("n.ckpt"), all);
  CHECK_THAT(epoch == 2 && state.is(4));
}

static void comparing() {
  training_state<double> state(4);
  retrograd::save_checkpoint(at("c.ckpt"), state);
  CHECK_THAT(retrograd::compare_checkpoint(at("c.ckpt"), state).empty());
  state.optimizer.m[3] = std::nextafter(4.25, 5);
  state.order.clear();
  state.improved = true;
  state.schedule[7] = 'x';
  const std::vector<std::string> expected = {
      "'optimizer.m'[3] is 4.250000000000001, in the file it is 4.25",
      "'order' has 0 elements, the file 4",
      "'schedule'[7] is 120, in the file it is 52",
      "'improved' is true, in the file it is false"};
  CHECK_THAT(retrograd::compare_checkpoint(at("c.ckpt"), state) == expected);
}

static void in_memory() {
  training_state<double> best(1), now(2);
  snapshot s;
  CHECK_THAT(s.empty());
  CHECK_THAT(message<checkpoint_error>([&] { s.load(now); }) ==
             "the snapshot is empty: nothing was saved");
  s.save(best);
  s.load(now);
  CHECK_THAT(now.is(1) && !s.empty());
  now.weights.resize(7);
  CHECK_THAT(message<checkpoint_error>([&] { s.load(now); }) ==
             "the snapshot does not fit this program:\n"
             "  'weights' is float64[5] in the file, float64[7] here");
  CHECK_THAT(message<std::invalid_argument>([&] {
               s.save([](archive &to) {
                 int x = 0;
                 to("x", x);
                 to("x", x);
               });
             }) == "two fields are called 'x'");
}

int main(int, char **argv) {
  folder = argv[1];
  round_trip<float>();
  round_trip<double>();
  every_type();
  nested();
  comparing();
  in_memory();
}
