/* Reading manifest.json, with jansson; base/json writes it, in another file,
 * as the two have names in common. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <jansson.h>
#include <unistd.h>
#include "base/file.h"
#include "store/generation_private.h"

enum { MANIFEST_MAX_BYTES = 1 << 20 };

/* A fetch of what is absent or of another type sets bad. */
struct fetch {
	json_t *from;
	struct arena *a;
	bool bad, no_memory;
};

/* jansson's integers are signed and of 64 bits: what is above is no integer there and refused, too. */
static uint64_t fetch_uint(struct fetch *f, const char *key, uint64_t max)
{
	json_t *v = json_object_get(f->from, key);
	json_int_t n = json_integer_value(v);
	if (!json_is_integer(v) || n < 0 || (uint64_t)n > max) {
		f->bad = true;
		return 0;
	}
	return (uint64_t)n;
}

/* Copied: jansson's strings go with the tree. Bad ones are empty, so that nobody meets a null. */
static span fetch_str(struct fetch *f, const char *key)
{
	json_t *v = json_object_get(f->from, key);
	if (!json_is_string(v)) {
		f->bad = true;
		return SPAN("");
	}
	return arena_dup(f->a, (span){ json_string_value(v), json_string_length(v) });
}

/* Exactly `digits` of hexadecimal into out[digits + 1]. */
static void fetch_hex(struct fetch *f, const char *key, char *out, size_t digits)
{
	span s = fetch_str(f, key);
	bool good = s.n == digits;
	for (size_t i = 0; good && i < digits; i++)
		good = is_digit(s.p[i]) || (s.p[i] >= 'a' && s.p[i] <= 'f');
	if (good)
		memcpy(out, s.p, digits);
	out[good ? digits : 0] = 0;
	f->bad = f->bad || !good;
}

/* An object goes through unread: what shaped the index is its maker's business. */
static span fetch_raw(struct fetch *f, const char *key)
{
	json_t *v = json_object_get(f->from, key);
	char *text = json_is_object(v) ? json_dumps(v, JSON_COMPACT) : NULL;
	f->no_memory = f->no_memory || (json_is_object(v) && !text);
	f->bad = f->bad || !text;
	span s = arena_dup(f->a, span_of(text));
	free(text);
	return s;
}

/* A name is a file beside the manifest, never a path. */
static bool plain_name(span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_lower(s.p[i]) && !is_digit(s.p[i]) && s.p[i] != '-' && (s.p[i] != '.' || i == 0))
			return false;
	return s.n > 0 && s.n < 100;
}

/* A shard's dead are at most its entries: so the difference, its living ones, never wraps. */
static void fetch_shards(struct fetch *f, struct manifest *m)
{
	json_t *list = json_object_get(f->from, "shards");
	size_t n = json_array_size(list);
	if (n < 1 || n > SHARDS_MAX) {
		f->bad = true;
		return;
	}
	m->nshards = n;
	m->shards = NEWN(f->a, struct shard_file, n);
	for (size_t i = 0; i < n; i++) {
		struct fetch g = { .from = json_array_get(list, i), .a = f->a };
		struct shard_file *s = &m->shards[i];
		s->name = fetch_str(&g, "name");
		s->bytes = fetch_uint(&g, "bytes", INT64_MAX);
		s->entries = (uint32_t)fetch_uint(&g, "entries", UINT32_MAX);
		fetch_hex(&g, "sha256", s->sha256, 64);
		s->positions_bytes = fetch_uint(&g, "positions_bytes", INT64_MAX);
		fetch_hex(&g, "positions_sha256", s->positions_sha256, 64);
		fetch_hex(&g, "entries_xxh128", s->entries_xxh128, 32);
		s->dead = (uint32_t)fetch_uint(&g, "dead", s->entries);
		s->live_bytes = fetch_uint(&g, "live_bytes", INT64_MAX);
		fetch_hex(&g, "live_sha256", s->live_sha256, 64);
		f->bad = f->bad || g.bad || !plain_name(s->name);
	}
}

