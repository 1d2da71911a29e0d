#include "searcher/citator.h"

#include <stdlib.h>
#include "base/sort.h"
#include "base/buf.h"
#include "law/address.h"
#include "searcher/citator_private.h"
#include "searcher/excerpt.h"

/* Beyond, a page belongs to a case that is not known here. */
#define CASE_MAX_PAGES 400 /* a case is not longer than that */
#define RANGES_MAX 20000

/* 256 bytes: a term of the index has 200 at most (TERM_MAX_BYTES). */
static span term_of(enum field f, span value, struct arena *a)
{
	char *p = arena_raw(a, 256, 1);
	return (span){ p, field_term(f, value, p, 256) };
}

/* "146" of "146#n3": the digits that the text begins with; 0 for none. */
static uint64_t number_of(span s)
{
	uint64_t v = 0;
	for (size_t i = 0; i < s.n && is_digit(s.p[i]) && v < 100000000; i++)
		v = v * 10 + (uint64_t)(s.p[i] - '0');
	return v;
}

/* /case/us/407/146: the case of that volume that begins last before page 146, of those that are in the index or, by F_CITES,
 * are cited in it. Empty: none, or trouble. */
static span case_with_page(struct index *x, enum field by, span address, struct arena *a, struct err *err)
{
	size_t slash = address.n;
	while (slash && address.p[slash - 1] != '/')
		slash--;
	uint64_t page = number_of(span_sub(address, slash, address.n)), best = 0;
	struct xap_term_range r = { .prefix = term_of(by, span_sub(address, 0, slash), a), .max = RANGES_MAX };
	struct xap_terms terms = { 0 };
	span found = { 0 };
	if (!span_starts(address, SPAN("/case/")) || !page || !xap_terms(x->xap, &r, a, &terms, err))
		return found;
	for (size_t i = 0; i < terms.n; i++) {
		span rest = span_sub(terms.v[i].term, r.prefix.n, terms.v[i].term.n);
		uint64_t first = number_of(rest);
		/* Only first pages: what goes on with "#" or "/" is a place within a case. */
		if (first && first <= page && first > best && page - first <= CASE_MAX_PAGES &&
		    span_find_byte(rest, '#', 0) == rest.n && span_find_byte(rest, '/', 0) == rest.n) {
			best = first;
			found = arena_printf(a, "%.*s%llu", (int)slash, address.p, (unsigned long long)first);
		}
	}
	return found;
}

/* First what has that address, then the case that the page lies in; index_find goes from the exact
 * to the wide, so its first is taken. */
bool citator_find(struct index *x, span address, struct arena *a, struct located *out, struct err *err)
{
	struct u32s entries = { 0 };
	out->at = address;
	if (!index_find(x, address, a, &entries, err))
		return false;
	if (!entries.n) {
		span inside = case_with_page(x, F_ADDRESS, address, a, err);
		if (!inside.n)
			return false;
		out->at = inside;
		if (!index_find(x, inside, a, &entries, err))
			return false;
	}
	if (!entries.n)
		return false;
	out->entry = entries.v[0];
	return true;
}

/* Whether a sentence names the page as a number of its own. */
static bool says_page(span sentence, span page)
{
	for (size_t i = span_find(sentence, page, 0); i < sentence.n; i = span_find(sentence, page, i + 1)) {
		bool left = i == 0 || !is_digit(sentence.p[i - 1]), right = i + page.n >= sentence.n || !is_digit(sentence.p[i + page.n]);
		if (left && right)
			return true;
	}
	return false;
}

/* A page that no document has and nobody cites as a first page. The case before it is only taken
 * for its case when one of those who cite that case names this very page: a case that begins before
 * is no evidence, for another may lie between. */
bool citator_cited_page(struct index *x, const struct inquiry *of, struct arena *a, struct mentions *out, struct err *err)
{
	struct inquiry whole = *of;
	size_t slash = of->address.n;
	whole.address = case_with_page(x, F_CITES, of->address, a, err);
	if (err->code)
		return false;
	if (!whole.address.n || span_eq(whole.address, of->address))
		return true;
	while (slash && of->address.p[slash - 1] != '/')
		slash--;
	struct mentions m;
	if (!citator_mentions(x, &whole, a, &m, err))
		return false;
	for (size_t i = 0; i < m.n; i++)
		if (says_page(m.v[i].sentence, span_sub(of->address, slash, of->address.n))) {
			*out = m;
			out->within = whole.address;
			return true;
		}
	return true;
}

