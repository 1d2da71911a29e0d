/* Compiles the tables of facts: tables DIRECTORY OUTPUT.c. Runs at build time
 * only. Rows become arrays; all their names become one trie. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/args.h"
#include "base/buf.h"
#include "base/file.h"
#include "law/facts.h"

struct rows {
	struct spans *v;
	size_t n, cap;
};
struct node {
	uint32_t child, next; /* first child, next sibling; 0: none */
	uint32_t values;      /* first of a chain in `chain` */
	uint8_t byte;
};
struct link {
	uint32_t next;
	uint16_t entry;
};
struct build {
	struct arena *a;
	struct { struct node *v; size_t n, cap; } nodes;
	struct { struct link *v; size_t n, cap; } chain;
	struct rows states, courts;
};

static struct rows rows_read(const char *dir, const char *name, struct arena *a)
{
	struct rows rows = { 0 };
	struct err err = { 0 };
	span text, line;
	if (!file_read(arena_cstr(a, arena_printf(a, "%s/%s", dir, name)), FILE_MAX_BYTES, a, &text, &err)) {
		fprintf(stderr, "%s\n", err.msg);
		exit(1);
	}
	while (span_cut(&text, '\n', &line)) {
		span field;
		if (!line.n || line.p[0] == '#')
			continue;
		struct spans *row = PUSH(a, &rows);
		while (span_cut(&line, '\t', &field))
			*PUSH(a, row) = field;
	}
	return rows;
}

static span field(const struct rows *r, size_t row, size_t i)
{
	return i < r->v[row].n ? r->v[row].v[i] : (span){ 0 };
}

/* The node below `at` for one byte, made when absent. */
static uint32_t node_step(struct build *b, uint32_t at, uint8_t byte)
{
	for (uint32_t i = b->nodes.v[at].child; i; i = b->nodes.v[i].next)
		if (b->nodes.v[i].byte == byte)
			return i;
	uint32_t made = (uint32_t)b->nodes.n;
	struct node *n = PUSH(b->a, &b->nodes);
	n->byte = byte;
	n->next = b->nodes.v[at].child;
	b->nodes.v[at].child = made;
	return made;
}

static void node_add(struct build *b, uint32_t at, uint16_t entry)
{
	uint32_t *end = &b->nodes.v[at].values;
	for (uint32_t i = *end; i; i = b->chain.v[i].next) {
		if (b->chain.v[i].entry == entry)
			return;
		end = &b->chain.v[i].next;
	}
	*end = (uint32_t)b->chain.n;
	*PUSH(b->a, &b->chain) = (struct link){ 0, entry };
}

/* Puts one name in: letters lower case; spaces, periods, commas and
 * apostrophes dropped; {S} the edge for any state's name. */
static void name_put(struct build *b, uint32_t root, span s, uint16_t entry)
{
	uint32_t at = root;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (span_starts(span_sub(s, i, s.n), SPAN("{S}"))) {
			at = node_step(b, at, TRIE_STATE_BYTE);
			i += 2;
		} else if ((unsigned char)c < 0x80 && !strchr(" .,'", c)) {
			at = node_step(b, at, (uint8_t)to_lower(c));
		}
	}
	if (at != root)
		node_add(b, at, entry);
}

/* A name and its twin with "and" for "&". */
static void name_put_twins(struct build *b, uint32_t root, span s, uint16_t entry)
{
	struct buf twin = { .a = b->a };
	name_put(b, root, s, entry);
	/* "F.2nd" for "F.2d" */
	if (s.n > 2 && (span_ends(s, SPAN("2d")) || span_ends(s, SPAN("3d"))))
		name_put(b, root, arena_printf(b->a, "%.*s%s", (int)(s.n - 1), s.p, s.p[s.n - 2] == '2' ? "nd" : "rd"), entry);
	/* "F.2cl": a "d" as scanners misread it */
	if (s.n > 2 && (span_ends(s, SPAN("2d")) || span_ends(s, SPAN("3d"))))
		name_put(b, root, arena_printf(b->a, "%.*scl", (int)(s.n - 1), s.p), entry);
	/* Services are cited without their publisher too. */
	if (span_ends(s, SPAN(" (CCH)")) || span_ends(s, SPAN(" (RIA)")))
		name_put(b, root, span_sub(s, 0, s.n - 6), entry);
	if (span_find_byte(s, '&', 0) == s.n)
		return;
	for (size_t i = 0; i < s.n; i++)
		buf_put(&twin, s.p[i] == '&' ? SPAN("and") : span_sub(s, i, i + 1));
	name_put(b, root, buf_span(&twin), entry);
}

