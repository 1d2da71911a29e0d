#include <stdio.h>
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "store/generation_private.h"

/* The hash is over all bytes before it, so it must be the last member, and of a known length: MANIFEST_TAIL. */
void manifest_tail(span before, char out[MANIFEST_TAIL + 1])
{
	char hex[65];
	sha256_hex(before, hex);
	snprintf(out, MANIFEST_TAIL + 1, ",\"manifest_sha256\":\"%s\"}\n", hex);
}

/* Members and order are those of fetch_shards; a new one raises INDEX_FORMAT. */
static void put_shard(struct json *j, const struct shard_file *s)
{
	json_object(j);
	json_key_str(j, "name", s->name);
	json_key_uint(j, "bytes", s->bytes);
	json_key_str(j, "sha256", span_of(s->sha256));
	json_key_uint(j, "positions_bytes", s->positions_bytes);
	json_key_str(j, "positions_sha256", span_of(s->positions_sha256));
	json_key_uint(j, "entries", s->entries);
	json_key_str(j, "entries_xxh128", span_of(s->entries_xxh128));
	json_key_uint(j, "dead", s->dead);
	json_key_uint(j, "live_bytes", s->live_bytes);
	json_key_str(j, "live_sha256", span_of(s->live_sha256));
	json_end(j, '}');
}

/* The object stays open: manifest_tail closes it. It tells neither a time nor a place. */
static void put_manifest(struct json *j, const struct manifest *m)
{
	json_object(j);
	json_key_uint(j, "format", m->format);
	json_key_uint(j, "generation", m->generation);
	json_key_str(j, "pincite", m->pincite);
	json_key_str(j, "xapian", m->xapian);
	json_key(j, "options");
	/* A JSON object already; none is the empty one, which fetch_raw takes. */
	json_raw(j, m->options.n ? m->options : SPAN("{}"));
	json_key_uint(j, "documents", m->documents);
	json_key_uint(j, "passages", m->passages);
	json_key_bool(j, "positions", m->positions);
	json_key_uint(j, "sentinel_entry", m->sentinel_entry);
	json_key_str(j, "sentinel_data", span_of(m->sentinel_data));
	json_key_uint(j, "report_bytes", m->report_bytes);
	json_key_str(j, "report_sha256", span_of(m->report_sha256));
	json_key_uint(j, "input_bytes", m->input_bytes);
	json_key_str(j, "input_sha256", span_of(m->input_sha256));
	json_key(j, "shards");
	json_array(j);
	for (size_t i = 0; i < m->nshards; i++)
		put_shard(j, &m->shards[i]);
	json_end(j, ']');
}

/* The last file of a generation: with it on disk, all that it names is, too (generation_write.c). */
bool manifest_write(int dir, const struct manifest *m, struct err *err)
{
	struct arena a = { 0 };
	struct buf b = { .a = &a };
	struct json j = { .out = &b };
	char tail[MANIFEST_TAIL + 1];
	put_manifest(&j, m); /* the tail closes the object */
	manifest_tail(buf_span(&b), tail);
	buf_put(&b, span_of(tail));
	bool ok = file_replace(dir, "manifest.json", buf_span(&b), err);
	arena_release(&a);
	return ok;
}
