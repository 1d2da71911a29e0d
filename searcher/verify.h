/* verify: the citations of a brief against the index, with the evidence.
 *
 * Facts only: what the brief says beside what the index has. A citation that
 * the index lacks is "not in the corpus", never "false". */
#ifndef SEARCHER_VERIFY_H
#define SEARCHER_VERIFY_H

#include "base/buf.h"
#include "searcher/index.h"

enum verdict { VERDICT_FOUND, VERDICT_ABSENT, VERDICT_AMBIGUOUS, VERDICT_IMPOSSIBLE, VERDICT_DIFFERS, VERDICT_UNRESOLVED, VERDICTS };
/* "found", "not in the corpus", ... as printed and in JSON. */
const char *verdict_name(enum verdict v);

/* One quotation that a citation supports. */
struct quoted {
	span text;   /* as the brief has it, without its marks */
	bool there;  /* its words stand in that order in the document cited */
	bool away;   /* there, but not in the subdivision or on the page that is cited */
	span place;  /* where it stands when away: the address of a unit, or "page 336" */
	span other;  /* not there, but in this other citation of the same string; empty: none */
	bool repeat; /* not there, and an earlier citation of the string already says so */
	span agrees; /* how far it agrees: the first words of the part that differs; empty: not at all */
	span has;    /* what the document has after them */
};
struct quoteds { struct quoted *v; size_t n, cap; };

/* What was found about one citation. Spans live in the arena. */
struct finding {
	const struct cite *cite;
	struct range at;      /* bytes of the brief */
	uint32_t line;        /* from 1 */
	enum verdict verdict;
	span found;           /* address of the document in the index */
	span title, court;    /* that document's */
	uint32_t date;        /* yyyymmdd */
	uint32_t first, last; /* its pages as far as known, 0: not known */
	uint32_t volume_year; /* an absent case: about when its volume was published, when that is not the year cited; else 0 */
	struct spans captions; /* an absent case: what other documents call it */
	span said_year, said_court; /* an absent case: what other documents agree on, when it is not the brief's */
	bool name, year, court_differs, page; /* which of these differ */
	struct quoteds quotes;
};
struct findings {
	struct finding *v;
	size_t n, cap;
	uint64_t deadline;    /* set by the caller: CLOCK_MONOTONIC nanoseconds, 0: none */
	bool partial;         /* it passed: the citations after the last finding were not judged */
};

/* A brief as it was read. */
struct brief {
	struct text text;   /* repaired */
	struct cites cites;
	struct outline outline;
};
/* Reads src as one text: repaired, its citations resolved. Linear in src.n. */
struct brief brief_read(span src, struct arena *a);
/* Every citation to law in the brief, in order. Dockets and record cites are
 * not judged. Stops at the deadline of *out. False with err filled on trouble with the index. */
bool verify_brief(struct index *x, const struct brief *b, struct arena *a, struct findings *out, struct err *err);

/* Whether the parties that a brief names agree with a caption: each party of up
 * to three words has all of them there, a longer one three in four; abbreviations
 * and initials agree with what they shorten. */
bool verify_names(span plaintiff, span defendant, span caption);
/* The words of a document as quotations are compared with: its letters and
 * digits in lower case, without page marks and note numbers. */
struct plain_words {
	struct buf letters;
	uint32_t *from; /* of each letter, in the clean text */
};
struct plain_words verify_words(const struct record *r, struct arena *a);
/* A document that citations are held against. */
struct authority_text {
	struct record record;
	struct plain_words words;
};
/* The part of the document that c points at: its subdivision, its pages as far
 * as they are marked; else all of it. Bytes of its clean text. */
struct range verify_pin(const struct cite *c, const struct record *r);
/* Where byte `at` of the document stands, for a reader: a unit's address, "page 336". */
span verify_place(const struct cite *c, const struct record *r, uint32_t at, struct arena *a);
/* Quotations right before c, or before the string of citations that it is one
 * of, and in its parenthetical, compared with the document: first at the
 * pin, then in the whole of it. */
void verify_quotes(const struct brief *b, const struct cite *c, const struct authority_text *of, struct arena *a,
		   struct quoteds *out);
/* Whether a quotation differs from what it cites. */
bool verify_quote_differs(const struct quoted *q);

#endif