/* Every reading of a pattern: [a|b] one of these or nothing, <a|b> one of these. */
static void pattern_put(struct build *b, span s, uint16_t entry)
{
	size_t open = 0, close;
	while (open < s.n && s.p[open] != '[' && s.p[open] != '<')
		open++;
	if (open == s.n) {
		name_put_twins(b, TRIE_ROOT, s, entry);
		return;
	}
	char end = s.p[open] == '[' ? ']' : '>';
	close = span_find_byte(s, end, open);
	span choices = span_sub(s, open + 1, close), one;
	while (span_cut(&choices, '|', &one))
		pattern_put(b, arena_printf(b->a, "%.*s%.*s%.*s", (int)open, s.p, SPAN_ARG(one),
					    SPAN_ARG(span_sub(s, close + 1, s.n))), entry);
	if (end == ']')
		pattern_put(b, arena_printf(b->a, "%.*s%.*s", (int)open, s.p,
					    SPAN_ARG(span_sub(s, close + 1, s.n))), entry);
}

/* Patterns are separated by | outside brackets. */
static void patterns_put(struct build *b, span s, uint16_t entry)
{
	size_t beg = 0;
	int depth = 0;
	for (size_t i = 0; i <= s.n; i++) {
		char c = i < s.n ? s.p[i] : '|';
		depth += (c == '[' || c == '<') - (c == ']' || c == '>');
		if (c == '|' && depth == 0) {
			pattern_put(b, span_sub(s, beg, i), entry);
			beg = i + 1;
		}
	}
}

static uint16_t entry(int kind, size_t row)
{
	if (row > 0x1FFF)
		abort();
	return (uint16_t)(kind << 14 | (int)row);
}

/* "F. Supp. 2d" gives f-supp-2d. */
static span slug(span s, struct arena *a)
{
	struct buf b = { .a = a };
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (is_alnum(c))
			buf_byte(&b, to_lower(c));
		else if (c == '&')
			buf_put(&b, SPAN("and"));
		else if ((c == ' ' || c == '-') && b.n && b.p[b.n - 1] != '-')
			buf_byte(&b, '-');
	}
	return buf_span(&b);
}

static int choice(span s, const char *const *names, const char *what)
{
	for (int i = 0; names[i]; i++)
		if (span_eq(s, span_of(names[i])))
			return i;
	fprintf(stderr, "unknown %s \"%.*s\"\n", what, SPAN_ARG(s));
	exit(1);
}

static int state_index(const struct build *b, span s)
{
	if (span_eq(s, SPAN("*")))
		return STATE_ANY;
	if (span_eq(s, SPAN("us")))
		return 0;
	for (size_t i = 0; i < b->states.n; i++)
		if (span_eq(field(&b->states, i, 0), s))
			return (int)i + 1;
	return STATE_NONE;
}

static int court_index(const struct build *b, span id)
{
	for (size_t i = 0; id.n && i < b->courts.n; i++)
		if (span_eq(field(&b->courts, i, 0), id))
			return (int)i;
	return -1;
}

static void put_span(FILE *f, span s)
{
	fputs("{\"", f);
	for (size_t i = 0; i < s.n; i++)
		fprintf(f, s.p[i] == '"' || s.p[i] == '\\' ? "\\%c" : "%c", s.p[i]);
	fprintf(f, "\",%zu}", s.n);
}

