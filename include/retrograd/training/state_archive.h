//===- state_archive.h - One visit of all that a training keeps -----------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything with a state has `template <class Archive> void fields(Archive
// &)`, which names its numbers; the same function saves, loads and compares.
// The training loop is compiled once and not for each optimizer, so that it
// reaches the fields of an optimizer through this archive, whose few virtual
// functions others stand behind: a checkpoint, or a copy in memory to go back
// to.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TRAINING_STATE_ARCHIVE_H
#define RETROGRAD_TRAINING_STATE_ARCHIVE_H

#include <cstddef>
#include <retrograd/data/element_type.h>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace retrograd {

namespace detail {

template <class U> inline constexpr bool is_field_span = false;
template <class E, std::size_t N>
inline constexpr bool is_field_span<std::span<E, N>> = true;
template <class U> inline constexpr bool is_field_vector = false;
template <class E, class A>
inline constexpr bool is_field_vector<std::vector<E, A>> = true;

} // namespace detail

class state_archive {
public:
  virtual ~state_archive() = default;

  /// Numbers, strings, vectors and spans of numbers, and objects with fields.
  template <class V> void operator()(std::string_view name, V &&value) {
    using U = std::remove_cvref_t<V>;
    if constexpr (element<U>) {
      array(name, element_type_of<U>(), &value, 1);
    } else if constexpr (std::is_same_v<U, std::string>) {
      text(name, value);
    } else if constexpr (detail::is_field_span<U>) {
      array(name, element_type_of<typename U::value_type>(), value.data(),
            value.size());
    } else if constexpr (detail::is_field_vector<U>) {
      using E = typename U::value_type;
      static_assert(!std::is_same_v<E, bool>, "use std::vector<std::uint8_t>");
      U *const vector = &value;
      list(name, {element_type_of<E>(), vector,
                  [](void *v) { return static_cast<U *>(v)->size(); },
                  [](void *v, std::size_t n) -> void * {
                    static_cast<U *>(v)->resize(n);
                    return static_cast<U *>(v)->data();
                  }});
    } else {
      begin(name);
      value.fields(*this);
      end();
    }
  }

protected:
  /// A vector of numbers that may grow.
  struct growing {
    element_type type;
    void *vector;
    std::size_t (*size)(void *);
    void *(*resize)(void *, std::size_t);
  };

  virtual void array(std::string_view name, element_type type, void *data,
                     std::size_t size) = 0;
  virtual void list(std::string_view name, const growing &values) = 0;
  virtual void text(std::string_view name, std::string &value) = 0;
  virtual void begin(std::string_view name) = 0;
  virtual void end() = 0;
};

/// A copy of a state in memory. The names are not kept: what is restored must
/// be of the same shape as what was saved, and is, as it is the same objects.
class memory_copy {
public:
  bool empty() const { return bytes_.empty(); }

  /// save(archive) and restore(archive) call fields of the same objects.
  template <class F> void save(F &&visit) {
    writer archive(bytes_);
    bytes_.clear();
    visit(static_cast<state_archive &>(archive));
  }
  template <class F> void restore(F &&visit) {
    reader archive(bytes_);
    visit(static_cast<state_archive &>(archive));
  }

  /// A checkpoint keeps the copy as bytes.
  template <class Archive> void fields(Archive &archive) {
    archive("bytes", bytes_);
  }

private:
  class writer final : public state_archive {
  public:
    explicit writer(std::vector<unsigned char> &bytes) : bytes_(bytes) {}

  private:
    void array(std::string_view, element_type, void *, std::size_t) override;
    void list(std::string_view, const growing &) override;
    void text(std::string_view, std::string &) override;
    void begin(std::string_view) override {}
    void end() override {}
    void put(const void *data, std::size_t bytes);

    std::vector<unsigned char> &bytes_;
  };

  class reader final : public state_archive {
  public:
    explicit reader(const std::vector<unsigned char> &bytes) : bytes_(bytes) {}

  private:
    void array(std::string_view, element_type, void *, std::size_t) override;
    void list(std::string_view, const growing &) override;
    void text(std::string_view, std::string &) override;
    void begin(std::string_view) override {}
    void end() override {}
    void get(void *data, std::size_t bytes);

    const std::vector<unsigned char> &bytes_;
    std::size_t at_ = 0;
  };

  std::vector<unsigned char> bytes_;
};

} // namespace retrograd

#endif // RETROGRAD_TRAINING_STATE_ARCHIVE_H
