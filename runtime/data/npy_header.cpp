//===- npy_header.cpp - What a .npy file says of itself -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The header is a literal of Python: {'descr': '<f4', 'fortran_order': False,
// 'shape': (1797, 64), }. NumPy asks for exactly these three keys, in any
// order, and so does this reader, which understands no more Python than that.
//
//===----------------------------------------------------------------------===//

#include <bit>
#include <charconv>
#include <cstring>
#include <limits>
#include <retrograd/data/npy.h>
#include <string_view>
#include <utility>

static_assert(std::endian::native == std::endian::little,
              "files are mapped, and their numbers are little-endian");

namespace retrograd {

static constexpr std::string_view magic("\x93NUMPY", 6);

namespace {

/// The text of a header, read from left to right.
class header_text {
public:
  header_text(std::string_view text, const std::string &name)
      : text_(text), name_(name) {}

  [[noreturn]] void fail(const std::string &what) const {
    throw data_error("'" + name_ + "': " + what);
  }
  [[noreturn]] void expected(const char *what) const {
    fail(std::string("the header is damaged: expected ") + what +
         " at its character " + std::to_string(at_ + 1));
  }

  bool accept(char c) {
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != c)
      return false;
    ++at_;
    return true;
  }
  bool at(char c) {
    skip_blanks();
    return at_ < text_.size() && text_[at_] == c;
  }
  void expect(char c, const char *what) {
    if (!accept(c))
      expected(what);
  }
  void expect_end() {
    skip_blanks();
    if (at_ != text_.size())
      expected("the end");
  }

  std::string_view string() {
    skip_blanks();
    const char quote = at_ < text_.size() ? text_[at_] : ' ';
    const auto end = text_.find(quote, at_ + 1);
    if ((quote != '\'' && quote != '"') || end == std::string_view::npos)
      expected("a string");
    const auto result = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return result;
  }

  bool boolean() {
    skip_blanks();
    for (const std::string_view word : {"True", "False"})
      if (text_.substr(at_).starts_with(word)) {
        at_ += word.size();
        return word == "True";
      }
    expected("True or False");
  }

  std::size_t number() {
    skip_blanks();
    std::size_t value = 0;
    const char *first = text_.data() + at_, *last = text_.data() + text_.size();
    const auto [end, error] = std::from_chars(first, last, value);
    if (error == std::errc::result_out_of_range)
      fail("a dimension does not fit 64 bits");
    if (error != std::errc())
      expected("a dimension");
    at_ += static_cast<std::size_t>(end - first);
    accept('L'); // Python 2 wrote its integers so.
    return value;
  }

private:
  void skip_blanks() {
    while (at_ < text_.size() && std::strchr(" \t\n\r", text_[at_]) &&
           text_[at_] != '\0')
      ++at_;
  }

  std::string_view text_;
  const std::string &name_;
  std::size_t at_ = 0;
};

struct named_type {
  std::string_view code;
  element_type type;
};

} // namespace

static constexpr named_type types[] = {
    {"b1", element_type::boolean}, {"i1", element_type::int8},
    {"i2", element_type::int16},   {"i4", element_type::int32},
    {"i8", element_type::int64},   {"u1", element_type::uint8},
    {"u2", element_type::uint16},  {"u4", element_type::uint32},
    {"u8", element_type::uint64},  {"f4", element_type::float32},
    {"f8", element_type::float64},
};

/// Text of a file for a message: what cannot be printed is replaced.
static std::string printable(std::string_view text) {
  std::string result(text.substr(0, 60));
  for (char &c : result)
    if (c < ' ' || c > '~')
      c = '?';
  return result;
}

static element_type read_type(header_text &text) {
  if (text.at('['))
    text.fail("the elements are records; save each field as an array of its "
              "own");
  const std::string_view descr = text.string();
  const std::string shown = "'" + printable(descr) + "'";
  for (const auto &[code, type] : types)
    if (descr.size() == 3 && descr.substr(1) == code) {
      if (descr[0] == '>' && size_of(type) > 1)
        text.fail("the numbers are big-endian (" + shown +
                  "); convert them with x.astype('<" + std::string(code) +
                  "') before numpy.save");
      if (descr[0] == '<' || descr[0] == '=' || descr[0] == '|')
        return type;
    }
  text.fail("the elements are " + shown +
            ", which no type of C++ here matches; convert them with "
            "x.astype('float32') or another of bool, int8 to int64, uint8 to "
            "uint64, float32, float64");
}

static std::vector<std::size_t> read_shape(header_text &text) {
  std::vector<std::size_t> shape;
  text.expect('(', "'('");
  while (!text.accept(')')) {
    shape.push_back(text.number());
    if (!text.accept(',') && !text.at(')'))
      text.expected("',' or ')'");
  }
  return shape;
}