static void states_write(struct build *b, FILE *f)
{
	fputs("const struct state_row state_rows[] = {\n{{\"us\",2},{\"United States\",13},{\"U.S.\",4}},\n", f);
	for (size_t i = 0; i < b->states.n; i++) {
		span names = field(&b->states, i, 2), abbr, one;
		fputc('{', f);
		put_span(f, field(&b->states, i, 0));
		fputc(',', f);
		put_span(f, field(&b->states, i, 1));
		fputc(',', f);
		abbr = names.n ? (span){ names.p, span_find_byte(names, '|', 0) } : field(&b->states, i, 1);
		put_span(f, abbr);
		fputs("},\n", f);
		name_put(b, TRIE_STATES, field(&b->states, i, 1), entry(ENTRY_STATE, i + 1));
		while (span_cut(&names, '|', &one))
			name_put(b, TRIE_STATES, one, entry(ENTRY_STATE, i + 1));
	}
	fputs("};\nconst size_t state_rows_n = sizeof state_rows / sizeof *state_rows;\n", f);
}

static void series_write(struct build *b, const struct rows *r, FILE *f)
{
	static const char *const kinds[] = { "state", "federal", "specialty", "vendor", "neutral", "scotus", 0 };
	static const char *const forms[] = { "vol", "year", "dash", "yearpage", "yearin", "nominative", "single",
					     "cch", "para", "volpara", "louisiana", 0 };
	fputs("const struct series series_rows[] = {\n", f);
	for (size_t i = 0; i < r->n; i++) {
		span names = field(r, i, 8), one;
		fputc('{', f);
		put_span(f, field(r, i, 0));
		fputc(',', f);
		put_span(f, slug(field(r, i, 0), b->a));
		fprintf(f, ",%d,%d,%d,%d,%d,%d},\n", atoi(arena_cstr(b->a, field(r, i, 4))),
			atoi(arena_cstr(b->a, field(r, i, 5))), court_index(b, field(r, i, 7)),
			choice(field(r, i, 2), kinds, "kind"), choice(field(r, i, 3), forms, "form"),
			state_index(b, field(r, i, 6)));
		name_put_twins(b, TRIE_ROOT, field(r, i, 0), entry(ENTRY_SERIES, i));
		while (span_cut(&names, '|', &one))
			name_put_twins(b, TRIE_ROOT, one, entry(ENTRY_SERIES, i));
	}
	fputs("};\nconst size_t series_rows_n = sizeof series_rows / sizeof *series_rows;\n", f);
}

static void codes_write(struct build *b, const struct rows *r, FILE *f)
{
	static const char *const kinds[] = { "statute", "regulation", "constitution", "rule", "session", "bill",
					     "journal", "reference", 0 };
	static const char *const forms[] = { "sec", "title", "chap", "ilcs", "art", "subj", "act", "page", "publ", "publ2",
					     "const", "rule", "restatement", "session", "bill", "statebill", "report", 0 };
	fputs("const struct code_row code_rows[] = {\n", f);
	for (size_t i = 0; i < r->n; i++) {
		fputc('{', f);
		put_span(f, field(r, i, 0));
		fputc(',', f);
		put_span(f, field(r, i, 5));
		fprintf(f, ",%d,%d,%d,%d},\n", choice(field(r, i, 2), kinds, "kind"), choice(field(r, i, 3), forms, "form"),
			state_index(b, field(r, i, 1)), span_eq(field(r, i, 4), SPAN("dot")));
		patterns_put(b, field(r, i, 6), entry(ENTRY_CODE, i));
	}
	fputs("};\nconst size_t code_rows_n = sizeof code_rows / sizeof *code_rows;\n", f);
}

