/* Later history as citations print it:
 *
 *   history   = case [","] phrase { ("," | "and") phrase } [ case ]
 *   phrase    = { "later" } verb { qualifier }
 *   qualifier = "in part" | "on other grounds" | "per curiam" | "sub nom." ... | "by"
 */
#include "law/treatment_private.h"

struct phrase {
	const char *text;
	enum treatment_kind kind;
	bool alone; /* it is history even where no citation follows */
};
static const struct phrase phrases[] = {
	{ "aff'd", TREAT_AFFIRMED, true }, { "affd", TREAT_AFFIRMED, false }, { "affirmed", TREAT_AFFIRMED, false },
	{ "judgment aff'd", TREAT_AFFIRMED, true }, { "rev'd", TREAT_REVERSED, true }, { "reversed", TREAT_REVERSED, false },
	{ "judgment rev'd", TREAT_REVERSED, true }, { "vacated", TREAT_VACATED, false }, { "judgment vacated", TREAT_VACATED, false },
	{ "opinion vacated", TREAT_VACATED, false }, { "vacated as moot", TREAT_VACATED, false }, { "remanded", TREAT_REMANDED, false },
	{ "vacated and remanded", TREAT_VACATED, false }, { "reversed and remanded", TREAT_REVERSED, false },
	{ "rev'd and remanded", TREAT_REVERSED, true }, { "modified", TREAT_MODIFIED, false }, { "amended", TREAT_MODIFIED, false },
	{ "opinion withdrawn", TREAT_WITHDRAWN, true }, { "withdrawn", TREAT_WITHDRAWN, false },
	{ "opinion modified", TREAT_MODIFIED, false },
	{ "appeal dismissed", TREAT_DISMISSED, true }, { "appeal denied", TREAT_REVIEW_DENIED, true },
	{ "reh'g denied", TREAT_REHEARING_DENIED, true }, { "rehearing denied", TREAT_REHEARING_DENIED, true },
	{ "reh. denied", TREAT_REHEARING_DENIED, true }, { "reh. den.", TREAT_REHEARING_DENIED, true },
	{ "reh'g and reh'g en banc denied", TREAT_REHEARING_DENIED, true },
	{ "writ denied", TREAT_REVIEW_DENIED, true }, { "review denied", TREAT_REVIEW_DENIED, true },
	{ "rev. denied", TREAT_REVIEW_DENIED, true }, { "further appellate review denied", TREAT_REVIEW_DENIED, true },
	{ "leave to appeal denied", TREAT_REVIEW_DENIED, true }, { "trans. denied", TREAT_REVIEW_DENIED, true },
	{ "cert. denied", TREAT_CERT_DENIED, true }, { "certiorari denied", TREAT_CERT_DENIED, true }, { "cert. den.", TREAT_CERT_DENIED, true },
	{ "cert. granted", TREAT_CERT_GRANTED, true }, { "certiorari granted", TREAT_CERT_GRANTED, true },
	{ "cert. dismissed", TREAT_CERT_DISMISSED, true }, { "certiorari dismissed", TREAT_CERT_DISMISSED, true },
	{ "overruled", TREAT_OVERRULED, false }, { "abrogated", TREAT_ABROGATED, false }, { "superseded", TREAT_SUPERSEDED, false },
	{ "superseded by statute", TREAT_SUPERSEDED, true }, { "superseded by rule", TREAT_SUPERSEDED, true },
	{ "superseded by constitutional amendment", TREAT_SUPERSEDED, true }, { "overruled by statute", TREAT_SUPERSEDED, true },
	{ "abrogated by statute", TREAT_SUPERSEDED, true }, { "superseded by regulation", TREAT_SUPERSEDED, true },
	{ "disapproved of", TREAT_DISAPPROVED, false }, { "disapproved", TREAT_DISAPPROVED, false },
	{ "limited", TREAT_LIMITED, false }, { "questioned", TREAT_QUESTIONED, false }, { "called into doubt", TREAT_QUESTIONED, false },
	{ "called into question", TREAT_QUESTIONED, false }, { "criticized", TREAT_CRITICIZED, false },
	{ "distinguished", TREAT_DISTINGUISHED, false }, { "followed", TREAT_FOLLOWED, false }, { "not followed", TREAT_NOT_FOLLOWED, false },
};

