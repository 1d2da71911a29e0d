#include "store/entry.h"

/* A zero byte takes two in glass's keys: with no byte below 0x20, a term is as long
 * there as it is. Eight bytes at a time, since each term of each entry is asked. */
static bool has_control(span s)
{
	uint64_t w;
	for (; s.n >= 8; s = span_sub(s, 8, s.n)) {
		memcpy(&w, s.p, 8);
		if ((w - 0x2020202020202020u) & ~w & 0x8080808080808080u) /* some byte is below 0x20: the classic test */
			return true;
	}
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20)
			return true;
	return false;
}

/* Asked by the lexicon, too, so that a term which no entry can hold gets no number (store/lexicon). */
const char *term_refuse(span term)
{
	if (!term.n)
		return "an empty term";
	if (term.n > TERM_MAX_BYTES)
		return "a term of more than 200 bytes";
	return has_control(term) ? "a control byte in a term" : NULL;
}

/* The order is what the builders rely on: positions are stored as gaps
 * less one, which an equal or smaller one would make wrap around. */
static const char *refuse_posting(const struct posting *p, const struct posting *before)
{
	const char *why = term_refuse(p->term);
	if (why)
		return why;
	if (before && span_cmp(before->term, p->term) >= 0)
		return "terms out of order";
	if (p->npos && p->pos[0] == 0)
		return "position 0";
	for (uint32_t i = 1; i < p->npos; i++)
		if (p->pos[i] <= p->pos[i - 1])
			return "positions out of order";
	return NULL;
}

/* Before anything of the entry is stored, so that one which is refused leaves the builder as it was. */
const char *entry_refuse(const struct entry *e)
{
	uint64_t length = 0;
	for (size_t i = 0; i < e->npostings; i++) {
		const char *why = refuse_posting(&e->postings[i], i ? &e->postings[i - 1] : NULL);
		if (why)
			return why;
		length += e->postings[i].wdf;
	}
	/* Xapian's lengths have 32 bits and would wrap without a word. */
	if (length > UINT32_MAX)
		return "a length of 2^32 or more";
	for (size_t i = 0; i < e->nvalues; i++) {
		if (e->values[i].bytes.n > VALUE_MAX_BYTES)
			return "a value of more than 64 KiB";
		if (i && e->values[i].slot <= e->values[i - 1].slot)
			return "value slots out of order";
	}
	return e->data.n > DATA_MAX_BYTES ? "more than 16 MiB of data" : NULL;
}
