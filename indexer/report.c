#include "indexer/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include "base/json.h"

static double seconds_of(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Monotonic: a clock that is set must not make a negative time. */
double report_clock(void)
{
	return seconds_of(CLOCK_MONOTONIC);
}

/* Of all threads together. */
double report_cpu_clock(void)
{
	return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

/* Of the calling thread alone: others at work beside it do not count. */
static double own_clock(void)
{
	return seconds_of(CLOCK_THREAD_CPUTIME_ID);
}

void laps_begin(struct laps *l, bool on)
{
	*l = (struct laps){ .on = on, .at = on ? own_clock() : 0 };
}

/* Whatever passed since the last lap goes to one part: so the parts add up to all, and none is counted twice. */
void lap(struct laps *l, enum part t)
{
	if (!l || !l->on)
		return;
	double now = own_clock();
	l->cpu[t] += now - l->at;
	l->at = now;
}

/* By a give, which is serial: so threads count for themselves and are added up here. */
void report_laps(struct report *r, const struct laps *l)
{
	for (size_t i = 0; i < PARTS; i++)
		r->cpu[i] += l->cpu[i];
}

/* Names are bytes that anyone chose: control bytes must not reach a terminal. */
static void say(const char *kind, span path, span why)
{
	char line[2000];
	int n = snprintf(line, sizeof line, "pincite index: %s: %.*s: %.*s", kind, SPAN_ARG(path), SPAN_ARG(why));
	/* Cut short rather than left out. */
	if (n >= (int)sizeof line)
		n = (int)sizeof line - 1;
	for (int i = 0; i < n; i++)
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F)
			line[i] = '?';
	fprintf(stderr, "%s\n", line);
}

/* Beyond the bound a line is neither kept nor said: a corpus of
 * broken files must not fill memory and terminal. The counts go on. */
static void add(struct report *r, const char *kind, bool loud, struct report_line line)
{
	if (r->lines.n < REPORT_LINES_MAX) {
		line.kind = kind;
		line.path = arena_dup(&r->a, line.path);
		line.why = arena_dup(&r->a, line.why);
		*PUSH(&r->a, &r->lines) = line;
		if (loud && !r->quiet)
			say(kind, line.path, line.why);
	}
}

/* What the four below share: the message, cut at 1,200 bytes, is said and kept by kind. */
#define ADD(r, kind, loud, path, fmt) \
	do { \
		char why[1200]; \
		va_list ap; \
		va_start(ap, fmt); \
		vsnprintf(why, sizeof why, fmt, ap); \
		va_end(ap); \
		add(r, kind, loud, (struct report_line){ .path = path, .why = span_of(why) }); \
	} while (0)

void report_skip(struct report *r, span path, const char *fmt, ...)
{
	ADD(r, "skipped", true, path, fmt);
	r->skipped++;
}

void report_quarantine(struct report *r, span path, const char *fmt, ...)
{
	ADD(r, "quarantined", true, path, fmt);
	r->quarantined++;
}

void report_warn(struct report *r, span path, const char *fmt, ...)
{
	ADD(r, "warning", true, path, fmt);
	r->warnings++;
}

void report_duplicate(struct report *r, span path, const char *fmt, ...)
{
	ADD(r, "duplicate", false, path, fmt);
	r->duplicates++;
}

/* By name, in order of first sight: some dozen rules, and names are few and short. */
static void count_rule(struct report *r, const char *name, uint64_t n)
{
	for (size_t i = 0; i < r->nrules; i++)
		if (strcmp(r->rules[i].name, name) == 0) {
			r->rules[i].n += n;
			return;
		}
	if (r->nrules < REPORT_RULES_MAX)
		r->rules[r->nrules++] = (struct report_rule){ name, n };
}

void report_edits(struct report *r, const struct edits *e)
{
	/* Edits of one rule stand together: one look for each such run. */
	for (size_t i = 0, end; i < e->n; i = end) {
		for (end = i + 1; end < e->n && e->v[end].rule == e->v[i].rule; end++)
			;
		count_rule(r, e->v[i].rule, end - i);
	}
}

/* The counts stand side by side in the struct, from files to hidden, and are added as an array. */
void report_join(struct report *into, struct report *from)
{
	uint64_t *to = &into->files, *of = &from->files;
	for (size_t i = 0; i < (size_t)(&into->hidden - to) + 1; i++) {
		to[i] += of[i];
		of[i] = 0;
	}
	bool quiet = into->quiet;
	into->quiet |= !from->quiet; /* what was said once is not said again */
	for (size_t i = 0; i < from->lines.n; i++)
		add(into, from->lines.v[i].kind, strcmp(from->lines.v[i].kind, "duplicate") != 0, from->lines.v[i]);
	for (size_t i = 0; i < from->nrules; i++)
		count_rule(into, from->rules[i].name, from->rules[i].n);
	into->quiet = quiet;
	from->nrules = from->lines.n = 0;
}

/* The names are the report's interface: docs and scripts know them. */
static void json_counts(struct json *j, const struct report *r)
{
	const struct { const char *name; uint64_t n; } rows[] = {
		{ "files", r->files }, { "bytes", r->bytes }, { "documents", r->documents }, { "passages", r->passages }, { "record_bytes", r->stored },
		{ "kept_from_before", r->kept_before }, { "dropped", r->dropped }, { "duplicates", r->duplicates },
		{ "versions", r->versions }, { "skipped", r->skipped }, { "hidden", r->hidden },
		{ "quarantined", r->quarantined }, { "warnings", r->warnings },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		json_key(j, rows[i].name);
		json_uint(j, rows[i].n);
	}
}

/* A path that is not UTF-8 shows U+FFFD for the bytes that are none. */
static void json_line(struct json *j, const struct report_line *l)
{
	json_object(j);
	json_key_str(j, "kind", span_of(l->kind));
	json_key_str(j, "path", l->path);
	json_key_str(j, "why", l->why);
	json_end(j, '}');
}

/* Seconds by the wall clock; MB of what went through the stage. */
static void json_stages(struct json *j, const struct report *r)
{
	static const char *const names[STAGES] = { "read", "carry_over", "fold", "build", "seal" };
	json_key(j, "stages");
	json_object(j);
	for (size_t i = 0; i < STAGES; i++) {
		double s = r->seconds[i], mb = (double)r->stage_bytes[i] / 1e6;
		json_key(j, names[i]);
		json_object(j);
		json_key(j, "seconds");
		json_real(j, s, 3);
		json_key(j, "mb");
		json_real(j, mb, 3);
		json_key(j, "mb_per_s");
		json_real(j, s > 0 ? mb / s : 0, 1);
		json_end(j, '}');
	}
	json_end(j, '}');
}

/* In the order of the work, where it was measured. */
static void json_tasks(struct json *j, const struct report *r)
{
	static const char *const names[PARTS] = { "read", "repair", "outline", "cite", "sketch", "words", "record", "deflate", "terms", "invert", "write" };
	double all = 0;
	for (size_t i = 0; i < PARTS; i++)
		all += r->cpu[i];
	if (all <= 0)
		return;
	json_key(j, "cpu_seconds");
	json_object(j);
	for (size_t i = 0; i < PARTS; i++) {
		json_key(j, names[i]);
		json_real(j, r->cpu[i], 3);
	}
	json_end(j, '}');
}

/* report.json: one object and a newline. `schema` is its version. */
span report_json(const struct report *r, struct arena *a)
{
	struct buf b = { .a = a };
	struct json j = { .out = &b };
	json_object(&j);
	json_key_uint(&j, "schema", 1);
	json_counts(&j, r);
	json_key(&j, "repairs");
	json_object(&j);
	for (size_t i = 0; i < r->nrules; i++) {
		json_key(&j, r->rules[i].name);
		json_uint(&j, r->rules[i].n);
	}
	json_end(&j, '}');
	json_stages(&j, r);
	json_tasks(&j, r);
	json_key_str_or_null(&j, "builder", span_of(r->builder));
	json_key(&j, "lines");
	json_array(&j);
	for (size_t i = 0; i < r->lines.n; i++)
		json_line(&j, &r->lines.v[i]);
	json_end(&j, ']');
	json_end(&j, '}');
	buf_byte(&b, '\n');
	return buf_span(&b);
}

/* For people: of what is counted beside documents and passages, only what is not zero is named. */
span report_summary(const struct report *r, struct arena *a)
{
	struct buf b = { .a = a };
	double seconds = 0;
	for (size_t i = 0; i < STAGES; i++)
		seconds += r->seconds[i];
	buf_printf(&b, "%llu document%s, %llu passage%s", (unsigned long long)r->documents, r->documents == 1 ? "" : "s",
		   (unsigned long long)r->passages, r->passages == 1 ? "" : "s");
	buf_printf(&b, " (%llu file%s, %.1f MB read in %.1f s)", (unsigned long long)r->files, r->files == 1 ? "" : "s", (double)r->bytes / 1e6, seconds);
	const struct { uint64_t n; const char *what; } rows[] = {
		{ r->kept_before, "kept from before" }, { r->dropped, "replaced or gone" }, { r->duplicates, "folded as copies" },
		{ r->skipped, "skipped" }, { r->quarantined, "quarantined" }, { r->warnings, "warnings" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].n)
			buf_printf(&b, "; %llu %s", (unsigned long long)rows[i].n, rows[i].what);
	/* Said, so that nobody wonders at the time it took. */
	if (r->builder && strcmp(r->builder, "bulk") != 0)
		buf_put(&b, SPAN("; written through Xapian's API, which is slower"));
	buf_byte(&b, '\n');
	return buf_span(&b);
}
