//===- options.h - The command line ---------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a user can choose, with the values that train well.
//
//===----------------------------------------------------------------------===//

#ifndef DIGITS_OPTIONS_H
#define DIGITS_OPTIONS_H

#include <cstdint>
#include <string>

struct options {
  std::uint64_t batch = 16; ///< Images of one step, at least 1.
  int epochs = 30;          ///< Passes over the training images, at least 1.
  double rate = 0.2;        ///< Length of a step per mean gradient, positive.
  int hidden = 32;          ///< Units of the hidden layer, 1 to 4096.
  /// Of the images held back, of the first weights and of the order of images.
  std::uint64_t seed = 1;
  int threads = 1;    ///< At least 1. The result does not depend on it.
  bool simd = false;  ///< Several images at once in the lanes of vectors.
  std::string curves; ///< Where the learning curves go, .html or .svg.
  std::string data;   ///< The file with the images.
  bool help = false;
};

/// Throws std::invalid_argument if the arguments are not as they should be.
options parse_options(int argc, char **argv);

void print_help();

#endif // DIGITS_OPTIONS_H
