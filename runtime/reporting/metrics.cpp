//===- metrics.cpp - The numbers of a run as files ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One list of fields describes a row, and both formats print it. Rows are made
// in memory that is on the stack: a step's row costs a write and no allocation.
//
//===----------------------------------------------------------------------===//

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <retrograd/reporting/metrics.h>
#include <string_view>

namespace retrograd {

namespace {

constexpr std::string_view csv_header =
    "kind,epoch,step,train_loss,validation_loss,lr,gradient_norm,update_norm,"
    "seconds,samples_per_second\n";

enum class presence {
  always,        ///< NaN is a measurement.
  when_measured, ///< NaN says that there was none.
  never          ///< Rows of this kind have no such number.
};

struct field {
  const char *name;
  double value;
  presence when;

  bool missing() const {
    return when == presence::never ||
           (when == presence::when_measured && std::isnan(value));
  }
};

constexpr std::size_t field_count = 7;

struct row {
  const char *kind;
  std::int64_t epoch;
  std::int64_t step;
  std::array<field, field_count> fields;
};

row describe(const epoch_record &r) {
  return {"epoch",
          r.epoch,
          r.step,
          {{{"train_loss", r.train_loss, presence::always},
            {"validation_loss", r.validation_loss, presence::when_measured},
            {"lr", r.lr, presence::when_measured},
            {"gradient_norm", r.gradient_norm, presence::always},
            {"update_norm", 0, presence::never},
            {"seconds", r.seconds, presence::always},
            {"samples_per_second", r.samples_per_second,
             presence::when_measured}}}};
}

row describe(const step_record &r) {
  return {"step",
          r.epoch,
          r.step,
          {{{"train_loss", r.loss, presence::always},
            {"validation_loss", 0, presence::never},
            {"lr", r.lr, presence::when_measured},
            {"gradient_norm", r.gradient_norm, presence::always},
            {"update_norm", r.update_norm, presence::always},
            {"seconds", r.seconds, presence::always},
            {"samples_per_second", 0, presence::never}}}};
}

/// A row has at most 11 names of 18 letters and 9 numbers of 24, twice.
class row_text {
public:
  void add(std::string_view text) {
    std::memcpy(text_.data() + size_, text.data(), text.size());
    size_ += text.size();
  }
  template <class Number> void add_number(Number value) {
    char *const begin = text_.data() + size_;
    size_ = std::size_t(
        std::to_chars(begin, text_.data() + text_.size(), value).ptr -
        text_.data());
  }
  std::string_view view() const { return {text_.data(), size_}; }

private:
  std::array<char, 1024> text_;
  std::size_t size_ = 0;
};

const char *name_of_non_finite(double value) {
  if (std::isnan(value))
    return "nan";
  return value < 0 ? "-inf" : "inf";
}

row_text as_csv(const row &r) {
  row_text text;
  text.add(r.kind);
  text.add(",");
  text.add_number(r.epoch);
  text.add(",");
  text.add_number(r.step);
  for (const field &each : r.fields) {
    text.add(",");
    if (each.missing())
      continue;
    if (std::isfinite(each.value))
      text.add_number(each.value);
    else
      text.add(name_of_non_finite(each.value));
  }
  text.add("\n");
  return text;
}

void add_non_finite(row_text &text, const row &r) {
  const char *before = ",\"non_finite\":{\"";
  bool any = false;
  for (const field &each : r.fields) {
    if (each.missing() || std::isfinite(each.value))
      continue;
    text.add(before);
    text.add(each.name);
    text.add("\":\"");
    text.add(name_of_non_finite(each.value));
    text.add("\"");
    before = ",\"";
    any = true;
  }
  if (any)
    text.add("}");
}

row_text as_json(const row &r) {
  row_text text;
  text.add("{\"kind\":\"");
  text.add(r.kind);
  text.add("\",\"epoch\":");
  text.add_number(r.epoch);
  text.add(",\"step\":");
  text.add_number(r.step);
  for (const field &each : r.fields) {
    if (each.missing())
      continue;
    text.add(",\"");
    text.add(each.name);
    text.add("\":");
    if (std::isfinite(each.value))
      text.add_number(each.value);
    else
      text.add("null");
  }
  add_non_finite(text, r);
  text.add("}\n");
  return text;
}

} // namespace

csv_metrics::csv_metrics(std::string path, metrics_options options)
    : file_(std::move(path), std::move(options), csv_header) {}

void csv_metrics::write(const epoch_record &row) noexcept {
  file_.write(as_csv(describe(row)).view());
}

void csv_metrics::write(const step_record &row) noexcept {
  if (file_.takes(row.step))
    file_.write(as_csv(describe(row)).view());
}

jsonl_metrics::jsonl_metrics(std::string path, metrics_options options)
    : file_(std::move(path), std::move(options), {}) {}

void jsonl_metrics::write(const epoch_record &row) noexcept {
  file_.write(as_json(describe(row)).view());
}

void jsonl_metrics::write(const step_record &row) noexcept {
  if (file_.takes(row.step))
    file_.write(as_json(describe(row)).view());
}

} // namespace retrograd
