# The program pincite: everything but main.c is a library, so that tests and
# pincite-bench search as the program does. The page in web/ is compiled into it.
file(GLOB WEB_FILES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*.css ${CMAKE_SOURCE_DIR}/web/*.js ${CMAKE_SOURCE_DIR}/web/*.svg)
set(WEB_C ${CMAKE_BINARY_DIR}/web.c)
add_custom_command(OUTPUT ${WEB_C} DEPENDS ${WEB_FILES} ${CMAKE_SOURCE_DIR}/web/embed.cmake VERBATIM
  COMMAND ${CMAKE_COMMAND} -DOUT=${WEB_C} "-DFILES=${WEB_FILES}" -P ${CMAKE_SOURCE_DIR}/web/embed.cmake)

set(SEARCHLIB_SOURCES ${SEARCHER_SOURCES})
list(FILTER SEARCHLIB_SOURCES EXCLUDE REGEX "/searcher/main\\.c$")
add_library(searchlib STATIC ${SEARCHLIB_SOURCES} ${WEB_C})
target_include_directories(searchlib PUBLIC ${CMAKE_SOURCE_DIR})
target_link_libraries(searchlib PUBLIC law store PkgConfig::JANSSON)
add_executable(pincite searcher/main.c)
target_link_libraries(pincite PRIVATE searchlib)
