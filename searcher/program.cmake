# The program pincite; the page in web/ is compiled into it.
add_executable(pincite ${SEARCHER_SOURCES})
target_include_directories(pincite PRIVATE ${CMAKE_SOURCE_DIR})
target_link_libraries(pincite PRIVATE law store PkgConfig::JANSSON)
