# A module is one folder of src/ with its public headers in include/turngreen/<module>/. Each module
# shows its dependents its own headers only: a module that includes one it does not link fails to build.

add_library(turngreen_build_flags INTERFACE)
target_compile_options(turngreen_build_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wold-style-cast $<$<BOOL:${TURNGREEN_WERROR}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND (TURNGREEN_SANITIZE OR NOT CMAKE_BUILD_TYPE STREQUAL Debug))
  # False alarms of GCC once it inlines more than the dev preset lets it: optionals read
  # uninitialised, and overlap in a plain `string = "text"` (12, bug 105651).
  target_compile_options(turngreen_build_flags INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
endif()
if(TURNGREEN_SANITIZE)
  # Also what is linked into dependents must be instrumented, so these are set for every target.
  add_compile_options(-fsanitize=${TURNGREEN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TURNGREEN_SANITIZE})
endif()

# turngreen_module(<name> [FOLDER <folder>] [PRIVATE_HEADERS] SOURCES <file>... [MODULES <module>...]
#                  [LIBRARIES <private target>...])
# The public headers are in include/turngreen/<folder>, which is the name unless said otherwise. With
# PRIVATE_HEADERS there are none: modules that link it as a LIBRARY see those in its source folder.
function(turngreen_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "PRIVATE_HEADERS" "FOLDER" "SOURCES;MODULES;LIBRARIES")
  set(folder ${name})
  if(arg_FOLDER)
    set(folder ${arg_FOLDER})
  endif()
  if(arg_PRIVATE_HEADERS)
    set(headers ${CMAKE_CURRENT_SOURCE_DIR})
  else()
    set(headers ${PROJECT_BINARY_DIR}/module_headers/${name})
    cmake_path(GET folder PARENT_PATH parent)
    file(MAKE_DIRECTORY ${headers}/turngreen/${parent})
    file(CREATE_LINK ${PROJECT_SOURCE_DIR}/include/turngreen/${folder} ${headers}/turngreen/${folder} SYMBOLIC)
  endif()

  add_library(turngreen_${name} STATIC ${arg_SOURCES})
  add_library(turngreen::${name} ALIAS turngreen_${name})
  set_target_properties(turngreen_${name} PROPERTIES EXPORT_NAME ${name})
  target_compile_features(turngreen_${name} PUBLIC cxx_std_20)
  target_include_directories(turngreen_${name}
    PUBLIC $<BUILD_INTERFACE:${headers}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  foreach(module IN LISTS arg_MODULES)
    target_link_libraries(turngreen_${name} PUBLIC turngreen::${module})
  endforeach()
  target_link_libraries(turngreen_${name}
    PUBLIC tl::expected
    PRIVATE $<BUILD_INTERFACE:turngreen_build_flags> ${arg_LIBRARIES})
  set_property(GLOBAL APPEND PROPERTY TURNGREEN_MODULES ${name})
  if(NOT arg_PRIVATE_HEADERS)
    set_property(GLOBAL PROPERTY TURNGREEN_FOLDER_${name} ${folder})
  endif()
endfunction()
