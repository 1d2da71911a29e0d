# What single unit tests need besides the libraries.
target_sources(test_bulk PRIVATE unit/bulk_twin.cc)
target_link_libraries(test_bulk PRIVATE PkgConfig::XAPIAN)
