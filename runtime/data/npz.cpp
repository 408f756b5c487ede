//===- npz.cpp - Parameters in NumPy's .npz files -----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The zip side of it is libzip's; npy_header.cpp reads what is inside. Arrays
// are read aside, and copied when all of them have been found whole.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <cstring>
#include <memory>
#include <retrograd/data/npy.h>
#include <retrograd/data/npz.h>
#include <stdexcept>
#include <zip.h>

namespace retrograd::detail {

static constexpr std::string_view suffix = ".npy";

/// No header of an array is longer; a longer one would be a trap.
static constexpr std::size_t longest_header = std::size_t(1) << 20;

namespace {

struct discard {
  void operator()(zip_t *archive) const { zip_discard(archive); }
};
using archive_pointer = std::unique_ptr<zip_t, discard>;

struct close_file {
  void operator()(zip_file_t *file) const { zip_fclose(file); }
};
using file_pointer = std::unique_ptr<zip_file_t, close_file>;

} // namespace

static archive_pointer open_archive(const std::string &path, int flags) {
  int code = 0;
  archive_pointer archive(zip_open(path.c_str(), flags, &code));
  if (archive)
    return archive;
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  throw data_error("cannot open '" + path + "': " + text);
}

//===- Writing ------------------------------------------------------------===//

static void check_names(std::span<const array_to_save> members) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].name.empty())
      throw std::invalid_argument("save_npz: an array has no name");
    for (std::size_t j = 0; j < i; ++j)
      if (members[j].name == members[i].name)
        throw std::invalid_argument("save_npz: two arrays are called '" +
                                    members[i].name + "'");
  }
}

static void add_member(zip_t *archive, const array_to_save &member,
                       const std::string &header) {
  // libzip asks for pointers that are not const, and only reads.
  zip_buffer_fragment_t parts[] = {
      {reinterpret_cast<zip_uint8_t *>(const_cast<char *>(header.data())),
       header.size()},
      {static_cast<zip_uint8_t *>(const_cast<void *>(member.data)),
       member.count * size_of(member.type)}};
  zip_source_t *source =
      zip_source_buffer_fragment(archive, parts, member.count == 0 ? 1 : 2, 0);
  const zip_int64_t index =
      source ? zip_file_add(archive, (member.name + ".npy").c_str(), source,
                            ZIP_FL_ENC_UTF_8)
             : -1;
  if (index < 0) {
    zip_source_free(source);
    throw data_error("cannot add '" + member.name +
                     "': " + zip_strerror(archive));
  }
  // The same numbers are the same file: the time is that of zip's beginning.
  const auto at = static_cast<zip_uint64_t>(index);
  zip_file_set_dostime(archive, at, 0, (1 << 5) | 1, 0);
  zip_set_file_compression(archive, at, ZIP_CM_STORE, 0);
}

void save_npz(const std::string &path, std::span<const array_to_save> members) {
  check_names(members);
  // The headers are read when the archive is closed.
  std::vector<std::string> headers;
  for (const array_to_save &member : members)
    headers.push_back(write_npy_header(member.type, {{member.count}}));
  archive_pointer archive = open_archive(path, ZIP_CREATE | ZIP_TRUNCATE);
  for (std::size_t i = 0; i < members.size(); ++i)
    add_member(archive.get(), members[i], headers[i]);
  if (zip_close(archive.get()) != 0)
    throw data_error("cannot write '" + path +
                     "': " + zip_strerror(archive.get()));
  static_cast<void>(archive.release()); // zip_close has freed it.
}

//===- Reading ------------------------------------------------------------===//

namespace {

/// A .npy file in an archive.
class member_reader {
public:
  member_reader(zip_t *archive, zip_uint64_t index, std::string name)
      : name_(std::move(name)) {
    zip_stat_t facts;
    zip_stat_init(&facts);
    if (zip_stat_index(archive, index, 0, &facts) != 0 ||
        !(facts.valid & ZIP_STAT_SIZE))
      throw data_error("'" + name_ + "': " + zip_strerror(archive));
    file_.reset(zip_fopen_index(archive, index, 0));
    if (!file_)
      throw data_error("'" + name_ + "': " + zip_strerror(archive));
    read_header(facts.size);
  }

  const npy_header &header() const { return header_; }

