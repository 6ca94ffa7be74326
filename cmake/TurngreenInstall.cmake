# `find_package(turngreen COMPONENTS units energy ...)` gives turngreen::units, turngreen::energy, ...
include(CMakePackageConfigHelpers)

get_property(TURNGREEN_MODULES GLOBAL PROPERTY TURNGREEN_MODULES)
list(TRANSFORM TURNGREEN_MODULES PREPEND turngreen_ OUTPUT_VARIABLE targets)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/turngreen)

install(TARGETS ${targets} EXPORT turngreen ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
foreach(module IN LISTS TURNGREEN_MODULES)
  get_property(folder GLOBAL PROPERTY TURNGREEN_FOLDER_${module})
  if(folder)
    install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/turngreen/${folder}/
            DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/turngreen/${folder}
            FILES_MATCHING PATTERN "*.h")
  endif()
endforeach()
install(EXPORT turngreen NAMESPACE turngreen:: FILE turngreenTargets.cmake DESTINATION ${package_dir})

configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/turngreenConfig.cmake.in ${PROJECT_BINARY_DIR}/turngreenConfig.cmake
  INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may change the interface.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/turngreenConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/turngreenConfig.cmake
              ${PROJECT_BINARY_DIR}/turngreenConfigVersion.cmake
        DESTINATION ${package_dir})
