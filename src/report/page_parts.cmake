# Generates page_parts.cpp, which holds the page of `turngreen report --html`: page/* and plotly.min.js.
# Sets page_parts_source.
set(TURNGREEN_PLOTLY_JS "" CACHE FILEPATH
    "plotly.min.js for the HTML report; empty: the one that scripts/make-venv report installs")

set(plotly_js "${TURNGREEN_PLOTLY_JS}")
if(NOT plotly_js)
  file(GLOB plotly_js LIST_DIRECTORIES false
       ${PROJECT_SOURCE_DIR}/.venv/lib/python*/site-packages/plotly/package_data/plotly.min.js)
  list(SORT plotly_js)
  list(POP_BACK plotly_js plotly_js)
elseif(NOT EXISTS "${plotly_js}")
  message(FATAL_ERROR "TURNGREEN_PLOTLY_JS is '${plotly_js}', where no file is; name plotly.min.js, or leave it empty.")
endif()
if(NOT plotly_js)
  message(STATUS "No plotly.min.js: `turngreen report --html` will say so. scripts/make-venv report installs it.")
endif()

set(page_styles page summary figures tables print)
set(page_scripts
  dom format view quantities statuses figure tables frontier quadrants stages unsound pathways
  interactions bundles ledger configurations_table trials_table domains notes main)
list(TRANSFORM page_styles REPLACE "(.+)" "${CMAKE_CURRENT_SOURCE_DIR}/page/\\1.css")
list(TRANSFORM page_scripts REPLACE "(.+)" "${CMAKE_CURRENT_SOURCE_DIR}/page/\\1.js")

set(page_parts_assembly "")
set(page_parts_symbols "")
set(page_parts_values "")
set(page_files "")
# page_part(<name> <file>...)
function(page_part name)
  set(symbol turngreen_report_page_${name})
  set(assembly "${symbol}_begin:\n")
  foreach(file IN LISTS ARGN)
    string(APPEND assembly "  .incbin \"${file}\"\n")
  endforeach()
  string(APPEND assembly "${symbol}_end:\n")
  foreach(end IN ITEMS begin end)
    string(PREPEND assembly "  .globl ${symbol}_${end}\n  .hidden ${symbol}_${end}\n")
    string(APPEND page_parts_symbols "extern const char ${symbol}_${end}[];\n")
  endforeach()
  string(APPEND page_parts_assembly "${assembly}")
  string(APPEND page_parts_values "      between(${symbol}_begin, ${symbol}_end),\n")
  list(APPEND page_files ${ARGN})
  return(PROPAGATE page_parts_assembly page_parts_symbols page_parts_values page_files)
endfunction()
page_part(html ${CMAKE_CURRENT_SOURCE_DIR}/page/page.html)
page_part(style ${page_styles})
page_part(script ${page_scripts})
page_part(plotly ${plotly_js})

set(page_parts_source ${CMAKE_CURRENT_BINARY_DIR}/page_parts.cpp)
configure_file(page_parts.cpp.in ${page_parts_source} @ONLY)
set_source_files_properties(${page_parts_source} PROPERTIES OBJECT_DEPENDS "${page_files}")
