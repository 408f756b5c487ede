//===- messages.cpp - What is wrong with options and arguments, word by word ===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each message is compared as a whole. What is refused has changed nothing.
//
//===----------------------------------------------------------------------===//

// RUN: %clangxx -I%include -std=c++20 -Wall -Wextra -Werror %s %runtime -o %t
// RUN: %t

#include "../Inputs/check.h"
#include "Inputs/archive.h"
#include <cmath>
#include <limits>
#include <retrograd/optimizers.h>
#include <retrograd/schedules.h>
#include <stdexcept>
#include <string>
#include <vector>

using namespace retrograd;

template <class Error = std::invalid_argument>
static void fails(const std::string &message, auto &&f) {
  try {
    f();
  } catch (const Error &error) {
    if (error.what() != message) {
      std::printf("expected: %s\nactual:   %s\n", message.c_str(),
                  error.what());
      std::exit(1);
    }
    return;
  }
  std::printf("not refused: %s\n", message.c_str());
  std::exit(1);
}

static void refused(const std::string &message, const auto &options) {
  fails(message, [&] { options.validate(); });
}

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

/// The fields that every rule has.
template <class Optimizer> static void common() {
  const std::string name = Optimizer::name;
  Optimizer{}.validate();
  Optimizer o;
  o.lr = -1;
  refused(name + ": lr is -1; it must be in [0, inf)", o);
  o = {};
  o.lr = not_a_number;
  refused(name + ": lr is nan; it must be in [0, inf)", o);
  o = {};
  o.weight_decay = infinite;
  refused(name + ": weight_decay is inf; it must be in [0, inf)", o);
  if constexpr (requires { o.beta1; }) {
    o = {};
    o.beta1 = 1.5;
    refused(name + ": beta1 is 1.5; it must be in [0, 1)", o);
    o = {};
    o.beta2 = 1;
    refused(name + ": beta2 is 1; it must be in [0, 1)", o);
  }
  if constexpr (requires { o.eps; }) {
    o = {};
    o.eps = 0;
    refused(name + ": eps is 0; it must be in (0, inf)", o);
    o.eps = 1e-50;
    o.validate();
    parameters<float> p;
    parameters<double> q;
    fails(name + ": eps is 1e-50, which vanishes in float; it must be at least "
                 "1.1754943508222875e-38",
          [&] { optimizer_state(o, p); });
    optimizer_state(o, q);
  }
}

static void options() {
  common<SGD>();
  common<Adagrad>();
  common<Adadelta>();
  common<RMSProp>();
  common<Adam>();
  common<AdamW>();
  common<Adamax>();
  common<NAdam>();
  common<RAdam>();
  common<Lion>();
  refused("SGD: momentum is 1; it must be in [0, 1)", SGD{.momentum = 1});
  refused("SGD: dampening is 1.5; it must be in [0, 1]",
          SGD{.dampening = 1.5});
  refused("SGD: nesterov needs a momentum above 0 and a dampening of 0; they "
          "are 0 and 0",
          SGD{.nesterov = true});
  refused("SGD: nesterov needs a momentum above 0 and a dampening of 0; they "
          "are 0.9 and 0.5",
          SGD{.momentum = 0.9, .dampening = 0.5, .nesterov = true});
  refused("Adagrad: lr_decay is -0.5; it must be in [0, inf)",
          Adagrad{.lr_decay = -0.5});
  refused("Adagrad: initial_accumulator_value is -1; it must be in [0, inf)",
          Adagrad{.initial_accumulator_value = -1});
  const std::string hat =
      ": eps_placement is hat, which means something only where a second "
      "moment is corrected for its bias; it must be outside or root";
  refused("Adagrad" + hat, Adagrad{.eps_placement = epsilon_placement::hat});
  refused("RMSProp" + hat, RMSProp{.eps_placement = epsilon_placement::hat});
  refused("Adadelta: rho is 1; it must be in [0, 1)", Adadelta{.rho = 1});
  refused("RMSProp: alpha is -0.1; it must be in [0, 1)",
          RMSProp{.alpha = -0.1});
  refused("RMSProp: momentum is 2; it must be in [0, 1)",
          RMSProp{.momentum = 2});
  refused("NAdam: momentum_decay is -1; it must be in [0, inf)",
          NAdam{.momentum_decay = -1});
  refused("SVRG: lr is inf; it must be in [0, inf)", SVRG{.lr = infinite});
  refused("SVRG: snapshot_interval is -1; it must be at least 0",
          SVRG{.snapshot_interval = -1});
}

