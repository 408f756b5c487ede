//===- metrics.h - The numbers of a run as files --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rows for programs that plot or compare: CSV with a header, or JSON lines, one
// object a line. Each row is handed to the operating system as soon as it is
// there, by one write, so that `tail -f` shows it and a crash loses none.
// Numbers are written with as many digits as give the same double back.
//
// A file that cannot be opened is an error before the training starts. One that
// cannot be written later, such as on a full disk, must not cost the training:
// the first failure is reported, the rows that are lost are counted, half rows
// are taken back, and later rows are tried again.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_REPORTING_METRICS_H
#define RETROGRAD_REPORTING_METRICS_H

#include <cstdint>
#include <functional>
#include <retrograd/training/summary.h>
#include <stdexcept>
#include <string>
#include <string_view>

namespace retrograd {

/// A file of metrics could not be opened, or continued: it names the file.
struct metrics_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct metrics_options {
  /// Go on in a file that exists, after a resumed run, instead of starting a
  /// new one. A CSV file must then have the same header.
  bool append = false;
  /// Of the steps that are offered, each so many-th is written; 0: none of
  /// them, epochs only. Not negative.
  std::int64_t step_interval = 1;
  /// Called once, with what failed, when a row cannot be written. Without it
  /// the text goes to the standard error output.
  std::function<void(const std::string &)> on_failure = {};
};

namespace detail {

/// A file of rows that each are written at once or not at all.
class row_file {
public:
  row_file(std::string path, metrics_options options, std::string_view header);
  ~row_file();
  row_file(const row_file &) = delete;
  row_file &operator=(const row_file &) = delete;

  void write(std::string_view row) noexcept;
  /// Whether the row of this step, from 1, is to be written.
  bool takes(std::int64_t step) const {
    return wants_steps() && step % options_.step_interval == 0;
  }
  bool wants_steps() const { return options_.step_interval > 0; }
  std::int64_t rows_lost() const { return rows_lost_; }

private:
  void start();
  bool put(std::string_view text) noexcept;
  void fail(int error) noexcept;

  std::string path_;
  metrics_options options_;
  /// What must stand in the file before the next row: the header, or the end
  /// of a line that was torn.
  std::string due_;
  int descriptor_ = -1;
  std::int64_t rows_lost_ = 0;
  bool reported_ = false;
};

} // namespace detail

/// Comma-separated values. The header is
///
///   kind,epoch,step,train_loss,validation_loss,lr,gradient_norm,update_norm,
///   seconds,samples_per_second
///
/// where kind is `epoch` or `step`. A field is empty if a row of this kind has
/// no such number, or if no validation loss was measured; other numbers that
/// are not finite are `nan`, `inf` and `-inf`.
class csv_metrics {
public:
  /// Throws metrics_error if the file cannot be opened or continued, and
  /// std::invalid_argument for options out of range.
  explicit csv_metrics(std::string path, metrics_options options = {});

  void write(const epoch_record &row) noexcept;
  void write(const step_record &row) noexcept;
  /// Whether there is any use in offering steps.
  bool wants_steps() const { return file_.wants_steps(); }
  /// Rows that could not be written.
  std::int64_t rows_lost() const { return file_.rows_lost(); }

private:
  detail::row_file file_;
};

/// JSON lines (one JSON object a line, UTF-8): {"kind":"epoch","epoch":1,...},
/// with the names of CSV. JSON has no NaN and no infinities: such a number is
/// null, and "non_finite":{"train_loss":"inf"} says what it was. A number that
/// was not measured is left out.
class jsonl_metrics {
public:
  /// Throws metrics_error if the file cannot be opened, and
  /// std::invalid_argument for options out of range.
  explicit jsonl_metrics(std::string path, metrics_options options = {});

  void write(const epoch_record &row) noexcept;
  void write(const step_record &row) noexcept;
  /// Whether there is any use in offering steps.
  bool wants_steps() const { return file_.wants_steps(); }
  /// Rows that could not be written.
  std::int64_t rows_lost() const { return file_.rows_lost(); }

private:
  detail::row_file file_;
};

} // namespace retrograd

#endif // RETROGRAD_REPORTING_METRICS_H
