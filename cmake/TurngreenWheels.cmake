# libtorch and libarrow come in wheels (torch, pyarrow), whose CMake configurations are none (pyarrow) or ask for
# a CUDA toolkit that nothing here needs (torch). So the folders of the wheels become imported targets.
#
# TURNGREEN_SITE_PACKAGES is where the wheels are; unless it is given, that of .venv, else that of the Python
# on PATH.

function(turngreen_find_site_packages)
  if(TURNGREEN_SITE_PACKAGES)
    return()
  endif()
  file(GLOB found ${PROJECT_SOURCE_DIR}/.venv/lib/python3*/site-packages)
  foreach(folder IN LISTS found)
    if(IS_DIRECTORY ${folder}/torch/lib)
      set(TURNGREEN_SITE_PACKAGES ${folder} CACHE PATH "Where the wheels torch and pyarrow are" FORCE)
      return()
    endif()
  endforeach()
  find_program(TURNGREEN_PYTHON python3)
  mark_as_advanced(TURNGREEN_PYTHON)
  if(TURNGREEN_PYTHON)
    execute_process(
      COMMAND ${TURNGREEN_PYTHON} -c "import importlib.util, os; print(os.path.dirname(os.path.dirname(importlib.util.find_spec('torch').origin)))"
      OUTPUT_VARIABLE folder OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE status)
    if(status EQUAL 0)
      set(TURNGREEN_SITE_PACKAGES ${folder} CACHE PATH "Where the wheels torch and pyarrow are" FORCE)
    endif()
  endif()
endfunction()

# turngreen::libtorch
function(turngreen_import_libtorch)
  set(torch ${TURNGREEN_SITE_PACKAGES}/torch)
  if(NOT EXISTS ${torch}/lib/libtorch_cpu.so)
    message(FATAL_ERROR
      "turngreen-engine needs libtorch, and there is none in '${TURNGREEN_SITE_PACKAGES}'. Install it "
      "(scripts/make-venv engine), name the folder with -D TURNGREEN_SITE_PACKAGES=..., or build without: "
      "-D TURNGREEN_LIBTORCH=OFF leaves the tokenizer, -D TURNGREEN_ENGINE=OFF nothing of the engine.")
  endif()
  add_library(turngreen_libtorch INTERFACE)
  add_library(turngreen::libtorch ALIAS turngreen_libtorch)
  # By links to the folders that are libtorch's own: beside them the wheel has the headers of other
  # libraries (fmt, pybind11, ...) in versions that are not the ones linked here.
  set(headers ${PROJECT_BINARY_DIR}/libtorch_headers)
  file(MAKE_DIRECTORY ${headers})
  foreach(own ATen c10 caffe2 torch)
    file(CREATE_LINK ${torch}/include/${own} ${headers}/${own} SYMBOLIC)
  endforeach()
  # As system headers: their warnings are not ours.
  target_include_directories(turngreen_libtorch SYSTEM INTERFACE
    ${headers} ${headers}/torch/csrc/api/include)
  set(libraries ${torch}/lib/libtorch_cpu.so ${torch}/lib/libc10.so)
  if(EXISTS ${torch}/lib/libtorch_cuda.so)
    list(APPEND libraries ${torch}/lib/libtorch_cuda.so ${torch}/lib/libc10_cuda.so)
    target_compile_definitions(turngreen_libtorch INTERFACE TURNGREEN_LIBTORCH_HAS_CUDA)
    # It registers its kernels as it is loaded; nothing refers to it.
    target_link_options(turngreen_libtorch INTERFACE -Wl,--no-as-needed)
  endif()
  # The wheel finds its own dependencies by its run paths; the linker need not.
  target_link_options(turngreen_libtorch INTERFACE -Wl,--allow-shlib-undefined)
  target_link_libraries(turngreen_libtorch INTERFACE ${libraries})
endfunction()

# turngreen::libarrow: Arrow's C++ library and Parquet's
function(turngreen_import_libarrow)
  set(arrow ${TURNGREEN_SITE_PACKAGES}/pyarrow)
  file(GLOB libarrow ${arrow}/libarrow.so.*)
  file(GLOB libparquet ${arrow}/libparquet.so.*)
  if(NOT libarrow OR NOT libparquet)
    message(STATUS "turngreen-engine: no pyarrow in '${TURNGREEN_SITE_PACKAGES}'; built without Parquet and Arrow files")
    return()
  endif()
  add_library(turngreen_libarrow INTERFACE)
  add_library(turngreen::libarrow ALIAS turngreen_libarrow)
  target_include_directories(turngreen_libarrow SYSTEM INTERFACE ${arrow}/include)
  target_link_options(turngreen_libarrow INTERFACE -Wl,--allow-shlib-undefined)
  target_link_libraries(turngreen_libarrow INTERFACE ${libarrow} ${libparquet})
endfunction()