/* Ranges are of sections: subdivisions do not matter. */
static bool in_range(span address, span first, span last)
{
	return address_between(address_document(address), address_document(first), address_document(last));
}

/* A citation that cannot be right is nobody's mention. */
bool citator_covers(const struct cite *c, span address)
{
	if (c->status == CITE_IMPOSSIBLE || !c->address.n)
		return false;
	return address_under(c->address, address) || (c->last.n && in_range(address, c->address, c->last));
}

bool citator_covers_any(const struct cite *c, const struct alsos *same)
{
	for (size_t i = 0; i < same->n; i++)
		if (citator_covers(c, same->v[i].address))
			return true;
	return false;
}

/* Without the "@2" of a second text at one address. */
static span without_suffix(span address)
{
	return span_sub(address, 0, span_find_byte(address, '@', 0));
}

/* Entries that cite the address itself or below, and those that cite a range about it. */
static bool citing_entries(struct index *x, const struct inquiry *of, struct arena *a, struct u32s *out, struct err *err)
{
	span parent = address_document(of->address);
	struct xap_posting_range r = { .term = term_of(F_CITES, of->address, a), .max = of->max + 2 }; /* one more tells that there are more; one may be the document itself */
	if (!index_entries(x, &r, a, out, err))
		return false;
	address_parent(&parent);
	struct xap_term_range ranges = { .prefix = term_of(F_CITES_RANGE, parent, a), .max = RANGES_MAX };
	struct xap_terms terms = { 0 };
	if (parent.n && !xap_terms(x->xap, &ranges, a, &terms, err))
		return false;
	/* The prefix has the field's letters and then the parent's address, of which the terms give
	 * both ends: "FROM TO". */
	size_t skip = ranges.prefix.n - parent.n;
	for (size_t i = 0; i < terms.n; i++) {
		span both = span_sub(terms.v[i].term, skip, terms.v[i].term.n), first;
		if (!span_cut(&both, ' ', &first) || !in_range(of->address, first, both))
			continue;
		r.term = terms.v[i].term;
		if (!index_entries(x, &r, a, out, err))
			return false;
	}
	return true;
}

/* Each entry once. */
static void settle(struct u32s *l)
{
	size_t kept = 0;
	sort_numbers(l->v, l->n);
	for (size_t i = 0; i < l->n; i++)
		if (!i || l->v[i] != l->v[i - 1])
			l->v[kept++] = l->v[i];
	l->n = kept;
}

/* White space of any length is one blank, none at either end. */
static void one_line(struct buf *b, span s)
{
	bool space = false;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_space(s.p[i])) {
			if (space)
				buf_byte(b, ' ');
			buf_byte(b, s.p[i]);
		}
		space = is_space(s.p[i]);
	}
}

span citator_caption(const struct cite *c, struct arena *a)
{
	struct buf b = { .a = a };
	one_line(&b, c->plaintiff);
	if (c->plaintiff.n && c->defendant.n)
		buf_put(&b, SPAN(" v. "));
	one_line(&b, c->defendant);
	return buf_span(&b);
}

/* 1; 2 or 3; 4 to 9; more. */
enum depth citator_depth(uint32_t times)
{
	return times > 9 ? DEPTH_EXAMINED : times > 3 ? DEPTH_DISCUSSED : times > 1 ? DEPTH_CITED : DEPTH_MENTIONED;
}

const char *citator_depth_name(enum depth d)
{
	static const char *const names[] = { "mentioned", "cited", "discussed", "examined" };
	return names[d];
}

/* The document that mentions: what all its mentions share. */
static struct mention mention_in(const struct record *r, struct arena *a)
{
	const struct doc *d = &r->doc;
	/* Copied: the record's memory is used for the next document. */
	return (struct mention){ .address = arena_dup(a, d->address), .court = arena_dup(a, d->meta.court), .date = d->date,
		.display = arena_dup(a, d->display.n ? d->display : d->meta.title), .title = arena_dup(a, d->meta.title) };
}

/* The document itself, or another text of it, or a section of the bill. */
static bool is_itself(const struct record *r, const struct alsos *same)
{
	span own = without_suffix(r->doc.address);
	for (size_t i = 0; i < same->n; i++)
		if (span_eq(address_document(own), address_document(same->v[i].address)) || address_under(own, same->v[i].address))
			return true;
	return false;
}