static const char *const leads[] = { "later", "subsequently", "since", "recently", "as", "impliedly", "implicitly", "effectively", "expressly",
	"explicitly", "partially", "partly", "largely", "summarily", "and", "but", "which was", "which has been", "was", "legislatively", 0 };
static const char *const fillers[] = { "per curiam", "mem.", "without opinion", "without op.", "without published opinion", "en banc", "on reh'g",
	"on rehearing", "on remand", "on appeal", "by an equally divided court", "and remanded", "as moot",
	"in relevant part", "as modified", "for resentencing", "by summary order", "by order", "(mem.)", "(per curiam)", "(en banc)",
	"(table)", "mem", "sub silentio", "on its facts", "to the extent", "rehearing", "all on", "aff'd on", "upon rehearing", "en banc court", 0 };
static const char *const part[] = { "in part", "in relevant part", "in pertinent part", "to that extent", "as to", 0 };
static const char *const others[] = { "on other grounds", "on different grounds", "on unrelated grounds", "on another ground",
	"on another point", "on other ground", "on grounds not relevant here", 0 };
static const char *const linkers[] = { "by", "in", "on", "sub nom.", "sub nom", "see", "as recognized in", "as stated in", "as noted in",
	"as recognized by", "as stated by", 0 };

/* Any number of remarks that change nothing, and those that do: "in part" and "on other grounds" are noted in *out. Ten at most. */
size_t qualifiers(span t, size_t i, struct treatment *out)
{
	for (size_t steps = 0, end; steps < 10; steps++, i = end) {
		size_t k = past_space(t, i);
		k = k < t.n && t.p[k] == ',' ? past_space(t, k + 1) : k; /* "rev'd in part, on other grounds" */
		if ((end = any_phrase(t, k, others)) > 0)
			out->other_grounds = true;
		else if ((end = any_phrase(t, k, part)) > 0)
			out->in_part = true;
		else if (!(end = any_phrase(t, k, fillers)))
			break;
	}
	return i;
}

/* The longest that fits: "vacated and remanded" before "vacated". */
static const struct phrase *phrase_of(span t, size_t i, size_t *end)
{
	const struct phrase *best = NULL;
	*end = 0;
	for (size_t k = 0; k < sizeof phrases / sizeof *phrases; k++) {
		size_t e = to_lower(i < t.n ? t.p[i] : 0) == phrases[k].text[0] ? phrase_at(t, i, phrases[k].text) : 0;
		if (e > *end) {
			*end = e;
			best = &phrases[k];
		}
	}
	return best;
}

static size_t past_commas(span t, size_t i)
{
	while (i < t.n && (is_space(t.p[i]) || t.p[i] == ',' || t.p[i] == ';' || t.p[i] == '[' || t.p[i] == '('))
		i++;
	return i;
}

/* "--- U.S. ---," of a decision that had no page yet. */
static size_t past_blank_cite(span t, size_t i)
{
	size_t k = past_commas(t, i);
	if (k >= t.n || (t.p[k] != '-' && t.p[k] != '_' && !is_digit(t.p[k])))
		return i;
	while (k < t.n && k < i + 40 && (memchr("-_ ,.US[]", t.p[k], 9) || is_digit(t.p[k])))
		k++;
	return k;
}

static const char *const statutory[] = { "statute", "rule", "regulation", "constitutional amendment", "congress", "act", "the", 0 };

/* The citation that follows the phrase: the case or law that acted. Of "as
 * recognized in X" X only says so. */
static uint32_t actor_at(const struct reading *d, size_t i, size_t *end)
{
	static const char *const reported[] = { "as recognized in", "as recognized by", "as stated in", "as noted in", "as stated by",
		"as discussed in", "as explained in", 0 };
	size_t k = past_commas(d->t, past_phrases(d->t, past_commas(d->t, i), linkers)), said = any_phrase(d->t, past_commas(d->t, i), reported);
	size_t law = past_phrases(d->t, past_commas(d->t, i), linkers), n = cites_from(d->cites, i);
	*end = i;
	/* "as recognized in X": X only reports; who acted is not in the text. */
	if (said || n >= d->cites->n)
		return CITE_NONE;
	law = past_phrases(d->t, law, statutory);
	k = law > k ? past_commas(d->t, law) : k;
	const struct cite *c = &d->cites->v[n];
	size_t beg = c->full.beg < c->at.beg ? c->full.beg : c->at.beg;
	bool parted = k > past_space(d->t, i); /* "overruled Smith" is prose */
	/* The citation, or the name before it, begins at once; a blank citation of a new decision may stand between. */
	bool near = (beg <= k && parted) || c->at.beg <= past_blank_cite(d->t, k) + 2;
	if (!near || c->at.beg > i + LOOK_AHEAD || c->status == CITE_IMPOSSIBLE)
		return CITE_NONE;
	*end = group_end(d, (uint32_t)n);
	return (uint32_t)n;
}

