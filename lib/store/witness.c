#include "store/witness.h"

#include <fcntl.h>
#include <unistd.h>
#include "base/file.h"
#include "base/hash.h"
#include "store/poslist.h"
#include "store/xap.h"

/* One list of positions is enough: whole tables get lost, not single lists.
 * Term and first position are copied, since the entry is borrowed for the call. */
static void note_positions(struct witness *w, uint32_t number, const struct entry *e)
{
	for (size_t i = 0; i < e->npostings && !w->pos_entry; i++) {
		const struct posting *p = &e->postings[i];
		if (!p->npos)
			continue;
		w->pos_entry = number;
		memcpy(w->term, p->term.p, p->term.n);
		w->nterm = p->term.n;
		w->npos = p->npos;
		w->first_pos = p->pos[0];
	}
}

/* How many terms the database has of the entry. Where positions are
 * apart, a posting with positions and no weight is in their file alone. */
static size_t terms_of(const struct entry *e, bool apart)
{
	size_t n = 0;
	for (size_t i = 0; i < e->npostings; i++)
		n += !apart || e->postings[i].wdf || !e->postings[i].npos;
	return n;
}

/* So that a builder need not look at every entry: most indexes have all three in their first few. */
bool witness_full(const struct witness *w)
{
	return w->data_entry && w->pos_entry && w->value_entry;
}

/* The first of each kind is kept. The hashes stand for the
 * bytes, so the witness stays small however large a record is. */
void witness_note(struct witness *w, uint32_t number, const struct entry *e, bool apart)
{
	note_positions(w, number, e);
	if (!w->data_entry && e->data.n) {
		w->data_entry = number;
		w->data_hash = hash64(e->data);
	}
	if (!w->terms_entry && terms_of(e, apart)) {
		w->terms_entry = number;
		w->nterms = terms_of(e, apart);
	}
	for (size_t i = 0; i < e->nvalues && !w->value_entry; i++) {
		if (!e->values[i].bytes.n)
			continue; /* to Xapian that is none */
		w->value_entry = number;
		w->slot = e->values[i].slot;
		w->value_hash = hash64(e->values[i].bytes);
	}
}

static bool lost(const char *what, struct err *err)
{
	return err_set(err, ERR_DAMAGED, "the sealed database has lost %s", what);
}

/* Each table is asked by the public reader, as a search would be: an empty
 * table answers without an error, so the bytes themselves are compared. */
static bool verify(const struct witness *w, uint32_t entries, struct xap *x, struct arena *a, struct err *err)
{
	struct xap_stats s;
	struct xap_terms terms;
	span bytes;
	if (!xap_stats(x, &s, err))
		return false;
	if (s.entries != entries)
		return lost("entries", err);
	/* What no entry had cannot be missed. */
	if (w->data_entry && !xap_data(x, w->data_entry, a, &bytes, err))
		return false;
	if (w->data_entry && hash64(bytes) != w->data_hash)
		return lost("data", err);
	if (w->value_entry && !xap_value(x, (struct xap_place){ w->value_entry, w->slot }, a, &bytes, err))
		return false;
	if (w->value_entry && hash64(bytes) != w->value_hash)
		return lost("values", err);
	if (w->terms_entry && !xap_entry_terms(x, w->terms_entry, a, &terms, err))
		return false;
	if (w->terms_entry && terms.n != w->nterms)
		return lost("terms", err);
	return true;
}

/* Of a database that holds its positions itself (builder_options.positions is null). */
static bool verify_positions(const struct witness *w, struct xap *x, struct arena *a, struct err *err)
{
	struct u32s pos;
	if (!xap_positions(x, (struct xap_list){ w->pos_entry, { w->term, w->nterm } }, a, &pos, err))
		return false;
	return (pos.n == w->npos && pos.v[0] == w->first_pos) || lost("positions", err);
}

/* The same of a position file. It is opened even when nothing
 * has positions: its footer and its tables must be sound. */
static bool verify_apart(const struct witness *w, const char *path, struct arena *a, struct err *err)
{
	struct poslist_run run = { 0 };
	int fd = file_open(AT_FDCWD, path, err);
	struct poslists *p = fd < 0 ? NULL : poslists_open(&fd, 1, err);
	struct poslist *list = p && w->pos_entry ? poslist_find(p, (span){ w->term, w->nterm }, a, err) : NULL;
	bool ok = p && (!w->pos_entry || (list && poslist_at(list, w->pos_entry, &run, err)));
	if (ok && w->pos_entry && (run.n != w->npos || run.v[0] != w->first_pos))
		ok = lost("positions", err);
	poslists_close(p);
	return ok;
}

/* Opened anew by name, as readers will, and before the builder says that it has sealed anything. */
bool witness_verify(const struct witness *w, uint32_t entries, const struct witness_files *files, struct err *err)
{
	struct arena a = { 0 };
	int fd = file_open(AT_FDCWD, files->database, err);
	struct xap *x = fd < 0 ? NULL : xap_open(&fd, 1, err);
	bool ok = x && verify(w, entries, x, &a, err);
	if (ok && files->positions)
		ok = verify_apart(w, files->positions, &a, err);
	else if (ok && w->pos_entry)
		ok = verify_positions(w, x, &a, err);
	xap_close(x);
	arena_release(&a);
	return ok;
}
