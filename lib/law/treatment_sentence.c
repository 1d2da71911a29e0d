/* The sentence about a treatment: its bounds, quotation marks, and whether what
 * it says is said outright. */
#include "law/treatment_private.h"

struct range sentence_around(const struct reading *d, size_t beg, size_t end)
{
	return record_sentence(d->r, (struct range){ (uint32_t)beg, (uint32_t)end });
}

/* Inside quotation marks that opened in the sentence and have not closed, or in a block quotation. Straight marks alternate; curly ones nest. */
bool quoted_at(const struct reading *d, struct range sentence, size_t i)
{
	span t = d->t;
	bool straight = false;
	int curly = 0;
	for (size_t k = sentence.beg; k < i; k++) {
		straight ^= t.p[k] == '"';
		if (t.p[k] != '\xE2')
			continue;
		curly += span_eq(span_sub(t, k, k + 3), SPAN("\xE2\x80\x9C"));
		curly -= curly && span_eq(span_sub(t, k, k + 3), SPAN("\xE2\x80\x9D"));
	}
	if (straight || curly)
		return true;
	for (size_t k = outline_at(&d->r->outline, (uint32_t)i); k && k < d->r->outline.n; k = d->r->outline.v[k].parent)
		if (d->r->outline.v[k].role == UNIT_QUOTATION)
			return true;
	return false;
}

/* After these in its clause a treatment is wished, argued or supposed; a star: any ending. */
static const char *const claims[] = { "argu*", "contend*", "contention*", "assert*", "claim*", "urg*", "maintain*", "suggest*", "insist*",
	"whether", "if", "unless", "until", "should", "could", "would", "might", "may", "ask*", "invit*", "seek", "seeks", "sought",
	"attempt*", "try", "tries", "trying", "tried", "posit*", "submit*", "believe*", "assum*", "suppos*", "allege*", "theor*",
	"purport*", "unlikely", "doubt*", "appellant", "appellants", "petitioner's", "appellant's", "defendant's", "plaintiff's",
	"government's", "appellee's", "effort*", "plea", "hope*", "request*", "argument*", 0 };
/* Right before it these deny it. */
static const char *const denials[] = { "not", "never", "cannot", "no", "nor", "neither", "without", "hardly", "fail*", "rather", "nothing",
	"none", "refus*", "declin*", 0 };
enum { DENIAL_BACK = 60 };

/* A word of the list begins at i, and ends where the entry has no star. */
static bool word_in(span t, size_t i, const char *const *list)
{
	for (; *list; list++) {
		size_t n = strlen(*list);
		bool stem = (*list)[n - 1] == '*';
		n -= stem;
		if (span_case_starts(span_sub(t, i, t.n), (span){ *list, n }) && (stem || i + n >= t.n || !is_alpha(t.p[i + n])))
			return true;
	}
	return false;
}

/* Looks left, within the clause, at most LOOK_BACK bytes: for words of claiming anywhere, for denials only near. Also a question, and a target
 * that itself begins with "if" or "unless". */
bool hedged(const struct reading *d, struct range sentence, size_t i)
{
	span t = d->t;
	size_t beg = i > LOOK_BACK && i - LOOK_BACK > sentence.beg ? i - LOOK_BACK : sentence.beg;
	/* Only the clause: what stands before a semicolon is another. */
	for (size_t k = beg; k < i; k++)
		if (t.p[k] == ';')
			beg = k + 1;
	for (size_t k = beg; k < i; k++) {
		if (!is_alpha(t.p[k]) || (k > beg && is_alnum(t.p[k - 1])))
			continue;
		if (word_in(t, k, claims) || (i - k < DENIAL_BACK && word_in(t, k, denials)))
			return true;
	}
	/* "Unless Smith v. Jones, ..." is read as a name. */
	static const char *const first[] = { "if", "unless", "until", "whether", 0 };
	if (i < t.n && word_in(t, i, first))
		return true;
	return sentence.end > sentence.beg && t.p[sentence.end - 1] == '?';
}