static void read_dictionary(header_text &text, npy_header &header) {
  bool fortran = false, has_type = false, has_order = false, has_shape = false;
  text.expect('{', "'{'");
  while (!text.accept('}')) {
    const std::string_view key = text.string();
    text.expect(':', "':'");
    if (key == "descr" && !std::exchange(has_type, true))
      header.type = read_type(text);
    else if (key == "fortran_order" && !std::exchange(has_order, true))
      fortran = text.boolean();
    else if (key == "shape" && !std::exchange(has_shape, true))
      header.shape = read_shape(text);
    else
      text.fail("the header is damaged: '" + printable(key) +
                "' is unknown or there twice");
    if (!text.accept(',') && !text.at('}'))
      text.expected("',' or '}'");
  }
  text.expect_end();
  if (!has_type || !has_order || !has_shape)
    text.fail("the header is damaged: it has no '" +
              std::string(!has_type    ? "descr"
                          : !has_order ? "fortran_order"
                                       : "shape") +
              "'");
  if (fortran && header.shape.size() > 1)
    text.fail("the array is in Fortran order: a row is not contiguous; convert "
              "it with numpy.ascontiguousarray(x) before numpy.save");
}

std::optional<std::size_t> npy_header::bytes() const {
  std::size_t bytes = size_of(type);
  for (const std::size_t n : shape)
    if (__builtin_mul_overflow(bytes, n, &bytes))
      return std::nullopt;
  return bytes;
}

std::size_t npy_header::size() const {
  std::size_t size = 1;
  for (const std::size_t n : shape)
    size *= n;
  return size;
}

std::string npy_header::description() const {
  std::string text = std::string(name_of(type)) + "[";
  for (std::size_t i = 0; i < shape.size(); ++i)
    text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

npy_header read_npy_header(std::span<const std::byte> bytes,
                           const std::string &name, std::size_t file_size) {
  const std::string_view file(reinterpret_cast<const char *>(bytes.data()),
                              bytes.size());
  header_text whole(file, name);
  if (!file.starts_with(magic.substr(0, file.size())) || file.empty())
    whole.fail("this is no .npy file");
  if (file.size() < magic.size() + 4)
    whole.fail("the header is truncated: the file has " +
               std::to_string(file.size()) + " bytes");
  const auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(file[i]));
  };
  const std::size_t version = byte(6);
  if (version < 1 || version > 3 || byte(7) != 0)
    whole.fail("the version of its format is " + std::to_string(version) + "." +
               std::to_string(byte(7)) + "; known are 1.0, 2.0 and 3.0");
  const std::size_t start = version == 1 ? 10 : 12;
  std::size_t length = byte(8) | byte(9) << 8;
  if (version > 1 && file.size() >= start)
    length |= byte(10) << 16 | byte(11) << 24;
  if (file.size() < start || file.size() - start < length)
    whole.fail("the header is truncated: it has " + std::to_string(length) +
               " bytes, the file " + std::to_string(file.size()));

  npy_header header;
  header.data_offset = start + length;
  header_text text(file.substr(start, length), name);
  read_dictionary(text, header);
  const auto needed = header.bytes();
  const std::size_t there = file_size - header.data_offset;
  if (!needed || *needed > there)
    text.fail("the file is too short: " + header.description() + " takes " +
              (needed ? std::to_string(*needed) : "more than 2^64") +
              " bytes, there are " + std::to_string(there));
  if (*needed < there)
    text.fail("the file is too long: " + header.description() + " takes " +
              std::to_string(*needed) + " bytes, there are " +
              std::to_string(there));
  return header;
}

std::string write_npy_header(element_type type,
                             std::span<const std::size_t> shape) {
  std::string text = "{'descr': '";
  for (const auto &[code, known] : types)
    if (known == type)
      text += (size_of(type) == 1 ? '|' : '<') + std::string(code);
  text += "', 'fortran_order': False, 'shape': (";
  for (std::size_t i = 0; i < shape.size(); ++i)
    text += (i ? " " : "") + std::to_string(shape[i]) +
            (i + 1 < shape.size() || i == 0 ? "," : "");
  text += "), }";
  const std::size_t unpadded = magic.size() + 4 + text.size() + 1;
  text.append((64 - unpadded % 64) % 64, ' ');
  text += '\n';
  if (text.size() > std::numeric_limits<std::uint16_t>::max())
    throw std::invalid_argument("save_npy: more dimensions than a .npy file of "
                                "version 1.0 can have");
  std::string result(magic);
  result += {'\x01', '\x00', static_cast<char>(text.size() & 255),
             static_cast<char>(text.size() >> 8)};
  return result + text;
}

} // namespace retrograd
