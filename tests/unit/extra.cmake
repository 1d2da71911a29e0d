# What single unit tests need besides the libraries.
foreach(twin test_bulk test_compact)
  target_sources(${twin} PRIVATE unit/bulk_twin.cc)
  target_link_libraries(${twin} PRIVATE PkgConfig::XAPIAN)
endforeach()
