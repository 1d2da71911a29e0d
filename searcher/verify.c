#include "searcher/verify.h"

#include "base/hash.h"
#include "law/address.h"
#include "law/repair.h"
#include "law/volume.h"
#include "searcher/citator.h"
#include "searcher/server.h"

/* Documents asked what they call an absent case; pages that a case has at most; citations in a
 * string. */
enum { CAPTIONS_FROM = 20, CASE_PAGES = 400, STRING_MAX = 12 };

const char *verdict_name(enum verdict v)
{
	static const char *const names[VERDICTS] = { "found", "not in the corpus", "ambiguous", "impossible", "differs", "unresolved" };
	return names[v];
}

/* One text, whatever documents the finder would cut it into. A page that comes again keeps its
 * citations. Footnotes are told, so that "supra note 4" is followed. */
struct brief brief_read(span src, struct arena *a)
{
	struct brief b = { 0 };
	struct text plain = text_plain(src, a);
	struct meta none = { 0 };
	struct { struct range *v; size_t n, cap; } notes = { 0 };
	b.text = repair_but(&plain, "repeated-page", a);
	struct docs docs = documents(&b.text, &none, a);
	struct doc whole = docs.v[0];
	whole.at = (struct range){ 0, (uint32_t)b.text.clean.n };
	whole.text = b.text;
	b.outline = outline_of(&whole, a);
	for (size_t i = 0; i < b.outline.n; i++)
		if (b.outline.v[i].role == UNIT_FOOTNOTE)
			*PUSH(a, &notes) = b.outline.v[i].at;
	struct cite_context c = { .jurisdiction = whole.meta.jurisdiction, .footnotes = notes.v, .nfootnotes = notes.n };
	b.cites = cites_of(b.text.clean, &c, a);
	return b;
}

/* What documents say of a case that the index lacks: each value once, with the number of documents that give it. */
struct said {
	struct { span value; unsigned documents; } v[8];
	size_t n;
};

/* Mentions come by document: a value that a document gives again is not counted again, another one
 * is. */
static void say(struct said *s, span value, bool again)
{
	size_t i = 0;
	while (i < s->n && !span_eq(s->v[i].value, value))
		i++;
	if (!value.n || i == sizeof s->v / sizeof *s->v)
		return;
	s->v[i].value = value;
	s->v[i].documents += !again || i == s->n;
	s->n += i == s->n;
}

/* What others agree on against the brief: two documents at least, and none that agrees with it. Empty: nothing. */
static span outvoted(const struct said *s, span own)
{
	size_t best = 0;
	for (size_t i = 0; i < s->n; i++) {
		if (span_eq(s->v[i].value, own))
			return (span){ 0 };
		if (s->v[i].documents > s->v[best].documents)
			best = i;
	}
	return own.n && s->n && s->v[best].documents > 1 ? s->v[best].value : (span){ 0 };
}

/* A document that was looked at already: briefs cite the same ones again and again. */
struct seen {
	bool here;
	span at;
	struct authority_text text;
	struct spans captions;
	struct said years, courts; /* of an absent case, by what others print */
};
struct verifier {
	struct index *x;
	const struct brief *brief;
	struct arena *a;
	struct err *err;
	struct map known;  /* address_document to index + 1 in seen */
	struct { struct seen *v; size_t n, cap; } seen;
};

/* By this citation alone, not by parallel ones: it is this number that nobody here has. */
static void captions_of(struct verifier *v, span address, struct seen *s)
{
	struct mentions m;
	struct map once = { .a = v->a };
	if (!citator_mentions(v->x, &(struct inquiry){ .address = address, .max = CAPTIONS_FROM, .alone = true }, v->a, &m, v->err))
		return;
	for (size_t i = 0; i < m.n; i++) {
		bool fresh;
		map_put(&once, m.v[i].caption, &fresh);
		if (fresh && m.v[i].caption.n)
			*PUSH(v->a, &s->captions) = m.v[i].caption;
		bool again = i && span_eq(m.v[i].address, m.v[i - 1].address);
		say(&s->years, m.v[i].year ? arena_printf(v->a, "%u", (unsigned)m.v[i].year) : (span){ 0 }, again);
		say(&s->courts, m.v[i].of_court, again);
	}
}

