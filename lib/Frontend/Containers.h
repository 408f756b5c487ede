//===- Containers.h - std::array and std::vector --------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// To the IR, a std::array is a record with an array, and a std::vector one with
// a pointer and a size. Their fields are called as what the text reads them by,
// `data()` and `size()`, and nothing here knows how a library keeps them.
//
// The elements of a vector are memory behind a pointer, of which no statement
// makes more or less: what would do so, or copy a vector, is refused.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_CONTAINERS_H
#define RETROGRAD_FRONTEND_CONTAINERS_H

#include "clang/AST/Type.h"
#include <cstdint>
#include <optional>

namespace clang {
class CallExpr;
class Decl;
class Expr;
} // namespace clang

namespace retrograd {

/// A class of the library that is as its elements are.
struct Container {
  clang::QualType Element;
  /// Of an array; a vector has none.
  std::optional<uint64_t> Extent;
};

std::optional<Container> asContainer(const clang::Decl *Class);

/// What a call does with a container.
enum class ContainerUse { Element, CheckedElement, Pointer, Size, Other };

/// A call of a member function of a container, or of std::get.
struct ContainerCall {
  Container Type;
  ContainerUse Use = ContainerUse::Other;
  /// The container, or a pointer to it.
  const clang::Expr *Object = nullptr;
  /// Of an element, where an argument says it.
  const clang::Expr *Index = nullptr;
  std::optional<uint64_t> KnownIndex = std::nullopt;
  /// An element, pointer or size counted from the end.
  bool FromEnd = false;
  /// Elements cannot be written by way of the result.
  bool Const = false;
};

std::optional<ContainerCall> asContainerCall(const clang::Expr *E);

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_CONTAINERS_H
