//===- progress.h - How far the training is -------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One line per epoch; on a terminal, one line that is drawn anew.
//
//===----------------------------------------------------------------------===//

#ifndef DIGITS_PROGRESS_H
#define DIGITS_PROGRESS_H

#include <chrono>

class progress {
public:
  explicit progress(int epochs);
  progress(const progress &) = delete;
  progress &operator=(const progress &) = delete;
  ~progress(); ///< Leaves the line that is drawn anew.

  void show(int epoch, float loss, float accuracy) const;

private:
  const int epochs;
  const bool terminal;
  const std::chrono::steady_clock::time_point start;
};

#endif // DIGITS_PROGRESS_H
