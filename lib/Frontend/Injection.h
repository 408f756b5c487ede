//===- Injection.h - How derivatives enter the compilation ----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Handles `#pragma retrograd` and brings the text of each derivative into the
// parse that is under way:
//
//   1. A pragma that annotates waits for its function: a watcher of all tokens
//      counts braces until the body has closed.
//   2. There it enters `;` and `#pragma retrograd resume N`. The parser eats
//   the
//      `;`, so the function is complete when the second pragma is lexed. A
//      request that names its function enters them at once.
//   3. The second pragma runs the session's steps and enters the text as a
//      source file with a name of its own, then resumes again behind it.
//
// The parser never sees that anything has happened, and nothing here builds an
// AST. Both what is entered in step 2 and the text count as a system header:
// warnings about generated code are of no use to the user.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_FRONTEND_INJECTION_H
#define RETROGRAD_FRONTEND_INJECTION_H

#include "Options.h"
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace clang {
class ASTConsumer;
class CompilerInstance;
} // namespace clang

namespace retrograd {

struct GeneratedText;

/// Receives the texts of a translation unit that has been parsed.
using TextSink = std::function<void(const std::vector<GeneratedText> &)>;

/// Installs Retrograd in a compilation. To be called while its AST consumer is
/// created; the result must be among its consumers.
std::unique_ptr<clang::ASTConsumer>
installRetrograd(clang::CompilerInstance &CI, const Options &Opts,
                 TextSink Sink = nullptr);

} // namespace retrograd

#endif // RETROGRAD_FRONTEND_INJECTION_H
