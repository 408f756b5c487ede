//===- optimizer_state.h - The memory of an optimizer, and its step -------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What an optimizer remembers is one array, the slots of its rule one behind
// the other, each as long as the arena of the parameters. A step reads and
// writes each number once, with clipping, averaging and weight decay on the
// way, and allocates nothing.
//
//   retrograd::optimizer_state state(retrograd::Adam{.lr = 1e-3}, p);
//   state.step(p, gradient);
//
// Blocks count their own steps, so that one that was frozen at first starts as
// if training began when it thaws.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_OPTIMIZER_STATE_H
#define RETROGRAD_OPTIMIZERS_OPTIMIZER_STATE_H

#include <retrograd/optimizers/kernel.h>
#include <retrograd/optimizers/option_check.h>
#include <retrograd/parameters.h>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace retrograd {

/// An optimizer whose step is an update rule: what optimizer_state can run.
template <class Optimizer>
concept elementwise_optimizer =
    requires(const Optimizer &o, const rule_position &at) {
      typename Optimizer::rule;
      { Optimizer::name } -> std::convertible_to<std::string_view>;
      { o.lr } -> std::convertible_to<double>;
      { o.slots() } -> std::convertible_to<int>;
      { o.slot_name(0) } -> std::convertible_to<std::string>;
      o.validate();
      o.template at<float>(at);
    };

/// What changes from step to step. The gradient is multiplied by the scale,
/// then each entry is limited to [-clip_value, clip_value].
struct step_options {
  /// Factor of each block's learning rate, in [0, inf): a schedule's.
  double lr_factor = 1;
  /// In (0, inf].
  double clip_value = std::numeric_limits<double>::infinity();
  /// Any finite number: 1 / b if the gradient is the sum over b samples, times
  /// clip_factor() to clip by the norm; negative to go uphill.
  double gradient_scale = 1;
};

/// The rows of one block that have a gradient: row r is the entries [r width,
/// (r + 1) width) of the block.
struct touched_rows {
  std::string_view block;
  std::span<const std::uint64_t> rows; ///< Ascending, without repetition.
  std::size_t width = 1;               ///< Divides the size of the block.
};

namespace detail {

/// What is checked of a step, whatever optimizer and type. Each throws
/// std::invalid_argument in the name of the optimizer.
void check_step(std::string_view optimizer, const step_options &options);
void check_groups(std::string_view optimizer,
                  std::span<const parameter_group> groups);
void check_sizes(std::string_view optimizer, std::size_t made_for,
                 std::size_t groups_made_for, std::size_t parameters,
                 std::size_t groups, std::size_t gradient);
void check_rows(std::string_view optimizer, const parameter_group &group,
                const touched_rows &touched, double weight_decay);
[[noreturn]] void refuse_rows(std::string_view optimizer);

} // namespace detail

