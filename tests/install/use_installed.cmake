# cmake -D BUILD_DIR=... -D SCRATCH=... -D CONSUMER=... -D GENERATOR=... -D COMPILER=... -D VERSION=...
#       -P use_installed.cmake
set(prefix ${SCRATCH}/prefix)
set(consumer_build ${SCRATCH}/consumer)
file(REMOVE_RECURSE ${prefix} ${consumer_build})

function(run)
  execute_process(COMMAND ${ARGV} OUTPUT_VARIABLE out ERROR_VARIABLE out RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    list(JOIN ARGV " " command)
    message(FATAL_ERROR "${command}: ${status}\n${out}")
  endif()
  set(out "${out}" PARENT_SCOPE)
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${prefix})

run(${prefix}/bin/turngreen --version)
if(NOT out MATCHES "${VERSION}")
  message(FATAL_ERROR "the installed turngreen --version says '${out}', not ${VERSION}")
endif()

file(GLOB_RECURSE package_files ${prefix}/*turngreen*.cmake)
foreach(file IN LISTS package_files)
  file(STRINGS ${file} leaks REGEX "${BUILD_DIR}")
  if(leaks)
    message(FATAL_ERROR "${file} points into the build tree: ${leaks}")
  endif()
endforeach()

run(${CMAKE_COMMAND} -S ${CONSUMER} -B ${consumer_build} -G ${GENERATOR}
    -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_PREFIX_PATH=${prefix})
run(${CMAKE_COMMAND} --build ${consumer_build})
run(${consumer_build}/consumer)
message(STATUS "${out}")
