//===- progress.cpp - How far the training is -----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The bar is for people: a file or a pipe gets plain lines.
//
//===----------------------------------------------------------------------===//

#include "progress.h"
#include <cstdio>
#include <string>
#include <unistd.h>

progress::progress(int epochs)
    : epochs(epochs), terminal(isatty(STDOUT_FILENO) == 1),
      start(std::chrono::steady_clock::now()) {}

progress::~progress() {
  if (terminal)
    std::printf("\n");
}

static std::string bar(int done, int all) {
  constexpr int width = 20;
  const int full = static_cast<int>(static_cast<long>(width) * done / all);
  return "[" + std::string(full, '#') + std::string(width - full, '.') + "] ";
}

void progress::show(int epoch, float loss, float accuracy) const {
  const std::chrono::duration<double> elapsed =
      std::chrono::steady_clock::now() - start;
  // Back to the start of the line, and clear it.
  if (terminal)
    std::printf("\r\033[K%s", bar(epoch, epochs).c_str());
  std::printf("epoch %d/%d  loss %.4f  training accuracy %.1f %%  %.2f s",
              epoch, epochs, loss, 100 * accuracy, elapsed.count());
  if (!terminal)
    std::printf("\n");
  std::fflush(stdout);
}
