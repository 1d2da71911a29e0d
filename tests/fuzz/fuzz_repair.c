/* Fuzz target of repair: whatever comes in, the log is exact, the map gives the
 * source back, and two runs agree. Build with
 *   clang -fsanitize=fuzzer,address,undefined -Iinclude tests/fuzz/fuzz_repair.c LIBLAW LIBBASE ...
 * tests/unit/test_repair_any.c feeds it changed pieces of corpus/ on every run of the tests. */
#include <stdlib.h>
#include "base/err.h"
#include "law/repair.h"
#include "law/repeat.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every run copies what it says, in order; what the log says was there was there. */
static void check_text(const struct text *t)
{
	uint32_t clean = 0, src = 0;
	for (size_t i = 0; i < t->map.n; i++) {
		struct run r = t->map.v[i];
		ASSERT(r.clean >= clean && r.src >= src && r.clean + r.n <= t->clean.n && r.src + r.n <= t->src.n);
		ASSERT(memcmp(t->clean.p + r.clean, t->src.p + r.src, r.n) == 0);
		clean = r.clean + r.n;
		src = r.src + r.n;
	}
	for (size_t i = 0; i < t->edits.n; i++) {
		struct edit e = t->edits.v[i];
		ASSERT(e.at.beg <= e.at.end && e.at.end <= t->src.n && span_eq(e.before, span_range(t->src, e.at)));
		ASSERT(e.rule && e.confidence > 0 && e.confidence <= 1);
		ASSERT(i == 0 || t->edits.v[i - 1].at.beg <= e.at.beg);
	}
	ASSERT(t->quality >= 0 && t->quality <= 1);
}

/* Slices partition text and log. */
static void check_slices(const struct text *t, struct arena *a)
{
	uint32_t middle = (uint32_t)t->clean.n / 2;
	struct text x = text_slice(t, (struct range){ 0, middle }, a), y = text_slice(t, (struct range){ middle, (uint32_t)t->clean.n }, a);
	ASSERT(x.clean.n + y.clean.n == t->clean.n);
	ASSERT(!t->clean.n || x.edits.n + y.edits.n == t->edits.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	struct text t = text_plain((span){ (const char *)data, size }, &a);
	struct text r = repair(&t, &a), again = repair(&t, &a);
	check_text(&r);
	check_slices(&r, &a);
	ASSERT(span_eq(r.clean, again.clean) && r.edits.n == again.edits.n);
	ASSERT(repeat_copies(&r) >= 1);
	arena_release(&a);
	return 0;
}
