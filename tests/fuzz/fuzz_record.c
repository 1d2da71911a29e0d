/* A record of any bytes: refused, or its parts are in bounds and pack again to
 * something that unpacks to the same. Built with -fsanitize=fuzzer. */
#include "law/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { .limit = 256u << 20 };
	struct record r, again;
	jmp_buf escape;
	a.escape = &escape;
	if (setjmp(escape) == 0 && record_unpack((span){ (const char *)data, size }, &a, &r, NULL)) {
		span packed = record_pack(&r, &a);
		ASSERT(record_unpack(packed, &a, &again, NULL));
		ASSERT(span_eq(record_pack(&again, &a), packed));
		ASSERT(span_eq(again.doc.text.src, r.doc.text.src));
	}
	arena_release(&a);
	return 0;
}
