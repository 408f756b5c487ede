#===- quote.cmake - A text as a C++ string literal -------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
#
# Writes the file TEXT as a raw string literal into the file QUOTED.
#
#===------------------------------------------------------------------------===#

file(READ "${TEXT}" text)
file(WRITE "${QUOTED}" "R\"text(${text})text\"\n")
