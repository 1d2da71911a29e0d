#include "base/hash.h"

#include <errno.h>
#include <unistd.h>
#include <nettle/sha2.h>
#include <xxhash.h>
#include "base/arena.h"

/* XXH3 is not meant to withstand an enemy; where one chooses the keys, equality is
 * checked too. The library wants a pointer even for no bytes. */
uint64_t hash64(span s)
{
	return XXH3_64bits(s.p ? s.p : "", s.n);
}

uint64_t hash64_seed(span s, uint64_t seed)
{
	return XXH3_64bits_withSeed(s.p ? s.p : "", s.n, seed);
}

/* Lower case, as sha256sum(1) prints it. */
static void finish_hex(struct sha256_ctx *c, char out[65])
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	sha256_digest(c, sizeof digest, digest);
	for (size_t i = 0; i < sizeof digest; i++) {
		out[2 * i] = "0123456789abcdef"[digest[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
	}
	out[64] = 0;
}

void sha256_hex(span s, char out[65])
{
	struct sha256_ctx c;
	sha256_init(&c);
	sha256_update(&c, s.n, (const uint8_t *)s.p);
	finish_hex(&c, out);
}

bool sha256_file(int fd, char out[65], uint64_t *bytes, struct err *err)
{
	/* pread leaves the offset of the descriptor alone: readers share it. */
	enum { CHUNK = 64 << 10 };
	uint8_t chunk[CHUNK];
	struct sha256_ctx c;
	off_t at = 0;
	sha256_init(&c);
	for (;;) {
		ssize_t got = pread(fd, chunk, CHUNK, at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_errno(err, errno, "pread");
		if (got == 0)
			break;
		sha256_update(&c, (size_t)got, chunk);
		at += got;
	}
	*bytes = (uint64_t)at;
	finish_hex(&c, out);
	return true;
}

/* Open addressing with linear probing: the slots lie side by side, and the full
 * hash in each spares most comparisons of keys. */
struct map_slot {
	span key;
	uint64_t hash;
	uint32_t value;
	bool taken;
};

/* The slot of a key, or the free one where it would go. */
static struct map_slot *find(const struct map *m, span key, uint64_t hash)
{
	/* Ends, because at least a quarter of the slots is free. */
	for (size_t i = hash & (m->cap - 1);; i = (i + 1) & (m->cap - 1)) {
		struct map_slot *s = &m->v[i];
		if (!s->taken || (s->hash == hash && span_eq(s->key, key)))
			return s;
	}
}

static void grow(struct map *m)
{
	struct map old = *m;
	m->cap = old.cap ? old.cap * 2 : 16;
	m->v = NEWN(m->a, struct map_slot, m->cap);
	for (size_t i = 0; i < old.cap; i++)
		if (old.v[i].taken)
			*find(m, old.v[i].key, old.v[i].hash) = old.v[i];
	if (old.cap * sizeof *old.v >= ARENA_BIG)
		arena_forget(m->a, old.v);
}

uint32_t *map_put(struct map *m, span key, bool *fresh)
{
	/* Before the search, so that the slot found stays valid. */
	if (m->n * 4 >= m->cap * 3)
		grow(m);
	uint64_t hash = hash64(key);
	struct map_slot *s = find(m, key, hash);
	if (fresh)
		*fresh = !s->taken;
	if (!s->taken) {
		*s = (struct map_slot){ key, hash, 0, true };
		m->n++;
	}
	return &s->value;
}

uint32_t *map_get(const struct map *m, span key)
{
	if (!m->n)
		return NULL;
	struct map_slot *s = find(m, key, hash64(key));
	return s->taken ? &s->value : NULL;
}
