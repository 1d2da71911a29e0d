/* What verify says, as text and as JSON. */
#include "law/address.h"
#include "law/date.h"
#include "searcher/citator.h"
#include "searcher/output.h"
#include "searcher/printed.h"
#include "searcher/toa.h"
#include "searcher/verify.h"

/* White space of any length as one blank. */
static void flat(struct buf *b, span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_space(s.p[i]))
			output_safe(b, span_sub(s, i, i + 1));
		else if (i == 0 || !is_space(s.p[i - 1]))
			buf_byte(b, ' ');
}

/* quotation not in the text cited: "...", and below it how far the text agrees and how it goes on,
 * parted by "|". */
static void quotes_text(const struct quoteds *q, struct buf *b)
{
	for (size_t i = 0; i < q->n; i++) {
		const struct quoted *v = &q->v[i];
		/* What agrees is not worth a line. */
		if (!verify_quote_differs(v))
			continue;
		buf_put(b, v->away ? SPAN("    quotation found at another place: \"") : SPAN("    quotation not in the text cited: \""));
		flat(b, v->text);
		buf_put(b, SPAN("\""));
		if (v->away) {
			buf_put(b, SPAN(" is at "));
			flat(b, v->place);
		}
		buf_byte(b, '\n');
		if (!v->agrees.n)
			continue;
		buf_put(b, SPAN("    the text has: \""));
		flat(b, v->agrees);
		buf_put(b, SPAN(" | "));
		flat(b, v->has);
		buf_put(b, SPAN("\"\n"));
	}
}

/* Both sides as they are printed: the reader sees whether it is a misprint. */
static void names_text(const struct finding *f, struct arena *a, struct buf *b)
{
	buf_put(b, SPAN("    name differs: the brief has "));
	output_safe(b, citator_caption(f->cite, a));
	buf_put(b, f->found.n ? SPAN(", the corpus ") : SPAN(", other documents "));
	flat(b, f->title);
	for (size_t i = 0; !f->found.n && i < f->captions.n; i++) {
		buf_put(b, i ? SPAN("; ") : SPAN(""));
		output_safe(b, f->captions.v[i]);
	}
	buf_byte(b, '\n');
}

/* A line for each thing that differs, four columns in; nothing where all agrees. */
static void differences_text(const struct finding *f, struct arena *a, struct buf *b)
{
	const struct cite *c = f->cite;
	if (f->name)
		names_text(f, a, b);
	/* Who says otherwise than the brief. */
	const char *whose = f->found.n ? "the corpus" : "other documents";
	if (f->year && f->found.n)
		buf_printf(b, "    year differs: the brief has %u, %s %u\n", (unsigned)c->year, whose, f->date / 10000);
	else if (f->year)
		buf_printf(b, "    year differs: the brief has %u, %s %.*s\n", (unsigned)c->year, whose, SPAN_ARG(f->said_year));
	if (f->court_differs)
		buf_printf(b, "    court differs: the brief has %.*s, %s %.*s\n", SPAN_ARG(c->court), whose, SPAN_ARG(f->found.n ? f->court : f->said_court));
	/* Three cases: a section without that subdivision, a pin outside of the case, a page that
	 * is not its first. */
	if (f->page && !f->first)
		buf_printf(b, "    page outside: the section has no %.*s", SPAN_ARG(address_display(c->address, a)));
	else if (f->page && c->pin.n && span_eq(address_document(c->address), f->found))
		buf_printf(b, "    page outside: the brief has %.*s, the case begins at %u", SPAN_ARG(c->pin), f->first);
	else if (f->page)
		buf_printf(b, "    page differs: the brief has %.*s, the case begins at %u", SPAN_ARG(c->page), f->first);
	if (f->page && f->last)
		buf_printf(b, " and its last page mark is %u", f->last);
	buf_put(b, f->page ? SPAN("\n") : SPAN(""));
	quotes_text(&f->quotes, b);
}

/* LINE: VERDICT: the citation as it stands  address and title of what was found */
static void finding_text(const struct finding *f, const struct brief *br, struct arena *a, struct buf *b)
{
	buf_printf(b, "%u: %s: ", f->line, verdict_name(f->verdict));
	flat(b, span_range(br->text.clean, f->cite->at));
	if (f->found.n) {
		buf_printf(b, "  %.*s  ", SPAN_ARG(f->found));
		flat(b, f->title);
	}
	/* Why it is thought impossible. */
	if (f->volume_year)
		buf_printf(b, "  volume %.*s is of about %u, not of %u", SPAN_ARG(f->cite->volume), f->volume_year, (unsigned)f->cite->year);
	else if (f->verdict == VERDICT_IMPOSSIBLE && f->cite->year)
		buf_printf(b, "  no volume of these reports is of %u", (unsigned)f->cite->year);
	buf_byte(b, '\n');
	differences_text(f, a, b);
	/* One of the names will do here; JSON has all. */
	if (!f->found.n && f->captions.n) {
		buf_put(b, SPAN("    other documents call it "));
		output_safe(b, f->captions.v[0]);
		buf_byte(b, '\n');
	}
}

/* 0 is "not known", which JSON says as null. */
static void key_number(struct json *j, const char *key, uint64_t v)
{
	json_key(j, key);
	if (v)
		json_uint(j, v);
	else
		json_null(j);
}

/* All quotations, those that agree, too: "found" tells. */
static void quotes_json(struct json *j, const struct quoteds *q)
{
	json_key(j, "quotations");
	json_array(j);
	for (size_t i = 0; i < q->n; i++) {
		json_object(j);
		json_key_str_or_null(j, "text", q->v[i].text);
		json_key_bool(j, "found", q->v[i].there);
		json_key_str_or_null(j, "agrees", q->v[i].agrees);
		json_key_str_or_null(j, "has", q->v[i].has);
		json_key_bool(j, "away", q->v[i].away);
		json_key_str_or_null(j, "place", q->v[i].place);
		json_key_str_or_null(j, "other", q->v[i].other);
		json_end(j, '}');
	}
	json_end(j, ']');
}