/* In the enum the orders on review stand together. */
static bool is_order(enum treatment_kind k)
{
	return k >= TREAT_DISMISSED && k <= TREAT_CERT_DISMISSED;
}

/* "1 F.3d 2, cert. denied, 3 U.S. 4, cert. granted, 5 U.S. 6": what follows the
 * citation of an order is of the case that the order was about. */
uint32_t case_of_order(const struct reading *d, uint32_t cite)
{
	/* Prose is read when all history is known; the list is in order of citations. */
	for (size_t i = d->out->n; i-- > 0 && d->out->v[i].target + 16 > cite;)
		if (d->out->v[i].actor == cite && is_order(d->out->v[i].kind))
			return d->out->v[i].target;
	return cite;
}

/* One phrase at i; the place after it, or 0. */
static size_t phrase_read(struct reading *d, uint32_t target, size_t i)
{
	/* Adverbs and conjunctions in front say nothing more. */
	size_t beg = past_phrases(d->t, past_commas(d->t, i), leads), end, after;
	beg = past_commas(d->t, beg);
	const struct phrase *p = phrase_of(d->t, beg, &end);
	if (!p)
		return 0;
	end += end < d->t.n && d->t.p[end] == '.'; /* "aff'd." */
	struct treatment t = { .kind = p->kind, .target = case_of_order(d, target) };
	end = qualifiers(d->t, end, &t);
	t.actor = actor_at(d, end, &after);
	t.by = t.actor == CITE_NONE ? TREATED_ELSE : TREATED_CITED;
	/* A verb that is also prose needs a case after it. Without one it is passed over when another phrase follows, else the reading ends. */
	if (t.actor == CITE_NONE && !p->alone)
		return phrase_of(d->t, past_phrases(d->t, past_commas(d->t, end), leads), &after) ? end : 0;
	t.words = (struct range){ (uint32_t)beg, (uint32_t)end };
	t.sentence = sentence_around(d, d->cites->v[target].at.beg, t.actor == CITE_NONE ? end : after);
	treatment_add(d, t);
	return end;
}

/* The last full citation within the parenthetical of a short form that ends at i; 0: none. */
static uint32_t quoted_last(const struct reading *d, uint32_t owner, size_t i)
{
	uint32_t found = 0;
	for (size_t k = owner + 1; k < d->cites->n && d->cites->v[k].at.beg < i; k++)
		if (d->cites->v[k].parent == owner && d->cites->v[k].kind == CITE_CASE && is_case_cite(&d->cites->v[k]))
			found = (uint32_t)k;
	return found;
}

/* After the citation and all its parallels, up to four phrases in a row. Parallels other than the first are skipped: their history is the first's. */
void history_after(struct reading *d, uint32_t cite)
{
	const struct cite *c = &d->cites->v[cite];
	if (!is_case_cite(c) || (c->parallel != CITE_NONE && c->parallel < cite))
		return;
	size_t i = group_end(d, cite), first = d->out->n;
	/* "Roe, 281 F.3d at 263 (quoting Doe v. Poe, 1 F.3d 2), aff'd": a short form has no history. */
	if (c->kind != CITE_CASE && (c->kind != CITE_SHORT_CASE || !(cite = quoted_last(d, cite, i))))
		return;
	for (int n = 0; n < 4; n++) {
		size_t end = phrase_read(d, cite, i);
		if (!end)
			break;
		i = end;
	}
	/* "aff'd in part, rev'd in part, 2 U.S. 3": the one case did both. */
	for (size_t k = d->out->n; k-- > first + 1;)
		if (d->out->v[k - 1].actor == CITE_NONE && d->out->v[k].actor != CITE_NONE && d->out->v[k].in_part) {
			d->out->v[k - 1].actor = d->out->v[k].actor;
			d->out->v[k - 1].by = TREATED_CITED;
		}
}