/* Also what is not there is remembered. */
static const struct seen *look_up(struct verifier *v, span address)
{
	bool fresh;
	struct located found;
	uint32_t *slot = map_put(&v->known, address_document(address), &fresh);
	if (!fresh)
		return &v->seen.v[*slot];
	*slot = (uint32_t)v->seen.n;
	struct seen *s = PUSH(v->a, &v->seen);
	*s = (struct seen){ 0 };
	s->here = citator_find(v->x, address, v->a, &found, v->err);
	s->at = found.at;
	if (s->here && index_record(v->x, found.entry, v->a, &s->text.record, v->err))
		s->text.words = verify_words(&s->text.record, v->a);
	else if (!v->err->code && span_starts(address, SPAN("/case/")))
		captions_of(v, address_document(address), s);
	return s;
}

/* 0 where there is none. */
static uint32_t first_number(span s)
{
	uint32_t n = 0;
	size_t i = 0;
	while (i < s.n && !is_digit(s.p[i]))
		i++;
	for (; i < s.n && is_digit(s.p[i]) && n < 10000000; i++)
		n = n * 10 + (uint32_t)(s.p[i] - '0');
	return n;
}

/* Its first page from its address, its last from the star pages of its text. */
static void pages_of(const struct record *r, struct finding *f)
{
	span rest = r->doc.address, part = { 0 };
	if (!span_starts(rest, SPAN("/case/")))
		return;
	while (span_cut(&rest, '/', &part))
		;
	f->first = first_number(part);
	for (size_t i = 0; i < r->outline.n; i++) {
		uint32_t page = r->outline.v[i].role == UNIT_PAGE ? first_number(r->outline.v[i].label) : 0;
		if (page >= f->first && page < f->first + CASE_PAGES && page > f->last)
			f->last = page;
	}
}

/* A subdivision that the section does not have; said only of one that has some. */
static bool no_such_unit(span address, const struct record *r)
{
	bool any = false;
	for (size_t i = 1; i < r->outline.n; i++) {
		const struct unit *u = &r->outline.v[i];
		if (u->role != UNIT_SUBDIVISION)
			continue;
		any = true;
		if (address_under(u->address, address))
			return false;
	}
	return any && address_under(address, r->doc.address) && address.n > r->doc.address.n;
}

/* Of a section its subdivision; of a case cited by a page inside it, that page; else the pin,
 * against the pages that are known. */
static void compare_page(const struct cite *c, const struct record *r, struct finding *f)
{
	uint32_t pin = c->pin.n && is_digit(c->pin.p[0]) ? first_number(c->pin) : 0;
	span own = address_document(c->address);
	pages_of(r, f);
	if (c->kind == CITE_STATUTE || c->kind == CITE_REGULATION)
		f->page = no_such_unit(c->address, r);
	if (!f->first || !span_starts(c->address, SPAN("/case/")))
		return;
	if (!span_eq(own, r->doc.address))
		f->page = c->kind == CITE_CASE && f->first < first_number(c->page) && span_eq(f->found, r->doc.address);
	else
		f->page = pin && (pin < f->first || (f->last && pin > f->last) || pin > f->first + CASE_PAGES);
}

/* Only what both sides have is compared: a brief that gives no year has none wrong. */
static void compare(const struct cite *c, const struct record *r, struct finding *f)
{
	bool named = c->plaintiff.n || c->defendant.n;
	if (named && (c->kind == CITE_CASE || c->kind == CITE_SHORT_CASE))
		f->name = !verify_names(c->plaintiff, c->defendant, f->title);
	if (c->kind == CITE_CASE) {
		f->year = c->year && f->date && f->date / 10000 != c->year;
		f->court_differs = c->court_text.n && !span_eq(c->court, c->court_text) && f->court.n && !span_eq(c->court, f->court);
	}
	compare_page(c, r, f);
}

/* An absent case whose number the documents at hand give to another name, year or court. */
static void compare_captions(const struct cite *c, const struct seen *s, struct finding *f, struct arena *a)
{
	bool any = false;
	for (size_t i = 0; i < f->captions.n; i++)
		any |= verify_names(c->plaintiff, c->defendant, f->captions.v[i]);
	f->name = c->kind == CITE_CASE && c->plaintiff.n && f->captions.n && !any;
	if (c->kind != CITE_CASE)
		return;
	f->said_year = outvoted(&s->years, c->year ? arena_printf(a, "%u", (unsigned)c->year) : (span){ 0 });
	f->said_court = outvoted(&s->courts, c->court_text.n && !span_eq(c->court, c->court_text) ? c->court : (span){ 0 });
	f->year = f->said_year.n;
	f->court_differs = f->said_court.n;
}

