//===- descriptions.h - Checks batch descriptions --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs a description over samples one by one, as the simplest runtime would, and
// knows it only by its members. The sum of the gradients is compared with differences
// of the sum of the values; adjoints start at what is there already, and a gradient
// returns the value.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_INTEGRATION_DESCRIPTIONS_H
#define RETROGRAD_TEST_INTEGRATION_DESCRIPTIONS_H

#include "verdicts.h"
#include <array>
#include <limits>
#include <retrograd/batch.h>
#include <retrograd/differences.h>
#include <retrograd/tape.h>
#include <tuple>
#include <utility>
#include <vector>

namespace oracle {

template <class Tuple> struct columns_of;
template <class... Ts> struct columns_of<std::tuple<Ts...>> {
  using type = std::tuple<std::vector<Ts>...>;
};

/// Samples and shared parameters for a description.
template <class B> class samples {
public:
  using columns = typename columns_of<typename B::sample_types>::type;
  using outputs = typename columns_of<typename B::output_types>::type;
  using real = std::tuple_element_t<0, typename B::shared_types>;
  static constexpr std::size_t shared_count =
      std::tuple_size_v<typename B::shared_types>;
  using parameters = std::array<std::vector<real>, shared_count>;

  samples(const B &given, std::size_t count, columns data, parameters start)
      : batch(given), count(count), data(std::move(data)),
        theta(std::move(start)) {
    std::array<std::size_t, shared_count> sizes;
    for (std::size_t s = 0; s < shared_count; ++s)
      sizes[s] = theta[s].size();
    batch = given.with_extents(sizes);
    require(B::name, "the shared extents are the sizes",
            batch.shared_extents() == sizes);
    check_columns(std::make_index_sequence<std::tuple_size_v<columns>>());
    resize(std::make_index_sequence<std::tuple_size_v<outputs>>());
  }

  real value() {
    real sum = 0;
    for (std::size_t i = 0; i < count; ++i)
      sum += std::apply(
          [&](auto *...p) { return batch.value(p...); },
          std::tuple_cat(rows(i), shared(), results()));
    return sum;
  }

  /// The sum of the gradients, added to what is there.
  real gradient(parameters &d) {
    real sum = 0;
    for (std::size_t i = 0; i < count; ++i)
      sum += std::apply(
          [&](auto *...p) { return batch.gradient(p...); },
          std::tuple_cat(rows(i), shared(), results(), pointers(d)));
    require(B::name, "the tape is empty", retrograd::tape::local().empty());
    return sum;
  }

  /// Compares the gradient with differences, and with one got otherwise.
  void check(const parameters *other = nullptr) {
    const real eps = std::numeric_limits<real>::epsilon();
    parameters d = theta;
    const parameters before = d;
    const real sum = value();
    require(B::name, "a gradient returns the value", gradient(d) == sum);
    for (std::size_t s = 0; s < shared_count; ++s)
      for (std::size_t j = 0; j < theta[s].size(); ++j) {
        const long double got =
            static_cast<long double>(d[s][j]) - before[s][j];
        const long double close = 256 * eps * (1 + std::fabs(got));
        const retrograd::estimate slope = difference(s, j, eps);
        require(B::name, "the gradient is that of differences",
                std::fabs(got - slope.value) <= slope.error + close);
        if (other)
          require(B::name, "the gradient is that of the other pragma",
                  std::fabs(got - (*other)[s][j]) <= close);
      }
  }

  B batch;
  std::size_t count;
  columns data;
  parameters theta;
  /// What the last sample has left.
  outputs result;

private:
  template <std::size_t... I> void check_columns(std::index_sequence<I...>) {
    require(B::name, "there is data for all samples",
            ((std::get<I>(data).size() == count * batch.sample_extents()[I]) &&
             ...));
  }
  template <std::size_t... I> void resize(std::index_sequence<I...>) {
    (std::get<I>(result).resize(batch.output_extents()[I]), ...);
  }

  template <std::size_t... I>
  auto rows(std::size_t i, std::index_sequence<I...>) const {
    return std::make_tuple((std::as_const(std::get<I>(data)).data() +
                            i * batch.sample_extents()[I])...);
  }
  auto rows(std::size_t i) const {
    return rows(i, std::make_index_sequence<std::tuple_size_v<columns>>());
  }
  auto shared() const { return pointers(theta); }
  template <class Arrays> static auto pointers(Arrays &arrays) {
    return std::apply([](auto &...a) { return std::make_tuple(a.data()...); },
                      arrays);
  }
  auto results() { return pointers(result); }

  retrograd::estimate difference(std::size_t s, std::size_t j, real eps) {
    const real start = theta[s][j];
    auto line = [&](long double &t) {
      theta[s][j] = static_cast<real>(start + t);
      t = static_cast<long double>(theta[s][j]) - start;
      const long double sum = value();
      return std::vector<retrograd::estimate>{
          {sum, 16 * eps * count * (1 + std::fabs(sum))}};
    };
    const auto slopes =
        retrograd::differentiate(line, retrograd::first_step(1, eps));
    theta[s][j] = start;
    return slopes[0].central;
  }
};

} // namespace oracle

#endif // RETROGRAD_TEST_INTEGRATION_DESCRIPTIONS_H
