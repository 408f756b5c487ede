//===- load_options.h - What may differ when loading --------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A file of state seldom fits another program by accident, and a program whose
// parameters silently kept their initial values trains all the same. So
// whatever differs is an error that names it, and each kind of difference is
// allowed by a switch of its own.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_CHECKPOINT_LOAD_OPTIONS_H
#define RETROGRAD_CHECKPOINT_LOAD_OPTIONS_H

#include <cstdint>
#include <functional>
#include <retrograd/data/element_type.h>
#include <string>
#include <vector>

namespace retrograd {

/// Form of a field. The numbers are part of the format of checkpoints.
enum class field_kind : std::uint8_t { scalar = 1, array = 2, text = 3 };

/// What is known of a field without its value.
struct field_facts {
  std::string name; ///< With the names of what it is part of: "optimizer.m".
  element_type type = element_type::uint8;
  field_kind kind = field_kind::scalar;
  std::uint64_t count = 1; ///< Elements.

  /// "float32[64]", "int64", "text"
  std::string description() const;
};

struct load_options {
  /// Fields that are not in the file keep their values.
  bool allow_missing = false;
  /// What is only in the file is not read.
  bool allow_extra = false;
  /// Fields of another type or length than in the file keep their values.
  bool allow_different = false;
  /// Told of what is not as it should be but no reason to stop: a damaged file
  /// whose predecessor is used. Without one, standard error is.
  std::function<void(const std::string &)> on_warning;
};

struct load_report {
  /// The file that was read.
  std::string path;
  /// Whether it is not the newest one, as that is damaged or not there.
  bool fell_back = false;
  std::vector<std::string> warnings;
  /// The differences that load_options allowed, in words.
  std::vector<std::string> skipped;
};

namespace detail {

/// Collects what differs between a file and a program.
class field_differences {
public:
  void add_missing(const field_facts &here);
  void add_extra(const std::string &name, const std::string &description);
  void add_different(const field_facts &here, const field_facts &there);

  /// The differences that the options do not allow, a line each; empty if none.
  std::string refused(const load_options &) const;
  /// All of them.
  std::vector<std::string> all() const;

private:
  std::vector<std::string> missing_, extra_, different_;
};

} // namespace detail

} // namespace retrograd

#endif // RETROGRAD_CHECKPOINT_LOAD_OPTIONS_H
