//===- mismatch.cpp - A checkpoint of another program -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each field that differs is named, nothing is changed, and what the options
// allow is loaded and told.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx -std=c++20 -I%include -Wall -Wextra -Werror %s %runtime -o %t.program
// RUN: %t.program %t | FileCheck %s

#include "../data/Inputs/files.h"
#include <retrograd/checkpoint.h>

using retrograd::archive;
using retrograd::checkpoint_error;
using retrograd::load_checkpoint;
using retrograd::load_options;

static std::vector<float> w = {1, 2, 3}, other = {4, 5};
static std::int64_t step = 7;

static void differences() {
  retrograd::save_checkpoint(at("a.ckpt"), [](archive &to) {
    to("step", step);
    to("parameters", [](archive &p) { p("w", std::span(w)); });
    to("momentum", std::span(other));
    to("seed", step);
  });
  float x[4] = {8, 8, 8, 8};
  double momentum[2] = {9, 9};
  std::int32_t epoch = 10;
  std::int64_t seed[1] = {11};
  std::int64_t here = 12;
  const auto fields = [&](archive &to) {
    to("step", here);
    to("parameters", [&](archive &p) { p("w", x); });
    to("momentum", momentum);
    to("seed", seed);
    to("epoch", epoch);
  };
  // CHECK: 'a.ckpt' does not fit this program:
  // CHECK-NEXT:   'parameters.w' is float32[3] in the file, float32[4] here
  // CHECK-NEXT:   'momentum' is float32[2] in the file, float64[2] here
  // CHECK-NEXT:   'seed' is int64 in the file, int64[1] here
  // CHECK-NEXT:   'epoch' (int32) is not in the file
  show<checkpoint_error>([&] { load_checkpoint(at("a.ckpt"), fields); });
  CHECK_THAT(x[0] == 8 && momentum[1] == 9 && epoch == 10 && seed[0] == 11);
  CHECK_THAT(here == 12);

  load_options options;
  options.allow_different = true;
  // CHECK-NEXT: 'a.ckpt' does not fit this program:
  // CHECK-NEXT:   'epoch' (int32) is not in the file
  show<checkpoint_error>([&] { load_checkpoint(at("a.ckpt"), fields, options); });
  options.allow_missing = true;
  const auto report = load_checkpoint(at("a.ckpt"), fields, options);
  CHECK_THAT(x[0] == 8 && momentum[1] == 9 && epoch == 10 && seed[0] == 11);
  CHECK_THAT(here == 7 && report.skipped.size() == 4);
  CHECK_THAT(report.skipped[3] == "'epoch' (int32) is not in the file");
}

static void part() {
  std::vector<float> loaded(3);
  const auto parameters = [&](archive &to) {
    to("parameters", [&](archive &p) { p("w", std::span(loaded)); });
  };
  // CHECK-NEXT: 'a.ckpt' does not fit this program:
  // CHECK-NEXT:   'step' (int64) is only in the file
  // CHECK-NEXT:   'momentum' (float32[2]) is only in the file
  // CHECK-NEXT:   'seed' (int64) is only in the file
  show<checkpoint_error>([&] { load_checkpoint(at("a.ckpt"), parameters); });
  load_options options;
  options.allow_extra = true;
  CHECK_THAT(load_checkpoint(at("a.ckpt"), parameters, options).skipped.size() ==
             3);
  CHECK_THAT(loaded == w);
}

static void files() {
  // CHECK-NEXT: there is no good checkpoint: 'none' is not there, and 'none.previous' is not there
  show<checkpoint_error>([] { load_checkpoint(at("none"), [](archive &) {}); });
  CHECK_THAT(!retrograd::checkpoint_exists(at("none")));
  CHECK_THAT(retrograd::checkpoint_exists(at("a.ckpt")));
  // CHECK-NEXT: 'none' is not there
  show<checkpoint_error>([] { retrograd::checkpoint_fields(at("none")); });
  // CHECK-NEXT: there is no good checkpoint: 'text' is too short: 4 bytes are no checkpoint, and
  write("text", "text");
  show<checkpoint_error>([] { load_checkpoint(at("text"), [](archive &) {}); });
  // CHECK-NEXT: cannot create 'no/b.ckpt.new': No such file or directory
  show<checkpoint_error>(
      [] { retrograd::save_checkpoint(at("no/b.ckpt"), [](archive &) {}); });
  // CHECK-NEXT: two fields are called 'x.y'
  show<std::invalid_argument>([] {
    retrograd::save_checkpoint(at("b.ckpt"), [](archive &to) {
      to("x", [](archive &x) { x("y", step); });
      to("x.y", step);
    });
  });
  CHECK_THAT(!retrograd::checkpoint_exists(at("b.ckpt")));
  // What the fields throw is passed on, and no file is left.
  try {
    retrograd::save_checkpoint(at("b.ckpt"), [](archive &) { throw 5; });
    CHECK_THAT(false);
  } catch (int five) {
    CHECK_THAT(five == 5);
  }
  CHECK_THAT(!std::ifstream(at("b.ckpt.new")));
}

int main(int, char **argv) {
  folder = argv[1];
  differences();
  part();
  files();
}
