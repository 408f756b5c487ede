//===- lane_shard.h - One shard, W samples at a time ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the evaluator does with the samples of a shard where the description has
//
//   template <int W> lanes<T, W> value_lanes(mask, columns..., shared...,
//                                            outputs...) const;
//   template <int W> lanes<T, W> gradient_lanes(mask, columns..., shared...,
//                                               outputs..., adjoints...) const;
//
// Columns and outputs are tiles, pointers to lanes; shared arrays are those of
// the parameters; adjoints have an element for each lane, so that no two
// samples add to the same place, and are summed over the lanes at the end of
// the shard. The mask is all_lanes, or a lane_mask for the last samples; lanes
// that are not in it hold the last sample once more, and what they compute is
// not used.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_EXECUTION_LANE_SHARD_H
#define RETROGRAD_EXECUTION_LANE_SHARD_H

#include <algorithm>
#include <retrograd/execution/binding.h>
#include <retrograd/execution/lane_scratch.h>
#include <retrograd/execution/lane_tiles.h>
#include <retrograd/execution/shards.h>
#include <retrograd/lanes/native.h>

namespace retrograd::detail {

/// A shard is a multiple of this, so that it has full tiles of any width.
inline constexpr std::uint64_t lane_granule = 64;

/// Samples [begin, end) of a view. With `d`, their gradient is added there;
/// with `out`, what they write to their outputs goes there.
template <batch_description Batch> class lane_shard {
  using traits = batch_traits<Batch>;
  using T = typename traits::real;
  using columns = std::make_index_sequence<traits::samples>;
  using arrays = std::make_index_sequence<traits::shared>;
  using results = std::make_index_sequence<traits::outputs>;
  template <std::size_t C>
  using column = std::tuple_element_t<C, typename traits::sample_types>;
  template <std::size_t O>
  using output = std::tuple_element_t<O, typename traits::output_types>;

  template <class... O> static std::tuple<O *...> pointers(std::tuple<O...> *);

public:
  using output_pointers =
      decltype(pointers(static_cast<typename traits::output_types *>(nullptr)));

  const bound_batch<Batch> &bound;
  const typename traits::view &samples;
  std::size_t begin, end;
  const T *at;
  T *d;                 ///< Null: values only.
  output_pointers *out; ///< Of sample 0 of the view; null: nobody wants them.
  std::size_t parameters;
  shard_sum &sum;

  /// For the widest vectors that the machine has; see native.h.
  void run() const {
    with_native_width<T>([this]<int W>() __attribute__((always_inline)) {
      this->template run_tiles<W>(columns(), arrays(), results());
    });
  }

private:
  template <int W, std::size_t... C, std::size_t... S, std::size_t... O>
  RETROGRAD_LANES_INLINE void run_tiles(std::index_sequence<C...>,
                                        std::index_sequence<S...>,
                                        std::index_sequence<O...>) const {
    const auto extents = bound.batch().sample_extents();
    [[maybe_unused]] const auto sizes = traits::output_extents(bound.batch());
    const std::size_t adjoints = d ? parameters : 0;
    lane_scratch scratch(
        (lane_scratch::rounded(extents[C] * W * sizeof(column<C>)) + ... + 0) +
        (lane_scratch::rounded(sizes[O] * W * sizeof(output<O>)) + ... + 0) +
        lane_scratch::rounded(adjoints * W * sizeof(T)));
    const std::tuple<lanes<column<C>, W> *...> tiles{
        scratch.take<lanes<column<C>, W>>(extents[C])...};
    [[maybe_unused]] const std::tuple<lanes<output<O>, W> *...> written{
        scratch.take<lanes<output<O>, W>>(sizes[O])...};
    auto *const d_lanes = scratch.take<lanes<T, W>>(adjoints);
    std::fill_n(reinterpret_cast<T *>(d_lanes), adjoints * W, T(0));

    lanes<double, W> loss = 0.0;
    for (std::size_t first = begin; first < end; first += W) {
      const int count = static_cast<int>(std::min<std::size_t>(W, end - first));
      (pack_column<C, W>(first, count, extents[C], std::get<C>(tiles)), ...);
      const lane_mask<T, W> mask =
          count == W ? lane_mask<T, W>(true) : lane_mask<T, W>::first(count);
      lanes<T, W> r;
      if (d)
        r = lanes<T, W>(bound.batch().template gradient_lanes<W>(
            mask, std::get<C>(tiles)..., at + bound.range(S).begin...,
            std::get<O>(written)..., d_lanes + bound.range(S).begin...));
      else
        r = lanes<T, W>(bound.batch().template value_lanes<W>(
            mask, std::get<C>(tiles)..., at + bound.range(S).begin...,
            std::get<O>(written)...));
      r = select(mask, r, lanes<T, W>(T(0)));
      loss += lanes<double, W>(r);
      count_non_finite(r);
      if (out)
        (unpack<output<O>, W>(std::get<O>(written), sizes[O],
                              std::get<O>(*out) + first * sizes[O], count),
         ...);
    }
    sum.loss += retrograd::sum(loss);
    for (std::size_t j = 0; j < adjoints; ++j)
      d[j] += retrograd::sum(d_lanes[j]);
  }

  /// Lanes beyond the samples hold the last sample.
  template <std::size_t C, int W>
  RETROGRAD_LANES_INLINE void pack_column(std::size_t first, int count,
                                          std::size_t extent,
                                          lanes<column<C>, W> *tile) const {
    const column<C> *rows[W];
    for (int lane = 0; lane < W; ++lane)
      rows[lane] = samples.template at<C>(
          first + static_cast<std::size_t>(std::min(lane, count - 1)));
    pack<column<C>, W>(rows, extent, tile);
  }

  template <int W>
  RETROGRAD_LANES_INLINE void count_non_finite(lanes<T, W> r) const {
    // Infinity minus itself is no number, and nothing equals that.
    const lane_mask<T, W> finite = r - r == lanes<T, W>(T(0));
    if (all(finite))
      return;
    for (int lane = 0; lane < W; ++lane)
      sum.non_finite += !finite[lane];
  }
};

} // namespace retrograd::detail

#endif // RETROGRAD_EXECUTION_LANE_SHARD_H
