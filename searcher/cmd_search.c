#include <stdio.h>
#include <unistd.h>
#include "searcher/command.h"
#include "searcher/output.h"
#include "searcher/remote.h"
#include "searcher/render.h"

struct options {
	span index, server, by, sort, dialect, format, color, cursor;
	span court, jurisdiction, kind, code, year, after, before, cites, facets;
	uint64_t n, offset, timeout;
	bool explain, count, lexis_windows, null, any, no_pager;
};

/* Nearly all of these are text that search() itself checks, so that what is wrong is refused in the
 * same words here and by a server. */
#define TEXT(name, value, help) { #name, 0, OPT_TEXT, offsetof(struct options, name), value, help, NULL, 0, 0 }
static const struct opt opts[] = {
	OPT_INDEX(struct options),
	TEXT(server, "WHERE", "ask the server at unix:PATH or http://HOST:PORT instead"),
	{ "number", 'n', OPT_UINT, offsetof(struct options, n), "N", "hits a page", NULL, 0, SEARCH_LIMIT_MAX },
	{ "offset", 0, OPT_UINT, offsetof(struct options, offset), "N", "leave out the first N", NULL, 0, SEARCH_WINDOW_MAX },
	TEXT(cursor, "NEXT", "go on where a page ended (\"next\" of its JSON)"),
	{ "by", 0, OPT_TEXT, offsetof(struct options, by), "WHAT", "what a hit is", "document|passage", 0, 0 },
	{ "sort", 0, OPT_TEXT, offsetof(struct options, sort), "KEY", "order", "relevance|date|cited|court", 0, 0 },
	{ "dialect", 0, OPT_TEXT, offsetof(struct options, dialect), "NAME", "query language", "plain|westlaw|lexis", 0, 0 },
	TEXT(court, "ID,...", "only these courts and those below them"),
	TEXT(jurisdiction, "ID,...", "only us, us-mo ..."),
	TEXT(kind, "KIND,...", "only opinion, statute, bill ..."),
	TEXT(code, "ID,...", "only rsmo, usc ..."),
	TEXT(year, "YEAR,...", "only of these years"),
	TEXT(after, "DATE", "from this date on"),
	TEXT(before, "DATE", "earlier than this date"),
	TEXT(cites, "CITATION", "only what cites this or anything below it, or a document that is so: court:ca1"),
	TEXT(facets, "FIELD,...", "count court, jurisdiction, kind, code, year, quality, cites, citedby"),
	{ "explain", 0, OPT_FLAG, offsetof(struct options, explain), NULL, "show the parts of each score", NULL, 0, 0 },
	{ "count", 'c', OPT_FLAG, offsetof(struct options, count), NULL, "print the number of matches only", NULL, 0, 0 },
	{ "any", 0, OPT_FLAG, offsetof(struct options, any), NULL, "plain words: any of them, ranked", NULL, 0, 0 },
	{ "lexis-windows", 0, OPT_FLAG, offsetof(struct options, lexis_windows), NULL, "/s is 25 words and /p is 75", NULL, 0, 0 },
	{ "timeout", 0, OPT_UINT, offsetof(struct options, timeout), "MS", "answer within this time", NULL, 1, 60000 },
	{ "format", 0, OPT_TEXT, offsetof(struct options, format), "NAME", "output", "text|json|jsonl|tsv|vimgrep|md", 0, 0 },
	{ "null", '0', OPT_FLAG, offsetof(struct options, null), NULL, "tsv and vimgrep: end records with NUL", NULL, 0, 0 },
	{ "color", 0, OPT_TEXT, offsetof(struct options, color), "WHEN", "colour", "auto|always|never", 0, 0 },
	{ "no-pager", 0, OPT_FLAG, offsetof(struct options, no_pager), NULL, "never start a pager", NULL, 0, 0 },
};
const struct command search_command = {
	.name = "search", .operands = "QUERY...", .summary = "find documents and passages", .opts = opts,
	.nopts = sizeof opts / sizeof *opts,
	.details = "Connectors: AND OR NOT \"a phrase\" /n +n /s /p root! field(...) cites(42 U.S.C. 1983) atleast5(...).\n"
		   "Examples:\n  pincite search 'insurer /s report AND kind:statute'\n"
		   "  pincite search --cites='42 U.S.C. 1983' --sort=date qualified immunity\n"
		   "Exit status: 0 found, 1 nothing found, 2 trouble with the query.",
};

/* The place of value among names, the first where none was given: args_parse has refused all
 * others. Names are in the order of their enumeration, on which the casts below rely. */