static void lbfgs_options() {
  LBFGS{}.validate();
  refused("LBFGS: lr is 0; it must be in (0, inf)", LBFGS{.lr = 0});
  refused("LBFGS: max_iter is 0; it must be at least 1", LBFGS{.max_iter = 0});
  refused("LBFGS: max_eval is -1; it must be at least 0",
          LBFGS{.max_eval = -1});
  refused("LBFGS: tolerance_grad is nan; it must be in [0, inf)",
          LBFGS{.tolerance_grad = not_a_number});
  refused("LBFGS: tolerance_change is -1; it must be in [0, inf)",
          LBFGS{.tolerance_change = -1});
  refused("LBFGS: history_size is 0; it must be at least 1",
          LBFGS{.history_size = 0});
  refused("LBFGS: sufficient_decrease is 0; it must be in (0, 1)",
          LBFGS{.sufficient_decrease = 0});
  refused("LBFGS: curvature is 0.05; it must be in (sufficient_decrease, 1) = "
          "(0.1, 1)",
          LBFGS{.sufficient_decrease = 0.1, .curvature = 0.05});
  refused("LBFGS: max_line_search is 0; it must be at least 1",
          LBFGS{.max_line_search = 0});

  parameters<double> p;
  p.add("w", 2, 1.0);
  p.options("w").lr = 0.5;
  fails("LBFGS: block 'w' has an lr of its own; the line search has one for "
        "all",
        [&] { lbfgs_state<double>({}, p); });
  p.options("w") = {.weight_decay = 0.5};
  fails("LBFGS: block 'w' has a weight_decay; add the penalty to the loss",
        [&] { lbfgs_state<double>({}, p); });
  p.options("w") = {};
  lbfgs_state<double> state({}, p);
  p.add("v", 1);
  fails("LBFGS: the parameters have 3 entries; the state was made for 2",
        [&] { state.iterate(p, [](auto, auto) { return 0.0; }); });
  const auto loaded = [&](std::size_t s, std::size_t y, std::size_t products) {
    save_archive save;
    state.fields(save);
    save.stored["LBFGS.s"].assign(s * sizeof(double), 'x');
    save.stored["LBFGS.y"].assign(y * sizeof(double), 'x');
    save.stored["LBFGS.products"].assign(products * sizeof(double), 'x');
    load_archive load{save.stored};
    state.fields(load);
  };
  fails("LBFGS: the state that was loaded has 101 pairs; history_size is 100",
        [&] { loaded(202, 202, 202); });
  fails("LBFGS: the state that was loaded has 2 pairs in 4 and 3 numbers; a "
        "pair has 2 each",
        [&] { loaded(4, 3, 4); });
}

static void blocks() {
  parameters<float> p;
  fails<std::out_of_range>("parameters: there is no block 'w'; there are none",
                           [&] { p["w"]; });
  p.add("weights", 4).add("bias", 1);
  fails<std::out_of_range>(
      "parameters: there is no block 'wieghts'; there are 'weights', 'bias'",
      [&] { p["wieghts"]; });
  fails<std::out_of_range>(
      "parameters: there is no block 'b'; there are 'weights', 'bias'",
      [&] { p.options("b"); });
  fails("parameters: there is a block 'bias' already",
        [&] { p.add("bias", 7); });
  fails("parameters: a block needs a name", [&] { p.add("", 7); });
  CHECK_THAT(p.size() == 5 && p.groups().size() == 2);
  std::vector<float> mine(3);
  auto borrowed = parameters<float>::borrow("mine", mine);
  fails("parameters: block 'more' cannot be added to borrowed memory",
        [&] { borrowed.add("more", 1); });
}