static void journals_write(struct build *b, const struct rows *r, FILE *f)
{
	fputs("const struct journal_row journal_rows[] = {\n", f);
	for (size_t i = 0; i < r->n; i++) {
		span names = field(r, i, 2), one;
		fputc('{', f);
		put_span(f, field(r, i, 0));
		fputc(',', f);
		put_span(f, slug(field(r, i, 0), b->a));
		fputs("},\n", f);
		name_put_twins(b, TRIE_ROOT, field(r, i, 0), entry(ENTRY_JOURNAL, i));
		while (span_cut(&names, '|', &one))
			name_put_twins(b, TRIE_ROOT, one, entry(ENTRY_JOURNAL, i));
	}
	fputs("};\nconst size_t journal_rows_n = sizeof journal_rows / sizeof *journal_rows;\n", f);
}

struct key {
	span key;
	size_t court;
	int rank; /* courts-db's own string before a variant */
};

static int key_cmp(const void *x, const void *y)
{
	const struct key *a = x, *b = y;
	int d = span_cmp(a->key, b->key);
	d = d ? d : a->rank - b->rank;
	return d ? d : (a->court > b->court) - (a->court < b->court);
}

static span letters(span s, struct arena *a)
{
	struct buf b = { .a = a };
	for (size_t i = 0; i < s.n; i++)
		if (is_alnum(s.p[i]))
			buf_byte(&b, to_lower(s.p[i]));
	return buf_span(&b);
}

static void court_keys_write(struct build *b, FILE *f)
{
	struct { struct key *v; size_t n, cap; } keys = { 0 };
	for (size_t i = 0; i < b->courts.n; i++) {
		span names = field(&b->courts, i, 6), one;
		*PUSH(b->a, &keys) = (struct key){ letters(field(&b->courts, i, 2), b->a), i, 0 };
		while (span_cut(&names, '|', &one))
			*PUSH(b->a, &keys) = (struct key){ letters(one, b->a), i, 1 };
	}
	qsort(keys.v, keys.n, sizeof *keys.v, key_cmp);
	fputs("const struct court_key court_keys[] = {\n", f);
	span last = { 0 };
	for (size_t i = 0; i < keys.n; i++) {
		if (!keys.v[i].key.n || span_eq(keys.v[i].key, last))
			continue;
		fputc('{', f);
		put_span(f, last = keys.v[i].key);
		fprintf(f, ",%zu},\n", keys.v[i].court);
	}
	fputs("};\nconst size_t court_keys_n = sizeof court_keys / sizeof *court_keys;\n", f);
}

static void courts_write(struct build *b, FILE *f)
{
	fputs("const struct court courts[] = {\n", f);
	for (size_t i = 0; i < b->courts.n; i++) {
		fputc('{', f);
		for (size_t k = 0; k < 5; k++) {
			put_span(f, field(&b->courts, i, k));
			fputc(',', f);
		}
		fprintf(f, "%.*s},\n", SPAN_ARG(field(&b->courts, i, 5)));
	}
	fputs("};\nconst size_t courts_n = sizeof courts / sizeof *courts;\n", f);
	court_keys_write(b, f);
}

static int byte_cmp(const void *x, const void *y)
{
	return (int)((const uint32_t *)x)[1] - (int)((const uint32_t *)y)[1];
}

