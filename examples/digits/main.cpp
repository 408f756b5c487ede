//===- main.cpp - Read handwritten digits ---------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Trains a network on the images of digits.csv by the gradient that Retrograd
// wrote, and says how well it reads the images that it has not seen.
//
//===----------------------------------------------------------------------===//

#include "data.h"
#include "options.h"
#include "progress.h"
#include "training.h"
#include <cstdio>
#include <exception>
#include <stdexcept>

static void train(trainer &training, int epochs) {
  const progress display(epochs);
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    const float loss = training.epoch();
    display.show(epoch, loss, training.training_accuracy());
  }
}

static void run(const options &chosen) {
  const data_set data = split(read_images(chosen.data));
  std::printf("%zu images to train on, %zu held back for the test\n",
              data.training.size(), data.test.size());

  trainer training(data.training, chosen.hidden, chosen.batch, chosen.rate,
                   chosen.seed);
  train(training, chosen.epochs);
  std::printf("test accuracy %.1f %%\n", 100 * training.accuracy(data.test));
  if (std::fflush(stdout) != 0 || std::ferror(stdout))
    throw std::runtime_error("cannot write to the standard output");
}

int main(int argc, char **argv) {
  try {
    const options chosen = parse_options(argc, argv);
    if (chosen.help)
      print_help();
    else
      run(chosen);
    return 0;
  } catch (const std::invalid_argument &error) {
    std::fprintf(stderr, "digits: error: %s; --help lists what there is\n",
                 error.what());
    return 2;
  } catch (const std::exception &error) {
    std::fprintf(stderr, "digits: error: %s\n", error.what());
    return 1;
  }
}
