/* HTML of any bytes: bounded, and every run of the map is a copy. */
#include "indexer/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct meta meta = { 0 };
	struct text t = read_html((span){ (const char *)data, size }, &meta, &a);
	for (size_t i = 0; i < t.map.n; i++) {
		struct run r = t.map.v[i];
		ASSERT(r.clean + r.n <= t.clean.n && r.src + r.n <= t.src.n);
		ASSERT(memcmp(t.clean.p + r.clean, t.src.p + r.src, r.n) == 0);
	}
	arena_release(&a);
	return 0;
}
