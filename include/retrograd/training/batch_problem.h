//===- batch_problem.h - A batch description and data as a problem --------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A source of batches has
//
//   std::uint64_t size();
//   void begin_epoch(std::span<const std::uint64_t> order,
//                    std::size_t batch_size, bool drop_last);
//   std::optional<batch_view<...>> next();
//
// and, if it can, view(rows) for any rows, validate(batch), which throws what
// is wrong with the data before training starts, and set_epoch(epoch), from 0.
// Data sets and transforms (data/) are sources.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRAINING_BATCH_PROBLEM_H
#define RETROGRAD_TRAINING_BATCH_PROBLEM_H

#include <cstring>
#include <numeric>
#include <optional>
#include <retrograd/execution/evaluator.h>
#include <retrograd/training/gradient_check.h>
#include <retrograd/training/problem.h>
#include <stdexcept>

namespace retrograd {

/// Gives batches, as above.
template <class S>
concept batch_source =
    requires(S &source, std::span<const std::uint64_t> order) {
      { source.size() } -> std::convertible_to<std::uint64_t>;
      source.begin_epoch(order, std::size_t(), false);
      *source.next();
    };

namespace detail {

/// In place of a validation set where there is none.
struct no_source {};

/// Samples of a pass that has no batch size of its own.
inline constexpr std::size_t pass_batch = 4096;

} // namespace detail

template <batch_description Batch, batch_source Train, class Validation>
class batch_problem final
    : public training_problem<typename batch_traits<Batch>::real> {
  using traits = batch_traits<Batch>;
  using T = typename traits::real;
  using view = typename traits::view;
  static constexpr bool has_validation =
      !std::is_same_v<Validation, detail::no_source>;

public:
  /// Throws std::invalid_argument if parameters and batch do not match, or the
  /// data is empty, and what validate() of the data throws.
  batch_problem(const Batch &batch, const parameters<T> &params, Train &train,
                Validation &validation, any_executor executor)
      : run_(batch, params, std::move(executor)), train_(train),
        validation_(validation) {
    examine(train_, "the training data");
    if constexpr (has_validation)
      examine(validation_, "the validation data");
  }

  std::string name() const override { return Batch::name; }
  any_executor &executor() override { return run_.executor(); }
  bool has_lanes() const override { return traits::has_lanes; }
  std::uint64_t size() const override { return train_.size(); }
  std::uint64_t validation_size() const override {
    if constexpr (has_validation)
      return validation_.size();
    else
      return 0;
  }

  void begin_epoch(std::int64_t epoch, std::span<const std::uint64_t> order,
                   std::size_t batch_size, bool drop_last) override {
    begin(train_, epoch, order, batch_size, drop_last);
  }
  std::size_t next() override {
    present_ = train_.next();
    return present_ ? present_->size() : 0;
  }

  batch_sum gradient(std::span<const T> at, std::span<T> gradient,
                     bool add) override {
    return run_.gradient(present(), at, gradient, add);
  }
  batch_sum sparse_gradient(std::span<const T> at, std::span<T> gradient,
                            std::span<const index_range> ranges,
                            bool add) override {
    return run_.sparse_gradient(present(), at, gradient, ranges, add);
  }
  batch_sum validation(std::span<const T> at) override {
    if constexpr (has_validation)
      return pass(validation_, [&](const view &samples, bool) {
        return run_.value(samples, at);
      });
    else
      return {};
  }
  batch_sum full_gradient(std::span<const T> at, std::span<T> gradient,
                          bool at_begin) override;
  void indices(std::string_view column,
               std::vector<std::int64_t> &indices) override;
  std::optional<check_result> check(std::size_t i, std::span<const T> at,
                                    const check_options &options) override;

private:
  template <class Source>
  static constexpr bool has_view = requires(
      Source &s, std::span<const std::uint64_t> rows) { s.view(rows); };

  const view &present() const { return *present_; }

  template <class Source> void examine(Source &source, const char *what) {
    static_assert(
        std::is_same_v<std::remove_cvref_t<decltype(*source.next())>, view>,
        "the columns of the data do not have the types of the "
        "samples that the loss takes, in the same order");
    if (source.size() == 0)
      throw std::invalid_argument(std::string("fit: ") + what + " is empty");
    if constexpr (requires { source.validate(run_.batch()); })
      source.validate(run_.batch());
  }

  template <class Source>
  static void begin(Source &source, std::int64_t epoch,
                    std::span<const std::uint64_t> order,
                    std::size_t batch_size, bool drop_last) {
    if constexpr (requires { source.set_epoch(std::uint64_t()); })
      source.set_epoch(static_cast<std::uint64_t>(epoch - 1));
    source.begin_epoch(order, batch_size, drop_last);
  }

  /// All samples in their order, at once or in parts; `one` also gets whether
  /// its part is the first.
  template <class Source, class F> batch_sum pass(Source &source, F one) {
    if (rows_.size() < source.size()) {
      rows_.resize(source.size());
      std::iota(rows_.begin(), rows_.end(), std::uint64_t(0));
    }
    const std::span<const std::uint64_t> all(rows_.data(), source.size());
    if constexpr (has_view<Source>) {
      return one(source.view(all), true);
    } else {
      begin(source, 1, all, detail::pass_batch, false);
      batch_sum sum;
      while (const std::optional<view> samples = source.next()) {
        const batch_sum part = one(*samples, sum.samples == 0);
        sum.loss += part.loss;
        sum.samples += part.samples;
        sum.non_finite += part.non_finite;
      }
      return sum;
    }
  }

  evaluator<Batch> run_;
  Train &train_;
  Validation &validation_;
  std::optional<view> present_;
  std::vector<std::uint64_t> rows_;
};

template <batch_description Batch, batch_source Train, class Validation>
batch_sum batch_problem<Batch, Train, Validation>::full_gradient(
    std::span<const T> at, std::span<T> gradient, bool at_begin) {
  if (!has_view<Train> && !at_begin)
    throw std::invalid_argument(
        "fit: the gradient of all samples is needed in the middle of an epoch, "
        "but the source gives batches in order only; choose a "
        "snapshot_interval of whole epochs");
  present_.reset();
  return pass(train_, [&](const view &samples, bool first) {
    return run_.gradient(samples, at, gradient, !first);
  });
}

template <batch_description Batch, batch_source Train, class Validation>
void batch_problem<Batch, Train, Validation>::indices(
    std::string_view column, std::vector<std::int64_t> &indices) {
  const auto take = [&]<std::size_t C>(std::integral_constant<std::size_t, C>) {
    if (column != Batch::sample_names[C])
      return false;
    using E = std::tuple_element_t<C, typename traits::sample_types>;
    if constexpr (std::is_integral_v<E>) {
      const view &samples = present();
      for (std::size_t i = 0; i < samples.size(); ++i)
        for (std::size_t k = 0; k < samples.extents[C]; ++k)
          indices.push_back(
              static_cast<std::int64_t>(samples.template at<C>(i)[k]));
      return true;
    } else {
      throw std::invalid_argument("fit: sparse.column is '" +
                                  std::string(column) +
                                  "', which does not hold integers");
    }
  };
  const bool found = [&]<std::size_t... C>(std::index_sequence<C...>) {
    return (take(std::integral_constant<std::size_t, C>()) || ...);
  }(std::make_index_sequence<traits::samples>());
  if (!found)
    throw std::invalid_argument("fit: sparse.column is '" +
                                std::string(column) + "'; " + Batch::name +
                                " has no such column");
}

template <batch_description Batch, batch_source Train, class Validation>
std::optional<check_result> batch_problem<Batch, Train, Validation>::check(
    std::size_t i, std::span<const T> at, const check_options &options) {
  if (i >= present().size())
    return std::nullopt;
  const view sample = present().with_rows(present().rows.subspan(i, 1));
  return check_at(
      checked_function<T>{
          [&](const T *p) { return run_.one_value(sample, p); },
          [&](const T *p, T *d) { return run_.one_gradient(sample, p, d); }},
      at, options);
}

} // namespace retrograd

#endif // RETROGRAD_TRAINING_BATCH_PROBLEM_H
