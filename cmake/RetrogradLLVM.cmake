#===- RetrogradLLVM.cmake - Find LLVM and build compiler libraries on it ---===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
#
# The plugin and the command both link LLVM and Clang as the shared libraries
# that clang++ itself uses: a second copy of them inside the plugin would have
# registries and option tables of its own, and crash.
#
#===------------------------------------------------------------------------===#

# Clang's version file accepts major.minor and nothing less.
find_package(Clang ${RETROGRAD_CLANG_VERSION} REQUIRED CONFIG
             HINTS /usr/lib/llvm-${RETROGRAD_CLANG_MAJOR})
message(STATUS "Clang ${LLVM_VERSION} in ${CLANG_INSTALL_PREFIX}")
if(NOT TARGET clang-cpp OR NOT TARGET LLVM)
  message(FATAL_ERROR "Retrograd needs the shared libraries libclang-cpp and "
                      "libLLVM, which this LLVM was built without")
endif()

# Usage requirements of everything that includes an LLVM header. All of it is
# position-independent, programs too: the plugin and the command share the
# libraries and one precompiled header, which clang only loads into a compilation
# with the very same code model.
add_library(retrogradLLVM INTERFACE)
target_include_directories(retrogradLLVM SYSTEM INTERFACE
                           ${LLVM_INCLUDE_DIRS} ${CLANG_INCLUDE_DIRS})
separate_arguments(LLVM_DEFINITIONS_LIST NATIVE_COMMAND "${LLVM_DEFINITIONS}")
target_compile_definitions(retrogradLLVM INTERFACE ${LLVM_DEFINITIONS_LIST})
target_compile_options(retrogradLLVM INTERFACE -fPIC
                       $<$<NOT:$<BOOL:${LLVM_ENABLE_RTTI}>>:-fno-rtti>
                       $<$<NOT:$<BOOL:${LLVM_ENABLE_EH}>>:-fno-exceptions>)
target_link_libraries(retrogradLLVM INTERFACE LLVM)

# retrograd_add_library(<name> [<library>...])
#
# A static library of all the sources in the current folder, which uses the
# given libraries. A folder is exactly one library, so a list of its files would
# only repeat the folder; CONFIGURE_DEPENDS keeps it right when a file is added.
function(retrograd_add_library name)
  file(GLOB sources CONFIGURE_DEPENDS "*.cpp" "*.h" "*.def")
  add_library(${name} STATIC ${sources})
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}/lib")
  target_link_libraries(${name} PUBLIC retrogradLLVM ${ARGN})
endfunction()
