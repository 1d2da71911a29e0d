/* Single entries and single terms of a reader, and which entries are dead. */
#include <algorithm>
#include <xapian.h>
#include "store/xap_reader.h"

using std::string;

/* Xapian refuses an entry that does not exist, by an exception: the guard makes it damage. */
static uint64_t lengths_of(Xapian::Database &db, const uint32_t *entries, size_t n)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += db.get_doclength(entries[i]);
	return sum;
}

bool xap_lengths(struct xap *x, const uint32_t *entries, size_t n, uint64_t *out, struct err *err)
{
	return guard(err, [&] { *out = lengths_of(x->db, entries, n); });
}

/* Numbers in the shard become numbers over all shards (xap.h). Those
 * of one shard ascend but interleave with the others', hence the sort. */
bool xap_bury(struct xap *x, struct lives *l, struct err *err)
{
	if (!lives_any_dead(l))
		return true;
	x->lives = lives_hold(l);
	return guard(err, [&] {
		uint32_t n = (uint32_t)x->shards.size();
		for (uint32_t s = 0; s < n; s++) {
			const struct dead *d = lives_dead(l, s);
			for (size_t i = 0; i < d->n; i++)
				x->dead.push_back((d->v[i] - 1) * n + s + 1);
		}
		std::sort(x->dead.begin(), x->dead.end());
	});
}

/* One bit, asked for each posting that is walked; nothing where no entry is dead. */
static bool is_dead(const struct xap *x, uint32_t entry)
{
	size_t n = x->shards.size();
	return x->lives && entry && dead_has(lives_dead(x->lives, (entry - 1) % n), (uint32_t)((entry - 1) / n) + 1);
}

/* Entry numbers come from the index itself, so one that is 0 or dead is a
 * sign of damage. Xapian would call 0 a wrong argument of the caller's. */
static bool asks_dead(const struct xap *x, uint32_t entry, struct err *err)
{
	if (!entry)
		return err_set(err, ERR_DAMAGED, "entry 0"), true;
	return is_dead(x, entry) && (err_set(err, ERR_DAMAGED, "entry %u is dead", entry), true);
}

/* Takes the dead entries off the counts of a term. Both lists ascend: whichever is
 * behind leaps to the other. */
static void take_dead(struct xap *x, const string &term, uint32_t *entries, uint64_t *occurrences)
{
	for (size_t s = 0; x->lives && s < x->shards.size(); s++) {
		const struct dead *d = lives_dead(x->lives, s);
		Xapian::Database &db = x->shards[s];
		Xapian::PostingIterator it = d->n ? db.postlist_begin(term) : Xapian::PostingIterator(), end;
		const uint32_t *at = d->v, *last = d->v + d->n;
		while (it != end && at < last) {
			it.skip_to(*at);
			if (it == end)
				break;
			if (*it == *at) {
				--*entries;
				*occurrences -= it.get_wdf();
				at++;
			} else {
				at = std::lower_bound(at, last, *it);
			}
		}
	}
}

/* Xapian gives a copy of its own; it waits in the reader until the guard is left. */
bool xap_data(struct xap *x, uint32_t entry, struct arena *a, span *out, struct err *err)
{
	if (asks_dead(x, entry, err))
		return false;
	if (!guard(err, [&] { x->text = x->db.get_document(entry).get_data(); }))
		return false;
	*out = keep(a, x->text);
	return true;
}

/* A slot without a value is the empty string to Xapian, and here. */
bool xap_value(struct xap *x, struct xap_place of, struct arena *a, span *out, struct err *err)
{
	if (asks_dead(x, of.entry, err))
		return false;
	if (!guard(err, [&] { x->text = x->db.get_document(of.entry).get_value(of.slot); }))
		return false;
	*out = keep(a, x->text);
	return true;
}

/* Of databases that hold positions. pincite's own shards do not: there poslist.h answers. */
bool xap_positions(struct xap *x, struct xap_list of, struct arena *a, struct u32s *out, struct err *err)
{
	if (asks_dead(x, of.entry, err))
		return false;
	if (!guard(err, [&] {
		    string t = string_of(of.term);
		    x->numbers.assign(x->db.positionlist_begin(of.entry, t), x->db.positionlist_end(of.entry, t));
	    }))
		return false;
	out->n = out->cap = x->numbers.size();
	out->v = keep_all(a, x->numbers);
	return true;
}

