//===- sparse.h - Rows of a block that a step touches ---------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From the indices in samples to the parts of the parameters that have a
// gradient: some rows of one block, and all of the other blocks.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_RUNTIME_TRAINING_SPARSE_H
#define RETROGRAD_RUNTIME_TRAINING_SPARSE_H

#include <cstdint>
#include <retrograd/execution/shards.h>
#include <retrograd/parameters.h>
#include <retrograd/training/options.h>
#include <span>
#include <vector>

namespace retrograd {

/// Throws std::invalid_argument if there is no such block, or if it has no
/// whole number of rows.
void check_sparse_rows(std::span<const parameter_group> groups,
                       const sparse_rows &sparse);

const parameter_group &block_of(std::span<const parameter_group> groups,
                                const sparse_rows &sparse);

/// The rows that the indices name, ascending, each once; negative indices name
/// none. Throws std::invalid_argument for one that is no row.
std::vector<std::uint64_t>
rows_of_indices(std::span<const std::int64_t> indices,
                std::span<const parameter_group> groups,
                const sparse_rows &sparse);

/// The rows and the other blocks, ascending; neighbours are joined.
std::vector<index_range> ranges_of_rows(std::span<const parameter_group> groups,
                                        const sparse_rows &sparse,
                                        std::span<const std::uint64_t> rows);

/// The norm over these parts, without the blocks that are frozen.
template <class T>
double norm_of_rows(const parameters<T> &params, const sparse_rows &sparse,
                    std::span<const std::uint64_t> rows,
                    std::span<const T> gradient);
extern template double norm_of_rows(const parameters<float> &,
                                    const sparse_rows &,
                                    std::span<const std::uint64_t>,
                                    std::span<const float>);
extern template double norm_of_rows(const parameters<double> &,
                                    const sparse_rows &,
                                    std::span<const std::uint64_t>,
                                    std::span<const double>);

} // namespace retrograd

#endif // RETROGRAD_RUNTIME_TRAINING_SPARSE_H
