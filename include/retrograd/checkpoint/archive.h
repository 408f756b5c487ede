//===- archive.h - What visits the fields of an object ------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// State says once what it consists of,
//
//   template <class Archive> void fields(Archive &archive) {
//     archive("step", step_);
//     archive("m", std::span<T>(m_));
//   }
//
// and is saved, loaded, compared and hashed by that. The archive is one class,
// whatever is done, so that fields() is compiled once for a type. An object
// must visit the same names whatever its values are.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_CHECKPOINT_ARCHIVE_H
#define RETROGRAD_CHECKPOINT_ARCHIVE_H

#include <array>
#include <retrograd/checkpoint/load_options.h>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace retrograd {

class archive;

namespace detail {

template <class V> struct field_of; // The forms of fields, below.

/// A field where it is in memory.
struct field_place {
  field_facts facts;
  void *data;
  /// Changes the number of elements and tells where they are; null for what has
  /// a fixed number.
  void *(*resize)(void *object, std::size_t count) = nullptr;
  void *object = nullptr;
};

template <class V>
concept has_fields = requires(V &value, archive &a) { value.fields(a); };

} // namespace detail

/// Visits fields. A field is
///   - a bool, an integer, an enumerator, float or double;
///   - a std::string;
///   - a std::span, std::array or built-in array of these, whose length must
///     be that in the file;
///   - a std::vector of these, but bool, which gets the length in the file;
///   - an object with fields(archive) itself, or a function of an archive.
/// Names must differ within an object (std::invalid_argument).
class archive {
public:
  template <class V> void operator()(std::string_view name, V &&value) {
    using type = std::remove_reference_t<V>;
    if constexpr (detail::has_fields<type>) {
      const nested inside(*this, name);
      value.fields(*this);
    } else if constexpr (std::is_invocable_v<type &, archive &>) {
      const nested inside(*this, name);
      value(*this);
    } else {
      static_assert(
          requires { detail::field_of<type>::place(value); },
          "an archive takes numbers, enumerators, strings, spans, "
          "arrays and vectors of numbers that can be written to, and "
          "objects with fields(archive)");
      detail::field_place place = detail::field_of<type>::place(value);
      place.facts.name = prefix_ + std::string(name);
      visit(place);
    }
  }

  /// Whether values are being written to the fields.
  virtual bool loading() const { return false; }

protected:
  archive() = default;
  ~archive() = default;
  virtual void visit(detail::field_place &) = 0;

private:
  /// The name of an object before those of its fields.
  struct nested {
    nested(archive &a, std::string_view name)
        : prefix(a.prefix_), length(prefix.size()) {
      prefix.append(name) += '.';
    }
    ~nested() { prefix.resize(length); }
    nested(const nested &) = delete;
    nested &operator=(const nested &) = delete;
    std::string &prefix;
    std::size_t length;
  };

  std::string prefix_;
};

namespace detail {

/// Visits a top-level object, or calls a function of an archive.
template <class Fields> void visit_fields(archive &a, Fields &fields) {
  if constexpr (has_fields<Fields>)
    fields.fields(a);
  else
    fields(a);
}

template <class T> field_place array_place(T *data, std::size_t count) {
  return {{{}, element_type_of<T>(), field_kind::array, count}, data};
}

template <data_element T> struct field_of<T> {
  static field_place place(T &value) {
    return {{{}, element_type_of<T>(), field_kind::scalar, 1}, &value};
  }
};

template <class T>
  requires(std::is_enum_v<T> && !std::is_const_v<T>)
struct field_of<T> {
  static field_place place(T &value) {
    return {{{},
             element_type_of<std::underlying_type_t<T>>(),
             field_kind::scalar,
             1},
            &value};
  }
};

template <> struct field_of<std::string> {
  static field_place place(std::string &value) {
    return {{{}, element_type::uint8, field_kind::text, value.size()},
            value.data(),
            [](void *object, std::size_t count) -> void * {
              auto &text = *static_cast<std::string *>(object);
              text.resize(count);
              return text.data();
            },
            &value};
  }
};

template <data_number T, class Allocator>
struct field_of<std::vector<T, Allocator>> {
  static field_place place(std::vector<T, Allocator> &value) {
    field_place result = array_place(value.data(), value.size());
    result.object = &value;
    result.resize = [](void *object, std::size_t count) -> void * {
      auto &vector = *static_cast<std::vector<T, Allocator> *>(object);
      vector.resize(count);
      return vector.data();
    };
    return result;
  }
};

template <data_element T, std::size_t N> struct field_of<std::span<T, N>> {
  static field_place place(std::span<T, N> value) {
    return array_place(value.data(), value.size());
  }
};
template <data_element T, std::size_t N>
struct field_of<const std::span<T, N>> {
  static field_place place(std::span<T, N> value) {
    return array_place(value.data(), value.size());
  }
};

template <data_element T, std::size_t N> struct field_of<std::array<T, N>> {
  static field_place place(std::array<T, N> &value) {
    return array_place(value.data(), N);
  }
};

template <data_element T, std::size_t N> struct field_of<T[N]> {
  static field_place place(T (&value)[N]) { return array_place(value, N); }
};

} // namespace detail

} // namespace retrograd

#endif // RETROGRAD_CHECKPOINT_ARCHIVE_H
