//===- isa.h - Which instruction set the update loops use -----------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The runtime takes the best of its builds that the processor can run. There is
// no need to choose: all give the same bits. A test may, to see that they do.
//
//===----------------------------------------------------------------------===//

#ifndef RETROGRAD_OPTIMIZERS_ISA_H
#define RETROGRAD_OPTIMIZERS_ISA_H

namespace retrograd {

/// The builds of the update loops; `plain` is for the target of the compiler.
enum class isa { plain, x86_64_v2, x86_64_v3, x86_64_v4 };

/// The build in use.
isa optimizer_isa();

/// Uses another build from now on, in all threads. False, and nothing changes,
/// if the runtime does not have it or the processor cannot run it.
bool use_optimizer_isa(isa wanted);

/// "plain", "x86-64-v2", "x86-64-v3", "x86-64-v4"
const char *name_of(isa);

} // namespace retrograd

#endif // RETROGRAD_OPTIMIZERS_ISA_H
