//===- SourceWriter.h - Derivatives as a source file ----------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Makes of the derivatives of a translation unit a file that any C++ compiler
// reads, and puts it in its place in one step, so that a build never sees half
// of it.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_TOOLS_RETROGRAD_SOURCEWRITER_H
#define RETROGRAD_TOOLS_RETROGRAD_SOURCEWRITER_H

#include "Frontend/Session.h"
#include "llvm/Support/Error.h"

namespace retrograd {

/// The derivatives of the source file called Source: namespaces are reopened,
/// and all is formatted in LLVM's style. Verified: they check themselves.
std::string composeSource(llvm::StringRef Source,
                          const std::vector<GeneratedText> &Texts,
                          bool Verified);

/// Replaces the file in one step; "-" is the standard output.
llvm::Error writeFile(llvm::StringRef Path, llvm::StringRef Contents);

} // namespace retrograd

#endif // RETROGRAD_TOOLS_RETROGRAD_SOURCEWRITER_H
