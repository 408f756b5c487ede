//===- metrics.cpp - The numbers of a run as files ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is in the files, what comes back from them, and what happens when they
// cannot be written: at the start, an error; later, one report and no more.
//
//===----------------------------------------------------------------------===//

// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror \
// RUN:   -fsanitize=address,undefined -fno-sanitize-recover=all \
// RUN:   %s %runtime -o %t/metrics
// RUN: cd %t && ./metrics 2> stderr
// RUN: FileCheck --match-full-lines --input-file=%t/some.csv \
// RUN:   --check-prefix=CSV %s
// RUN: FileCheck --match-full-lines --input-file=%t/some.jsonl \
// RUN:   --check-prefix=JSON %s
// RUN: FileCheck --input-file=%t/stderr --check-prefix=STDERR %s
// RUN: %python %S/Inputs/read-metrics.py %t/precise.csv %t/precise.jsonl

#include "../Inputs/check.h"
#include <algorithm>
#include <cmath>
#include <csignal>
#include <fstream>
#include <iterator>
#include <random>
#include <retrograd/reporting/metrics.h>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

using namespace retrograd;

static const double none = std::numeric_limits<double>::quiet_NaN();
static const double infinity = std::numeric_limits<double>::infinity();

static std::string text_of(const char *path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

template <class Metrics> static void write_some(const char *path) {
  Metrics metrics(path);
  metrics.write(step_record{1, 44, 0.75, 0.001, 2.5, 1e-7, 0.5});
  metrics.write(step_record{1, 45, none, 0.001, infinity, none, 0.75});
  metrics.write(epoch_record{1, 45, 0.5, 0.25, 0.001, 2, 1, 48000});
  metrics.write(epoch_record{2, 90, -infinity, none, 0.001, none, 2, none});
  CHECK_THAT(metrics.rows_lost() == 0);
}

//      CSV: kind,epoch,step,train_loss,validation_loss,lr,gradient_norm,update_norm,seconds,samples_per_second
// CSV-NEXT: step,1,44,0.75,,0.001,2.5,1e-07,0.5,
// CSV-NEXT: step,1,45,nan,,0.001,inf,nan,0.75,
// CSV-NEXT: epoch,1,45,0.5,0.25,0.001,2,,1,48000
// CSV-NEXT: epoch,2,90,-inf,,0.001,nan,,2,
//  CSV-NOT: {{.}}

//      JSON: {"kind":"step","epoch":1,"step":44,"train_loss":0.75,"lr":0.001,"gradient_norm":2.5,"update_norm":1e-07,"seconds":0.5}
// JSON-NEXT: {"kind":"step","epoch":1,"step":45,"train_loss":null,"lr":0.001,"gradient_norm":null,"update_norm":null,"seconds":0.75,"non_finite":{"train_loss":"nan","gradient_norm":"inf","update_norm":"nan"}}
// JSON-NEXT: {"kind":"epoch","epoch":1,"step":45,"train_loss":0.5,"validation_loss":0.25,"lr":0.001,"gradient_norm":2,"seconds":1,"samples_per_second":48000}
// JSON-NEXT: {"kind":"epoch","epoch":2,"step":90,"train_loss":null,"lr":0.001,"gradient_norm":null,"seconds":2,"non_finite":{"train_loss":"-inf","gradient_norm":"nan"}}
//  JSON-NOT: {{.}}

/// Doubles of all sizes, which Inputs/read-metrics.py makes once more.
template <class Metrics> static void write_precise(const char *path) {
  Metrics metrics(path);
  std::mt19937_64 random(1);
  for (int i = 1; i <= 1000; ++i) {
    auto number = [&] {
      const double mantissa = double(random() >> 11);
      const int exponent = int(random() >> 40) % 2000 - 1050;
      return std::ldexp(mantissa, exponent);
    };
    const double loss = number(), norm = number();
    metrics.write(epoch_record{i, i, loss, none, 0.001, norm, 1, 1});
  }
}

/// The file can be read while the training is going on.
static void each_row_is_there_at_once() {
  csv_metrics metrics("now.csv");
  const std::string header = text_of("now.csv");
  CHECK_THAT(header.ends_with("samples_per_second\n"));
  metrics.write(epoch_record{.epoch = 1});
  CHECK_THAT(text_of("now.csv").size() > header.size());
}

static void steps_are_thinned() {
  {
    jsonl_metrics some("thin.jsonl", {.step_interval = 10});
    jsonl_metrics none("none.jsonl", {.step_interval = 0});
    CHECK_THAT(some.wants_steps() && !none.wants_steps());
    for (int i = 1; i <= 25; ++i) {
      some.write(step_record{.epoch = 1, .step = i});
      none.write(step_record{.epoch = 1, .step = i});
    }
  }
  const std::string text = text_of("thin.jsonl");
  CHECK_THAT(std::count(text.begin(), text.end(), '\n') == 2);
  CHECK_THAT(text.find("\"step\":10,") != text.npos);
  CHECK_THAT(text_of("none.jsonl").empty());
}

static void resumed() {
  csv_metrics("resumed.csv").write(epoch_record{.epoch = 1});
  csv_metrics("resumed.csv", {.append = true}).write(epoch_record{.epoch = 2});
  std::string text = text_of("resumed.csv");
  CHECK_THAT(std::count(text.begin(), text.end(), '\n') == 3);
  // Killed in the middle of a row.
  std::ofstream("resumed.csv", std::ios::app) << "epoch,3,";
  csv_metrics("resumed.csv", {.append = true}).write(epoch_record{.epoch = 3});
  text = text_of("resumed.csv");
  CHECK_THAT(text.find("epoch,3,\nepoch,3,0,nan,") != text.npos);
  // A new run starts a new file.
  csv_metrics fresh("resumed.csv");
  CHECK_THAT(text_of("resumed.csv").starts_with("kind,"));
}

template <class F> static std::string message_of(F &&f) {
  try {
    f();
  } catch (const std::exception &error) {
    return error.what();
  }
  return "no exception";
}

static void errors_at_the_start() {
  CHECK_THAT(message_of([] { csv_metrics("no/such/folder.csv"); }) ==
             "cannot open the file of metrics no/such/folder.csv: No such file "
             "or directory");
  std::ofstream("other.csv") << "a,b,c\n";
  CHECK_THAT(
      message_of([] { csv_metrics("other.csv", {.append = true}); }) ==
      "cannot continue the file of metrics other.csv: its first line is not "
      "\"kind,epoch,step,train_loss,validation_loss,lr,gradient_norm,"
      "update_norm,seconds,samples_per_second\"");
  CHECK_THAT(
      message_of([] { csv_metrics("x.csv", {.step_interval = -1}); }) ==
      "metrics: step_interval is -1; it must be 0 (epochs only) or more");
}

/// /dev/full takes nothing.
static void full_disk() {
  std::vector<std::string> reports;
  {
    csv_metrics metrics("/dev/full", {.on_failure = [&](const std::string &text) {
                          reports.push_back(text);
                        }});
    for (int i = 0; i < 3; ++i)
      metrics.write(epoch_record{.epoch = i});
    CHECK_THAT(metrics.rows_lost() == 3);
  }
  CHECK_THAT(reports.size() == 1);
  CHECK_THAT(reports[0] ==
             "cannot write the file of metrics /dev/full: No space left on "
             "device; the training goes on, and rows are lost");
  // Without a function it goes to the standard error output, once as well.
  jsonl_metrics metrics("/dev/full");
  metrics.write(epoch_record{});
  metrics.write(epoch_record{});
  CHECK_THAT(metrics.rows_lost() == 2);
}

//      STDERR: warning: cannot write the file of metrics /dev/full
// STDERR-SAME: No space left on device; the training goes on, and rows are lost
//  STDERR-NOT: {{.}}

/// A disk that is full in the middle of a row, and has space again later.
static void torn_row() {
  int reports = 0;
  csv_metrics metrics("torn.csv",
                      {.on_failure = [&](const std::string &) { ++reports; }});
  metrics.write(epoch_record{.epoch = 1});
  const std::string whole = text_of("torn.csv");
  rlimit limit = {};
  CHECK_THAT(getrlimit(RLIMIT_FSIZE, &limit) == 0);
  const rlimit small = {whole.size() + 10, limit.rlim_max};
  CHECK_THAT(setrlimit(RLIMIT_FSIZE, &small) == 0);
  // The signal that comes with it would end the process.
  metrics.write(epoch_record{.epoch = 2});
  metrics.write(epoch_record{.epoch = 3});
  CHECK_THAT(setrlimit(RLIMIT_FSIZE, &limit) == 0);
  CHECK_THAT(text_of("torn.csv") == whole);
  metrics.write(epoch_record{.epoch = 4});
  CHECK_THAT(text_of("torn.csv") == whole + "epoch,4,0,nan,,,nan,,0,\n");
  CHECK_THAT(metrics.rows_lost() == 2 && reports == 1);
}

/// A reader that goes away.
static void broken_pipe() {
  int ends[2];
  CHECK_THAT(pipe(ends) == 0);
  int reports = 0;
  csv_metrics metrics("/dev/fd/" + std::to_string(ends[1]),
                      {.on_failure = [&](const std::string &) { ++reports; }});
  close(ends[0]);
  metrics.write(epoch_record{.epoch = 1});
  metrics.write(epoch_record{.epoch = 2});
  CHECK_THAT(metrics.rows_lost() == 2 && reports == 1);
  // A signal that is for others still comes.
  sigset_t pending;
  sigpending(&pending);
  CHECK_THAT(!sigismember(&pending, SIGPIPE));
}

int main() {
  write_some<csv_metrics>("some.csv");
  write_some<jsonl_metrics>("some.jsonl");
  write_precise<csv_metrics>("precise.csv");
  write_precise<jsonl_metrics>("precise.jsonl");
  each_row_is_there_at_once();
  steps_are_thinned();
  resumed();
  errors_at_the_start();
  full_disk();
  torn_row();
  broken_pipe();
}
