//===- options.cpp - Options are checked, and put into words --------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "text.h"
#include <cmath>
#include <cstdio>
#include <retrograd/training/loop.h>

namespace retrograd {

namespace {

[[noreturn]] void refuse(const char *field, const std::string &value,
                         const char *range) {
  throw std::invalid_argument(std::string("fit: ") + field + " is " + value +
                              "; it must be " + range);
}

template <class I>
void require(bool good, const char *field, I value, const char *range)
  requires std::is_integral_v<I>
{
  if (!good)
    refuse(field, std::to_string(value), range);
}

void require(bool good, const char *field, double value, const char *range) {
  if (!good)
    refuse(field, short_number(value), range);
}

void validate_parts(const recovery &r) {
  require(r.rate_cut > 0 && r.rate_cut < 1, "recovery.rate_cut", r.rate_cut,
          "in (0, 1)");
  require(r.max_rollbacks >= 0, "recovery.max_rollbacks", r.max_rollbacks,
          "0 or more");
  require(r.interval >= 1, "recovery.interval", r.interval, "1 or more");
  require(r.max_skips >= 1, "recovery.max_skips", r.max_skips, "1 or more");
}

void validate_parts(const early_stopping &e) {
  require(e.patience >= 1, "early_stopping.patience", e.patience, "1 or more");
  require(e.min_delta >= 0 && std::isfinite(e.min_delta),
          "early_stopping.min_delta", e.min_delta, "in [0, inf)");
}

void validate_parts(const divergence_guard &g) {
  require(g.window >= 16 && g.window <= 10000, "guard.window", g.window,
          "in [16, 10000]");
  require(g.confidence >= 0.5 && g.confidence < 1, "guard.confidence",
          g.confidence, "in [0.5, 1)");
}

void validate_parts(const gradient_check &c) {
  require(c.samples >= 1, "check_gradient.samples", c.samples, "1 or more");
  require(c.relative_tolerance >= 0 && std::isfinite(c.relative_tolerance),
          "check_gradient.relative_tolerance", c.relative_tolerance,
          "in [0, inf)");
}

void validate_parts(const checkpointing &c) {
  require(c.every >= 1, "checkpoint.every", c.every, "1 or more");
  if (c.resume && c.path.empty())
    throw std::invalid_argument(
        "fit: checkpoint.resume is true, but checkpoint.path is empty");
}

} // namespace

std::string counted(std::int64_t n, const char *noun) {
  std::string text = std::to_string(n) + " " + noun;
  if (n != 1)
    text += text.ends_with("tch") ? "es" : "s";
  return text;
}

std::string short_number(double x) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.6g", x);
  return text;
}

template <class T> void validate(const fit_options<T> &o) {
  require(o.batch_size >= 1, "batch_size", o.batch_size, "1 or more");
  require(o.epochs >= 1, "epochs", o.epochs, "1 or more");
  require(o.accumulate >= 1, "accumulate", o.accumulate, "1 or more");
  require(o.max_steps >= 0, "max_steps", o.max_steps, "0 or more");
  require(o.time_limit > 0, "time_limit", o.time_limit, "positive");
  require(!std::isnan(o.target_loss), "target_loss", o.target_loss, "a number");
  require(o.clip_norm > 0, "clip_norm", o.clip_norm, "positive");
  require(o.clip_value > 0, "clip_value", o.clip_value, "positive");
  validate_parts(o.recovery);
  if (o.early_stopping)
    validate_parts(*o.early_stopping);
  if (o.guard)
    validate_parts(*o.guard);
  if (o.check_gradient)
    validate_parts(*o.check_gradient);
  if (o.sparse)
    require(o.sparse->width >= 1, "sparse.width", o.sparse->width, "1 or more");
  validate_parts(o.checkpoint);
}

template <class T> std::vector<option_text> texts_of(const fit_options<T> &o) {
  const fit_options<T> usual;
  std::vector<option_text> texts;
  const auto add = [&](bool is_usual, const char *name, std::string value) {
    if (!is_usual)
      texts.push_back({name, std::move(value)});
  };
  const auto flag = [](bool on) { return on ? "true" : "false"; };
  add(false, "batch_size", std::to_string(o.batch_size));
  add(false, "epochs", std::to_string(o.epochs));
  add(false, "seed", std::to_string(o.seed));
  add(o.shuffle == usual.shuffle, "shuffle", flag(o.shuffle));
  add(o.drop_last == usual.drop_last, "drop_last", flag(o.drop_last));
  add(o.accumulate == usual.accumulate, "accumulate",
      std::to_string(o.accumulate));
  add(o.max_steps == usual.max_steps, "max_steps", std::to_string(o.max_steps));
  add(o.time_limit == usual.time_limit, "time_limit",
      short_number(o.time_limit) + " s");
  add(o.target_loss == usual.target_loss, "target_loss",
      short_number(o.target_loss));
  add(o.clip_norm == usual.clip_norm, "clip_norm", short_number(o.clip_norm));
  add(o.clip_value == usual.clip_value, "clip_value",
      short_number(o.clip_value));
  if (o.early_stopping)
    add(false, "early_stopping",
        "patience " + std::to_string(o.early_stopping->patience) +
            ", min_delta " + short_number(o.early_stopping->min_delta));
  if (o.guard)
    add(false, "guard", "window " + std::to_string(o.guard->window));
  add(o.on_non_finite == nan_policy::stop, "on_non_finite",
      o.on_non_finite == nan_policy::skip ? "skip" : "roll_back");
  if (o.sparse)
    add(false, "sparse",
        "rows of " + o.sparse->block + " named by " + o.sparse->column);
  add(o.checkpoint.path.empty(), "checkpoint",
      o.checkpoint.path + ", every " + counted(o.checkpoint.every, "epoch"));
  return texts;
}

template void validate(const fit_options<float> &);
template void validate(const fit_options<double> &);
template std::vector<option_text> texts_of(const fit_options<float> &);
template std::vector<option_text> texts_of(const fit_options<double> &);

} // namespace retrograd
