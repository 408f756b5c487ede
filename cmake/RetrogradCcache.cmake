#===- RetrogradCcache.cmake - Compile through ccache where it is found -----===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
#
# A front-end file takes seconds to compile, nearly all of it Clang's headers.
# ccache only caches compilations with a precompiled header when it may trust
# that the header's macros and time stamps do not matter; they do not here.
#
#===------------------------------------------------------------------------===#

find_program(RETROGRAD_CCACHE ccache DOC "ccache, used when it is found")
if(RETROGRAD_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${RETROGRAD_CCACHE})
endif()
