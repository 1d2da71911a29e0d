/* pincite stats: what the index holds. */
#include <sys/stat.h>
#include "base/json.h"
#include "searcher/command.h"
#include "searcher/output.h"
#include "searcher/printed.h"

/* Of each field; what is beyond is left out. */
enum { VALUES_MAX = 1000 };

struct stats_options {
	span index, format;
};
static const struct opt opts[] = {
	OPT_INDEX(struct stats_options),
	{ "format", 0, OPT_TEXT, offsetof(struct stats_options, format), "NAME", "how to print", "text|json", 0, 0 },
};
const struct command stats_command = {
	.name = "stats",
	.operands = "",
	.summary = "tell what the index holds, by kind, court and jurisdiction",
	.opts = opts,
	.nopts = sizeof opts / sizeof opts[0],
};

/* The fields whose values are counted. */
static const struct { enum field f; const char *name; } counted[] = {
	{ F_KIND, "kinds" }, { F_JURISDICTION, "jurisdictions" }, { F_CODE, "codes" }, { F_COURT, "courts" },
};
enum { COUNTED = sizeof counted / sizeof counted[0] };

/* Bytes and files on disk, database and position file of each shard together. */
struct tally {
	struct xap_terms values[COUNTED];
	uint64_t bytes;
	size_t files;
};

/* No record is read: a value's count is the length of its term's list, and the rest stands in the
 * manifest. */
static bool count(struct index *x, struct arena *a, struct tally *t, struct err *err)
{
	for (size_t i = 0; i < COUNTED; i++) {
		struct xap_term_range r = { .prefix = span_of(fields[counted[i].f].prefix), .max = VALUES_MAX };
		if (!xap_terms(x->xap, &r, a, &t->values[i], err))
			return false;
	}
	for (size_t i = 0; i < x->manifest->nshards; i++) {
		const struct shard_file *s = &x->manifest->shards[i];
		t->bytes += s->bytes + s->positions_bytes;
		/* A shard without positions has one file. */
		t->files += s->positions_bytes ? 2 : 1;
	}
	return true;
}

/* The term without the prefix of its field. */
static span value_of(const struct xap_term *t, size_t i)
{
	return span_sub(t->term, strlen(fields[counted[i].f].prefix), t->term.n);
}

/* Two columns; the name of a field only at its first value. */
static void as_text(const struct index *x, const struct tally *t, struct buf *b)
{
	const struct manifest *m = x->manifest;
	buf_printf(b, "%-14s %u\n%-14s %u\n", "documents", m->documents, "passages", m->passages);
	buf_printf(b, "%-14s %.1f MB in %zu %s\n", "size", (double)t->bytes / 1e6, t->files, t->files == 1 ? "file" : "files");
	buf_printf(b, "%-14s %u\n%-14s %u\n", "generation", m->generation, "format", m->format);
	buf_printf(b, "%-14s pincite %.*s, Xapian %.*s\n", "written by", SPAN_ARG(m->pincite), SPAN_ARG(m->xapian));
	for (size_t i = 0; i < COUNTED; i++) {
		for (size_t k = 0; k < t->values[i].n; k++) {
			buf_printf(b, "%-14s ", k ? "" : counted[i].name);
			output_safe(b, value_of(&t->values[i].v[k], i));
			buf_printf(b, " %u\n", t->values[i].v[k].entries);
		}
	}
}

/* {"schema":1,"documents":...,"kinds":[{"value":"opinion","count":12}],...}. Bytes as they are, not
 * in MB. */
static void as_json(const struct index *x, const struct tally *t, struct buf *b)
{
	const struct manifest *m = x->manifest;
	struct json j = { .out = b };
	const struct { const char *key; uint64_t n; } rows[] = {
		{ "schema", 1 }, { "documents", m->documents }, { "passages", m->passages }, { "bytes", t->bytes },
		{ "shards", m->nshards }, { "generation", m->generation }, { "format", m->format },
	};
	json_object(&j);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		json_key(&j, rows[i].key);
		json_uint(&j, rows[i].n);
	}
	json_key_str(&j, "pincite", m->pincite);
	json_key_str(&j, "xapian", m->xapian);
	for (size_t i = 0; i < COUNTED; i++) {
		json_key(&j, counted[i].name);
		json_array(&j);
		for (size_t k = 0; k < t->values[i].n; k++) {
			json_object(&j);
			json_key_str(&j, "value", value_of(&t->values[i].v[k], i));
			json_key_uint(&j, "count", t->values[i].v[k].entries);
			json_end(&j, '}');
		}
		json_end(&j, ']');
	}
	json_end(&j, '}');
	buf_byte(b, '\n');
}

bool stats_print(struct index *x, bool json, struct buf *b, struct err *err)
{
	struct tally t = { 0 };
	if (!count(x, b->a, &t, err))
		return false;
	if (json)
		as_json(x, &t, b);
	else
		as_text(x, &t, b);
	return true;
}

/* An empty index has statistics, too: status 0. */
static bool answer(struct asking *q, const void *options, struct err *err)
{
	const struct stats_options *o = options;
	q->plain = q->any = true;
	return stats_print(q->index, span_eq(o->format, SPAN("json")), q->out, err);
}

int cmd_stats(char **argv)
{
	struct stats_options o = { 0 };
	return command_ask(argv, &(struct ask){ &stats_command, &o, NULL, answer });
}
