//===- transform.h - Preprocessing on worker threads --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function of a sample runs on threads of its own while the batches before
// are being trained with: decoding, augmenting, converting. Its results lie in
// a few buffers of a batch each, which are used again and again; so memory is
// bounded, and a batch has the same form as one that was not transformed.
//
// Randomness belongs to a sample, not to a thread: the function is given a key
// that depends on the seed, the epoch and the row only. So the data is the same
// for any number of threads, and after a checkpoint is resumed.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_DATA_TRANSFORM_H
#define RETROGRAD_DATA_TRANSFORM_H

#include <algorithm>
#include <numeric>
#include <retrograd/data/dataset.h>
#include <retrograd/data/prefetcher.h>

namespace retrograd {

/// A column that a transform makes: its name, and elements of a row.
template <data_element T> struct output {
  std::string name;
  std::size_t extent = 1;
};

struct transform_options {
  /// Threads that run the function, at least 1.
  std::size_t workers = 1;
  /// Batches that are made before they are asked for, at least 1. The memory is
  /// that of one batch more. Small batches like more of them: threads are woken
  /// when half of the buffers are free.
  std::size_t batches_ahead = 4;
  /// Where the keys of samples come from.
  std::uint64_t seed = 0;
};

namespace detail {

/// A number that looks like chance and is a function of its arguments.
std::uint64_t sample_key(std::uint64_t seed, std::uint64_t epoch,
                         std::uint64_t row);

/// Throws std::invalid_argument for outputs without a name or elements.
void check_output(const std::string &name, std::size_t extent);

template <class T> using output_pointer = T *;

} // namespace detail

/// The source that transformed() makes.
template <class F, class In, class Out> class transformed_source;

template <class F, data_element... Ins, data_element... Outs>
class transformed_source<F, dataset<Ins...>, std::tuple<Outs...>> {
  /// A call with a key, or without one.
  static constexpr bool with_key =
      std::is_invocable_v<const F &, const Ins *..., Outs *..., std::uint64_t>;
  static_assert(with_key ||
                    std::is_invocable_v<const F &, const Ins *..., Outs *...>,
                "the function of a transform is called with a pointer to each "
                "column of a row, a pointer to each output, and, if it wants "
                "it, a key (std::uint64_t)");
  static_assert((!std::is_same_v<Outs, bool> && ...),
                "an output of a transform cannot be bool; use std::uint8_t");

public:
  using element_types = std::tuple<Outs...>;
  using view_type = batch_view<Outs...>;
  static constexpr std::size_t column_count = sizeof...(Outs);

  transformed_source(dataset<Ins...> data, std::tuple<output<Outs>...> outputs,
                     F f, const transform_options &options)
      : shared_(std::make_unique<shared>(std::move(data), std::move(outputs),
                                         std::move(f), options)) {
    std::apply(
        [](const auto &...o) { (detail::check_output(o.name, o.extent), ...); },
        shared_->outputs);
  }

  std::uint64_t size() const { return shared_->data.size(); }

  /// The number of the epoch that begins next, which the keys depend on. It
  /// counts by itself; a training run that is resumed sets it.
  void set_epoch(std::uint64_t epoch) { epoch_ = epoch; }

  /// As of a data set; the work begins. The order is copied.
  void begin_epoch(std::span<const std::uint64_t> order, std::size_t batch_size,
                   bool drop_last) {
    detail::check_order(order, size(), batch_size);
    shared_->threads.cancel();
    shared_->begin(order, batch_size, epoch_++);
    const std::uint64_t whole = order.size() / batch_size;
    batches_ = whole + (!drop_last && order.size() % batch_size != 0);
    shared_->threads.start(
        batches_, [s = shared_.get()](std::uint64_t batch, std::size_t slot) {
          s->fill(batch, slot);
        });
    given_ = 0;
  }

  /// The next batch, or nothing at the end. It may be read until the next call.
  /// What the function throws for a sample is thrown here, with its batch.
  std::optional<view_type> next() {
    const auto slot = shared_->threads.next();
    if (!slot)
      return std::nullopt;
    return shared_->view(given_++, *slot);
  }

  /// Bytes of all buffers and of the order: the memory of the transform.
  std::size_t buffer_bytes() const { return shared_->bytes(); }

  /// Throws data_error unless the outputs, and the rows, are what the batch
  /// description takes. Whether numbers are finite is known only when they are
  /// made; see the policy for NaN of the training.
  template <batch_description Batch>
  void validate(const Batch &batch, const data_checks & = {}) const {
    detail::check_columns(batch_facts(batch), facts(), Batch::name);
    if (size() == 0)
      detail::fail_empty(Batch::name);
  }

  std::array<column_facts, column_count> facts() const {
    return std::apply(
        [&](const auto &...o) {
          return std::array<column_facts, column_count>{column_facts{
              o.name, element_type_of<Outs>(), o.extent, size()}...};
        },
        shared_->outputs);
  }

  /// What a checkpoint keeps.
  template <class Archive> void fields(Archive &archive) {
    archive("epoch", epoch_);
  }

private:
  /// What the threads see; it stays where it is when the source moves.
  struct shared {
    shared(dataset<Ins...> data, std::tuple<output<Outs>...> outputs, F f,
           const transform_options &options)
        : data(std::move(data)), outputs(std::move(outputs)), f(std::move(f)),
          seed(options.seed), slots(options.batches_ahead + 1),
          threads(options.workers, options.batches_ahead + 1) {}