static void steps() {
  parameters<double> p;
  p.add("a", 2, 1.0).add("b", 3, 1.0);
  optimizer_state state(Adam{}, p);
  const std::vector<double> g(5, 1.0), four(4, 1.0);
  fails("Adam: the gradient has 4 entries; the parameters have 5",
        [&] { state.step(p, four); });
  fails("gradient_norm: the gradient has 4 entries; the parameters have 5",
        [&] { gradient_norm(p, std::span<const double>(four)); });
  fails("Adam: lr_factor is -1; it must be in [0, inf)",
        [&] { state.step(p, g, {.lr_factor = -1}); });
  fails("Adam: clip_value is 0; it must be in (0, inf]",
        [&] { state.step(p, g, {.clip_value = 0}); });
  fails("Adam: gradient_scale is nan; it must be finite",
        [&] { state.step(p, g, {.gradient_scale = not_a_number}); });
  fails("clip_factor: max_norm is -1; it must be in (0, inf]",
        [&] { clip_factor(1, -1); });
  p.options("b").lr = -3;
  fails("Adam: lr of block 'b' is -3; it must be in [0, inf)",
        [&] { state.step(p, g); });
  fails("Adam: lr of block 'b' is -3; it must be in [0, inf)",
        [&] { optimizer_state(Adam{}, p); });
  p.options("b") = {.weight_decay = not_a_number};
  fails("Adam: weight_decay of block 'b' is nan; it must be in [0, inf)",
        [&] { state.step(p, g); });
  p.options("b") = {};
  CHECK_THAT(state.steps() == 0 && p["a"][0] == 1);
  p.add("c", 1);
  fails("Adam: the parameters have 6 entries in 3 blocks; the state was made "
        "for 5 in 2",
        [&] { state.step(p, g); });
}

static void rows() {
  parameters<double> p;
  p.add("a", 6, 1.0);
  const std::vector<double> g(6, 1.0);
  const auto step = [&](const auto &optimizer, std::vector<std::uint64_t> rows,
                        std::size_t width = 2) {
    optimizer_state state(optimizer, p);
    const touched_rows touched[] = {{"a", rows, width}};
    state.step_rows(p, g, touched);
  };
  const std::string alone =
      ": rows cannot be updated alone, since a gradient of 0 changes the others "
      "too; Adagrad, and SGD without momentum, can";
  fails("Adam" + alone, [&] { step(Adam{}, {0}); });
  fails("SGD" + alone, [&] { step(SGD{.momentum = 0.5}, {0}); });
  fails("Adagrad: rows of block 'a' cannot be updated alone, since its weight "
        "decay is 0.5, which changes the others too",
        [&] { step(Adagrad{.weight_decay = 0.5}, {0}); });
  fails("Adagrad: a row width of 4 does not divide the 6 entries of block 'a'",
        [&] { step(Adagrad{}, {0}, 4); });
  fails("Adagrad: a row width of 0 does not divide the 6 entries of block 'a'",
        [&] { step(Adagrad{}, {0}, 0); });
  fails("Adagrad: row 3 of block 'a' is not there; it has 3",
        [&] { step(Adagrad{}, {0, 3}); });
  fails("Adagrad: the rows of block 'a' must ascend; 1 comes after 2",
        [&] { step(Adagrad{}, {2, 1}); });
  fails("Adagrad: the rows of block 'a' must ascend; 1 comes after 1",
        [&] { step(Adagrad{}, {1, 1}); });
  CHECK_THAT(p["a"][0] == 1);
}

static void svrg() {
  parameters<double> p;
  p.add("a", 2, 1.0);
  fails("SVRG: steps_per_epoch is 0; it must be at least 1",
        [&] { svrg_state<double>({}, p); });
  svrg_state<double> state({.snapshot_interval = 1}, p);
  std::vector<double> two(2), three(3);
  fails("SVRG: the full gradient has 3 entries; the parameters have 2",
        [&] { state.set_snapshot(p, three); });
  fails("SVRG: the gradient has 3 entries; the parameters have 2",
        [&] { state.corrected(three, two); });
  fails("SVRG: the gradient at the snapshot has 3 entries; the parameters "
        "have 2",
        [&] { state.corrected(two, three); });
}

