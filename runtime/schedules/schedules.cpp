//===- schedules.cpp - Factors of the learning rate as formulas -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each is a closed form in the number of the step: none is computed from its
// predecessor, so that none depends on where a run was resumed.
//
//===----------------------------------------------------------------------===//

#include <retrograd/schedules.h>

#include <retrograd/optimizers/option_check.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

namespace retrograd {

using detail::option_check;

double schedule::operator()(std::int64_t step) const {
  const option_check check("schedule");
  check.at_least("step", step, 0);
  const double factor = factor_ ? factor_(step) : 1;
  if (!(factor >= 0 && std::isfinite(factor)))
    check.at_least_zero("the factor at step " + std::to_string(step), factor);
  return factor;
}

/// How much of n steps is over, in [0, 1].
static double part(std::int64_t step, std::int64_t n) {
  return static_cast<double>(std::min(step, n)) / static_cast<double>(n);
}

static double half_cosine(double from, double to, double part) {
  return to + (from - to) * (1 + std::cos(std::numbers::pi * part)) / 2;
}

static void check_ascending(const char *owner, const char *field,
                            const std::vector<std::int64_t> &steps) {
  const option_check check(owner);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::string entry =
        std::string(field) + "[" + std::to_string(i) + "]";
    check.at_least(entry, steps[i], i == 0 ? 0 : steps[i - 1] + 1);
  }
}

/// How many of the ascending steps are at most `step`.
static std::size_t passed(const std::vector<std::int64_t> &steps,
                          std::int64_t step) {
  return static_cast<std::size_t>(
      std::upper_bound(steps.begin(), steps.end(), step) - steps.begin());
}

//===- Without an end -----------------------------------------------------===//

double constant::operator()(std::int64_t) const { return factor; }

void constant::validate() const {
  option_check("constant").at_least_zero("factor", factor);
}

double step_decay::operator()(std::int64_t step) const {
  return std::pow(gamma, static_cast<double>(step / every));
}

void step_decay::validate() const {
  const option_check check("step_decay");
  check.at_least("every", every, 1);
  check.positive("gamma", gamma);
}

double multi_step::operator()(std::int64_t step) const {
  return std::pow(gamma, static_cast<double>(passed(milestones, step)));
}

void multi_step::validate() const {
  check_ascending("multi_step", "milestones", milestones);
  option_check("multi_step").positive("gamma", gamma);
}

double exponential::operator()(std::int64_t step) const {
  return std::pow(gamma,
                  static_cast<double>(step) / static_cast<double>(every));
}

void exponential::validate() const {
  const option_check check("exponential");
  check.positive("gamma", gamma);
  check.at_least("every", every, 1);
}

double inverse_time::operator()(std::int64_t step) const {
  return 1 /
         (1 + rate * static_cast<double>(step) / static_cast<double>(every));
}

void inverse_time::validate() const {
  const option_check check("inverse_time");
  check.at_least_zero("rate", rate);
  check.at_least("every", every, 1);
}

double piecewise::operator()(std::int64_t step) const {
  return factors[passed(boundaries, step)];
}

void piecewise::validate() const {
  check_ascending("piecewise", "boundaries", boundaries);
  const option_check check("piecewise");
  if (factors.size() != boundaries.size() + 1)
    check.fail("there are " + std::to_string(factors.size()) + " factors; " +
               std::to_string(boundaries.size()) + " boundaries need " +
               std::to_string(boundaries.size() + 1));
  for (std::size_t i = 0; i < factors.size(); ++i)
    check.at_least_zero("factors[" + std::to_string(i) + "]", factors[i]);
}

//===- With an end --------------------------------------------------------===//

double linear_warmup::operator()(std::int64_t step) const {
  return start_factor + (1 - start_factor) * part(step, steps);
}

void linear_warmup::validate() const {
  const option_check check("linear_warmup");
  check.at_least("steps", steps, 1);
  check.fraction("start_factor", start_factor);
}

double polynomial::operator()(std::int64_t step) const {
  return end_factor +
         (1 - end_factor) * std::pow(1 - part(step, total_steps), power);
}

void polynomial::validate() const {
  const option_check check("polynomial");
  check.at_least("total_steps", total_steps, 1);
  check.positive("power", power);
  check.at_least_zero("end_factor", end_factor);
}

