# The program pincite-bench; empty until bench/*.c exist.
file(GLOB BENCH_SOURCES CONFIGURE_DEPENDS bench/*.c)
if(BENCH_SOURCES)
  pkg_check_modules(SQLITE IMPORTED_TARGET sqlite3)
  add_executable(pincite-bench ${BENCH_SOURCES})
  target_include_directories(pincite-bench PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(pincite-bench PRIVATE searchlib law store PkgConfig::JANSSON)
endif()