  /// The elements. The archive's checksum is compared at the end.
  std::vector<std::byte> elements() {
    std::vector<std::byte> data(header_.bytes().value());
    read(data.data(), data.size());
    std::byte none;
    if (zip_fread(file_.get(), &none, 1) != 0)
      throw data_error("'" + name_ +
                       "' is damaged: " + zip_file_strerror(file_.get()));
    return data;
  }

private:
  void read(void *to, std::size_t size) {
    auto *bytes = static_cast<char *>(to);
    while (size != 0) {
      const zip_int64_t n = zip_fread(file_.get(), bytes, size);
      if (n <= 0)
        throw data_error(
            "'" + name_ + "' is damaged: " +
            (n < 0 ? zip_file_strerror(file_.get()) : "it ends too early"));
      bytes += n;
      size -= static_cast<std::size_t>(n);
    }
  }

  void read_header(std::uint64_t file_size) {
    std::vector<std::byte> bytes(std::min<std::uint64_t>(file_size, 12));
    read(bytes.data(), bytes.size());
    if (bytes.size() == 12) {
      const auto byte = [&](std::size_t i) {
        return std::to_integer<std::size_t>(bytes[i]);
      };
      const bool first_version = byte(6) == 1;
      std::size_t length = byte(8) | byte(9) << 8;
      if (!first_version)
        length |= byte(10) << 16 | byte(11) << 24;
      length = std::min<std::size_t>(length, longest_header);
      const std::uint64_t end = length + (first_version ? 10 : 12);
      bytes.resize(std::clamp<std::uint64_t>(end, 12, file_size));
      read(bytes.data() + 12, bytes.size() - 12);
    }
    header_ = read_npy_header(bytes, name_, file_size);
    // A header shorter than the twelve bytes has been refused by now.
  }

  std::string name_;
  file_pointer file_;
  npy_header header_;
};

struct staged {
  const array_to_load *member;
  std::vector<std::byte> data;
};

} // namespace

/// Reads one array, if it is wanted.
static void read_member(zip_t *archive, zip_uint64_t index,
                        const std::string &path,
                        std::span<const array_to_load> members,
                        std::vector<staged> &found,
                        field_differences &differences) {
  const char *raw = zip_get_name(archive, index, 0);
  if (!raw)
    throw data_error("'" + path + "': " + zip_strerror(archive));
  const std::string file = raw;
  const std::string name = file.substr(
      0, file.size() - (file.ends_with(suffix) ? suffix.size() : 0));
  const auto member =
      std::find_if(members.begin(), members.end(), [&](const array_to_load &m) {
        return m.name + ".npy" == file;
      });
  // What nobody wants is not opened: it may be no array of numbers.
  if (member == members.end())
    return differences.add_extra(name, file.ends_with(suffix) ? "an array"
                                                              : "no array");
  member_reader reader(archive, index, path + "/" + file);
  const field_facts there{name, reader.header().type, field_kind::array,
                          reader.header().size()};
  if (member->type != there.type || member->count != there.count) {
    found.push_back({&*member, {}});
    return differences.add_different(
        {name, member->type, field_kind::array, member->count}, there);
  }
  if (std::any_of(found.begin(), found.end(),
                  [&](const staged &s) { return s.member == &*member; }))
    throw data_error("'" + path + "' has two members '" + name + ".npy'");
  found.push_back({&*member, reader.elements()});
}

load_report load_npz(const std::string &path,
                     std::span<const array_to_load> members,
                     const load_options &options) {
  const archive_pointer archive = open_archive(path, ZIP_RDONLY);
  field_differences differences;
  std::vector<staged> found;
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i)
    read_member(archive.get(), static_cast<zip_uint64_t>(i), path, members,
                found, differences);
  for (const array_to_load &m : members)
    if (std::none_of(found.begin(), found.end(),
                     [&](const staged &s) { return s.member == &m; }))
      differences.add_missing({m.name, m.type, field_kind::array, m.count});
  if (const std::string refused = differences.refused(options);
      !refused.empty())
    throw data_error("'" + path + "' does not fit the parameters:" + refused);
  for (const staged &s : found)
    if (!s.data.empty())
      std::memcpy(s.member->data, s.data.data(), s.data.size());
  load_report report;
  report.path = path;
  report.skipped = differences.all();
  return report;
}

} // namespace retrograd::detail
