//===- archive.h - An archive in memory, for round trips ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What fields() visits is kept by name, as bytes. Every name is visited once, and
// loading demands the same names and lengths.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TEST_OPTIMIZERS_ARCHIVE_H
#define RETROGRAD_TEST_OPTIMIZERS_ARCHIVE_H

#include "../../Inputs/check.h"
#include <cstring>
#include <map>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

using stored_fields = std::map<std::string, std::string>;

struct save_archive {
  stored_fields stored;

  void keep(const std::string &name, const void *data, std::size_t size) {
    CHECK_THAT(stored.count(name) == 0);
    stored[name].assign(static_cast<const char *>(data), size);
  }
  template <class T>
    requires std::is_arithmetic_v<T>
  void operator()(const std::string &name, T &value) {
    keep(name, &value, sizeof value);
  }
  template <class T>
  void operator()(const std::string &name, std::span<T> values) {
    keep(name, values.data(), values.size_bytes());
  }
  template <class T>
  void operator()(const std::string &name, std::vector<T> &values) {
    keep(name, values.data(), values.size() * sizeof(T));
  }
  void operator()(const std::string &name, std::string &text) {
    keep(name, text.data(), text.size());
  }
};

struct load_archive {
  stored_fields stored;

  std::string take(const std::string &name) {
    CHECK_THAT(stored.count(name) == 1);
    return stored.extract(name).mapped();
  }
  template <class T>
    requires std::is_arithmetic_v<T>
  void operator()(const std::string &name, T &value) {
    (*this)(name, std::span<T>(&value, 1));
  }
  template <class T>
  void operator()(const std::string &name, std::span<T> values) {
    const std::string bytes = take(name);
    CHECK_THAT(bytes.size() == values.size_bytes());
    if (!bytes.empty())
      std::memcpy(values.data(), bytes.data(), bytes.size());
  }
  template <class T>
  void operator()(const std::string &name, std::vector<T> &values) {
    values.resize(stored[name].size() / sizeof(T));
    (*this)(name, std::span<T>(values));
  }
  void operator()(const std::string &name, std::string &text) {
    text = take(name);
  }
};

/// Saves one object and loads the other, which must visit the same fields.
template <class Object> void transfer(Object &from, Object &to) {
  save_archive save;
  from.fields(save);
  load_archive load{save.stored};
  to.fields(load);
  CHECK_THAT(load.stored.empty());
}

/// All that an object would store.
template <class Object> stored_fields fields_of(Object &object) {
  save_archive save;
  object.fields(save);
  return save.stored;
}

#endif // RETROGRAD_TEST_OPTIMIZERS_ARCHIVE_H
