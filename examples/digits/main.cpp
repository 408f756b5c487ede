//===- main.cpp - Read handwritten digits ---------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Trains a network on the images of digits.csv, and says how well it reads the
// images that it has not seen.
//
//===----------------------------------------------------------------------===//

#include "network.h"
#include "options.h"
#include <cstdio>
#include <exception>
#include <retrograd/data/csv.h>
#include <retrograd/reporting/learning_curves.h>
#include <stdexcept>

/// A line of the file is an image: 64 pixels from 0 to 16, row by row, then the
/// digit.
static image_set read_images(const std::string &path) {
  constexpr float darkest = 16;
  const auto file = retrograd::read_csv<float, int>(
      path, {{"pixels", 0, pixel_count}, {"digit", pixel_count}});
  const auto values = file.column_at<0>().values();
  const auto digits = file.column_at<1>().values();
  const auto refuse = [&](std::size_t image, const char *what) {
    throw std::runtime_error("'" + path + "', image " +
                             std::to_string(image + 1) + ": " + what);
  };

  std::vector<float> pixels(values.begin(), values.end());
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    if (!(pixels[i] >= 0 && pixels[i] <= darkest))
      refuse(i / pixel_count, "a pixel is not from 0 to 16");
    pixels[i] /= darkest;
  }
  for (std::size_t i = 0; i < digits.size(); ++i)
    if (digits[i] < 0 || digits[i] >= digit_count)
      refuse(i, "the digit is not from 0 to 9");

  return image_set(retrograd::column("pixels", std::move(pixels), pixel_count),
                   file.column_at<1>());
}

static void run(const options &chosen) {
  const auto [training, held_back] =
      read_images(chosen.data).split(0.2, chosen.seed);
  std::printf("%llu images to train on, %llu held back for the test\n",
              static_cast<unsigned long long>(training.size()),
              static_cast<unsigned long long>(held_back.size()));
  std::fflush(stdout);

  weights network = random_weights(chosen.hidden, chosen.seed);
  const retrograd::summary summary =
      train(network, training, held_back, chosen);
  if (!retrograd::is_success(summary.why))
    throw std::runtime_error(summary.message + "; a smaller --rate may help");
  if (!chosen.curves.empty())
    retrograd::write_learning_curves(
        chosen.curves, {{"digits", summary}},
        {.title = "Handwritten digits", .loss = "cross entropy"});

  std::printf("training loss %.6f, accuracy %.1f %%\n", summary.final_loss,
              100 * accuracy(network, training, chosen.hidden));
  std::printf("test accuracy %.1f %%\n",
              100 * accuracy(network, held_back, chosen.hidden));
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
