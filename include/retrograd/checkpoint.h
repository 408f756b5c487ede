//===- checkpoint.h - State in one file that survives -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A checkpoint is one file with every field of the state of a training run:
// parameters, optimizer, schedule, order of the data, random numbers.
//
//   const auto state = [&](retrograd::archive &archive) {
//     archive("parameters", parameters);
//     archive("optimizer", optimizer);
//     archive("epoch", epoch);
//   };
//   retrograd::save_checkpoint("run.ckpt", state);
//   ...
//   retrograd::load_checkpoint("run.ckpt", state);
//
// It is written aside, reaches the disk, and is renamed; the one before is kept
// as run.ckpt.previous. So there is always a whole one, whenever the process is
// killed and however full the disk is. Every byte is covered by a checksum: a
// damaged file is noticed, and the one before is used, with a warning.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_CHECKPOINT_H
#define RETROGRAD_CHECKPOINT_H

#include <retrograd/cxx20.h>

#include <retrograd/checkpoint/archive.h>
#include <retrograd/checkpoint/load_options.h>
#include <retrograd/data/data_error.h>

namespace retrograd {

/// A checkpoint that cannot be written, is damaged, or is of another program.
/// The message names the file and every field that differs.
class checkpoint_error : public data_error {
public:
  using data_error::data_error;
};

struct save_options {
  /// Wait until the disk has the file: without it, a checkpoint survives the
  /// death of the process, but perhaps not that of the machine.
  bool sync = true;
};

namespace detail {

/// A function of an archive as an object that files of code can be compiled
/// for.
class fields_reference {
public:
  template <class Fields>
  explicit fields_reference(Fields &fields)
      : object_(const_cast<void *>(static_cast<const void *>(&fields))),
        visit_([](void *object, archive &a) {
          visit_fields(a, *static_cast<Fields *>(object));
        }) {}
  void visit(archive &a) const { visit_(object_, a); }

private:
  void *object_;
  void (*visit_)(void *object, archive &a);
};

void save_checkpoint(const std::string &path, fields_reference,
                     const save_options &);
load_report load_checkpoint(const std::string &path, fields_reference,
                            const load_options &);
std::vector<std::string> compare_checkpoint(const std::string &path,
                                            fields_reference);
std::uint64_t hash_fields(fields_reference);

void save_snapshot(std::vector<std::byte> &image, fields_reference);
void load_snapshot(std::span<const std::byte> image, fields_reference);
std::vector<std::string> compare_snapshot(std::span<const std::byte> image,
                                          fields_reference);

} // namespace detail

/// Saves what `fields` visits: an object with a member fields(archive), or a
/// function of an archive. Throws checkpoint_error if the file cannot be
/// written; the checkpoint of before is then as it was. What `fields` throws is
/// passed on.
template <class Fields>
void save_checkpoint(const std::string &path, Fields &&fields,
                     const save_options &options = {}) {
  detail::save_checkpoint(path, detail::fields_reference(fields), options);
}

/// Loads the last good checkpoint into what `fields` visits. Nothing is changed
/// before the whole file has been checked, and compared with the fields. Throws
/// checkpoint_error, with a line for each, if fields are missing, extra, or of
/// another type or length, unless the options allow it; and if there is no good
/// checkpoint.
template <class Fields>
load_report load_checkpoint(const std::string &path, Fields &&fields,
                            const load_options &options = {}) {
  return detail::load_checkpoint(path, detail::fields_reference(fields),
                                 options);
}

/// Whether there is something to load: `path`, or the one before.
bool checkpoint_exists(const std::string &path);

/// The fields of the file at this very path, which is checked as for loading.
std::vector<field_facts> checkpoint_fields(const std::string &path);

/// A line for each field whose value in the file at this very path is not that
/// in memory, bit for bit, with the first element that differs; and one for
/// each that only one of them has.
template <class Fields>
std::vector<std::string> compare_checkpoint(const std::string &path,
                                            Fields &&fields) {
  return detail::compare_checkpoint(path, detail::fields_reference(fields));
}

/// A number that depends on the names, types and values of all fields. Two
/// configurations with the same hash are the same for all practical purposes;
/// it is no protection against an adversary.
template <class Fields> std::uint64_t hash_fields(Fields &&fields) {
  return detail::hash_fields(detail::fields_reference(fields));
}

/// State kept in memory: for going back to the best, or to where it was finite.
class snapshot {
public:
  template <class Fields> void save(Fields &&fields) {
    detail::save_snapshot(image_, detail::fields_reference(fields));
  }
  /// Throws checkpoint_error if the fields are not those that were saved, or if
  /// nothing was.
  template <class Fields> void load(Fields &&fields) const {
    detail::load_snapshot(image_, detail::fields_reference(fields));
  }
  /// As compare_checkpoint.
  template <class Fields>
  std::vector<std::string> differences(Fields &&fields) const {
    return detail::compare_snapshot(image_, detail::fields_reference(fields));
  }
  bool empty() const { return image_.empty(); }

private:
  std::vector<std::byte> image_;
};

} // namespace retrograd

#endif // RETROGRAD_CHECKPOINT_H
