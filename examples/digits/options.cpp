//===- options.cpp - The command line -------------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A value is taken as a whole or not at all: `--batch 16x` is an error.
//
//===----------------------------------------------------------------------===//

#include "options.h"
#include <charconv>
#include <cstdio>
#include <limits>
#include <stdexcept>
#include <string_view>

template <class T>
static T parse_number(std::string_view name, std::string_view text, T smallest,
                      T largest, const std::string &expected) {
  T value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() ||
      !(value >= smallest && value <= largest))
    throw std::invalid_argument(std::string(name) + " expects " + expected +
                                ", not '" + std::string(text) + "'");
  return value;
}

static int parse_count(std::string_view name, std::string_view text,
                       int largest) {
  return parse_number(name, text, 1, largest,
                      "a whole number from 1 to " + std::to_string(largest));
}

static std::string parse_picture(std::string_view name, std::string_view text) {
  if (!text.ends_with(".html") && !text.ends_with(".svg"))
    throw std::invalid_argument(std::string(name) +
                                " expects a name that ends in .html or .svg, "
                                "not '" +
                                std::string(text) + "'");
  return std::string(text);
}

static void parse_option(options &result, std::string_view name,
                         std::string_view text) {
  constexpr int many = 1'000'000;
  if (name == "--batch")
    result.batch = parse_count(name, text, many);
  else if (name == "--epochs")
    result.epochs = parse_count(name, text, many);
  else if (name == "--hidden")
    result.hidden = parse_count(name, text, 4096);
  else if (name == "--rate")
    result.rate =
        parse_number(name, text, std::numeric_limits<double>::min(),
                     std::numeric_limits<double>::max(), "a positive number");
  else if (name == "--seed")
    result.seed = parse_number<std::uint64_t>(
        name, text, 0, std::numeric_limits<std::uint64_t>::max(),
        "a whole number from 0 to 2^64 - 1");
  else if (name == "--threads")
    result.threads = parse_count(name, text, 256);
  else if (name == "--curves")
    result.curves = parse_picture(name, text);
  else
    result.data = text;
}

static bool is_option(std::string_view name) {
  for (const char *known : {"--batch", "--epochs", "--hidden", "--rate",
                            "--seed", "--threads", "--curves", "--data"})
    if (name == known)
      return true;
  return false;
}

options parse_options(int argc, char **argv) {
  options result;
  result.data = DIGITS_DATA;
  for (int i = 1; i < argc; ++i) {
    // Both `--batch 16` and `--batch=16`.
    const std::string_view argument = argv[i];
    const std::size_t equals = argument.find('=');
    const std::string_view name = argument.substr(0, equals);
    if (argument == "--help" || argument == "-h") {
      result.help = true;
      continue;
    }
    if (argument == "--simd") {
      result.simd = true;
      continue;
    }
    if (!is_option(name))
      throw std::invalid_argument("unknown argument '" + std::string(argument) +
                                  "'");
    if (equals != std::string_view::npos)
      parse_option(result, name, argument.substr(equals + 1));
    else if (++i < argc)
      parse_option(result, name, argv[i]);
    else
      throw std::invalid_argument(std::string(name) + " expects a value");
  }
  return result;
}

void print_help() {
  const options defaults;
  std::printf(
      "usage: digits [options]\n\n"
      "Trains a network of two layers to read handwritten digits, and tests "
      "it\n"
      "on a fifth of the images, which it has not seen.\n\n"
      "  --batch <n>    images of one step (%llu)\n"
      "  --epochs <n>   passes over the training images (%d)\n"
      "  --rate <x>     learning rate (%g)\n"
      "  --hidden <n>   units of the hidden layer (%d)\n"
      "  --seed <n>     of the images held back, the first weights and the "
      "order\n"
      "                 of images (%llu)\n"
      "  --threads <n>  that compute; the result is the same (%d)\n"
      "  --simd         several images at once, in the lanes of vectors\n"
      "  --curves <file>\n"
      "                 write the learning curves, .html or .svg\n"
      "  --data <file>  images: 64 pixels from 0 to 16, then the digit\n"
      "                 (%s)\n",
      static_cast<unsigned long long>(defaults.batch), defaults.epochs,
      defaults.rate, defaults.hidden,
      static_cast<unsigned long long>(defaults.seed), defaults.threads,
      DIGITS_DATA);
}
