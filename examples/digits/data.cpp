//===- data.cpp - Images of handwritten digits ----------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A training run is only as good as its data: whatever is not exactly as it
// should be is an error that names the file, the line and the column.
//
//===----------------------------------------------------------------------===//

#include "data.h"
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string_view>

static constexpr int darkest = 16;
static constexpr int test_share = 5;

namespace {

/// The numbers of a line, one after the other.
class line_reader {
public:
  line_reader(const std::string &path, int number, std::string_view line)
      : path(path), number(number), line(line) {}

  int next(int largest) {
    if (at > line.size())
      fail("expected " + std::to_string(pixel_count + 1) +
           " values, found only " + std::to_string(count));
    const std::string_view field = line.substr(at, line.find(',', at) - at);
    int value = 0;
    const auto [end, error] =
        std::from_chars(field.data(), field.data() + field.size(), value);
    if (error != std::errc() || end != field.data() + field.size() ||
        value < 0 || value > largest)
      fail("expected a whole number from 0 to " + std::to_string(largest) +
           ", found " +
           (field.empty() ? "nothing" : "'" + std::string(field) + "'"));
    at += field.size() + 1;
    ++count;
    return value;
  }

  void expect_end() {
    if (at <= line.size())
      fail("expected " + std::to_string(pixel_count + 1) +
           " values, found more");
  }

private:
  [[noreturn]] void fail(const std::string &what) const {
    throw std::runtime_error(path + ":" + std::to_string(number) + ":" +
                             std::to_string(at + 1) + ": " + what);
  }

  const std::string &path;
  const int number;
  const std::string_view line;
  std::size_t at = 0;
  int count = 0;
};

} // namespace

static image read_image(line_reader reader) {
  image result;
  for (float &pixel : result.pixels)
    pixel = static_cast<float>(reader.next(darkest)) / darkest;
  result.digit = reader.next(digit_count - 1);
  reader.expect_end();
  return result;
}

std::vector<image> read_images(const std::string &path) {
  std::ifstream file(path);
  if (!file)
    throw std::runtime_error("cannot open '" + path +
                             "': " + std::strerror(errno));
  std::vector<image> images;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.ends_with('\r'))
      line.pop_back();
    images.push_back(read_image(line_reader(path, number, line)));
  }
  if (file.bad())
    throw std::runtime_error("cannot read '" + path +
                             "': " + std::strerror(errno));
  return images;
}

static void require_each_digit(const std::vector<image> &images) {
  for (int digit = 0; digit < digit_count; ++digit) {
    const auto count =
        std::count_if(images.begin(), images.end(),
                      [=](const image &i) { return i.digit == digit; });
    if (count < test_share)
      throw std::runtime_error(
          "the data has " + std::to_string(count) + " images of the digit " +
          std::to_string(digit) + "; at least " + std::to_string(test_share) +
          " of each are needed, since a fifth is held back for the test");
  }
}

data_set split(const std::vector<image> &images) {
  require_each_digit(images);
  data_set result;
  int seen = 0;
  for (int digit = 0; digit < digit_count; ++digit)
    for (const image &image : images)
      if (image.digit == digit) {
        const bool held_back = ++seen % test_share == 0;
        (held_back ? result.test : result.training).push_back(image);
      }
  return result;
}