/// The state of an optimizer for parameters of type T, float or double.
template <elementwise_optimizer Optimizer, class T> class optimizer_state {
  using rule = typename Optimizer::rule;
  using constants = typename rule::template constants<T>;

public:
  /// Validates the optimizer and the options of the blocks:
  /// std::invalid_argument.
  optimizer_state(const Optimizer &optimizer, const parameters<T> &p)
      : optimizer_(optimizer), size_(p.size()),
        stride_((p.size() + per_line - 1) / per_line * per_line),
        group_steps_(p.groups().size(), 0) {
    optimizer.validate();
    if constexpr (requires { optimizer.eps; })
      detail::option_check(Optimizer::name)
          .representable("eps", static_cast<double>(optimizer.eps),
                         static_cast<double>(std::numeric_limits<T>::min()),
                         sizeof(T) == sizeof(float) ? "float" : "double");
    detail::check_groups(Optimizer::name, p.groups());
    slots_.resize(stride_ * static_cast<std::size_t>(optimizer.slots()));
    if constexpr (requires { optimizer.initial(0); })
      for (int k = 0; k < optimizer.slots(); ++k)
        for (T &entry : slot(k))
          entry = static_cast<T>(optimizer.initial(k));
    if constexpr (has_momentum_product)
      momentum_products_.resize(p.groups().size(), 1);
  }

  /// One step over all blocks that are not frozen; `gradient` has size()
  /// entries. std::invalid_argument, before anything changes, if the lengths or
  /// the options are wrong.
  void step(parameters<T> &p, std::span<const T> gradient,
            const step_options &options = {}) {
    begin_step(p, gradient, options);
    step_range(p, gradient, 0, size_);
  }

  /// The same in parts, for executors that split the work: begin_step() once,
  /// then step_range() for ranges that together are [0, size()), on any
  /// threads.
  void begin_step(const parameters<T> &p, std::span<const T> gradient,
                  const step_options &options = {}) {
    detail::check_sizes(Optimizer::name, size_, group_steps_.size(), p.size(),
                        p.groups().size(), gradient.size());
    detail::check_step(Optimizer::name, options);
    detail::check_groups(Optimizer::name, p.groups());
    options_ = options;
    ++steps_;
    pieces_.clear();
    for (std::size_t i = 0; i < group_steps_.size(); ++i)
      if (!p.groups()[i].options.frozen)
        add_piece(p.groups()[i], i);
  }
  void step_range(parameters<T> &p, std::span<const T> gradient,
                  std::size_t first, std::size_t last) {
    for (const piece &each : pieces_) {
      const std::size_t begin = std::max(first, each.first);
      const std::size_t end = std::min(last, each.last);
      if (begin < end)
        update<rule, T>(each.values, range(p, gradient, begin, end - begin));
    }
  }

  /// One step of which some blocks have a gradient in few rows only: of a block
  /// that is listed, the rows alone are read and written; blocks that are not
  /// listed take a full step. The result is that of step() with zeros
  /// elsewhere. Only Adagrad and SGD without momentum leave a parameter without
  /// gradient alone, and only without weight decay; std::invalid_argument for
  /// others, as for rows that are out of range or not ascending.
  void step_rows(parameters<T> &p, std::span<const T> gradient,
                 std::span<const touched_rows> touched,
                 const step_options &options = {}) {
    if constexpr (requires { optimizer_.skips_zero_gradients(); }) {
      if (!optimizer_.skips_zero_gradients())
        detail::refuse_rows(Optimizer::name);
      std::vector<const touched_rows *> of_group(group_steps_.size());
      for (const touched_rows &each : touched) {
        const std::size_t i = detail::find_group(p.groups(), each.block);
        const parameter_group &g = p.groups()[i];
        detail::check_rows(Optimizer::name, g, each,
                           g.options.weight_decay.value_or(weight_decay()));
        of_group.at(i) = &each;
      }
      begin_step(p, gradient, options);
      for (std::size_t i = 0; i < of_group.size(); ++i) {
        const parameter_group &g = p.groups()[i];
        if (!of_group[i])
          step_range(p, gradient, g.offset, g.offset + g.size);
        else if (!g.options.frozen)
          update_rows(p, gradient, g, *of_group[i]);
      }
    } else {
      detail::refuse_rows(Optimizer::name);
    }
  }

  const Optimizer &optimizer() const { return optimizer_; }

  /// The number of steps taken.
  std::int64_t steps() const { return steps_; }

  /// What is remembered of the parameters: slot k of slots(), size() entries.
  std::span<T> slot(int k) {
    return {slots_.data() + static_cast<std::size_t>(k) * stride_, size_};
  }
  int slots() const { return optimizer_.slots(); }
  std::size_t size() const { return size_; }

  /// What a checkpoint keeps. The names of the slots begin with that of the
  /// optimizer, so that the state of another one does not fit.
  template <class Archive> void fields(Archive &archive) {
    archive("step", steps_);
    archive("group_steps", std::span<std::int64_t>(group_steps_));
    if constexpr (has_momentum_product)
      archive("momentum_products", std::span<double>(momentum_products_));
    const std::string prefix = std::string(Optimizer::name) + ".";
    for (int k = 0; k < optimizer_.slots(); ++k)
      archive(prefix + optimizer_.slot_name(k), slot(k));
  }

private:
  static constexpr std::size_t per_line = 64 / sizeof(T);
  static constexpr bool has_momentum_product =
      requires(const Optimizer &o) { o.momentum_at(std::int64_t{1}); };

  /// Neighbouring blocks with the same constants: a thousand small blocks are
  /// one loop.
  struct piece {
    std::size_t first, last;
    rule_position at;
    constants values;
  };

  double weight_decay() const {
    if constexpr (requires { optimizer_.weight_decay; })
      return optimizer_.weight_decay;
    else
      return 0;
  }

  void add_piece(const parameter_group &g, std::size_t i) {
    rule_position at;
    at.step = ++group_steps_[i];
    at.lr = g.options.lr.value_or(optimizer_.lr) * options_.lr_factor;
    at.weight_decay = g.options.weight_decay.value_or(weight_decay());
    if constexpr (has_momentum_product)
      at.momentum_product = momentum_products_[i] *=
          optimizer_.momentum_at(at.step);
    if (!pieces_.empty() && pieces_.back().last == g.offset &&
        pieces_.back().at == at)
      pieces_.back().last += g.size;
    else
      pieces_.push_back(
          {g.offset, g.offset + g.size, at, optimizer_.template at<T>(at)});
  }

  update_range<T> range(parameters<T> &p, std::span<const T> gradient,
                        std::size_t first, std::size_t size) {
    update_range<T> r = {.parameters = p.values().data() + first,
                         .gradient = gradient.data() + first,
                         .slots = {},
                         .size = size,
                         .gradient_scale =
                             static_cast<T>(options_.gradient_scale),
                         .clip_value = static_cast<T>(options_.clip_value)};
    for (int k = 0; k < optimizer_.slots(); ++k)
      r.slots[k] = slot(k).data() + first;
    return r;
  }

  void update_rows(parameters<T> &p, std::span<const T> gradient,
                   const parameter_group &g, const touched_rows &touched) {
    const row_list list = {touched.rows.data(), touched.rows.size(),
                           touched.width};
    for (const piece &each : pieces_)
      if (each.first <= g.offset && g.offset < each.last)
        update<rule, T>(each.values, range(p, gradient, g.offset, g.size),
                        list);
  }

  Optimizer optimizer_;
  std::size_t size_;
  std::size_t stride_;
  detail::aligned_vector<T> slots_;
  std::int64_t steps_ = 0;
  std::vector<std::int64_t> group_steps_;
  std::vector<double> momentum_products_;
  step_options options_;
  std::vector<piece> pieces_;
};

} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_OPTIMIZER_STATE_H
