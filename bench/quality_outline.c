/* Outlines against the truth that a layout shows: sections whose indentation
 * gives their nesting away are read without it, and the addresses compared. */
#include "bench/bench.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/file.h"
#include "law/address.h"
#include "law/passage.h"
#include "law/repair.h"

struct outline_options {
	bool verbose, print, columns, meta;
	span jurisdiction, code, kind, number;
};

struct tally {
	size_t sections, labels, right, extra, perfect, bytes;
	double seconds;
	bool verbose;
};

/* A label of the truth: where it stands in the text without indentation, and its path. */
struct truth {
	uint32_t at;
	span path;
};
struct truths {
	struct truth *v;
	size_t n, cap;
};

struct open_level {
	unsigned indent;
	char form; /* of the label: 'a', 'A' or '1' */
	span path;
};

/* Bytes of "(a)" at the start of s; 0: none. Its core is what is between. */
static size_t printed_label(span s)
{
	size_t i = 1;
	while (i < s.n && i < 7 && (is_alnum(s.p[i]) || s.p[i] == '-' || s.p[i] == '.'))
		i++;
	bool label = s.n > 2 && s.p[0] == '(' && i > 1 && i < s.n && s.p[i] == ')' && !(i > 4 && is_digit(s.p[1]));
	bool free = label && (i + 1 == s.n || is_space(s.p[i + 1]) || s.p[i + 1] == '(');
	return free ? i + 1 : 0;
}

/* Adds the labels of one line, nested by its indentation. */
static void add_truth(struct truths *list, span line, uint32_t at, unsigned indent, struct open_level *open, size_t *depth,
		      struct arena *a)
{
	size_t i = 0;
	while (*depth && open[*depth - 1].indent >= indent)
		--*depth;
	for (size_t n; *depth < 16 && (n = printed_label(span_sub(line, i, line.n))) > 0;) {
		span core = span_sub(line, i + 1, i + n - 1), above = *depth ? open[*depth - 1].path : SPAN("");
		open[*depth].indent = indent;
		open[*depth].path = arena_printf(a, "%.*s/%.*s", SPAN_ARG(above), SPAN_ARG(core));
		*PUSH(a, list) = (struct truth){ at + (uint32_t)i, open[(*depth)++].path };
		for (i += n; i < line.n && is_space(line.p[i]);)
			i++;
	}
}

/* text without the indentation of its lines, and the labels that it showed. */
static span strip_indents(span text, struct truths *list, struct arena *a)
{
	struct buf out = { .a = a };
	struct open_level open[16];
	size_t depth = 0;
	span rest = text, line;
	while (span_cut(&rest, '\n', &line)) {
		unsigned indent = 0;
		while (indent < line.n && line.p[indent] == ' ')
			indent++;
		line = span_sub(line, indent, line.n);
		add_truth(list, line, (uint32_t)out.n, indent, open, &depth, a);
		buf_put(&out, line);
		buf_byte(&out, '\n');
	}
	return buf_span(&out);
}

static void compare(const struct doc *d, const struct outline *o, const struct truths *truth, struct tally *t)
{
	size_t k = 0, right = 0, extra = 0;
	for (size_t i = 0; i < o->n; i++) {
		const struct unit *u = &o->v[i];
		if (u->role != UNIT_SUBDIVISION)
			continue;
		uint32_t at = (uint32_t)(u->label.p - d->text.clean.p);
		while (k < truth->n && truth->v[k].at < at)
			k++;
		span path = span_sub(u->address, d->address.n, u->address.n);
		if (k >= truth->n || truth->v[k].at != at)
			extra++;
		else
			right += span_eq(path, truth->v[k].path);
		if (t->verbose && k < truth->n && truth->v[k].at == at && !span_eq(path, truth->v[k].path))
			printf("%.*s: %.*s, not %.*s\n", SPAN_ARG(d->meta.number), SPAN_ARG(truth->v[k].path), SPAN_ARG(path));
		else if (t->verbose && (k >= truth->n || truth->v[k].at != at))
			printf("%.*s: extra %.*s\n", SPAN_ARG(d->meta.number), SPAN_ARG(path));
	}
	t->sections++;
	t->labels += truth->n;
	t->right += right;
	t->extra += extra;
	t->perfect += right == truth->n && !extra;
}

