/* What is asked of many entries at once: one walk over a list for all of them. */
#include <xapian.h>
#include "store/xap_reader.h"

/* Four bytes, most significant first (docs/index-format.md); what is longer keeps its lower four. */
static uint32_t number_of(const std::string &bytes)
{
	uint32_t v = 0;
	for (char c : bytes)
		v = v << 8 | static_cast<unsigned char>(c);
	return v;
}

/* Walks an iterator to each entry, and tells `found` where it stands on one.
 * Going on by one is cheaper than skipping, so that is tried first. */
template <typename Iterator, typename At, typename Found>
static void walk_to(Iterator it, const Iterator &end, const struct u32s *entries, At at, Found found)
{
	uint32_t here = it != end ? at(it) : 0;
	for (size_t i = 0; i < entries->n && it != end; i++) {
		uint32_t want = entries->v[i];
		if (here < want && ++it != end && (here = at(it)) < want) {
			it.skip_to(want);
			here = it != end ? at(it) : 0;
		}
		if (here == want)
			found(i, it);
	}
}

/* A skip is made only beyond entry 1: over several shards a skip to the beginning skips everything. */
bool xap_counts(struct xap *x, span term, const struct u32s *entries, uint32_t *out, struct err *err)
{
	memset(out, 0, entries->n * sizeof *out);
	return guard(err, [&] {
		const Xapian::Database &db = x->db;
		std::string t = string_of(term);
		if (t.empty() || !entries->n)
			return;
		Xapian::PostingIterator it = db.postlist_begin(t), end = db.postlist_end(t);
		if (it != end && entries->v[0] > 1)
			it.skip_to(entries->v[0]);
		walk_to(it, end, entries, [](const Xapian::PostingIterator &p) { return *p; },
			[&](size_t i, const Xapian::PostingIterator &p) { out[i] = p.get_wdf(); });
	});
}

/* Entries without a value are not in the stream: they keep the zero. */
bool xap_numbers_of(struct xap *x, uint32_t slot, const struct u32s *entries, uint32_t *out, struct err *err)
{
	memset(out, 0, entries->n * sizeof *out);
	return guard(err, [&] {
		const Xapian::Database &db = x->db;
		if (!entries->n)
			return;
		Xapian::ValueIterator it = db.valuestream_begin(slot), end = db.valuestream_end(slot);
		if (it != end && entries->v[0] > 1)
			it.skip_to(entries->v[0]);
		walk_to(it, end, entries, [](const Xapian::ValueIterator &v) { return v.get_docid(); },
			[&](size_t i, const Xapian::ValueIterator &v) { out[i] = number_of(*v); });
	});
}
