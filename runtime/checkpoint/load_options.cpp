//===- load_options.cpp - What may differ when loading ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The texts of differences; see the header for why there are many.
//
//===----------------------------------------------------------------------===//

#include <retrograd/checkpoint/load_options.h>

namespace retrograd {

std::string field_facts::description() const {
  if (kind == field_kind::text)
    return "text";
  std::string text = name_of(type);
  if (kind == field_kind::array)
    text += "[" + std::to_string(count) + "]";
  return text;
}

namespace detail {

void field_differences::add_missing(const field_facts &here) {
  missing_.push_back("'" + here.name + "' (" + here.description() +
                     ") is not in the file");
}

void field_differences::add_extra(const std::string &name,
                                  const std::string &description) {
  extra_.push_back("'" + name + "' (" + description + ") is only in the file");
}

void field_differences::add_different(const field_facts &here,
                                      const field_facts &there) {
  different_.push_back("'" + here.name + "' is " + there.description() +
                       " in the file, " + here.description() + " here");
}

std::string field_differences::refused(const load_options &options) const {
  std::string text;
  const auto add = [&](bool allowed, const std::vector<std::string> &list) {
    if (!allowed)
      for (const std::string &line : list)
        text += "\n  " + line;
  };
  add(options.allow_different, different_);
  add(options.allow_missing, missing_);
  add(options.allow_extra, extra_);
  return text;
}

std::vector<std::string> field_differences::all() const {
  std::vector<std::string> list = different_;
  list.insert(list.end(), missing_.begin(), missing_.end());
  list.insert(list.end(), extra_.begin(), extra_.end());
  return list;
}

} // namespace detail

} // namespace retrograd