/* "410 U.S. 113, 117, 93 S. Ct. 705" cites once: nothing but pages and commas stand between. */
static bool beside(const struct record *r, const struct cite *before, const struct cite *c)
{
	enum { BESIDE_MAX = 40 };
	if (!before || c->at.beg < before->at.end || c->at.beg - before->at.end > BESIDE_MAX ||
	    (span_eq(c->volume, before->volume) && span_eq(c->reporter, before->reporter)))
		return false;
	span gap = span_range(r->doc.text.clean, (struct range){ before->at.end, c->at.beg });
	for (size_t i = 0; i < gap.n; i++)
		if (!is_space(gap.p[i]) && !is_digit(gap.p[i]) && !memchr(",[(=-*\xE2\x80\x93", gap.p[i], 9))
			return false;
	return true;
}

/* A sentence that cites it twice is one mention, and two times. All mentions of a document get its
 * final number of times, by which they are ordered later. */
static bool record_mentions(const struct record *r, const struct alsos *same, struct arena *a, struct mentions *out)
{
	span address = same->v[0].address;
	const struct cite *before = NULL;
	struct mention base = mention_in(r, a);
	span last = { 0 };
	size_t first = out->n;
	if (is_itself(r, same))
		return false;
	for (size_t i = 0; i < r->cites.n; i++) {
		const struct cite *c = &r->cites.v[i];
		if (!citator_covers_any(c, same))
			continue;
		bool again = beside(r, before, c);
		before = c;
		if (again)
			continue;
		base.times++;
		span sentence = excerpt_cite(r, c, a);
		if (out->n > first && span_eq(sentence, last))
			continue;
		last = sentence;
		struct mention *m = PUSH(a, out);
		*m = base;
		m->place = arena_dup(a, excerpt_place(r, c->at.beg));
		m->at = c->at.beg;
		m->ranged = !address_under(c->address, address) && same->n == 1; /* a case has no ranges */
		m->cited = arena_dup(a, m->ranged ? address : c->address);
		m->sentence = sentence;
		m->caption = citator_caption(c, a);
		m->year = c->kind == CITE_CASE ? c->year : 0;
		m->of_court = c->kind == CITE_CASE && c->court_text.n && !span_eq(c->court, c->court_text) ? arena_dup(a, c->court) : (span){ 0 };
	}
	for (size_t i = first; i < out->n; i++)
		out->v[i].times = base.times;
	bool direct = false;
	/* A document that also cites it directly counts there and not among those that cite a
	 * range. */
	for (size_t i = first; i < out->n; i++)
		direct |= !out->v[i].ranged;
	out->documents += direct;
	out->ranged += out->n > first && !direct;
	return out->n > first;
}

/* By what is cited, so that a section's mentions stand by subdivision. */
static int mention_cmp(const void *x, const void *y)
{
	const struct mention *a = x, *b = y;
	int d = address_order(a->cited, b->cited);
	return d ? d : address_order(a->address, b->address);
}

/* One document is unpacked at a time, in memory that is used again. "cut" tells that there were
 * more entries than were read. */
bool citator_mentions(struct index *x, const struct inquiry *of, struct arena *a, struct mentions *out, struct err *err)
{
	struct inquiry plain = *of;
	plain.address = without_suffix(of->address);
	struct u32s entries = { 0 };
	struct arena work = { 0 };
	*out = (struct mentions){ 0 };
	bool ok = citator_same(x, &plain, a, &out->also, err);
	for (size_t i = 0; ok && i < out->also.n; i++) {
		plain.address = out->also.v[i].address;
		ok = citing_entries(x, &plain, a, &entries, err);
	}
	/* One that cites two of the citations is read once. */
	settle(&entries);
	size_t i = 0;
	for (; ok && i < entries.n && out->documents + out->ranged < of->max; i++) {
		struct record r;
		ok = index_record(x, entries.v[i], &work, &r, err);
		if (ok && record_mentions(&r, &out->also, a, out) && of->treatment)
			citator_treatment(&r, &out->also, a, &out->treated, &work);
		arena_reset(&work);
	}
	arena_release(&work);
	out->cut = i < entries.n;
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, mention_cmp);
	if (ok && of->treatment)
		treated_sort(&out->treated);
	return ok;
}
