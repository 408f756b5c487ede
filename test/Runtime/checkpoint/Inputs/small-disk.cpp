//===- small-disk.cpp - Checkpoints until the disk is full --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each is larger than the one before; two and a third one aside must fit.
//
//===----------------------------------------------------------------------===//

#include "../../data/Inputs/files.h"
#include "state.h"

int main(int, char **argv) {
  folder = argv[1];
  std::int64_t number = 0;
  std::string text;
  for (std::size_t size = 1000;; size += 1000) {
    training_state<float> state(number + 1, size);
    text = message<retrograd::checkpoint_error>([&] {
      retrograd::save_checkpoint(at("run.ckpt"), state);
      ++number;
    });
    if (text != "nothing was thrown")
      break;
  }
  CHECK_THAT(text == "cannot write 'run.ckpt.new': No space left on device");
  CHECK_THAT(number > 2);
  training_state<float> loaded(0, static_cast<std::size_t>(number) * 1000);
  CHECK_THAT(!retrograd::load_checkpoint(at("run.ckpt"), loaded).fell_back);
  CHECK_THAT(loaded.is(number));
  CHECK_THAT(!std::ifstream(at("run.ckpt.new")));
  // A smaller one fits again.
  training_state<float> small(7, 10);
  retrograd::save_checkpoint(at("run.ckpt"), small);
}
