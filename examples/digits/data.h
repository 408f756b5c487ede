//===- data.h - Images of handwritten digits ------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads the images from a file of comma-separated values and holds a part of
// them back for the test.
//
//===----------------------------------------------------------------------===//

#ifndef DIGITS_DATA_H
#define DIGITS_DATA_H

#include "network.h"
#include <array>
#include <string>
#include <vector>

struct image {
  std::array<float, pixel_count> pixels; ///< 0 is white, 1 is black.
  int digit;
};

struct data_set {
  std::vector<image> training;
  std::vector<image> test;
};

/// A line of the file is an image: 64 pixels from 0 to 16, row by row, then the
/// digit. Throws std::runtime_error with the place in the file if it is not.
std::vector<image> read_images(const std::string &path);

/// Holds a fifth of the images back for the test, of each digit the same share.
/// Throws std::runtime_error if a digit has fewer than five images.
data_set split(const std::vector<image> &images);

#endif // DIGITS_DATA_H
