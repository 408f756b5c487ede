//===- end.h - Numbers are what they were --------------------------------===//
//
// Part of the Retrograd project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#undef double
#undef float
#undef half
#undef extended
#undef number
#undef std
#undef retrograd
