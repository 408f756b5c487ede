#===- RetrogradTarget.cmake - retrograd_target(<target>) -------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
#
# The one command that a user's project calls. It is included by the installed
# package and by this project's own examples; both define Retrograd::plugin,
# Retrograd::headers, RETROGRAD_PLUGIN and RETROGRAD_CLANG_MAJOR first.
#
#===------------------------------------------------------------------------===#

# retrograd_target(<target> [OPTIONS <key>[=<value>]...])
#
# Compiles the C++ (and CUDA) sources of the target with Retrograd's plugin, so
# that `#pragma retrograd` works in them, with its headers. OPTIONS are those
# that the plugin takes after -fplugin-arg-retrograd-.
function(retrograd_target target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "OPTIONS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "retrograd_target: what is '${arg_UNPARSED_ARGUMENTS}'? "
                        "usage: retrograd_target(<target> [OPTIONS ...])")
  endif()
  if(NOT TARGET ${target})
    message(FATAL_ERROR "retrograd_target: '${target}' is not a target")
  endif()
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR
     NOT CMAKE_CXX_COMPILER_VERSION MATCHES "^${RETROGRAD_CLANG_MAJOR}\\.")
    message(FATAL_ERROR
            "retrograd_target: this Retrograd is a plugin for clang++-"
            "${RETROGRAD_CLANG_MAJOR}, and the project is configured for "
            "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} "
            "(${CMAKE_CXX_COMPILER}). Configure it anew, in an empty build "
            "folder, with -DCMAKE_CXX_COMPILER=clang++-${RETROGRAD_CLANG_MAJOR}")
  endif()

  set(flags "-fplugin=$<TARGET_FILE:Retrograd::plugin>")
  foreach(option IN LISTS arg_OPTIONS)
    list(APPEND flags "-fplugin-arg-retrograd-${option}")
  endforeach()
  target_compile_options(${target} PRIVATE
                         "$<$<COMPILE_LANGUAGE:CXX,CUDA>:${flags}>")
  target_link_libraries(${target} PRIVATE Retrograd::headers)

  # The derivatives depend on the plugin as much as on the sources: a new plugin
  # makes the objects out of date.
  if(TARGET retrograd-plugin)
    add_dependencies(${target} retrograd-plugin)
  endif()
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources EXCLUDE REGEX "\\$<")
  set_property(SOURCE ${sources} TARGET_DIRECTORY ${target}
               APPEND PROPERTY OBJECT_DEPENDS "${RETROGRAD_PLUGIN}")
endfunction()