static void schedules() {
  const auto bad = [](const std::string &message, const auto &s) {
    refused(message, s);
    fails(message, [&] { schedule erased(s); });
  };
  bad("constant: factor is -1; it must be in [0, inf)", constant{-1});
  bad("step_decay: every is 0; it must be at least 1", step_decay{});
  bad("step_decay: gamma is 0; it must be in (0, inf)", step_decay{3, 0});
  bad("multi_step: milestones[0] is -1; it must be at least 0",
      multi_step{{-1}});
  bad("multi_step: milestones[1] is 5; it must be at least 6",
      multi_step{{5, 5}});
  bad("multi_step: gamma is -2; it must be in (0, inf)", multi_step{{5}, -2});
  bad("exponential: gamma is 0; it must be in (0, inf)", exponential{});
  bad("exponential: every is 0; it must be at least 1", exponential{0.5, 0});
  bad("inverse_time: rate is -1; it must be in [0, inf)", inverse_time{-1, 1});
  bad("inverse_time: every is 0; it must be at least 1", inverse_time{});
  bad("piecewise: boundaries[1] is 1; it must be at least 3",
      piecewise{{2, 1}, {1, 2, 3}});
  bad("piecewise: there are 1 factors; 2 boundaries need 3",
      piecewise{{1, 2}, {1}});
  bad("piecewise: factors[1] is nan; it must be in [0, inf)",
      piecewise{{1}, {1, not_a_number}});
  bad("linear_warmup: steps is 0; it must be at least 1", linear_warmup{});
  bad("linear_warmup: start_factor is 2; it must be in [0, 1]",
      linear_warmup{1, 2});
  bad("polynomial: total_steps is 0; it must be at least 1", polynomial{});
  bad("polynomial: power is 0; it must be in (0, inf)", polynomial{1, 0});
  bad("polynomial: end_factor is -1; it must be in [0, inf)",
      polynomial{1, 1, -1});
  bad("cosine: total_steps is 0; it must be at least 1", cosine{});
  bad("cosine: end_factor is inf; it must be in [0, inf)", cosine{1, infinite});
  bad("cosine_restarts: first_steps is 0; it must be at least 1",
      cosine_restarts{});
  bad("cosine_restarts: multiply is 0; it must be at least 1",
      cosine_restarts{1, 0});
  bad("cosine_restarts: end_factor is -1; it must be in [0, inf)",
      cosine_restarts{1, 1, -1});
  bad("one_cycle: total_steps is 0; it must be at least 1", one_cycle{});
  bad("one_cycle: pct_start is 2; it must be in [0, 1]", one_cycle{1, 2});
  bad("one_cycle: div_factor is 0; it must be in (0, inf)",
      one_cycle{1, 0.5, 0});
  bad("one_cycle: final_div_factor is nan; it must be in (0, inf)",
      one_cycle{1, 0.5, 1, not_a_number});
  bad("chain: there are no parts; it needs at least one", chain{});
  bad("sequence: there are 0 parts and 0 milestones; it needs one milestone "
      "less than parts",
      sequence{});
  bad("sequence: there are 1 parts and 1 milestones; it needs one milestone "
      "less than parts",
      sequence{{constant{}}, {1}});
  bad("sequence: milestones[1] is 1; it must be at least 2",
      sequence{{constant{}, constant{}, constant{}}, {1, 1}});

  fails("schedule: step is -1; it must be at least 0",
        [] { schedule()(std::int64_t{-1}); });
  const schedule own = [](std::int64_t step) { return 3.0 - double(step); };
  CHECK_THAT(own(3) == 0);
  fails("schedule: the factor at step 4 is -1; it must be in [0, inf)",
        [&] { own(4); });

  const auto plateau = [](const std::string &message,
                          const plateau_options &options) {
    fails("reduce_on_plateau: " + message,
          [&] { reduce_on_plateau refused(options); });
  };
  plateau("factor is 1; it must be in (0, 1)", {.factor = 1});
  plateau("patience is -1; it must be at least 0", {.patience = -1});
  plateau("threshold is -1; it must be in [0, inf)", {.threshold = -1});
  plateau("cooldown is -1; it must be at least 0", {.cooldown = -1});
  plateau("min_factor is 1; it must be in [0, 1)", {.min_factor = 1});
}

int main() {
  options();
  lbfgs_options();
  blocks();
  steps();
  rows();
  svrg();
  schedules();
}