static int choice(span value, const char *const *names, int n)
{
	for (int i = 0; i < n; i++)
		if (span_eq(value, span_of(names[i])))
			return i;
	return 0;
}

/* The same request goes to the index here and, with --server, to that of a server. */
static struct search_request request_of(const struct options *o, span text)
{
	static const char *const sorts[] = { "relevance", "date", "cited", "court" };
	static const char *const dialects[] = { "plain", "westlaw", "lexis" };
	static const char *const bys[] = { "document", "passage" };
	return (struct search_request){
		.text = text, .by = (enum search_by)choice(o->by, bys, 2), .sort = (enum search_sort)choice(o->sort, sorts, 4),
		.language = { .dialect = (enum dialect)choice(o->dialect, dialects, 3), .lexis_windows = o->lexis_windows },
		.limit = (uint32_t)o->n, .offset = (uint32_t)o->offset, .cursor = o->cursor, .timeout_ms = (uint32_t)o->timeout,
		.court = o->court, .jurisdiction = o->jurisdiction, .kind = o->kind, .code = o->code, .year = o->year,
		.after = o->after, .before = o->before, .cites = o->cites, .facets = o->facets,
		.explain = o->explain, .count_only = o->count, .any = o->any,
	};
}

/* What a reader should know before the hits goes to stderr, so that stdout
 * stays data; JSON has it inside. */
static void remarks(const struct options *o, const struct search_answer *a)
{
	if (!span_eq(o->format, SPAN("text")) || o->count)
		return;
	/* Always said: a search that reads otherwise than was meant finds the wrong things without
	 * a word. */
	fprintf(stderr, "query: %.*s\n", SPAN_ARG(a->parsed));
	if (a->note.n)
		fprintf(stderr, "note: %.*s\n", SPAN_ARG(a->note));
	if (a->suggestion.n)
		fprintf(stderr, "did you mean: %.*s\n", SPAN_ARG(a->suggestion));
	for (size_t i = 0; i < a->related.n; i++)
		fprintf(stderr, "in other words: %.*s (%s%llu)\n", SPAN_ARG(a->related.v[i].text), a->related.v[i].exact ? "" : "about ",
			(unsigned long long)a->related.v[i].total);
}

/* Escape codes only where somebody sees them; links to files only at a terminal, which is on this
 * machine. */
static int print(const struct options *o, const struct search_answer *a, struct arena *arena)
{
	struct buf out = { .a = arena };
	struct render_options r = { .colour = output_colour(o->color, STDOUT_FILENO), .null = o->null };
	r.links = r.colour && output_terminal(STDOUT_FILENO);
	/* Into a pipe nothing is wrapped: its lines are for whoever reads them. */
	r.width = output_terminal(STDOUT_FILENO) ? output_width() : 0;
	/* What a server sent is printed as it came: a later one may say more than this program knows. */
	if (a->sent.n && span_eq(o->format, SPAN("json")))
		buf_put(&out, a->sent);
	else
		render_answer(o->format, a, &r, &out);
	remarks(o, a);
	/* With --count there are no hits to look at, with a citation perhaps only the document it
	 * names. */
	int found = a->total || a->hits.n || a->answers.n ? 0 : 1;
	return output_page(buf_span(&out), span_eq(o->format, SPAN("text")) && !o->count && !o->no_pager, found);
}

/* No index is opened: it may not even be on this machine. */
static int ask(const struct options *o, span text, struct arena *a)
{
	struct err e = { 0 };
	struct search_answer answer;
	struct search_request r = request_of(o, text);
	return remote_search(o->server, &r, a, &answer, &e) ? print(o, &answer, a) : command_fail(&e);
}

/* Not by command_ask, since with --server there is no index to open. */
static int run(struct options *o, const struct spans *rest, struct arena *a)
{
	struct err e = { 0 };
	struct index x;
	span text;
	struct search_answer answer;
	if (!command_text(rest, a, &text, &e))
		return command_fail(&e);
	if (o->server.n)
		return ask(o, text, a);
	if (!index_open(&x, command_index_path(o->index, a), a, &e))
		return command_fail(&e);
	struct search_request r = request_of(o, text);
	int status = search(&x, &r, a, &answer, &e) ? print(o, &answer, a) : command_fail(&e);
	index_close(&x);
	return status;
}

int cmd_search(char **argv)
{
	struct arena a = { 0 };
	struct options o = { .n = 10, .format = SPAN("text") };
	struct spans rest = { 0 };
	int status;
	if (command_parse(&(struct arguments){ &search_command, &o, &rest, &a }, argv, &status))
		status = run(&o, &rest, &a);
	arena_release(&a);
	return status;
}
