# Appends the generated C files of the tables of facts to LAW_TABLES.
set(LAW_TABLES)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/tables)
