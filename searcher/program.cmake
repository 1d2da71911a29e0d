# The program pincite: everything but main.c is a library, so that tests and
# pincite-bench search as the program does. The page in web/ is compiled into it.
set(SEARCHLIB_SOURCES ${SEARCHER_SOURCES})
list(FILTER SEARCHLIB_SOURCES EXCLUDE REGEX "/searcher/main\\.c$")
add_library(searchlib STATIC ${SEARCHLIB_SOURCES})
target_include_directories(searchlib PUBLIC ${CMAKE_SOURCE_DIR})
target_link_libraries(searchlib PUBLIC law store PkgConfig::JANSSON)
add_executable(pincite searcher/main.c)
target_link_libraries(pincite PRIVATE searchlib)