/* A sentinel of entry 0, and a list of no bytes, are none: their hashes have no digits. */
static void fetch_manifest(struct fetch *f, struct manifest *m)
{
	m->generation = (uint32_t)fetch_uint(f, "generation", UINT32_MAX);
	m->options = fetch_raw(f, "options");
	m->documents = (uint32_t)fetch_uint(f, "documents", UINT32_MAX);
	m->passages = (uint32_t)fetch_uint(f, "passages", UINT32_MAX);
	m->positions = json_is_true(json_object_get(f->from, "positions"));
	m->sentinel_entry = (uint32_t)fetch_uint(f, "sentinel_entry", UINT32_MAX);
	fetch_hex(f, "sentinel_data", m->sentinel_data, m->sentinel_entry ? 64 : 0);
	m->report_bytes = fetch_uint(f, "report_bytes", INT64_MAX);
	fetch_hex(f, "report_sha256", m->report_sha256, 64);
	m->input_bytes = fetch_uint(f, "input_bytes", INT64_MAX);
	fetch_hex(f, "input_sha256", m->input_sha256, m->input_bytes ? 64 : 0);
	fetch_shards(f, m);
}

/* The bytes before the tail are hashed again: so a flipped bit anywhere in the manifest shows, in a blank, too. */
static bool whole(span text)
{
	char tail[MANIFEST_TAIL + 1];
	if (text.n < MANIFEST_TAIL)
		return false;
	manifest_tail(span_sub(text, 0, text.n - MANIFEST_TAIL), tail);
	return span_ends(text, span_of(tail));
}

/* The format comes first, before the hash: an index of another version must
 * be told as that, not as damage, whatever its manifest looks like otherwise. */
static bool parse(span text, struct fetch *f, struct manifest *m, struct err *err)
{
	m->format = (uint32_t)fetch_uint(f, "format", UINT32_MAX);
	m->pincite = fetch_str(f, "pincite");
	m->xapian = fetch_str(f, "xapian");
	if (f->bad)
		return err_set(err, ERR_DAMAGED, "manifest.json: not a manifest");
	if (m->format != INDEX_FORMAT)
		return err_set(err, ERR_DAMAGED, "made by %s pincite (%.*s, index format %u; this is %s, format %d): index again",
			       m->format < INDEX_FORMAT ? "an older" : "a newer", SPAN_ARG(m->pincite), m->format,
			       PINCITE_VERSION, INDEX_FORMAT);
	if (!whole(text))
		return err_set(err, ERR_DAMAGED, "manifest.json: damaged, its SHA-256 is not the one it ends with");
	fetch_manifest(f, m);
	if (f->no_memory)
		return err_errno(err, ENOMEM, "manifest.json");
	return !f->bad || err_set(err, ERR_DAMAGED, "manifest.json: a field is missing or out of range");
}

/* It must bear the number of its directory, so that no directory can stand in for another. */
bool manifest_read(int dir, uint32_t number, struct arena *a, struct manifest *m, struct err *err)
{
	span text;
	int fd = file_open(dir, "manifest.json", err);
	if (fd < 0) {
		if (err->code == ERR_NOT_FOUND)
			err->code = ERR_DAMAGED; /* the index is there */
		return false;
	}
	bool ok = file_read_fd(fd, MANIFEST_MAX_BYTES, a, &text, err);
	close(fd);
	if (!ok)
		return err_context(err, "manifest.json");
	json_error_t e;
	/* A member given twice could be read as either one: refused. */
	json_t *root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &e);
	if (!json_is_object(root)) {
		bool memory = !root && whole(text); /* sound bytes are JSON */
		json_decref(root);
		return memory ? err_errno(err, ENOMEM, "manifest.json") :
				err_set(err, ERR_DAMAGED, "manifest.json: not JSON");
	}
	struct fetch f = { .from = root, .a = a };
	ok = parse(text, &f, m, err);
	json_decref(root);
	if (ok && m->generation != number)
		return err_set(err, ERR_DAMAGED, "manifest.json: of generation %u, found in %u", m->generation, number);
	return ok;
}
