//===- main.cpp - Many weights, of which a sample touches a few -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Does somebody like a text? There is a weight for each of 262,144 words, and a
// text has about 20 of them. Adagrad with sparse rows pays for these only, and
// keeps a large rate for words that are rare. The texts are made up: words
// follow Zipf's law, each has a hidden weight, and the sum of those of a text
// gives the probability that it is liked. So the best accuracy that there can
// be is known.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <exception>
#include <limits>
#include <random>
#include <retrograd/data.h>
#include <retrograd/fit.h>
#include <retrograd/reporting/progress.h>
#include <retrograd/retrograd.h>
#include <stdexcept>
#include <string>
#include <vector>

/// A text has 10 to 30 words; behind its last one stands -1.
static constexpr int longest = 30, shortest = 10;

static float score(const int *word, const float *weight) {
  float sum = 0;
  for (int i = 0; i < longest && word[i] >= 0; ++i)
    sum += weight[word[i]];
  return sum;
}

/// The negative logarithm of the probability that the model gives to the truth.
#pragma retrograd batch sample(word[longest], liked) shared(weight[n])
static float loss(const int *word, int liked, const float *weight,
                  [[maybe_unused]] int n) {
  const float s = liked ? -score(word, weight) : score(word, weight);
  return std::max(s, 0.0f) + std::log1p(std::exp(-std::fabs(s)));
}

using texts = retrograd::dataset<int, int>;

/// Texts over `words` words, a power of two, whose hidden weights are these.
static texts make_texts(std::size_t count, const std::vector<float> &hidden,
                        std::mt19937_64 &generator) {
  const double words = static_cast<double>(hidden.size());
  std::uniform_real_distribution<double> uniform;
  std::uniform_int_distribution<int> length(shortest, longest);
  std::vector<int> word(count * longest, -1), liked(count);
  for (std::size_t i = 0; i < count; ++i) {
    int *const text = word.data() + i * longest;
    for (int k = length(generator); k-- > 0;) {
      // The word of rank r is drawn with probability log(1 + 1/r) / log(words).
      // The factor is odd: words lie in the table in no order that caches like.
      const auto rank =
          static_cast<std::uint64_t>(std::pow(words, uniform(generator)));
      text[k] = static_cast<int>(rank * 2654435761 % hidden.size());
    }
    const double p = 1 / (1 + std::exp(-score(text, hidden.data())));
    liked[i] = uniform(generator) < p;
  }
  return texts(retrograd::column("word", std::move(word), longest),
               retrograd::column("liked", std::move(liked)));
}

/// The share of texts that are liked if and only if the score is positive.
static double accuracy(const texts &data, const std::vector<float> &weight) {
  const auto word = data.column_at<0>().values();
  const auto liked = data.column_at<1>().values();
  std::size_t right = 0;
  for (std::size_t i = 0; i < liked.size(); ++i)
    right += (score(&word[i * longest], weight.data()) > 0) == (liked[i] == 1);
  return static_cast<double>(right) / static_cast<double>(liked.size());
}

static retrograd::summary train(std::vector<float> &weight, texts &training,
                                bool sparse,
                                retrograd::fit_options<float> options) {
  options.batch_size = 32;
  options.seed = 1;
  if (sparse)
    options.sparse = {.block = "weight", .column = "word"};
  return retrograd::fit(loss_batch{}, weight, training,
                        retrograd::Adagrad{.lr = 0.1}, options);
}

/// Microseconds of a step, gradient and update, in the fastest of three runs,
/// each of which starts from zero and leaves its weights.
static double step_time(std::vector<float> &weight, texts &training,
                        bool sparse) {
  double fastest = std::numeric_limits<double>::infinity();
  for (int k = 0; k < 3; ++k) {
    std::fill(weight.begin(), weight.end(), 0.0f);
    const auto run = train(weight, training, sparse, {.max_steps = 1000});
    fastest = std::min(fastest, (run.timings.gradient + run.timings.update) /
                                    static_cast<double>(run.steps));
  }
  return 1e6 * fastest;
}

static void run(std::size_t count, std::size_t words) {
  std::mt19937_64 generator(1);
  std::normal_distribution<float> normal;
  std::vector<float> hidden(words);
  for (float &w : hidden)
    w = normal(generator);
  texts training = make_texts(count, hidden, generator);
  const texts test = make_texts(count / 4 + 1, hidden, generator);
  std::printf("%zu texts to train on, %zu for the test, %zu weights\n", count,
              std::size_t(test.size()), words);

  retrograd::progress display({.name = "sparse"});
  std::vector<float> weight(words);
  const auto summary =
      train(weight, training, true, {.epochs = 3, .progress = display});
  std::printf("training loss %.4f, accuracy %.1f %%\n", summary.final_loss,
              100 * accuracy(training, weight));
  std::printf("test accuracy %.1f %%; with the hidden weights, the best that "
              "there are, %.1f %%\n",
              100 * accuracy(test, weight), 100 * accuracy(test, hidden));

  // The same steps, first with the rows that are touched, then with all.
  std::vector<float> some(words), all(words);
  const double sparse_time = step_time(some, training, true);
  const double dense_time = step_time(all, training, false);
  std::printf("a step takes %.1f us, or %.1f us with all rows; the weights "
              "are %s\n",
              sparse_time, dense_time, some == all ? "the same" : "different");
}

static std::size_t number(const char *text) {
  std::size_t value = 0;
  const char *const end = text + std::strlen(text);
  const auto [stop, error] = std::from_chars(text, end, value);
  if (stop != end || error != std::errc() || value == 0)
    throw std::invalid_argument(std::string("'") + text +
                                "' is not a positive number");
  return value;
}

/// usage: sparse [<texts> [<words>]]
int main(int argc, char **argv) {
  try {
    const std::size_t count = argc > 1 ? number(argv[1]) : 200'000;
    const std::size_t words = argc > 2 ? number(argv[2]) : 1 << 18;
    if ((words & (words - 1)) != 0 || words > 1 << 30)
      throw std::invalid_argument(
          "the number of words must be a power of two, at most 2^30");
    run(count, words);
    return 0;
  } catch (const std::exception &error) {
    std::fprintf(stderr, "sparse: error: %s\n", error.what());
    return 1;
  }
}