double cosine::operator()(std::int64_t step) const {
  return half_cosine(1, end_factor, part(step, total_steps));
}

void cosine::validate() const {
  const option_check check("cosine");
  check.at_least("total_steps", total_steps, 1);
  check.at_least_zero("end_factor", end_factor);
}

double cosine_restarts::operator()(std::int64_t step) const {
  std::int64_t steps = first_steps;
  if (multiply == 1)
    step %= steps;
  for (; step >= steps; steps *= multiply) {
    step -= steps;
    // The next period is longer than what is left, and would overflow.
    if (steps > step / multiply + 1)
      return half_cosine(
          1, end_factor,
          static_cast<double>(step) /
              (static_cast<double>(steps) * static_cast<double>(multiply)));
  }
  return half_cosine(1, end_factor, part(step, steps));
}

void cosine_restarts::validate() const {
  const option_check check("cosine_restarts");
  check.at_least("first_steps", first_steps, 1);
  check.at_least("multiply", multiply, 1);
  check.at_least_zero("end_factor", end_factor);
}

double one_cycle::operator()(std::int64_t step) const {
  const auto go = [&](double from, double to, double part) {
    part = std::min(part, 1.0);
    return anneal == shape::cosine ? half_cosine(from, to, part)
                                   : from + (to - from) * part;
  };
  const double start = 1 / div_factor;
  const double end = start / final_div_factor;
  // Both phases include the step of the peak, which need not be a whole number.
  const double peak = pct_start * static_cast<double>(total_steps) - 1;
  const double last = static_cast<double>(total_steps) - 1;
  const double k = static_cast<double>(step);
  if (k <= peak)
    return peak > 0 ? go(start, 1, k / peak) : 1;
  return peak < last ? go(1, end, (k - peak) / (last - peak)) : end;
}

void one_cycle::validate() const {
  const option_check check("one_cycle");
  check.at_least("total_steps", total_steps, 1);
  check.fraction("pct_start", pct_start);
  check.positive("div_factor", div_factor);
  check.positive("final_div_factor", final_div_factor);
}

//===- Composed -----------------------------------------------------------===//

double chain::operator()(std::int64_t step) const {
  double factor = 1;
  for (const schedule &each : parts)
    factor *= each(step);
  return factor;
}

void chain::validate() const {
  if (parts.empty())
    option_check("chain").fail("there are no parts; it needs at least one");
}

double sequence::operator()(std::int64_t step) const {
  const std::size_t i = passed(milestones, step);
  return parts[i](i == 0 ? step : step - milestones[i - 1]);
}

void sequence::validate() const {
  const option_check check("sequence");
  if (parts.empty() || milestones.size() != parts.size() - 1)
    check.fail("there are " + std::to_string(parts.size()) + " parts and " +
               std::to_string(milestones.size()) +
               " milestones; it needs one milestone less than parts");
  check_ascending("sequence", "milestones", milestones);
}

//===- By the metric ------------------------------------------------------===//

void plateau_options::validate() const {
  const option_check check("reduce_on_plateau");
  check.inside_unit("factor", factor);
  check.at_least("patience", patience, 0);
  check.at_least_zero("threshold", threshold);
  check.at_least("cooldown", cooldown, 0);
  check.below_one("min_factor", min_factor);
}

bool reduce_on_plateau::is_better(double metric) const {
  if (!observed_)
    return !std::isnan(metric);
  const double margin = options_.absolute_threshold
                            ? options_.threshold
                            : options_.threshold * std::fabs(best_);
  return options_.best == plateau_options::target::smallest
             ? metric < best_ - margin
             : metric > best_ + margin;
}

bool reduce_on_plateau::observe(double metric) {
  if (is_better(metric)) {
    best_ = metric;
    observed_ = true;
    bad_ = 0;
  } else {
    ++bad_;
  }
  if (cooling_ > 0) {
    --cooling_;
    bad_ = 0;
  }
  if (bad_ <= options_.patience)
    return false;
  bad_ = 0;
  cooling_ = options_.cooldown;
  const double reduced =
      std::max(factor_ * options_.factor, options_.min_factor);
  const bool falls = reduced < factor_;
  factor_ = reduced;
  return falls;
}

} // namespace retrograd
