# The fault injector, and the sweep that runs index writers under it.
add_library(fi SHARED ${CMAKE_CURRENT_SOURCE_DIR}/faults/fi.c ${CMAKE_CURRENT_SOURCE_DIR}/faults/power.c)
target_include_directories(fi PRIVATE ${CMAKE_SOURCE_DIR})
set_target_properties(fi PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
# It stands in for libc under everybody, sanitizers too: it has none itself.
target_compile_options(fi PRIVATE -fno-sanitize=all -U_FORTIFY_SOURCE -fno-builtin)
target_link_options(fi PRIVATE -fno-sanitize=all)
if(SANITIZE OR SANITIZE_THREAD)
  target_compile_definitions(fi PRIVATE FI_NO_MALLOC)
endif()
add_executable(fault-sweep ${CMAKE_CURRENT_SOURCE_DIR}/faults/sweep.c)
target_include_directories(fault-sweep PRIVATE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/lib)
target_link_libraries(fault-sweep PRIVATE store ${CMAKE_DL_LIBS})
