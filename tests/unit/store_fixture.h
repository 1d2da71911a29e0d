/* A scratch directory, and entries that are the same every time: entry i (from
 * 1) holds "all", "mod<i % 10>", "only<i>", and the words "alpha beta" apart by
 * i % 3 positions; value 0 is a year, value 1 a group; data is long for each
 * hundredth. */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/zip.h"
#include "store/builder.h"
#include "store/tree.h"
#include "store/xap.h"

struct made {
	char terms[5][32], year[8], group[8], data[64];
	uint32_t pos[5][2];
	struct posting postings[5];
	struct value values[2];
	struct entry e;
};

static inline void made_posting(struct made *m, size_t at, uint32_t wdf, uint32_t pos)
{
	m->pos[at][0] = pos;
	m->postings[at] = (struct posting){ span_of(m->terms[at]), wdf, m->pos[at], pos ? 1 : 0, 0 };
}

static inline struct entry *make_entry(struct made *m, uint32_t i)
{
	snprintf(m->terms[0], 32, "all");
	snprintf(m->terms[1], 32, "alpha");
	snprintf(m->terms[2], 32, "beta");
	snprintf(m->terms[3], 32, "mod%u", i % 10);
	snprintf(m->terms[4], 32, "only%u", i);
	made_posting(m, 0, 1, 0);
	made_posting(m, 1, 1 + i % 2, 1);
	made_posting(m, 2, 1, 2 + i % 3);
	made_posting(m, 3, 1 + i % 7, 9);
	made_posting(m, 4, 1, 0);
	snprintf(m->year, 8, "%u", 1900 + i % 100);
	snprintf(m->group, 8, "g%u", i % 5);
	snprintf(m->data, 64, "data of %u", i);
	m->values[0] = (struct value){ 0, span_of(m->year) };
	m->values[1] = (struct value){ 1, span_of(m->group) };
	m->e = (struct entry){ m->postings, 5, m->values, 2, span_of(m->data) };
	return &m->e;
}

static inline char *scratch_make(void)
{
	char *dir = strdup("/tmp/pincite-test-XXXXXX");
	return mkdtemp(dir);
}

static inline void scratch_remove(char *dir)
{
	tree_remove(AT_FDCWD, dir, NULL);
	free(dir);
}

/* A sealed file dir/name with entries first, first + step, ... below end. */
static inline bool build_file(const char *dir, const char *name, const uint32_t range[3], struct err *err)
{
	char path[200];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	struct builder_options o = { .kind = BUILDER_API, .tmpdir = dir };
	struct builder *b = builder_open(path, &o, err);
	bool ok = b != NULL;
	for (uint32_t i = range[0]; ok && i < range[1]; i += range[2]) {
		struct made m;
		ok = builder_add(b, make_entry(&m, i), err);
	}
	ok = ok && builder_seal(b, err);
	builder_close(b);
	return ok;
}

static inline struct xap *open_file(const char *dir, const char *name, struct err *err)
{
	char path[200];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	return xap_open(&fd, 1, err);
}

#endif
