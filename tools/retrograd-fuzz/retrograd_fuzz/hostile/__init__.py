#===- __init__.py - Hostile input ----------------------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Pragma lines and function bodies that nobody would write, and the question
# whether the compiler survives them with a diagnostic or a right derivative.
#
#===----------------------------------------------------------------------===#
