//===- evaluator.h - Runs a batch: sums, gradients, outputs ---------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The function of one sample becomes one of many here, and nothing else
// happens: no update, no state that the next batch could see. Samples are cut
// into shards and added as shards.h says, so that the sums do not depend on the
// executor's threads. Losses are added in double.
//
//   evaluator run(loss_batch{}, params, threads{4});
//   batch_sum sum = run.gradient(data.view(rows), params.values(), gradient);
//
// With an executor that asks for lanes (simd.h) and a description that has
// them, W consecutive samples are computed side by side (lane_shard.h). Sums
// then differ from those of single samples by rounding, and are again the same
// for any number of threads.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EXECUTION_EVALUATOR_H
#define RETROGRAD_EXECUTION_EVALUATOR_H

#include <cmath>
#include <retrograd/execution/binding.h>
#include <retrograd/execution/lane_shard.h>
#include <retrograd/execution/serial.h>
#include <retrograd/execution/shards.h>
#include <retrograd/parameters.h>
#include <utility>
#include <vector>

namespace retrograd {

/// Not for use by several threads at once; the executor's do not count.
template <batch_description Batch> class evaluator {
  using traits = batch_traits<Batch>;
  using columns = std::make_index_sequence<traits::samples>;
  using arrays = std::make_index_sequence<traits::shared>;
  using results = std::make_index_sequence<traits::outputs>;

  /// Where each output of one sample goes.
  template <class... O> static std::tuple<O *...> pointers(std::tuple<O...> *);
  template <class... O>
  static std::tuple<std::vector<O>...> memories(std::tuple<O...> *);
  template <class... O>
  static std::tuple<std::span<O>...> all(std::tuple<O...> *);
  using output_types = typename traits::output_types *;
  using output_pointers = decltype(pointers(output_types()));
  using output_memory = decltype(memories(output_types()));

public:
  using real = typename traits::real;
  using view = typename traits::view;
  /// A span of b * m numbers for each output of m numbers a sample.
  using output_spans = decltype(all(output_types()));

  /// The blocks of `params` are bound to the shared arrays by name (binding.h).
  /// Throws std::invalid_argument if they do not match.
  evaluator(const Batch &batch, const parameters<real> &params,
            any_executor executor = {})
      : bound_(batch, params.groups()), executor_(std::move(executor)),
        size_(params.size()) {}

  const Batch &batch() const { return bound_.batch(); }
  any_executor &executor() { return executor_; }
  /// The number of parameters: the length of a gradient.
  std::size_t size() const { return size_; }
  /// Where shared array i lies in the parameters.
  const index_range &range(std::size_t i) const { return bound_.range(i); }

  /// Sum of losses, and of gradients into `gradient`, or added to it if `add`.
  /// Both spans have size() entries. What the function throws is thrown, and
  /// then `gradient` is as it was. Throws std::invalid_argument for a wrong
  /// length, or columns that do not match the function.
  batch_sum gradient(const view &samples, std::span<const real> at,
                     std::span<real> gradient, bool add = false) {
    const index_range everything{0, size_};
    return gradient_in(samples, at, gradient, std::span(&everything, 1), add);
  }

  /// The same where it is known that all other entries of the gradient are
  /// zero: only those in `ranges`, which are sorted, are written and cost time.
  batch_sum sparse_gradient(const view &samples, std::span<const real> at,
                            std::span<real> gradient,
                            std::span<const index_range> ranges, bool add) {
    return gradient_in(samples, at, gradient, ranges, add);
  }

  /// Sum of losses.
  batch_sum value(const view &samples, std::span<const real> at);

  /// The same, and what each sample writes to its outputs, one sample after the
  /// other.
  batch_sum outputs(const view &samples, std::span<const real> at,
                    output_spans out);

  /// The gradient of each sample by itself, size() entries each, one after the
  /// other, and, if `losses` is not empty, the loss of each.
  batch_sum per_sample_gradients(const view &samples, std::span<const real> at,
                                 std::span<real> gradients,
                                 std::span<double> losses = {});

  /// Loss, and gradient added to d, of the first sample, by itself and on this
  /// thread; for checks, which move the parameters.
  real one_value(const view &samples, const real *at) const {
    output_memory memory = scratch();
    return static_cast<real>(value_of(samples, 0, at, begin_of(memory)));
  }
  real one_gradient(const view &samples, const real *at, real *d) const {
    output_memory memory = scratch();
    return static_cast<real>(gradient_of(samples, 0, at, begin_of(memory), d));
  }

private:
  void check(const view &samples, std::span<const real> at) const {
    bound_.check(samples);
    check_length("parameters", at.size(), size_);
  }
  static void check_length(const char *what, std::size_t is,
                           std::size_t should) {
    if (is != should)
      detail::refuse_length(Batch::name, what, is, should);
  }

  batch_sum gradient_in(const view &samples, std::span<const real> at,
                        std::span<real> gradient,
                        std::span<const index_range> ranges, bool add);

  template <std::size_t... C, std::size_t... S, std::size_t... O>
  double value_of(const view &samples, std::size_t i, const real *at,
                  const output_pointers &out, std::index_sequence<C...>,
                  std::index_sequence<S...>, std::index_sequence<O...>) const {
    return static_cast<double>(bound_.batch().value(
        samples.template at<C>(i)..., at + bound_.range(S).begin...,
        std::get<O>(out)...));
  }
  double value_of(const view &samples, std::size_t i, const real *at,
                  const output_pointers &out) const {
    return value_of(samples, i, at, out, columns(), arrays(), results());
  }

  template <std::size_t... C, std::size_t... S, std::size_t... O>
  double gradient_of(const view &samples, std::size_t i, const real *at,
                     const output_pointers &out, real *d,
                     std::index_sequence<C...>, std::index_sequence<S...>,
                     std::index_sequence<O...>) const {
    return static_cast<double>(bound_.batch().gradient(
        samples.template at<C>(i)..., at + bound_.range(S).begin...,
        std::get<O>(out)..., d + bound_.range(S).begin...));
  }
  double gradient_of(const view &samples, std::size_t i, const real *at,
                     const output_pointers &out, real *d) const {
    return gradient_of(samples, i, at, out, d, columns(), arrays(), results());
  }

  /// Memory for the outputs of one sample, where nobody wants them.
  output_memory scratch() const {
    output_memory memory;
    resize(memory, results());
    return memory;
  }
  template <std::size_t... O>
  void resize([[maybe_unused]] output_memory &memory,
              std::index_sequence<O...>) const {
    [[maybe_unused]] const auto extents =
        traits::output_extents(bound_.batch());
    (std::get<O>(memory).resize(extents[O]), ...);
  }
  static output_pointers begin_of(output_memory &memory) {
    return std::apply([](auto &...m) { return output_pointers(m.data()...); },
                      memory);
  }
  template <std::size_t... O>
  static output_pointers part_of([[maybe_unused]] const output_spans &out,
                                 [[maybe_unused]] const auto &extents,
                                 [[maybe_unused]] std::size_t i,
                                 std::index_sequence<O...>) {
    return output_pointers((std::get<O>(out).data() + i * extents[O])...);
  }
  template <std::size_t... O>
  void check_outputs([[maybe_unused]] const output_spans &out,
                     [[maybe_unused]] std::size_t n,
                     std::index_sequence<O...>) const {
    [[maybe_unused]] const auto extents =
        traits::output_extents(bound_.batch());
    (check_length(Batch::output_names[O], std::get<O>(out).size(),
                  n * extents[O]),
     ...);
  }

  /// Calls shard(i, sum) for each shard, and merges the sums.
  template <class Shard>
  batch_sum for_each_shard(const shard_plan &plan, const Shard &shard) {
    sums_.assign(plan.shards, {});
    auto task = [&](std::size_t i) {
      shard_sum sum;
      shard(i, sum);
      sums_[i] = sum;
    };
    executor_.run(plan.shards, task);
    return merge_sums(sums_, plan.samples);
  }

  /// Calls begin(shard) for each shard, and one(i, what begin returned) for
  /// each of its samples.
  template <class Begin, class One>
  batch_sum for_each_sample(const shard_plan &plan, const view &samples,
                            const Begin &begin, const One &one) {
    return for_each_shard(plan, [&](std::size_t shard, shard_sum &sum) {
      auto state = begin(shard);
      const std::uint64_t end = plan.begin(shard + 1);
      for (std::uint64_t i = plan.begin(shard); i < end; ++i) {
        samples.prefetch(static_cast<std::size_t>(i) + 4);
        const double loss = one(static_cast<std::size_t>(i), state);
        sum.loss += loss;
        sum.non_finite += !std::isfinite(loss);
      }
    });
  }

  /// Whether samples run side by side.
  bool in_lanes() const { return traits::has_lanes && executor_.lanes(); }

  /// In lanes: the gradient of shard i is added to d(i), or values only if that
  /// is null.
  template <class D>
  batch_sum for_each_tile(const shard_plan &plan, const view &samples,
                          const real *at, output_pointers *out, const D &d) {
    if constexpr (traits::has_lanes) {
      return for_each_shard(plan, [&](std::size_t i, shard_sum &sum) {
        const detail::lane_shard<Batch> tiles{
            bound_,
            samples,
            static_cast<std::size_t>(plan.begin(i)),
            static_cast<std::size_t>(plan.begin(i + 1)),
            at,
            d(i),
            out,
            size_,
            sum};
        tiles.run();
      });
    } else {
      return {};
    }
  }
  shard_plan plan(const view &samples, bool lanes) const {
    return plan_shards(samples.size(), size_, lanes ? detail::lane_granule : 8);
  }

  bound_batch<Batch> bound_;
  any_executor executor_;
  std::size_t size_;
  std::vector<shard_sum> sums_;
  shard_memory<real> memory_;
  /// Whether memory_ is zero between calls, for sparse gradients.
  bool zeroed_ = false;
};

template <batch_description Batch>
batch_sum
evaluator<Batch>::gradient_in(const view &samples, std::span<const real> at,
                              std::span<real> gradient,
                              std::span<const index_range> ranges, bool add) {
  check(samples, at);
  check_length("gradient", gradient.size(), size_);
  const bool sparse =
      ranges.size() != 1 || ranges[0].begin != 0 || ranges[0].end != size_;
  if (sparse && !zeroed_)
    memory_ = {};
  const bool lanes = in_lanes() && !sparse;
  const shard_plan plan = this->plan(samples, lanes);
  memory_.reserve(plan.shards, size_, sparse);
  // If the function throws, the memory is not zero any more.
  zeroed_ = false;
  const auto begin_gradient = [&](std::size_t shard) {
    real *const d = memory_.gradient(shard);
    if (!sparse)
      std::fill_n(d, size_, real(0));
    return d;
  };
  struct state {
    output_memory memory;
    output_pointers out;
    real *d;
  };
  const batch_sum sum =
      lanes ? for_each_tile(plan, samples, at.data(), nullptr, begin_gradient)
            : for_each_sample(
                  plan, samples,
                  [&](std::size_t shard) {
                    state s{scratch(), {}, begin_gradient(shard)};
                    s.out = begin_of(s.memory);
                    return s;
                  },
                  [&](std::size_t i, state &s) {
                    return gradient_of(samples, i, at.data(), s.out, s.d);
                  });
  if (plan.shards == 0 && !add)
    for (const index_range &r : ranges)
      std::fill(gradient.begin() + static_cast<std::ptrdiff_t>(r.begin),
                gradient.begin() + static_cast<std::ptrdiff_t>(r.end), real(0));
  memory_.merge(executor_, plan.shards, ranges, gradient, add, sparse);
  zeroed_ = sparse;
  return sum;
}

template <batch_description Batch>
batch_sum evaluator<Batch>::value(const view &samples,
                                  std::span<const real> at) {
  check(samples, at);
  if (in_lanes())
    return for_each_tile(plan(samples, true), samples, at.data(), nullptr,
                         [](std::size_t) -> real * { return nullptr; });
  struct state {
    output_memory memory;
    output_pointers out;
  };
  return for_each_sample(
      plan(samples, false), samples,
      [&](std::size_t) {
        state s{scratch(), {}};
        s.out = begin_of(s.memory);
        return s;
      },
      [&](std::size_t i, state &s) {
        return value_of(samples, i, at.data(), s.out);
      });
}

template <batch_description Batch>
batch_sum evaluator<Batch>::outputs(const view &samples,
                                    std::span<const real> at,
                                    output_spans out) {
  static_assert(traits::outputs != 0, "the batch has no outputs");
  check(samples, at);
  check_outputs(out, samples.size(), results());
  const auto extents = traits::output_extents(bound_.batch());
  if (in_lanes()) {
    output_pointers first = part_of(out, extents, 0, results());
    return for_each_tile(plan(samples, true), samples, at.data(), &first,
                         [](std::size_t) -> real * { return nullptr; });
  }
  return for_each_sample(
      plan(samples, false), samples, [](std::size_t) { return 0; },
      [&](std::size_t i, int) {
        return value_of(samples, i, at.data(),
                        part_of(out, extents, i, results()));
      });
}

template <batch_description Batch>
batch_sum evaluator<Batch>::per_sample_gradients(const view &samples,
                                                 std::span<const real> at,
                                                 std::span<real> gradients,
                                                 std::span<double> losses) {
  check(samples, at);
  check_length("per-sample gradients", gradients.size(),
               samples.size() * size_);
  if (!losses.empty())
    check_length("losses", losses.size(), samples.size());
  struct state {
    output_memory memory;
    output_pointers out;
  };
  return for_each_sample(
      plan(samples, false), samples,
      [&](std::size_t) {
        state s{scratch(), {}};
        s.out = begin_of(s.memory);
        return s;
      },
      [&](std::size_t i, state &s) {
        real *const d = gradients.data() + i * size_;
        std::fill_n(d, size_, real(0));
        const double loss = gradient_of(samples, i, at.data(), s.out, d);
        if (!losses.empty())
          losses[i] = loss;
        return loss;
      });
}

} // namespace retrograd

#endif // RETROGRAD_EXECUTION_EVALUATOR_H
