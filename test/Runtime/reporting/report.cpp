//===- report.cpp - A training run in words -------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The brief and the full report of a run, and of one about which little is
// known.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror %s %runtime -o %t
// RUN: %t > %t.txt
// RUN: FileCheck --strict-whitespace --match-full-lines %s < %t.txt

#include <cmath>
#include <cstdio>
#include <retrograd/reporting/report.h>

using namespace retrograd;

static summary example() {
  summary run;
  run.why = termination::early_stopping;
  run.message = "stopped after epoch 3: no improvement for 1 epochs; the "
                "parameters are those of epoch 2";
  run.model = "loss";
  run.optimizer = "Adam";
  run.executor = "threads{4}";
  run.parameters = 2410;
  run.samples = 1438;
  run.batch_size = 32;
  run.seed = 7;
  run.resumed_from = 1;
  run.steps = 135;
  run.epochs = 3;
  run.first_loss = 2.30381;
  run.final_loss = 0.0123;
  run.best_loss = 0.1;
  run.best_epoch = 2;
  run.restored_best = true;
  run.history = {{1, 45, 2, 0.2, 1e-3, 1.25, 4, 4000},
                 {2, 90, 0.5, 0.1, 5e-4, 0.5, 8, 4000},
                 {3, 135, 0.0123, 0.15, 2.5e-4, 0.0625, 12, 4000}};
  run.options = {{"schedule", "exponential"},
                 {"schedule.gamma", "0.5"},
                 {"non_finite", "skip the step, and after ten skipped steps in "
                                "a row give up"}};
  run.timings = {.data = 0.1,
                 .gradient = 10.2,
                 .update = 0.3,
                 .validation = 0.9,
                 .callbacks = 0.1,
                 .checkpoint = 0.2,
                 .total = 12.5};
  run.counts = {.skipped_steps = 1,
                .rollbacks = 0,
                .gradient_evaluations = 136,
                .value_evaluations = 36,
                .samples = 4314,
                .checkpoints = 2};
  run.warnings = {"the data has two columns that are not used: id, and the "
                  "day of the measurement"};
  return run;
}

int main() {
  std::printf("%s\n", brief_report(example()).c_str());
  std::printf("%s", full_report(example()).c_str());
  std::printf("%s\n", brief_report(summary{}).c_str());
  std::printf("%s", full_report(summary{}).c_str());
}

// The columns are part of it.
// clang-format off
//      CHECK:3 epochs, 135 steps in 12.5 s (345 samples/s): loss 2.304 -> 0.01230, best validation loss 0.1000 in epoch 2; stopped after epoch 3: no improvement for 1 epochs; the parameters are those of epoch 2
// CHECK-NEXT:Training report
// CHECK-EMPTY:
// CHECK-NEXT:Stopped
// CHECK-NEXT:  stopped after epoch 3: no improvement for 1 epochs; the parameters are those
// CHECK-NEXT:  of epoch 2
// CHECK-EMPTY:
// CHECK-NEXT:Training
// CHECK-NEXT:  Model                   loss
// CHECK-NEXT:  Parameters              2,410
// CHECK-NEXT:  Samples                 1,438
// CHECK-NEXT:  Batch size              32
// CHECK-NEXT:  Optimizer               Adam
// CHECK-NEXT:  Executor                threads{4}
// CHECK-NEXT:  Seed of the shuffle     7
// CHECK-NEXT:  Resumed                 after epoch 1
// CHECK-EMPTY:
// CHECK-NEXT:Options
// CHECK-NEXT:  schedule                exponential
// CHECK-NEXT:    gamma                 0.5
// CHECK-NEXT:  non_finite              skip the step, and after ten skipped steps in a row
// CHECK-NEXT:                          give up
// CHECK-EMPTY:
// CHECK-NEXT:Work
// CHECK-NEXT:  Epochs                               3
// CHECK-NEXT:  Steps                              135
// CHECK-NEXT:  Samples processed                4,314
// CHECK-NEXT:  Gradient evaluations               136
// CHECK-NEXT:  Value evaluations                   36
// CHECK-NEXT:  Skipped steps                        1
// CHECK-NEXT:  Rollbacks                            0
// CHECK-NEXT:  Checkpoints                          2
// CHECK-EMPTY:
// CHECK-NEXT:Loss                            training    validation
// CHECK-NEXT:  First batch                    2.30381
// CHECK-NEXT:  Best epoch                    0.500000      0.100000  epoch 2, restored
// CHECK-NEXT:  Last epoch                   0.0123000      0.150000
// CHECK-EMPTY:
// CHECK-NEXT:Course                       first epoch    last epoch
// CHECK-NEXT:  Learning rate                    0.001       0.00025
// CHECK-NEXT:  Gradient norm                     1.25        0.0625
// CHECK-EMPTY:
// CHECK-NEXT:Time                             seconds         share
// CHECK-NEXT:  Data                            0.1000         0.8 %
// CHECK-NEXT:  Gradient                       10.2000        81.6 %
// CHECK-NEXT:  Update                          0.3000         2.4 %
// CHECK-NEXT:  Validation                      0.9000         7.2 %
// CHECK-NEXT:  Callbacks                       0.1000         0.8 %
// CHECK-NEXT:  Checkpoints                     0.2000         1.6 %
// CHECK-NEXT:  Other                           0.7000         5.6 %
// CHECK-NEXT:  Total                          12.5000       100.0 %
// CHECK-NEXT:  Per step                       92.6 ms
// CHECK-NEXT:  Samples per second                 345
// CHECK-EMPTY:
// CHECK-NEXT:Warnings
// CHECK-NEXT:  - the data has two columns that are not used: id, and the day of the
// CHECK-NEXT:    measurement
// CHECK-NEXT:0 epochs, 0 steps in 0 s: loss nan -> nan; all epochs done
// CHECK-NEXT:Training report
// CHECK-EMPTY:
// CHECK-NEXT:Stopped
// CHECK-NEXT:  all epochs done
// CHECK-EMPTY:
// CHECK-NEXT:Work
// CHECK-NEXT:  Epochs                               0
// CHECK-NEXT:  Steps                                0
// CHECK-NEXT:  Samples processed                    0
// CHECK-NEXT:  Gradient evaluations                 0
// CHECK-NEXT:  Value evaluations                    0
// CHECK-NEXT:  Skipped steps                        0
// CHECK-NEXT:  Rollbacks                            0
// CHECK-NEXT:  Checkpoints                          0
// CHECK-EMPTY:
// CHECK-NEXT:Loss                            training
// CHECK-NEXT:  First batch                        nan
// CHECK-NEXT:  Last                               nan
// CHECK-EMPTY:
// CHECK-NEXT:Time                             seconds         share
// CHECK-NEXT:  Data                            0.0000
// CHECK-NEXT:  Gradient                        0.0000
// CHECK-NEXT:  Update                          0.0000
// CHECK-NEXT:  Validation                      0.0000
// CHECK-NEXT:  Callbacks                       0.0000
// CHECK-NEXT:  Checkpoints                     0.0000
// CHECK-NEXT:  Other                           0.0000
// CHECK-NEXT:  Total                           0.0000