/* Xapian takes the empty term for one that every entry has; here nothing has it. */
bool xap_frequency(struct xap *x, span term, uint32_t *entries, uint64_t *occurrences, struct err *err)
{
	return guard(err, [&] {
		string t = string_of(term);
		*entries = t.empty() ? 0 : x->db.get_termfreq(t);
		*occurrences = t.empty() ? 0 : x->db.get_collection_freq(t);
		take_dead(x, t, entries, occurrences);
	});
}

/* A dead entry takes none of the `max`: whoever goes on after the last one given misses nothing. */
bool xap_postings(struct xap *x, const struct xap_posting_range *r, struct arena *a, struct xap_postings *out,
		  struct err *err)
{
	if (!guard(err, [&] {
		    string t = string_of(r->term);
		    x->postings.clear();
		    if (t.empty()) /* to Xapian that would be every entry */
			    return;
		    Xapian::PostingIterator it = x->db.postlist_begin(t), end = x->db.postlist_end(t);
		    if (r->from > 1) /* over several shards a skip to 0 skips everything */
			    it.skip_to(r->from);
		    for (; it != end && x->postings.size() < r->max; ++it)
			    if (!is_dead(x, *it))
				    x->postings.push_back({ *it, it.get_wdf() });
	    }))
		return false;
	out->n = out->cap = x->postings.size();
	out->v = keep_all(a, x->postings);
	return true;
}

/* A value is its digits to base 256, most significant first, as the
 * indexer writes it (docs/index-format.md); a shorter one is read alike. */
bool xap_numbers(struct xap *x, uint32_t slot, struct arena *a, struct xap_postings *out, struct err *err)
{
	if (!guard(err, [&] {
		    x->postings.clear();
		    for (auto it = x->db.valuestream_begin(slot), end = x->db.valuestream_end(slot); it != end; ++it) {
			    uint32_t v = 0;
			    for (char c : *it)
				    v = v << 8 | static_cast<unsigned char>(c);
			    if (!is_dead(x, it.get_docid()))
				    x->postings.push_back({ it.get_docid(), v });
		    }
	    }))
		return false;
	out->n = out->cap = x->postings.size();
	out->v = keep_all(a, x->postings);
	return true;
}

/* Out of the guard: the arena may leave by longjmp (xap_guard.h). */
static void keep_terms(struct xap *x, struct arena *a, struct xap_terms *out)
{
	out->n = out->cap = x->terms.size();
	out->v = static_cast<xap_term *>(arena_array(a, sizeof(xap_term), out->n, alignof(xap_term)));
	for (size_t i = 0; i < out->n; i++)
		out->v[i] = xap_term{ keep(a, x->terms[i].text), x->terms[i].entries, x->terms[i].wdf };
}

/* A term that stands in dead entries alone is passed over: to its asker it is in no entry. */
bool xap_terms(struct xap *x, const struct xap_term_range *r, struct arena *a, struct xap_terms *out, struct err *err)
{
	if (!guard(err, [&] {
		    string begin = string_of(r->prefix), past = string_of(r->after);
		    x->terms.clear();
		    Xapian::TermIterator it = x->db.allterms_begin(begin), end = x->db.allterms_end(begin);
		    if (!past.empty() && past >= begin)
			    it.skip_to(past + '\0'); /* the least string after it */
		    for (; it != end && x->terms.size() < r->max; ++it) {
			    uint32_t entries = it.get_termfreq();
			    uint64_t occurrences = 0;
			    take_dead(x, *it, &entries, &occurrences);
			    if (entries)
				    x->terms.push_back({ *it, entries, 0 });
		    }
	    }))
		return false;
	keep_terms(x, a, out);
	return true;
}

/* Needs a shard with term lists; those of the indexer have none. For the witness and the tests. */
bool xap_entry_terms(struct xap *x, uint32_t entry, struct arena *a, struct xap_terms *out, struct err *err)
{
	if (asks_dead(x, entry, err))
		return false;
	if (!guard(err, [&] {
		    x->terms.clear();
		    Xapian::TermIterator it = x->db.termlist_begin(entry), end = x->db.termlist_end(entry);
		    for (; it != end; ++it)
			    x->terms.push_back({ *it, 0, it.get_wdf() });
	    }))
		return false;
	keep_terms(x, a, out);
	return true;
}

bool xap_metadata(struct xap *x, span key, struct arena *a, span *out, struct err *err)
{
	if (!guard(err, [&] { x->text = x->db.get_metadata(string_of(key)); }))
		return false;
	*out = keep(a, x->text);
	return true;
}

const char *xap_version(void)
{
	return Xapian::version_string();
}
