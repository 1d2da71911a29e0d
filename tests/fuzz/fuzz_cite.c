/* Citations of any bytes: in order, inside the text, linked backwards only. */
#include "base/err.h"
#include "law/cite.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { .limit = 512u << 20 };
	span text = { (const char *)data, size };
	struct cites c = cites_of(text, NULL, &a), readings;
	uint32_t last = 0;
	for (size_t i = 0; i < c.n; i++) {
		const struct cite *v = &c.v[i];
		ASSERT(v->at.beg < v->at.end && v->at.end <= size && v->at.beg >= last);
		ASSERT(v->full.beg <= v->at.beg && v->full.end >= v->at.end && v->full.end <= size);
		ASSERT((v->antecedent == CITE_NONE || v->antecedent < i) && (v->parallel == CITE_NONE || v->parallel < i));
		last = v->at.beg;
	}
	cite_parse(text, NULL, &a, &readings);
	arena_release(&a);
	return 0;
}
