# cmake -D INCLUDE_DIR=<dir> -P check_includes.cmake: fails when a header below <dir> includes what a
# consumer may not have.
set(standard "<[a-z_]+>")  # no slash and no suffix: the standard library, and nobody else's in Debian
set(posix "<(fcntl|signal|spawn|time|unistd|sys/(stat|socket|types|un|wait))\\.h>")
set(allowed "^#include (${standard}|${posix}|<tl/expected\\.hpp>|\"turngreen/([a-z_]+/)+[a-z_]+\\.h\")$")

file(GLOB_RECURSE headers ${INCLUDE_DIR}/*.h)
if(NOT headers)
  message(FATAL_ERROR "no headers below '${INCLUDE_DIR}'")
endif()
foreach(header IN LISTS headers)
  file(STRINGS ${header} includes REGEX "^[ \t]*#[ \t]*include")
  foreach(include IN LISTS includes)
    if(NOT include MATCHES "${allowed}")
      message(SEND_ERROR "${header}: ${include}: a public header may include the standard library, "
                         "POSIX, <tl/expected.hpp> and \"turngreen/<module>/<name>.h\" only")
    endif()
  endforeach()
endforeach()
