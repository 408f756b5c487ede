//===- fit.cpp - What fit() gives to those that report it -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A training with progress, metrics, reports and a picture at once, and that
// they agree with its summary.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror %s -o %t/fit %runtime
// RUN: cd %t && ./fit

#include "../Inputs/check.h"
#include "../training/Inputs/models.h"
#include <algorithm>
#include <fstream>
#include <iterator>
#include <retrograd/data.h>
#include <retrograd/fit.h>
#include <retrograd/reporting.h>

using namespace retrograd;

static std::string text_of(const char *path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

static std::ptrdiff_t lines(const std::string &text) {
  return std::count(text.begin(), text.end(), '\n');
}

int main() {
  const classes<float> samples(200, 4);
  const dataset<float, int> data(column<float>("x", samples.x, samples.n),
                                 column<int>("label", samples.label));
  const auto [training, validation] = data.split(0.2, 1);
  std::vector<float> w(4, 0.1F);

  std::FILE *const stream = std::fopen("progress.txt", "w");
  CHECK_THAT(stream != nullptr);
  progress display({.stream = stream, .name = "classes"});
  csv_metrics table("metrics.csv");
  jsonl_metrics epochs("metrics.jsonl", {.step_interval = 0});
  const summary run = fit(logistic_batch<float>{}, w, training, validation,
                          Adam{.lr = 0.05},
                          {.batch_size = 16,
                           .epochs = 5,
                           .progress = display,
                           .metrics = {table, epochs}});
  std::fclose(stream);

  CHECK_THAT(run.history.size() == 5 && run.steps == 50);
  // The header, fifty steps and five epochs.
  CHECK_THAT(lines(text_of("metrics.csv")) == 56);
  CHECK_THAT(lines(text_of("metrics.jsonl")) == 5);
  CHECK_THAT(text_of("metrics.jsonl").find("\"validation_loss\":") !=
             std::string::npos);
  CHECK_THAT(table.rows_lost() == 0 && epochs.rows_lost() == 0);

  const std::string brief = brief_report(run);
  CHECK_THAT(brief.starts_with("5 epochs, 50 steps in "));
  CHECK_THAT(text_of("progress.txt") == "classes: " + brief + "\n");
  const std::string full = full_report(run);
  for (const char *part : {"logistic", "Adam", "serial", "Best epoch", "Time"})
    CHECK_THAT(full.find(part) != std::string::npos);

  write_learning_curves("curves.html", {{"Adam", run}});
  CHECK_THAT(text_of("curves.html").find("Adam, validation") !=
             std::string::npos);
}