static double now(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void one_record(json_t *record, const struct meta *base, struct tally *t)
{
	struct arena a = { 0 };
	struct meta given = *base;
	struct truths truth = { 0 };
	given.number = span_of(json_string_value(json_object_get(record, "number")));
	span text = strip_indents(span_of(json_string_value(json_object_get(record, "text"))), &truth, &a);
	double begun = now();
	struct text clean = text_plain(text, &a);
	struct docs docs = documents(&clean, &given, &a);
	struct outline o = outline_of(&docs.v[0], &a);
	struct passages p = passages_of(&docs.v[0], &o, &a);
	t->seconds += now() - begun + (double)p.n * 0;
	t->bytes += text.n;
	compare(&docs.v[0], &o, &truth, t);
	arena_release(&a);
}

static int lines_file(const char *path, const struct meta *base, bool verbose)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	struct tally t = { .verbose = verbose };
	span all, line;
	if (!file_read(path, FILE_MAX_BYTES, &a, &all, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		return (int)err.code;
	}
	while (span_cut(&all, '\n', &line)) {
		json_t *record = json_loadb(line.p, line.n, 0, NULL);
		if (record)
			one_record(record, base, &t);
		json_decref(record);
	}
	printf("%s: %zu sections, %zu labels, %.2f %% with the right address, %zu extra, %.1f %% of sections without fault, %.0f MB/s\n",
	       path, t.sections, t.labels, 100.0 * (double)t.right / (double)(t.labels ? t.labels : 1), t.extra,
	       100.0 * (double)t.perfect / (double)(t.sections ? t.sections : 1), (double)t.bytes / 1e6 / (t.seconds > 0 ? t.seconds : 1));
	arena_release(&a);
	return 0;
}

static size_t words(span s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += !is_space(s.p[i]) && (i == 0 || is_space(s.p[i - 1]));
	return n;
}

/* Columns before byte `at` when only white space stands before it in its line; else -1. */
static int column_of(span text, size_t at)
{
	size_t i = at;
	while (i && text.p[i - 1] == ' ')
		i--;
	return i == 0 || text.p[i - 1] == '\n' ? (int)(at - i) : -1;
}

static char form_of(span label)
{
	char c = label.n > 1 ? label.p[1] : 0;
	return is_digit(c) ? '1' : is_lower(c) ? 'a' : 'A';
}

/* The addresses of a section of the printing office's against its own columns. */
static void check_columns(const struct doc *d, struct tally *t)
{
	struct arena a = { 0 };
	struct outline o = outline_of(d, &a);
	struct open_level open[16];
	size_t depth = 0, right = 0, labels = 0;
	for (size_t i = 0; i < o.n; i++) {
		const struct unit *u = &o.v[i];
		if (u->role == UNIT_CONTINUATION || u->role == UNIT_PARAGRAPH) {
			size_t first = u->at.beg + strspn(d->text.clean.p + u->at.beg, "\n ");
			int column = column_of(d->text.clean, first);
			/* a sentence that goes on closes nothing: it stands left of the label it goes on from */
			while (depth && column >= 0 && !is_lower(d->text.clean.p[first]) && (int)open[depth - 1].indent > column)
				depth--;
		}
		if (u->role != UNIT_SUBDIVISION)
			continue;
		int column = column_of(d->text.clean, (size_t)(u->label.p - d->text.clean.p));
		while (column >= 0 && depth && (int)open[depth - 1].indent > column)
			depth--;
		char form = form_of(u->label);
		size_t same = depth; /* "(b)(1)" stands where (c) and (2) do: the form tells */
		while (column >= 0 && same && (int)open[same - 1].indent == column && open[same - 1].form != form)
			same--;
		if (same && column >= 0 && (int)open[same - 1].indent == column)
			depth = same - 1;
		else if (column >= 0)
			depth = same;
		if (depth == 16)
			break;
		span above = depth ? open[depth - 1].path : SPAN("");
		open[depth].indent = column >= 0 ? (unsigned)column : depth ? open[depth - 1].indent : 0;
		open[depth].form = form;
		open[depth].path = address_child(above, u->label, &a);
		span path = span_sub(u->address, d->address.n, u->address.n);
		labels++;
		right += span_eq(path, open[depth].path);
		if (t->verbose && !span_eq(path, open[depth].path))
			printf("%.*s: %.*s, not %.*s\n", SPAN_ARG(d->address), SPAN_ARG(open[depth].path), SPAN_ARG(path));
		depth++;
	}
	t->sections++;
	t->labels += labels;
	t->right += right;
	t->perfect += right == labels;
	arena_release(&a);
}

static void print_outline(const struct doc *d)
{
	struct arena a = { 0 };
	struct outline o = outline_of(d, &a);
	printf("== %s %.*s | %.*s | %.*s | court %.*s docket %.*s date %.*s judge %.*s\n", kind_name(d->kind), SPAN_ARG(d->address),
	       SPAN_ARG(d->display), SPAN_ARG(d->meta.title), SPAN_ARG(d->meta.court), SPAN_ARG(d->meta.docket), SPAN_ARG(d->meta.date),
	       SPAN_ARG(d->meta.judge));
	for (size_t i = 0; i < d->meta.breadcrumb.n; i++)
		printf("   > %.*s\n", SPAN_ARG(d->meta.breadcrumb.v[i]));
	for (size_t i = 1; i < o.n; i++) {
		const struct unit *u = &o.v[i];
		span text = span_trim(span_sub(d->text.clean, u->at.beg, u->at.end < u->at.beg + 90 ? u->at.end : u->at.beg + 90));
		text.n = span_find_byte(text, '\n', 0);
		printf("%*s%s %.*s [%.*s] %.*s\n", 2 * u->level, "", unit_role_name(u->role), SPAN_ARG(u->label),
		       SPAN_ARG(span_sub(u->address, d->address.n, u->address.n)), SPAN_ARG(text));
	}
	struct passages p = passages_of(d, &o, &a);
	for (size_t i = 0; i < p.n; i++)
		printf("   passage %.*s: %zu words\n", SPAN_ARG(p.v[i].address), words(span_range(d->text.clean, p.v[i].at)));
	arena_release(&a);
}

/* What was found of a document, one line, for reading many. */
static void print_meta(const char *path, const struct doc *d)
{
	printf("%s\t%s\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n", path, kind_name(d->kind), SPAN_ARG(d->address), SPAN_ARG(d->meta.court),
	       SPAN_ARG(d->meta.docket), SPAN_ARG(d->meta.date), SPAN_ARG(d->meta.judge), SPAN_ARG(d->meta.title));
}

/* Any text file: its documents with their outlines, to read by eye. */
static int print_file(const char *path, const struct meta *given, const struct outline_options *o)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	span all;
	if (!file_read(path, FILE_MAX_BYTES, &a, &all, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		return (int)err.code;
	}
	struct text t = text_plain(all, &a);
	if (!o->columns) /* repair takes no indentation away, but speed is not measured here either */
		t = repair(&t, &a);
	struct docs docs = documents(&t, given, &a);
	struct tally tally = { .verbose = o->verbose };
	for (size_t i = 0; i < docs.n; i++)
		if (o->meta)
			print_meta(path, &docs.v[i]);
		else if (!o->columns)
			print_outline(&docs.v[i]);
		else if (docs.v[i].kind == KIND_STATUTE)
			check_columns(&docs.v[i], &tally);
	if (o->columns)
		printf("%s: %zu sections, %zu labels, %.2f %% as its columns say\n", path, tally.sections, tally.labels,
		       100.0 * (double)tally.right / (double)(tally.labels ? tally.labels : 1));
	arena_release(&a);
	return 0;
}


int bench_outline(char **argv)
{
	static const struct opt opts[] = {
		{ "verbose", 'v', OPT_FLAG, offsetof(struct outline_options, verbose), NULL, "print each wrong address", NULL, 0, 0 },
		{ "print", 'p', OPT_FLAG, offsetof(struct outline_options, print), NULL, "print the outlines of text files", NULL, 0, 0 },
		{ "columns", 0, OPT_FLAG, offsetof(struct outline_options, columns), NULL, "check sections of text files against their own columns", NULL, 0, 0 },
		{ "meta", 0, OPT_FLAG, offsetof(struct outline_options, meta), NULL, "print what was found of each document", NULL, 0, 0 },
		{ "jurisdiction", 0, OPT_TEXT, offsetof(struct outline_options, jurisdiction), "NAME", "as in addresses", NULL, 0, 0 },
		{ "code", 0, OPT_TEXT, offsetof(struct outline_options, code), "NAME", "as in addresses", NULL, 0, 0 },
		{ "kind", 0, OPT_TEXT, offsetof(struct outline_options, kind), "KIND", "of the documents", NULL, 0, 0 },
		{ "number", 0, OPT_TEXT, offsetof(struct outline_options, number), "NUMBER", "of the section", NULL, 0, 0 },
	};
	static const struct command cmd = { "bench outline", "FILE...", "addresses of outlines, against those that indentation shows",
		"FILE is JSON Lines of {number, text} with indented subdivisions; with --columns, --meta or --print a text.", opts, 8 };
	struct arena a = { 0 };
	struct err err = { 0 };
	struct outline_options o = { 0 };
	struct spans files = { 0 };
	if (bench_help(&cmd, argv))
		return 0;
	if (!args_parse(&(struct arguments){ &cmd, &o, &files, &a }, argv, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		return (int)err.code;
	}
	struct meta given = { .jurisdiction = o.jurisdiction, .code = o.code, .kind = o.kind, .number = o.number };
	int status = 0;
	for (size_t i = 0; i < files.n && !status; i++) {
		const char *path = arena_cstr(&a, files.v[i]);
		status = o.print || o.columns || o.meta ? print_file(path, &given, &o) : lines_file(path, &given, o.verbose);
	}
	arena_release(&a);
	return status;
}
