#include "searcher/search_private.h"

#include <stdio.h>
#include "base/hash.h"
#include "base/json.h"

static const char *const dialect_names[] = { "plain", "westlaw", "lexis" };

/* A cursor names the generation, the place, and the request it belongs to. */
static unsigned request_mark(const struct searching *s)
{
	const struct search_request *r = s->r;
	/* What decides which hits there are and in which order; not limit and facets, which may
	 * change from page to page. */
	const span parts[] = { r->text, r->court, r->jurisdiction, r->kind, r->code, r->year, r->after, r->before, r->cites };
	uint64_t h = (uint64_t)r->by << 8 | (uint64_t)r->sort << 4 | (uint64_t)r->language.dialect;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		h = hash64_seed(parts[i], h + i);
	return (unsigned)h;
}

/* "GENERATION-OFFSET-MARK" in hexadecimal. Of another generation it is refused: hits would be
 * skipped or shown twice. */
static bool read_cursor(struct searching *s)
{
	unsigned generation, offset, mark;
	char text[64] = "";
	s->offset = s->r->offset;
	if (!s->r->cursor.n)
		return true;
	if (s->r->cursor.n < sizeof text)
		memcpy(text, s->r->cursor.p, s->r->cursor.n);
	if (sscanf(text, "%x-%x-%x", &generation, &offset, &mark) != 3 || mark != request_mark(s))
		return err_set(s->err, ERR_REQUEST, "the cursor belongs to another search");
	if (generation != s->out->generation)
		return err_set(s->err, ERR_REQUEST, "the index has changed since; search again from the first page");
	s->offset = offset;
	return true;
}

/* Going deep by offset costs all that is skipped; a cursor is how one goes on, and it may. */
static bool read_limits(struct searching *s)
{
	s->limit = s->r->count_only ? 0 : s->r->limit;
	if (!read_cursor(s))
		return false;
	if (s->limit > SEARCH_LIMIT_MAX)
		return err_set(s->err, ERR_REQUEST, "at most %d hits a page; go on with --cursor", SEARCH_LIMIT_MAX);
	if ((uint64_t)s->offset + s->limit > SEARCH_WINDOW_MAX && !s->r->cursor.n)
		return err_set(s->err, ERR_REQUEST, "hits beyond %d: go on with --cursor, or use export", SEARCH_WINDOW_MAX);
	return true;
}

/* --any: plain words as an OR, however few they are. */
static bool read_query(struct searching *s)
{
	s->query = query_parse(s->r->text, &s->language, s->a);
	if (s->query.bad)
		return err_set(s->err, ERR_REQUEST, "%.*s", SPAN_ARG(query_complain(&s->query, s->a)));
	if (s->r->any && s->query.words_only)
		s->query.root = query_any(&s->query, s->a);
	return true;
}

/* Filters first: plan_make puts them around what matches. */
static bool make_plan(struct searching *s)
{
	if (!search_filter(s, &s->plan.filter))
		return false;
	s->plan.weights = s->r->weights;
	s->plan.deadline = s->deadline;
	s->out->parsed = query_print(s->query.root, s->a);
	return plan_make(&s->plan, s->x, &s->query, s->a, s->err);
}

/* Only here are records read, one a hit. */
static bool fill_page(struct searching *s, const struct xap_hits *page)
{
	for (size_t i = 0; i < page->n; i++) {
		struct hit *h = PUSH(s->a, &s->out->hits);
		h->entry = page->v[i].entry;
		h->score = page->v[i].weight;
		h->rank = s->offset + (uint32_t)i + 1;
		if (!s->r->bare && !(hit_fill(s, h, (span){ 0 }) && versions_fill(s, h)))
			return false;
	}
	return true;
}

/* Plain words that no document has all of: any of them, and the answer says so. */
static bool relax(struct searching *s, struct xap_hits *page)
{
	struct node *any = s->query.words_only && s->query.root->kind == NODE_AND ? query_any(&s->query, s->a) : NULL;
	if (page->n || s->out->total || !any || any->kids.n < 2 || s->out->partial || s->out->answers.n)
		return true;
	s->query.root = any;
	s->listed = false;
	s->folded.n = 0;
	if (!make_plan(s) || !search_run(s, page))
		return false;
	if (page->n)
		s->out->note = SPAN("no document has all of these words; shown are documents with some of them");
	return true;
}

/* Run, perhaps once more with fewer demands, then shown. */
static bool documents_page(struct searching *s)
{
	struct xap_hits page;
	return search_run(s, &page) && relax(s, &page) && fill_page(s, &page);
}

/* The cursor of the page after this one, when there may be one. */
static void next_page(struct searching *s)
{
	uint64_t after = (uint64_t)s->offset + s->out->hits.n;
	if (s->out->hits.n && s->out->hits.n == s->limit && (after < s->out->total || !s->out->exact))
		s->out->next = arena_printf(s->a, "%x-%llx-%x", s->out->generation, (unsigned long long)after, request_mark(s));
}

/* The deadline counts from here, and the codes of the index tell whose section a bare number is. */
static struct searching *begin(struct index *x, const struct search_request *r, struct arena *a, struct search_answer *out,
			       struct err *err)
{
	struct searching *s = NEW(a, struct searching);
	*out = (struct search_answer){ .text = r->text, .dialect = span_of(dialect_names[r->language.dialect]),
				       .generation = x->manifest->generation, .counted = r->count_only, .explained = r->explain };
	*s = (struct searching){ .x = x, .r = r, .a = a, .out = out, .err = err };
	s->language = r->language;
	s->language.codes = x->codes;
	s->language.ncodes = x->ncodes;
	s->deadline = search_clock() + (r->timeout_ms ? r->timeout_ms : SEARCH_TIMEOUT_MS) * 1000000ull;
	return s;
}

/* Each step ends the chain with err filled. What is found so far is then no answer: a page is whole
 * or an error, but for time, which makes it `partial`. */
bool search(struct index *x, const struct search_request *r, struct arena *a, struct search_answer *out, struct err *err)
{
	uint64_t began = search_clock();
	struct searching *s = begin(x, r, a, out, err);
	bool ok = read_limits(s) && read_query(s) && search_direct(s) && make_plan(s) &&
		  (r->by == BY_PASSAGE ? search_passages(s) : documents_page(s)) && search_facets(s) && search_suggest(s) &&
		  search_related(s);
	if (ok)
		next_page(s);
	out->took_ms = (double)(search_clock() - began) / 1e6;
	return ok;
}

/* Without what the query names (search_direct) and without pages: the set alone. */
bool search_entries(struct index *x, const struct search_request *r, struct arena *a, struct u32s *out, struct err *err)
{
	struct search_answer *answer = NEW(a, struct search_answer);
	struct searching *s = begin(x, r, a, answer, err);
	answer->exact = true;
	if (!read_query(s) || !make_plan(s) || !search_all(s))
		return false;
	*out = s->all;
	return (answer->exact && !answer->partial) ||
	       err_set(err, ERR_TRY_AGAIN, "the search was not finished in time; narrow it, or give it more with --timeout");
}