/* An absent case of a year that its volume cannot have. */
static bool out_of_time(const struct cite *c, struct finding *f)
{
	int cited = c->year, year = c->kind == CITE_CASE && cited ? volume_year(c->reporter, c->volume) : 0;
	if (year && (cited < year - VOLUME_YEARS || cited > year + VOLUME_YEARS))
		f->volume_year = (uint32_t)year;
	return f->volume_year;
}

/* Status first: what cannot be right, or may be several things, is not looked up. Then the
 * document, or what others say of it. */
static void judge(struct verifier *v, const struct cite *c, struct finding *f)
{
	f->verdict = VERDICT_UNRESOLVED;
	if (c->status != CITE_OK)
		f->verdict = c->status == CITE_IMPOSSIBLE ? VERDICT_IMPOSSIBLE : VERDICT_AMBIGUOUS;
	if (c->status != CITE_OK || !c->address.n)
		return;
	const struct seen *s = look_up(v, c->address);
	if (v->err->code)
		return;
	f->captions = s->captions;
	if (s->here) {
		const struct doc *d = &s->text.record.doc;
		f->found = d->address;
		f->title = d->meta.title;
		f->court = d->meta.court;
		f->date = d->date;
		compare(c, &s->text.record, f);
		verify_quotes(v->brief, c, &s->text, v->a, &f->quotes);
	} else {
		compare_captions(c, s, f, v->a);
	}
	/* An absent case of a year that its volume cannot have is told as impossible. */
	f->verdict = s->here ? VERDICT_FOUND : out_of_time(c, f) ? VERDICT_IMPOSSIBLE : VERDICT_ABSENT;
}

/* A quotation before a string of citations need stand in one of them only, and
 * when it stands in none that is said once. */
static void settle_quote(struct findings *all, size_t i, struct quoted *q, const struct brief *b)
{
	for (size_t k = i > STRING_MAX ? i - STRING_MAX : 0; k < all->n && k < i + STRING_MAX; k++)
		for (size_t n = 0; k != i && n < all->v[k].quotes.n; n++) {
			const struct quoted *o = &all->v[k].quotes.v[n];
			if (o->text.p != q->text.p)
				continue;
			if (o->there)
				q->other = span_range(b->text.clean, all->v[k].cite->at);
			q->repeat |= k < i;
		}
}

/* After all were looked up, since a quotation may stand in the next citation of its string. */
static void settle(struct findings *all, const struct brief *b)
{
	for (size_t i = 0; i < all->n; i++) {
		struct finding *f = &all->v[i];
		bool differs = f->name || f->year || f->court_differs || f->page;
		for (size_t n = 0; n < f->quotes.n; n++) {
			if (!f->quotes.v[n].there)
				settle_quote(all, i, &f->quotes.v[n], b);
			differs |= verify_quote_differs(&f->quotes.v[n]);
		}
		if (differs)
			f->verdict = VERDICT_DIFFERS;
	}
}

/* Law alone: kinds from journals on are none, nor is what leans on a paper of the record. */
static bool judged(const struct cites *all, const struct cite *c)
{
	bool leans = c->kind == CITE_ID || c->kind == CITE_SUPRA || c->kind == CITE_SHORT_CASE;
	if (leans && c->antecedent != CITE_NONE && all->v[c->antecedent].kind >= CITE_DOCKET)
		return false; /* "Id. at 4" of the record */
	return c->kind < CITE_JOURNAL;
}

bool verify_brief(struct index *x, const struct brief *b, struct arena *a, struct findings *out, struct err *err)
{
	struct verifier v = { .x = x, .brief = b, .a = a, .err = err, .known = { .a = a } };
	uint32_t line = 1, at = 0;
	for (size_t i = 0; i < b->cites.n && !err->code; i++) {
		const struct cite *c = &b->cites.v[i];
		struct range r = text_to_source(&b->text, c->at);
		/* Lines of the brief as it was sent, counted on from the citation before. */
		for (; at < r.beg; at++)
			line += b->text.src.p[at] == '\n';
		if (!judged(&b->cites, c))
			continue;
		out->partial = out->deadline && clock_ns() > out->deadline;
		if (out->partial)
			break;
		struct finding *f = PUSH(a, out);
		*f = (struct finding){ .cite = c, .at = r, .line = line };
		judge(&v, c, f);
	}
	settle(out, b);
	return !err->code;
}
