# What single unit tests need besides the libraries.
target_sources(test_bulk PRIVATE unit/bulk_twin.cc)
target_link_libraries(test_bulk PRIVATE PkgConfig::XAPIAN)
# libxapian's checker frees one object by its base class.
set_tests_properties(unit_test_bulk PROPERTIES ENVIRONMENT "ASAN_OPTIONS=new_delete_type_mismatch=0")
