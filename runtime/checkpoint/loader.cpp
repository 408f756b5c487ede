//===- loader.cpp - Loading and comparing fields ------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Fields are visited twice: first to see whether the checkpoint fits, which
// changes nothing, then to load. A program whose state is half from a file and
// half its own is worse than one that has not started.
//
//===----------------------------------------------------------------------===//

#include "format.h"
#include <algorithm>
#include <cstring>
#include <retrograd/data/convert.h>
#include <set>
#include <stdexcept>

namespace retrograd::detail {

/// Whether the value of the file can be loaded into the field.
static bool fits(const field_place &place, const field_facts &there) {
  const field_facts &here = place.facts;
  return here.type == there.type && here.kind == there.kind &&
         (place.resize || here.count == there.count);
}

namespace {

/// Compares the fields with those of the file, but not their values.
class fit_checker final : public archive {
public:
  explicit fit_checker(const content &from) : from_(from) {}

  field_differences finish() {
    for (const entry &e : from_.entries())
      if (!visited_.contains(e.facts.name))
        differences_.add_extra(e.facts.name, e.facts.description());
    return std::move(differences_);
  }

private:
  void visit(field_place &place) override {
    if (!visited_.insert(place.facts.name).second)
      throw std::invalid_argument("two fields are called '" + place.facts.name +
                                  "'");
    const entry *e = from_.find(place.facts.name);
    if (!e)
      differences_.add_missing(place.facts);
    else if (!fits(place, e->facts))
      differences_.add_different(place.facts, e->facts);
  }

  const content &from_;
  field_differences differences_;
  std::set<std::string> visited_;
};

/// Loads the fields that fit.
class loader final : public archive {
public:
  explicit loader(const content &from) : from_(from) {}
  bool loading() const override { return true; }

private:
  void visit(field_place &place) override {
    const entry *e = from_.find(place.facts.name);
    if (!e || !fits(place, e->facts))
      return;
    if (place.resize)
      place.data = place.resize(place.object, e->facts.count);
    from_.read(*e, place.data);
  }

  const content &from_;
};

} // namespace

std::vector<std::string> load_fields(const content &from,
                                     fields_reference fields,
                                     const load_options &options) {
  fit_checker checker(from);
  fields.visit(checker);
  const field_differences differences = checker.finish();
  if (const std::string refused = differences.refused(options);
      !refused.empty())
    throw checkpoint_error(from.name() +
                           " does not fit this program:" + refused);
  loader load(from);
  fields.visit(load);
  return differences.all();
}

//===- Values -------------------------------------------------------------===//

template <data_element T> static std::string shown_as(const std::byte *bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return shortest(value);
}

static std::string shown(element_type type, const std::byte *bytes) {
  switch (type) {
  case element_type::boolean:
    return bytes[0] == std::byte(0) ? "false" : "true";
  case element_type::int8:
    return shown_as<std::int8_t>(bytes);
  case element_type::int16:
    return shown_as<std::int16_t>(bytes);
  case element_type::int32:
    return shown_as<std::int32_t>(bytes);
  case element_type::int64:
    return shown_as<std::int64_t>(bytes);
  case element_type::uint8:
    return shown_as<std::uint8_t>(bytes);
  case element_type::uint16:
    return shown_as<std::uint16_t>(bytes);
  case element_type::uint32:
    return shown_as<std::uint32_t>(bytes);
  case element_type::uint64:
    return shown_as<std::uint64_t>(bytes);
  case element_type::float32:
    return shown_as<float>(bytes);
  case element_type::float64:
    return shown_as<double>(bytes);
  }
  return {};
}

namespace {

/// Compares values bit by bit.
class value_checker final : public archive {
public:
  explicit value_checker(const content &from) : from_(from) {}
  std::vector<std::string> lines;

private:
  void visit(field_place &place) override {
    const entry *e = from_.find(place.facts.name);
    if (!e || !fits(place, e->facts))
      return; // The other check reports it.
    std::vector<std::byte> there(e->bytes());
    from_.read(*e, there.data());
    compare(place.facts, static_cast<const std::byte *>(place.data), e->facts,
            there.data());
  }

  void compare(const field_facts &here, const std::byte *ours,
               const field_facts &there, const std::byte *theirs) {
    if (here.count != there.count) {
      const auto size = [](const field_facts &f) {
        return std::to_string(f.count);
      };
      lines.push_back("'" + here.name + "' has " + size(here) +
                      " elements, the file " + size(there));
      return;
    }
    const std::size_t element = size_of(here.type);
    const std::size_t bytes = here.count * element;
    const auto at = std::mismatch(ours, ours + bytes, theirs).first - ours;
    const std::size_t index = static_cast<std::size_t>(at) / element;
    if (index == here.count)
      return;
    const std::string where = here.kind == field_kind::scalar
                                  ? ""
                                  : "[" + std::to_string(index) + "]";
    lines.push_back("'" + here.name + "'" + where + " is " +
                    shown(here.type, ours + index * element) +
                    ", in the file it is " +
                    shown(here.type, theirs + index * element));
  }

  const content &from_;
};

/// FNV-1a (Fowler, Noll, Vo) with 64 bits.
class hasher final : public archive {
public:
  std::uint64_t value = 0xcbf29ce484222325;

private:
  void add(const void *data, std::size_t size) {
    const auto *bytes = static_cast<const unsigned char *>(data);
    for (std::size_t i = 0; i < size; ++i)
      value = (value ^ bytes[i]) * 0x100000001b3;
  }
  void visit(field_place &place) override {
    const field_facts &f = place.facts;
    // With its end, as "ab", "c" is not "a", "bc".
    add(f.name.c_str(), f.name.size() + 1);
    add(&f.type, sizeof f.type);
    add(&f.kind, sizeof f.kind);
    add(&f.count, sizeof f.count);
    add(place.data, f.count * size_of(f.type));
  }
};

} // namespace

std::vector<std::string> compare_fields(const content &from,
                                        fields_reference fields) {
  fit_checker fit(from);
  fields.visit(fit);
  value_checker values(from);
  fields.visit(values);
  std::vector<std::string> lines = fit.finish().all();
  lines.insert(lines.end(), values.lines.begin(), values.lines.end());
  return lines;
}

std::uint64_t hash_fields(fields_reference fields) {
  hasher h;
  fields.visit(h);
  return h.value;
}

} // namespace retrograd::detail
