#===- kernels.cmake - The builds of the update loops -----------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
#
# One source, compiled for several levels of x86-64; elsewhere for the target as
# it is. All give the same bits: products and sums are not contracted, and the
# other flags change no result. They let roots and selections be vectorised.
#
# Included from runtime/CMakeLists.txt, with the list of `sources`.
#
#===------------------------------------------------------------------------===#

set(retrograd_kernel_flags -fno-fast-math -ffp-contract=off -fno-math-errno
                           -fno-trapping-math)
if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  list(APPEND retrograd_kernel_flags -O3)
endif()

set(retrograd_kernel_levels plain)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$" AND CMAKE_SIZEOF_VOID_P
                                                         EQUAL 8)
  list(APPEND retrograd_kernel_levels x86_64_v2 x86_64_v3 x86_64_v4)
  set_property(SOURCE "${CMAKE_CURRENT_SOURCE_DIR}/optimizers/dispatch.cpp"
               PROPERTY COMPILE_DEFINITIONS RETROGRAD_X86_64_KERNELS)
else()
  list(FILTER sources EXCLUDE REGEX "/optimizers/kernels_x86_64_v[0-9]\\.cpp$")
endif()

# Not a kernel, but to be the same everywhere as well.
set_property(SOURCE "${CMAKE_CURRENT_SOURCE_DIR}/optimizers/lbfgs.cpp"
             PROPERTY COMPILE_OPTIONS -fno-fast-math -ffp-contract=off)

foreach(level IN LISTS retrograd_kernel_levels)
  set(flags ${retrograd_kernel_flags})
  if(NOT level STREQUAL "plain")
    string(REPLACE "_" "-" arch "${level}")
    list(APPEND flags "-march=${arch}")
  endif()
  if(level STREQUAL "x86_64_v4")
    list(APPEND flags -mprefer-vector-width=512)
  endif()
  set_property(
    SOURCE "${CMAKE_CURRENT_SOURCE_DIR}/optimizers/kernels_${level}.cpp"
    PROPERTY COMPILE_OPTIONS ${flags})
endforeach()
