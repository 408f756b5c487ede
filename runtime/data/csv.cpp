//===- csv.cpp - Columns from comma-separated values --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// libcsv is fed a line of the file at a time, so that the number of the line is
// known whenever it reports a field or an error. It calls back from C: what its
// callbacks throw is kept, and thrown when it has returned.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <csv.h>
#include <exception>
#include <retrograd/data/csv.h>
#include <retrograd/data/mapped_file.h>

namespace retrograd::detail {

namespace {

class csv_reader {
public:
  csv_reader(const std::string &path, std::span<const csv_target> targets,
             const csv_options &options)
      : path_(path), targets_(targets), options_(options),
        in_header_(options.header) {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0)
      throw data_error("cannot start the parser of '" + path + "'");
    csv_set_delim(&parser_, static_cast<unsigned char>(options.delimiter));
    if (!in_header_)
      place_columns();
  }
  ~csv_reader() { csv_free(&parser_); }
  csv_reader(const csv_reader &) = delete;
  csv_reader &operator=(const csv_reader &) = delete;

  void read(std::string_view text);

private:
  [[noreturn]] void fail(const std::string &what) const {
    throw data_error("'" + path_ + "', line " + std::to_string(line_) + ": " +
                     what);
  }

  void feed(std::string_view piece);
  void finish();
  void check_parser(bool good);
  void place_columns();
  void take_field(std::string_view text);
  void take_number(const csv_target &target, std::string_view text);
  void end_record();

  /// What libcsv calls. Nothing may be thrown through C, so that the first
  /// exception is kept.
  template <class F> static void guarded(void *self, F f) noexcept;
  static void on_field(void *text, std::size_t size, void *self);
  static void on_record(int end, void *self);

  csv_parser parser_ = {};
  const std::string &path_;
  const std::span<const csv_target> targets_;
  const csv_options &options_;
  bool in_header_;
  std::vector<std::string> names_;
  /// For each field of a line, its target or null.
  std::vector<const csv_target *> places_;
  std::size_t line_ = 0, field_ = 0, fields_ = 0, records_ = 0;
  std::exception_ptr failure_;
};

} // namespace

static std::string quoted(std::string_view text) {
  return "'" + std::string(text.substr(0, 40)) +
         (text.size() > 40 ? "...'" : "'");
}

/// Once the names of the fields are known, or if there are none.
void csv_reader::place_columns() {
  for (const csv_target &target : targets_) {
    const csv_column &column = *target.column;
    std::size_t first = column.first;
    if (!column.header.empty()) {
      const auto at = std::find(names_.begin(), names_.end(), column.header);
      if (!options_.header)
        throw std::invalid_argument(
            "read_csv: column '" + column.name + "' is found by the header " +
            quoted(column.header) + ", but options.header is false");
      if (at == names_.end())
        fail("the header has no " + quoted(column.header));
      first = static_cast<std::size_t>(at - names_.begin());
    }
    if (column.extent == 0 || column.extent > 1000000 || first > 1000000)
      throw std::invalid_argument(
          "read_csv: column '" + column.name + "' has extent " +
          std::to_string(column.extent) + " at field " + std::to_string(first) +
          "; it must be from 1 to 1000000");
    if (places_.size() < first + column.extent)
      places_.resize(first + column.extent);
    for (std::size_t i = first; i < first + column.extent; ++i)
      if (std::exchange(places_[i], &target))
        throw std::invalid_argument("read_csv: field " + std::to_string(i) +
                                    " belongs to two columns");
  }
  if (in_header_ && names_.size() < places_.size())
    fail("the header has " + std::to_string(names_.size()) +
         " fields, the columns need " + std::to_string(places_.size()));
}

void csv_reader::take_number(const csv_target &target, std::string_view text) {
  const csv_column &column = *target.column;
  const std::string where =
      "field " + std::to_string(field_) + " (column '" + column.name + "') ";
  if (text.empty())
    fail(where + "is empty");
  if (!column.categories.empty()) {
    const auto &all = column.categories;
    const auto word = std::find(all.begin(), all.end(), text);
    if (word == all.end())
      fail(where + "is " + quoted(text) + ", which is none of the " +
           std::to_string(all.size()) + " words of the column");
    target.append_index(target.vector,
                        static_cast<std::size_t>(word - all.begin()));
    return;
  }
  if (!target.append(target.vector, text))
    fail(where + "is " + quoted(text) + ", which is no " +
         name_of(target.type));
  if (!options_.allow_non_finite && !target.finite(target.vector))
    fail(where + "is " + quoted(text) + ", which is not finite");
}

void csv_reader::take_field(std::string_view text) {
  if (in_header_)
    names_.emplace_back(text);
  else if (field_ < places_.size() && places_[field_])
    take_number(*places_[field_], text);
  ++field_;
}

void csv_reader::end_record() {
  const std::size_t count = std::exchange(field_, 0);
  if (in_header_) {
    place_columns();
    in_header_ = false;
    fields_ = count;
    return;
  }
  if (fields_ == 0)
    fields_ = count;
  if (count != fields_)
    fail("there are " + std::to_string(count) + " fields, " +
         std::to_string(fields_) + " in the lines before");
  if (count < places_.size())
    fail("there are " + std::to_string(count) + " fields, the columns need " +
         std::to_string(places_.size()));
  ++records_;
}

template <class F> void csv_reader::guarded(void *self, F f) noexcept {
  auto &reader = *static_cast<csv_reader *>(self);
  if (reader.failure_)
    return;
  try {
    f(reader);
  } catch (...) {
    reader.failure_ = std::current_exception();
  }
}

void csv_reader::on_field(void *text, std::size_t size, void *self) {
  guarded(self, [&](csv_reader &reader) {
    reader.take_field({static_cast<const char *>(text), size});
  });
}

void csv_reader::on_record(int, void *self) {
  guarded(self, [](csv_reader &reader) { reader.end_record(); });
}

void csv_reader::check_parser(bool good) {
  if (failure_)
    std::rethrow_exception(failure_);
  if (!good)
    fail(csv_error(&parser_) == CSV_EPARSE
             ? "a quote is where none may be, or is not closed"
             : csv_strerror(csv_error(&parser_)));
}

void csv_reader::feed(std::string_view piece) {
  const std::size_t n = csv_parse(&parser_, piece.data(), piece.size(),
                                  on_field, on_record, this);
  check_parser(n == piece.size());
}

void csv_reader::finish() {
  check_parser(csv_fini(&parser_, on_field, on_record, this) == 0);
}

void csv_reader::read(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) // What editors put before UTF-8.
    text.remove_prefix(3);
  while (!text.empty()) {
    ++line_;
    const auto end = text.find('\n');
    const auto size = end == std::string_view::npos ? text.size() : end + 1;
    feed(text.substr(0, size));
    text.remove_prefix(size);
  }
  finish();
  if (records_ == 0)
    throw data_error("'" + path_ + "' has no lines with data");
}

void read_csv(const std::string &path, std::span<const csv_target> targets,
              const csv_options &options) {
  const auto file = mapped_file::open(path);
  const auto bytes = file->bytes();
  csv_reader(path, targets, options)
      .read({reinterpret_cast<const char *>(bytes.data()), bytes.size()});
}

} // namespace retrograd::detail