/* "differs":["year","quotation"]: names of the keys to look at. */
static void differs_json(struct json *j, const struct finding *f)
{
	bool quote = false;
	for (size_t i = 0; i < f->quotes.n; i++)
		quote |= verify_quote_differs(&f->quotes.v[i]);
	const struct { const char *what; bool is; } all[] = {
		{ "name", f->name }, { "year", f->year }, { "court", f->court_differs }, { "page", f->page }, { "quotation", quote },
	};
	json_key(j, "differs");
	json_array(j);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].is)
			json_str(j, span_of(all[i].what));
	json_end(j, ']');
}

/* What the index has, or null. */
static void document_json(struct json *j, const struct finding *f)
{
	char date[11];
	size_t n = date_format(f->date, date);
	json_key(j, "document");
	if (!f->found.n) {
		json_null(j);
		return;
	}
	json_object(j);
	json_key_str_or_null(j, "address", f->found);
	json_key_str_or_null(j, "title", f->title);
	json_key_str_or_null(j, "court", f->court);
	json_key_str_or_null(j, "date", (span){ date, n });
	key_number(j, "first_page", f->first);
	key_number(j, "last_page", f->last);
	key_number(j, "volume_year", f->volume_year);
	json_end(j, '}');
}

/* beg and end are bytes of the brief as it was sent; "name", "year" and "court" are the brief's,
 * those of "document" the index's. */
static void finding_json(struct json *j, const struct finding *f, const struct brief *br, struct arena *a)
{
	const struct cite *c = f->cite;
	json_object(j);
	json_key_str_or_null(j, "text", span_range(br->text.clean, c->at));
	json_key_uint(j, "beg", f->at.beg);
	json_key_uint(j, "end", f->at.end);
	json_key_uint(j, "line", f->line);
	json_key_str_or_null(j, "kind", span_of(cite_kind_name(c->kind)));
	json_key_str_or_null(j, "address", c->address);
	json_key_str_or_null(j, "verdict", span_of(verdict_name(f->verdict)));
	json_key_str_or_null(j, "name", citator_caption(c, a));
	key_number(j, "year", c->year);
	json_key_str_or_null(j, "court", c->court);
	json_key_str_or_null(j, "pin", c->pin);
	differs_json(j, f);
	document_json(j, f);
	/* What other documents call a case that the index lacks, and when and where they say it was
	 * decided. */
	json_key(j, "known_as");
	json_array(j);
	for (size_t i = 0; i < f->captions.n; i++)
		json_str(j, f->captions.v[i]);
	json_end(j, ']');
	json_key_str_or_null(j, "known_year", f->said_year);
	json_key_str_or_null(j, "known_court", f->said_court);
	quotes_json(j, &f->quotes);
	json_end(j, '}');
}

/* {"schema":1,"partial":false,"citations":[...],"table_of_authorities":{...}}, the last only where
 * it was asked for. */
static void print_json(const struct findings *all, const struct brief *br, const struct toa *t, struct buf *b)
{
	struct json j = { .out = b };
	json_object(&j);
	json_key_uint(&j, "schema", 1);
	json_key_bool(&j, "partial", all->partial);
	json_key(&j, "citations");
	json_array(&j);
	for (size_t i = 0; i < all->n; i++)
		finding_json(&j, &all->v[i], br, b->a);
	json_end(&j, ']');
	if (t) {
		json_key(&j, "table_of_authorities");
		toa_json(t, &j);
	}
	json_end(&j, '}');
	buf_byte(b, '\n');
}

/* The findings in order of the brief, a line that counts the verdicts, then the table of
 * authorities. */
static void print_text(const struct findings *all, const struct brief *br, const struct toa *t, struct buf *b)
{
	size_t count[VERDICTS] = { 0 };
	for (size_t i = 0; i < all->n; i++) {
		finding_text(&all->v[i], br, b->a, b);
		count[all->v[i].verdict]++;
	}
	buf_printf(b, "%zu citation%s", all->n, all->n == 1 ? "" : "s");
	for (size_t i = 0; i < VERDICTS; i++)
		if (count[i])
			buf_printf(b, ", %zu %s", count[i], verdict_name((enum verdict)i));
	buf_put(b, all->partial ? SPAN("; stopped at the time limit, the rest was not looked up\n") : SPAN("\n"));
	if (t && t->n) {
		buf_put(b, SPAN("\nTable of authorities\n\n"));
		toa_text(t, b);
	}
}

bool verify_print(struct index *x, const struct verify_request *r, struct buf *b, bool *well, struct err *err)
{
	struct arena *a = b->a;
	struct brief br = brief_read(r->src, a);
	struct findings all = { .deadline = r->deadline };
	struct toa t;
	if (!verify_brief(x, &br, a, &all, err))
		return false;
	*well = !all.partial;
	for (size_t i = 0; i < all.n; i++)
		/* Unresolved is no fault: an id. that leans on nothing known is not the brief's
		 * error. Partial is: it was not all looked at. */
		*well &= all.v[i].verdict == VERDICT_FOUND || all.v[i].verdict == VERDICT_UNRESOLVED;
	if (r->toa)
		t = toa_of(br.text.clean, &br.cites, (span){ 0 }, a);
	(r->json ? print_json : print_text)(&all, &br, r->toa ? &t : NULL, b);
	return true;
}
