# Appends the generated C files of the tables of facts to LAW_TABLES.
set(LAW_TABLES)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/tables)
# words.tsv, word_pairs.tsv -> the trie and pair table of law/segment.
add_executable(make-words ${CMAKE_CURRENT_LIST_DIR}/tables/words.c)
set_target_properties(make-words PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tables)
# It packs a trie for seconds: fast in every kind of build.
target_compile_options(make-words PRIVATE -O2 -fno-sanitize=all)
target_link_options(make-words PRIVATE -fno-sanitize=all)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/tables/words.c
  COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0 $<TARGET_FILE:make-words>
    ${CMAKE_CURRENT_LIST_DIR}/words.tsv ${CMAKE_CURRENT_LIST_DIR}/word_pairs.tsv > ${CMAKE_BINARY_DIR}/tables/words.c
  DEPENDS make-words ${CMAKE_CURRENT_LIST_DIR}/words.tsv ${CMAKE_CURRENT_LIST_DIR}/word_pairs.tsv VERBATIM)
list(APPEND LAW_TABLES ${CMAKE_BINARY_DIR}/tables/words.c)

# Reporters, codes, courts, journals, states: citations (law/cite, law/court).
add_executable(make-facts ${CMAKE_CURRENT_LIST_DIR}/tables/facts.c)
set_target_properties(make-facts PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tables)
target_include_directories(make-facts PRIVATE lib)
target_link_libraries(make-facts PRIVATE base)
set(CITE_TSV)
foreach(table states reporters codes courts journals)
  list(APPEND CITE_TSV ${CMAKE_SOURCE_DIR}/lib/law/${table}.tsv)
endforeach()
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/tables/cite_tables.c
  COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0 $<TARGET_FILE:make-facts> ${CMAKE_SOURCE_DIR}/lib/law ${CMAKE_BINARY_DIR}/tables/cite_tables.c
  DEPENDS make-facts ${CITE_TSV} VERBATIM)
list(APPEND LAW_TABLES ${CMAKE_BINARY_DIR}/tables/cite_tables.c)
