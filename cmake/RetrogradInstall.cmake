#===- RetrogradInstall.cmake - The installed tree --------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===------------------------------------------------------------------------===#
#
# bin/, lib/ and include/ stand beside one another whatever the system's name
# for a library folder is: the programs find the plugin and the headers relative
# to themselves, so that the tree can be moved.
#
#===------------------------------------------------------------------------===#

include(CMakePackageConfigHelpers)

set(RETROGRAD_INSTALL_INCLUDEDIR include)
set(RETROGRAD_INSTALL_PLUGIN lib/retrograd-${RETROGRAD_CLANG_MAJOR}.so)
set(RETROGRAD_INSTALL_RUNTIME lib/libretrograd-runtime.a)
set(RETROGRAD_INSTALL_COMMAND bin/retrograd)
set(RETROGRAD_INSTALL_CMAKEDIR lib/cmake/Retrograd)

configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/RetrogradConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/cmake/RetrogradConfig.cmake"
  INSTALL_DESTINATION ${RETROGRAD_INSTALL_CMAKEDIR}
  PATH_VARS RETROGRAD_INSTALL_INCLUDEDIR RETROGRAD_INSTALL_PLUGIN
            RETROGRAD_INSTALL_RUNTIME RETROGRAD_INSTALL_COMMAND)
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/cmake/RetrogradConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)

install(TARGETS retrograd retrograd-clang++ RUNTIME DESTINATION bin)
install(TARGETS retrograd-plugin LIBRARY DESTINATION lib)
install(TARGETS retrograd-runtime ARCHIVE DESTINATION lib)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/retrograd"
        DESTINATION ${RETROGRAD_INSTALL_INCLUDEDIR})
install(FILES "${PROJECT_BINARY_DIR}/cmake/RetrogradConfig.cmake"
              "${PROJECT_BINARY_DIR}/cmake/RetrogradConfigVersion.cmake"
              "${PROJECT_SOURCE_DIR}/cmake/RetrogradTarget.cmake"
        DESTINATION ${RETROGRAD_INSTALL_CMAKEDIR})