/* Breadth first, so that the children of a node are adjacent. */
static void trie_write(struct build *b, FILE *f)
{
	uint32_t *queue = NEWN(b->a, uint32_t, b->nodes.n);
	size_t tail = 2;
	uint32_t first[2][256] = { { 0 } };
	struct buf values = { .a = b->a }, ends = { .a = b->a };
	unsigned nvalues = 1;
	queue[1] = 1;
	fputs("const uint32_t trie[] = {\n", f);
	for (size_t head = 0; head < tail; head++) {
		const struct node *n = &b->nodes.v[queue[head]];
		uint32_t kids[256][2], nkids = 0;
		for (uint32_t i = n->child; i; i = b->nodes.v[i].next, nkids++) {
			kids[nkids][0] = i;
			kids[nkids][1] = b->nodes.v[i].byte;
		}
		qsort(kids, nkids, sizeof *kids, byte_cmp);
		if (tail >= 1u << 18 || nkids > 63)
			abort();
		fprintf(f, "%zu,", tail << 14 | nkids << 8 | n->byte);
		buf_printf(&ends, "%u,%s", n->values ? nvalues : 0, head % 16 == 15 ? "\n" : "");
		fputs(head % 8 == 7 ? "\n" : "", f);
		for (uint32_t i = 0; i < nkids; i++) {
			if (head < 2)
				first[head][kids[i][1]] = (uint32_t)tail;
			queue[tail++] = kids[i][0];
		}
		for (uint32_t i = n->values; i; i = b->chain.v[i].next, nvalues++)
			buf_printf(&values, "%d,%s", b->chain.v[i].entry | (b->chain.v[i].next ? 0 : 1 << 13),
				   nvalues % 16 ? "" : "\n");
	}
	fprintf(f, "};\nconst uint16_t trie_ends[] = {%.*s", (int)ends.n, ends.p);
	fprintf(f, "};\nconst uint16_t trie_values[] = {0,%.*s};\n", (int)values.n, values.p);
	if (nvalues > UINT16_MAX)
		abort();
	fputs("const uint32_t trie_first[2][256] = {", f);
	for (size_t i = 0; i < 512; i++)
		fprintf(f, "%s%u%s", i % 256 ? "," : "{", first[i / 256][i % 256], i % 256 == 255 ? "},\n" : "");
	fputs("};\n", f);
}

static bool small(uint8_t c)
{
	return c >= 'a' && c <= 'z';
}

/* Which letters may be the first three of a name, of those below `top`. */
static void thirds_mark(const struct build *b, uint32_t top, uint32_t *masks)
{
	for (uint32_t i = b->nodes.v[top].child; i; i = b->nodes.v[i].next) {
		if (!small(b->nodes.v[i].byte))
			continue;
		uint32_t *row = masks + 26 * (b->nodes.v[i].byte - 'a');
		for (uint32_t j = b->nodes.v[i].child; j; j = b->nodes.v[j].next) {
			if (!small(b->nodes.v[j].byte))
				continue;
			row[b->nodes.v[j].byte - 'a'] |= 1u << 31;
			for (uint32_t k = b->nodes.v[j].child; k; k = b->nodes.v[k].next)
				if (small(b->nodes.v[k].byte))
					row[b->nodes.v[j].byte - 'a'] |= 1u << (b->nodes.v[k].byte - 'a');
		}
	}
}

static void thirds_write(const struct build *b, FILE *f)
{
	uint32_t masks[26 * 26] = { 0 };
	thirds_mark(b, TRIE_ROOT, masks);
	thirds_mark(b, TRIE_STATES, masks);
	fputs("const uint32_t trie_thirds[] = {", f);
	for (size_t i = 0; i < 26 * 26; i++)
		fprintf(f, "%uu,%s", masks[i], i % 8 == 7 ? "\n" : "");
	fputs("};\n", f);
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct build b = { .a = &a };
	if (argc != 3)
		return 2;
	FILE *f = fopen(argv[2], "w");
	if (!f)
		return 1;
	PUSH(&a, &b.nodes); /* TRIE_ROOT */
	PUSH(&a, &b.nodes); /* TRIE_STATES */
	PUSH(&a, &b.chain); /* 0 is no link */
	fputs("/* Generated from the tables of lib/law. */\n#include \"law/facts.h\"\n#include \"law/court.h\"\n", f);
	b.states = rows_read(argv[1], "states.tsv", &a);
	b.courts = rows_read(argv[1], "courts.tsv", &a);
	struct rows series = rows_read(argv[1], "reporters.tsv", &a);
	struct rows codes = rows_read(argv[1], "codes.tsv", &a);
	struct rows journals = rows_read(argv[1], "journals.tsv", &a);
	states_write(&b, f);
	courts_write(&b, f);
	series_write(&b, &series, f);
	codes_write(&b, &codes, f);
	journals_write(&b, &journals, f);
	trie_write(&b, f);
	thirds_write(&b, f);
	arena_release(&a);
	return fclose(f) != 0;
}
