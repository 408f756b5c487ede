//===- sparse.cpp - Rows of a block that a step touches -------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "sparse.h"
#include <algorithm>
#include <cmath>
#include <retrograd/optimizers/gradient_norm.h>
#include <stdexcept>

namespace retrograd {

namespace {

bool is_block(const parameter_group &g, const sparse_rows &sparse) {
  return g.name == sparse.block;
}

} // namespace

void check_sparse_rows(std::span<const parameter_group> groups,
                       const sparse_rows &sparse) {
  const parameter_group &block = block_of(groups, sparse);
  if (block.size % sparse.width != 0)
    throw std::invalid_argument("fit: sparse.width is " +
                                std::to_string(sparse.width) +
                                "; it must divide the size of '" + block.name +
                                "', which is " + std::to_string(block.size));
}

const parameter_group &block_of(std::span<const parameter_group> groups,
                                const sparse_rows &sparse) {
  std::string names;
  for (const parameter_group &g : groups) {
    if (is_block(g, sparse))
      return g;
    names += (names.empty() ? "'" : ", '") + g.name + "'";
  }
  throw std::invalid_argument("fit: sparse.block is '" + sparse.block +
                              "'; the parameters have " + names);
}

std::vector<std::uint64_t>
rows_of_indices(std::span<const std::int64_t> indices,
                std::span<const parameter_group> groups,
                const sparse_rows &sparse) {
  const std::uint64_t count = block_of(groups, sparse).size / sparse.width;
  std::vector<std::uint64_t> rows;
  rows.reserve(indices.size());
  for (std::int64_t i : indices) {
    if (i < 0)
      continue;
    if (static_cast<std::uint64_t>(i) >= count)
      throw std::invalid_argument("fit: sparse: an index in '" + sparse.column +
                                  "' is " + std::to_string(i) + ", and '" +
                                  sparse.block + "' has " +
                                  std::to_string(count) + " rows");
    rows.push_back(static_cast<std::uint64_t>(i));
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

std::vector<index_range> ranges_of_rows(std::span<const parameter_group> groups,
                                        const sparse_rows &sparse,
                                        std::span<const std::uint64_t> rows) {
  std::vector<index_range> ranges;
  const auto add = [&](std::size_t begin, std::size_t size) {
    if (!ranges.empty() && ranges.back().end == begin)
      ranges.back().end += size;
    else if (size != 0)
      ranges.push_back({begin, begin + size});
  };
  for (const parameter_group &g : groups)
    if (!is_block(g, sparse))
      add(g.offset, g.size);
    else
      for (std::uint64_t row : rows)
        add(g.offset + row * sparse.width, sparse.width);
  return ranges;
}

template <class T>
double norm_of_rows(const parameters<T> &params, const sparse_rows &sparse,
                    std::span<const std::uint64_t> rows,
                    std::span<const T> gradient) {
  double squares = 0;
  for (const parameter_group &g : params.groups()) {
    if (g.options.frozen)
      continue;
    for (const index_range &r :
         ranges_of_rows(std::span(&g, 1), sparse, rows)) {
      const double norm =
          gradient_norm(gradient.subspan(r.begin, r.end - r.begin));
      squares += norm * norm;
    }
  }
  return std::sqrt(squares);
}

template double norm_of_rows(const parameters<float> &, const sparse_rows &,
                             std::span<const std::uint64_t>,
                             std::span<const float>);
template double norm_of_rows(const parameters<double> &, const sparse_rows &,
                             std::span<const std::uint64_t>,
                             std::span<const double>);

} // namespace retrograd