    void begin(std::span<const std::uint64_t> new_order, std::size_t size,
               std::uint64_t new_epoch) {
      order.assign(new_order.begin(), new_order.end());
      batch_size = size;
      epoch = new_epoch;
      size = std::min(size, order.size());
      for (auto &slot : slots)
        each([&](auto &buffer,
                 const auto &o) { buffer.resize(size * o.extent); },
             slot);
      identity.resize(size);
      std::iota(identity.begin(), identity.end(), std::uint64_t(0));
    }

    std::span<const std::uint64_t> rows(std::uint64_t batch) const {
      const std::size_t first = batch * batch_size;
      return std::span(order).subspan(
          first, std::min(batch_size, order.size() - first));
    }

    void fill(std::uint64_t batch, std::size_t slot) {
      const auto numbers = rows(batch);
      for (std::size_t i = 0; i < numbers.size(); ++i)
        fill_sample(data.row(numbers[i]), i, slots[slot],
                    std::index_sequence_for<Ins...>(),
                    std::index_sequence_for<Outs...>());
    }

    template <std::size_t... I, std::size_t... O>
    void fill_sample(std::uint64_t row, std::size_t i,
                     std::tuple<std::vector<Outs>...> &buffers,
                     std::index_sequence<I...>, std::index_sequence<O...>) {
      const auto call = [&](auto... key) {
        std::as_const(f)(data.template column_at<I>().values().data() +
                             row * data.template column_at<I>().extent()...,
                         std::get<O>(buffers).data() +
                             i * std::get<O>(outputs).extent...,
                         key...);
      };
      if constexpr (with_key)
        call(detail::sample_key(seed, epoch, row));
      else
        call();
    }

    view_type view(std::uint64_t batch, std::size_t slot) const {
      const std::span<const std::uint64_t> all(identity);
      return [&]<std::size_t... O>(std::index_sequence<O...>) {
        return view_type{{std::get<O>(slots[slot]).data()...},
                         {std::get<O>(outputs).extent...},
                         all.first(rows(batch).size())};
      }(std::index_sequence_for<Outs...>());
    }

    std::size_t bytes() const {
      std::size_t sum =
          (identity.size() + order.size()) * sizeof(std::uint64_t);
      for (const auto &slot : slots)
        std::apply(
            [&](const auto &...b) {
              ((sum += b.size() * sizeof(*b.data())), ...);
            },
            slot);
      return sum;
    }

    template <class G, class Slot> void each(G g, Slot &slot) {
      [&]<std::size_t... O>(std::index_sequence<O...>) {
        (g(std::get<O>(slot), std::get<O>(outputs)), ...);
      }(std::index_sequence_for<Outs...>());
    }

    const dataset<Ins...> data;
    const std::tuple<output<Outs>...> outputs;
    const F f;
    const std::uint64_t seed;
    std::vector<std::uint64_t> order;
    std::size_t batch_size = 0;
    std::uint64_t epoch = 0;
    std::vector<std::tuple<std::vector<Outs>...>> slots;
    std::vector<std::uint64_t> identity;
    // Behind what the threads use: they end first.
    detail::prefetcher threads;
  };

  std::uint64_t epoch_ = 0, batches_ = 0, given_ = 0;
  std::unique_ptr<shared> shared_;
};

/// A source whose batches are made by a function of a row, on worker threads:
///
///   transformed(images, std::tuple{output<float>{"x", 64}, output<int>{"y"}},
///               [](const std::uint8_t *image, const int *label, float *x,
///                  int *y, std::uint64_t key) { ... },
///               {.workers = 2});
///
/// The function gets a pointer to the row in each column, a pointer to where
/// the row of each output goes (whatever was there before), and a key for
/// random choices, if it takes one. It is called from several threads at once,
/// and must not write elsewhere.
template <data_element... Ins, data_element... Outs, class F>
auto transformed(dataset<Ins...> data, std::tuple<output<Outs>...> outputs, F f,
                 const transform_options &options = {}) {
  return transformed_source<F, dataset<Ins...>, std::tuple<Outs...>>(
      std::move(data), std::move(outputs), std::move(f), options);
}

/// A source that copies the rows of each batch together, ahead of use. For data
/// that is mapped and does not fit into memory: worker threads wait for the
/// disk, not the training.
template <data_element... Ts>
auto prefetched(dataset<Ts...> data, const transform_options &options = {}) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto facts = data.facts();
    std::tuple<output<Ts>...> outputs{
        output<Ts>{facts[I].name, facts[I].extent}...};
    const std::array<std::size_t, sizeof...(Ts)> extents = {facts[I].extent...};
    const auto copy = [extents](std::tuple<const Ts *...> from,
                                std::tuple<Ts *...> to) {
      (std::copy_n(std::get<I>(from), extents[I], std::get<I>(to)), ...);
    };
    return transformed(
        std::move(data), std::move(outputs),
        [copy](detail::output_pointer<const Ts>... from,
               detail::output_pointer<Ts>... to) {
          copy(std::tuple(from...), std::tuple(to...));
        },
        options);
  }(std::index_sequence_for<Ts...>());
}

} // namespace retrograd

#endif // RETROGRAD_DATA_TRANSFORM_H
