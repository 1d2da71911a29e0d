#include <stdio.h>
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "store/generation_private.h"

void manifest_tail(span before, char out[MANIFEST_TAIL + 1])
{
	char hex[65];
	sha256_hex(before, hex);
	snprintf(out, MANIFEST_TAIL + 1, ",\"manifest_sha256\":\"%s\"}\n", hex);
}

static void put_shard(struct json *j, const struct shard_file *s)
{
	json_object(j);
	json_key(j, "name");
	json_str(j, s->name);
	json_key(j, "bytes");
	json_uint(j, s->bytes);
	json_key(j, "sha256");
	json_str(j, span_of(s->sha256));
	json_key(j, "positions_bytes");
	json_uint(j, s->positions_bytes);
	json_key(j, "positions_sha256");
	json_str(j, span_of(s->positions_sha256));
	json_key(j, "entries");
	json_uint(j, s->entries);
	json_key(j, "entries_xxh128");
	json_str(j, span_of(s->entries_xxh128));
	json_end(j, '}');
}

static void put_uint(struct json *j, const char *key, uint64_t v)
{
	json_key(j, key);
	json_uint(j, v);
}

static void put_str(struct json *j, const char *key, span s)
{
	json_key(j, key);
	json_str(j, s);
}

static void put_manifest(struct json *j, const struct manifest *m)
{
	json_object(j);
	put_uint(j, "format", m->format);
	put_uint(j, "generation", m->generation);
	put_str(j, "pincite", m->pincite);
	put_str(j, "xapian", m->xapian);
	json_key(j, "options");
	json_raw(j, m->options.n ? m->options : SPAN("{}"));
	put_uint(j, "documents", m->documents);
	put_uint(j, "passages", m->passages);
	json_key(j, "positions");
	json_bool(j, m->positions);
	put_uint(j, "sentinel_entry", m->sentinel_entry);
	put_str(j, "sentinel_data", span_of(m->sentinel_data));
	put_uint(j, "report_bytes", m->report_bytes);
	put_str(j, "report_sha256", span_of(m->report_sha256));
	json_key(j, "shards");
	json_array(j);
	for (size_t i = 0; i < m->nshards; i++)
		put_shard(j, &m->shards[i]);
	json_end(j, ']');
}

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
