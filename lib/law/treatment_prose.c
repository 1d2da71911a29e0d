/* Treatment in running text:
 *
 *   active    = subject { adverb } verb { qualifier } object [ "in" case ]
 *   passive   = case ("was" | "has been") { adverb } verb { qualifier } [ ("by" | "in") agent ]
 *   gerund    = ("(" | case ",") verb object
 *   adjective = case "is distinguishable" | "is distinguishable from" case
 *
 * Between these parts nothing else may stand: "we did not overrule Smith" and
 * "the court overruled Smith's objection" fit none. */
#include "law/address.h"
#include "law/treatment_private.h"

enum { BASE = 1, FINITE = 2, PARTICIPLE = 4, GERUND = 8, ADJECTIVE = 16, WEAK = 32 /* also said of persons: no bare name */ };
struct verb {
	const char *text;
	enum treatment_kind kind;
	unsigned forms;
};
static const struct verb verbs[] = {
	{ "abrogate", TREAT_ABROGATED, BASE }, { "abrogates", TREAT_ABROGATED, FINITE }, { "abrogated", TREAT_ABROGATED, FINITE | PARTICIPLE },
	{ "abrogating", TREAT_ABROGATED, GERUND }, { "affirmed", TREAT_AFFIRMED, FINITE | PARTICIPLE | WEAK },
	{ "affirming", TREAT_AFFIRMED, GERUND | WEAK }, { "aff'g", TREAT_AFFIRMED, GERUND }, { "adhere to", TREAT_FOLLOWED, BASE },
	{ "call into question", TREAT_QUESTIONED, BASE }, { "calls into question", TREAT_QUESTIONED, FINITE },
	{ "called into question", TREAT_QUESTIONED, FINITE | PARTICIPLE }, { "calling into question", TREAT_QUESTIONED, GERUND },
	{ "called into doubt", TREAT_QUESTIONED, FINITE | PARTICIPLE }, { "calls into doubt", TREAT_QUESTIONED, FINITE },
	{ "calling into doubt", TREAT_QUESTIONED, GERUND }, { "cast doubt on", TREAT_QUESTIONED, FINITE },
	{ "cast doubt upon", TREAT_QUESTIONED, FINITE }, { "casts doubt on", TREAT_QUESTIONED, FINITE },
	{ "casting doubt on", TREAT_QUESTIONED, GERUND }, { "criticize", TREAT_CRITICIZED, BASE },
	{ "criticized", TREAT_CRITICIZED, FINITE | PARTICIPLE | WEAK }, { "criticizing", TREAT_CRITICIZED, GERUND },
	{ "criticised", TREAT_CRITICIZED, FINITE | PARTICIPLE | WEAK }, { "criticising", TREAT_CRITICIZED, GERUND },
	{ "decline to extend", TREAT_NOT_EXTENDED, BASE }, { "declined to extend", TREAT_NOT_EXTENDED, FINITE },
	{ "declining to extend", TREAT_NOT_EXTENDED, GERUND }, { "refused to extend", TREAT_NOT_EXTENDED, FINITE },
	{ "refusing to extend", TREAT_NOT_EXTENDED, GERUND }, { "decline to follow", TREAT_NOT_FOLLOWED, BASE },
	{ "declined to follow", TREAT_NOT_FOLLOWED, FINITE }, { "declines to follow", TREAT_NOT_FOLLOWED, FINITE },
	{ "declining to follow", TREAT_NOT_FOLLOWED, GERUND }, { "refused to follow", TREAT_NOT_FOLLOWED, FINITE },
	{ "refusing to follow", TREAT_NOT_FOLLOWED, GERUND }, { "refuse to follow", TREAT_NOT_FOLLOWED, BASE },
	{ "not following", TREAT_NOT_FOLLOWED, GERUND }, { "disapprove", TREAT_DISAPPROVED, BASE },
	{ "disapproved", TREAT_DISAPPROVED, FINITE | PARTICIPLE }, { "disapproving", TREAT_DISAPPROVED, GERUND },
	{ "disapprove of", TREAT_DISAPPROVED, BASE }, { "disapproved of", TREAT_DISAPPROVED, FINITE | PARTICIPLE },
	{ "disapproving of", TREAT_DISAPPROVED, GERUND }, { "distinguish", TREAT_DISTINGUISHED, BASE },
	{ "distinguishes", TREAT_DISTINGUISHED, FINITE }, { "distinguished", TREAT_DISTINGUISHED, FINITE | PARTICIPLE },
	{ "distinguishing", TREAT_DISTINGUISHED, GERUND }, { "distinguishable", TREAT_DISTINGUISHED, ADJECTIVE },
	{ "follow", TREAT_FOLLOWED, BASE }, { "follows", TREAT_FOLLOWED, FINITE | WEAK },
	{ "followed", TREAT_FOLLOWED, FINITE | PARTICIPLE | WEAK }, { "following", TREAT_FOLLOWED, GERUND },
	{ "limit", TREAT_LIMITED, BASE }, { "limits", TREAT_LIMITED, FINITE | WEAK }, { "limited", TREAT_LIMITED, FINITE | PARTICIPLE | WEAK },
	{ "limiting", TREAT_LIMITED, GERUND }, { "overrule", TREAT_OVERRULED, BASE }, { "overrules", TREAT_OVERRULED, FINITE },
	{ "overruled", TREAT_OVERRULED, FINITE | PARTICIPLE }, { "overruling", TREAT_OVERRULED, GERUND },
	{ "overturned", TREAT_OVERRULED, FINITE | PARTICIPLE | WEAK }, { "question", TREAT_QUESTIONED, BASE },
	{ "questions", TREAT_QUESTIONED, FINITE | WEAK }, { "questioned", TREAT_QUESTIONED, FINITE | PARTICIPLE | WEAK },
	{ "questioning", TREAT_QUESTIONED, GERUND }, { "repudiated", TREAT_DISAPPROVED, FINITE | PARTICIPLE | WEAK },
	{ "repudiating", TREAT_DISAPPROVED, GERUND }, { "rejecting", TREAT_NOT_FOLLOWED, 0 },
	{ "reaffirm", TREAT_FOLLOWED, BASE }, { "reaffirms", TREAT_FOLLOWED, FINITE }, { "reaffirmed", TREAT_FOLLOWED, FINITE | PARTICIPLE },
	{ "reaffirming", TREAT_FOLLOWED, GERUND },
	{ "reversed", TREAT_REVERSED, FINITE | PARTICIPLE | WEAK }, { "reversing", TREAT_REVERSED, GERUND | WEAK },
	{ "rev'g", TREAT_REVERSED, GERUND }, { "superseded", TREAT_SUPERSEDED, FINITE | PARTICIPLE },
	{ "supersedes", TREAT_SUPERSEDED, FINITE }, { "superseding", TREAT_SUPERSEDED, GERUND },
	{ "vacated", TREAT_VACATED, FINITE | PARTICIPLE | WEAK }, { "vacating", TREAT_VACATED, GERUND | WEAK },
};

static const char *const adverbs[] = { "expressly", "explicitly", "implicitly", "impliedly", "effectively", "squarely", "specifically", "hereby",
	"now", "therefore", "thus", "later", "subsequently", "recently", "since", "partially", "partly", "unanimously", "also", "then",
	"thereafter", "again", "ultimately", "already", "clearly", "correctly", "properly", "readily", "easily", "plainly", "factually",
	"materially", "similarly", "likewise", "however", "itself", "both", "carefully", "heavily", "sharply", "severely", "generally",
	"repeatedly", "consistently", "widely", "simply", "accordingly", "necessarily", "sub silentio", "essentially", "in effect", "largely",
	"respectfully", "have", "has", "had", "in turn", "on other grounds", "in part", "of course,", "procedurally", "legally", "quite",
	"sufficiently", "entirely", "legislatively", "much", "today", "persuasively", "flatly", "formally", "directly", "statutorily", "just", "long since", 0 };
static const char *const objects[] = { "our", "its", "their", "the", "that", "this", "those", "these", "such", "prior", "earlier", "previous",
	"own", "recent", "contrary", "court's", "panel's", "circuit's", "supreme court's", "district court's", "en banc", "entire", "first",
	"second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "d.c.", "federal", "majority's",
	"controlling", "leading", "decision", "precedent", "case", "case of", "opinion", "cases", "decisions", "court", "cases of",
	"decision in", "decisions in", "holding in", "holdings in", "opinion in", "ruling in", "judgment in", "analysis in", "reasoning in",
	"dicta in", "dictum in", "rule of", "rule in", "holding of", "decision of", "reasoning of", "approach of", "lead of", "teachings of",
	"teaching of", "logic of", "rationale of", "rationale in", "announced in", "set forth in", "set out in", "established in",
	"articulated in", "adopted in", "laid down in", "laid out in", "taken in", "enunciated in", "stated in", "described in", "outlined in",
	"employed in", "used in", "applied in", "rule", "holding", "approach", "reasoning", "standard", "test", "analysis", "framework",
	"portion of", "part of", "line of cases", "like", "such as", "precedents", "earlier-decided", "validity of", "vitality of",
	"soundness of", "correctness of", "continuing", "continued", "present case from", "instant case from", "this case from",
	"case at bar from", "situation here from", "facts here from", "case before us from", "reach of", "scope of", "circuit", "as to", "principle", "principle of", "principles of", "teaching", "teachings", 0 };
static const char *const here[] = { "we", "this court", "this panel", "our court", "this circuit", 0 };
static const char *const others[] = { "the supreme court", "the court", "supreme court", "that court", "congress", "the legislature",
	"the panel", "the majority", "the same court", "the sjc", "the court of appeals", "the district court", "the state supreme court",
	"first circuit", "second circuit", "third circuit", "fourth circuit", "fifth circuit", "sixth circuit", "seventh circuit",
	"eighth circuit", "ninth circuit", "tenth circuit", "eleventh circuit", "d.c. circuit", "federal circuit", "the general assembly",
	"the dissent", "several circuits", "other circuits", "courts", "other courts", "some courts", "legislation", "the act", "statute", 0 };
static const char *const relatives[] = { "which", "that", "itself", "and", "and which", "who", "case", "decision", "court", "rule", "holding",
	"'s holding", "'s rule", "standard", "test", "line", "too", "also", "however", 0 };
static const char *const be[] = { "was", "were", "is", "are", "been", 0 };
static const char *const may_be[] = { "can be", "may be", "are easily", "is easily", 0 }; /* said of what is distinguished */
/* A decision named by the sentence before. */
static const char *const anaphors[] = { "that decision", "this decision", "the latter decision", "that case", "the latter case", "that ruling",
	"that judgment", "that holding", "the former decision", "that precedent", "those decisions", 0 };

/* A verb found, and where. */
struct found {
	const struct verb *verb;
	size_t beg, end;
	struct range sentence;
};

/* "Part II.C of Smith", "that portion of Smith". */
static bool part_of(span t, size_t i)
{
	size_t of = phrase_before(t, before_space(t, i), "of"), low = of < 30 ? 0 : of - 30;
	for (size_t k = low; of != SIZE_MAX && k < of; k++)
		if (phrase_at(t, k, "part") || phrase_at(t, k, "parts") || phrase_at(t, k, "portion"))
			return true;
	return false;
}

/* "overruling Sawyer and Fiore"; "Ahrendt and Godin are distinguishable". */
static void others_too(struct reading *d, const struct found *f, struct treatment t, struct target target)
{
	for (int n = 0; n < 4; n++) {
		size_t left = before_space(d->t, target.beg), right = past_space(d->t, target.end), and;
		/* Each new one stands where the last ended, on the side away from the verb. */
		if (target.beg > f->end && ((and = phrase_at(d->t, right, "and")) || (and = phrase_at(d->t, right, ", and"))))
			target = target_at(d, past_space(d->t, and));
		else if (target.end <= f->beg && (and = phrase_before(d->t, left, "and")) != SIZE_MAX && and)
			target = target_before(d, and);
		else
			return;
		/* A bare name beside a verb that is also said of persons is no case; nor is who acts treated. */
		if (target.cite == CITE_NONE || (target.bare && f->verb->forms & WEAK) || target.cite == t.actor)
			return;
		t.target = target.cite;
		treatment_add(d, t);
	}
}

/* One treatment, and those of cases joined to its target by "and". A case does not treat itself: two names of one document tell nothing. */
static void report(struct reading *d, const struct found *f, struct treatment t, struct target target, size_t last)
{
	t.kind = f->verb->kind;
	t.target = target.cite;
	t.in_part |= part_of(d->t, target.beg);
	if (t.by == TREATED_CITED && span_eq(address_document(d->cites->v[t.actor].address), address_document(d->cites->v[t.target].address)))
		return;
	/* The sentence covers the verb, the target and whoever acted. */
	size_t beg = target.beg < f->beg ? target.beg : f->beg, end = target.end > f->end ? target.end : f->end;
	t.sentence = sentence_around(d, beg, last > end ? last : end);
	if (!t.words.end)
		t.words = (struct range){ (uint32_t)f->beg, (uint32_t)f->end };
	treatment_add(d, t);
	others_too(d, f, t, target);
}

/* "In Dobbs, 597 U.S. 215 (2022), the Court ...": who the court is. */
static uint32_t opener(struct reading *d, const struct found *f)
{
	size_t i = past_space(d->t, f->sentence.beg), in = phrase_at(d->t, i, "in");
	if (!in)
		return CITE_NONE;
	struct target t = target_at(d, past_space(d->t, in));
	return t.cite != CITE_NONE && t.end < f->beg ? t.cite : CITE_NONE;
}

/* With a case named it is that one which acts; `by` is for what is only described. */
static void act_as(struct treatment *t, enum treated_by by, uint32_t actor)
{
	t->by = actor == CITE_NONE ? by : TREATED_CITED;
	t->actor = actor;
}

/* Who speaks at the verb when nobody else is named: the case in whose parenthetical
 * it stands, else the document. False: someone's words in quotation marks. */
static bool speaker(struct reading *d, const struct found *f, struct treatment *t)
{
	uint32_t owner = paren_owner(d, f->beg);
	act_as(t, TREATED_HERE, owner);
	return owner != CITE_NONE || !quoted_at(d, f->sentence, f->beg);
}

/* The subject that ends at i. */
static bool subject_before(struct reading *d, const struct found *f, size_t i, struct treatment *t)
{
	i = before_space(d->t, i);
	if (any_phrase_before(d->t, i, here) != SIZE_MAX) {
		if (!speaker(d, f, t))
			return false;
		/* "We distinguished Smith" tells of an earlier case of the same court. */
		if (t->by == TREATED_HERE && !(f->verb->forms & BASE))
			act_as(t, TREATED_ELSE, opener(d, f));
		return true;
	}
	/* "overrule" without "we" before it is an infinitive: someone wants it. */
	if (f->verb->forms & BASE)
		return false;
	if (any_phrase_before(d->t, i, others) != SIZE_MAX) {
		act_as(t, TREATED_ELSE, opener(d, f));
		return true;
	}
	/* A case itself as the subject: "Smith, which overruled Roe". */
	struct target s = target_before(d, before_phrases(d->t, i, relatives));
	act_as(t, TREATED_ELSE, s.cite);
	/* "..., created by Wilcox and Rutkin, overruled": not who acted. */
	return s.cite != CITE_NONE && !(s.bare && (d->t.p[i - 1] == ',' || phrase_before(d->t, before_space(d->t, s.beg), "and") != SIZE_MAX));
}

/* "We overrule Smith"; "the Court overruled Roe in Dobbs". */
static void active(struct reading *d, const struct found *f)
{
	struct treatment t = { 0 };
	size_t i = qualifiers(d->t, f->end, &t);
	struct target target = target_at(d, past_space(d->t, past_phrases(d->t, i, objects)));
	if (target.cite == CITE_NONE || (target.bare && f->verb->forms & WEAK))
		return;
	if (!subject_before(d, f, before_phrases(d->t, f->beg, adverbs), &t) || hedged(d, f->sentence, f->beg))
		return;
	/* "overruled Roe in Dobbs": "in" names the actor when the subject was only "the Court". */
	size_t in = phrase_at(d->t, past_space(d->t, target.end + (target.end < d->t.n && d->t.p[target.end] == ',')), "in");
	struct target actor = in && t.by == TREATED_ELSE ? target_at(d, past_space(d->t, in)) : (struct target){ .cite = CITE_NONE };
	if (actor.cite != CITE_NONE && !actor.bare)
		act_as(&t, TREATED_ELSE, actor.cite);
	/* A case is limited "to its facts", "to the ...": else the verb says something else. */
	if (f->verb->kind == TREAT_LIMITED && !phrase_at(d->t, past_space(d->t, target.end), "to its") && !phrase_at(d->t, past_space(d->t, target.end), "to the"))
		return;
	qualifiers(d->t, target.end, &t);
	report(d, f, t, target, actor.cite == CITE_NONE ? 0 : actor.end);
}

/* "by the Supreme Court in Dobbs, 597 U.S. 215": true when someone is named. */
static bool agent_after(struct reading *d, size_t i, struct treatment *t, size_t *last)
{
	static const char *const by[] = { "by", "in", 0 };
	static const char *const us[] = { "by this court", "by us", "by our", "in this court", "here", "in this opinion", 0 };
	static const char *const whose[] = { "the", "a", "later", "supreme court's", "court's", "court", "supreme court", "supreme court in",
		"court in", "this court in", "our", "decision in", "opinion in", "decision", "holding in", "en banc", "us in", "united states",
		"ruling in", "subsequent", "recent", "this court's", "circuit in", "circuit's", "passage of", "enactment of", 0 };
	size_t k = past_space(d->t, i), p = any_phrase(d->t, k, by);
	*last = i;
	if (!p)
		return false;
	struct target actor = target_at(d, past_space(d->t, past_phrases(d->t, p, whose)));
	size_t n = cites_from(d->cites, p), place = past_space(d->t, past_phrases(d->t, p, whose));
	/* An actor that is no case: a statute, by its citation. */
	if (actor.cite == CITE_NONE && n < d->cites->n && d->cites->v[n].at.beg == place)
		actor = (struct target){ .cite = (uint32_t)n, .end = d->cites->v[n].at.end };
	if (actor.cite != CITE_NONE) {
		act_as(t, TREATED_ELSE, actor.cite);
		*last = actor.end;
		return true;
	}
	/* "in" without a case is of a time or a matter; "by" always names someone. */
	t->by = any_phrase(d->t, k, us) ? TREATED_HERE : TREATED_ELSE;
	return any_phrase(d->t, k, us) || d->t.p[k] == 'b';
}

/* Verbs that are said of persons, motions and judgments as well: in the passive they need a case that acted. */
static bool needs_agent(enum treatment_kind k)
{
	return k == TREAT_FOLLOWED || k == TREAT_LIMITED || k == TREAT_QUESTIONED || k == TREAT_CRITICIZED || treatment_is_history(k);
}

/* "Roe v. Wade, 410 U.S. 113 (1973). That decision was overruled by Dobbs": the one case cited right before the sentence that
 * begins so; none when several are. i: after the words that stand for it. */
static struct target anaphor_before(struct reading *d, const struct found *f, size_t i)
{
	enum { REACH = 300 };
	struct target none = { .cite = CITE_NONE };
	size_t beg = any_phrase_before(d->t, before_space(d->t, i), anaphors), k;
	size_t start = past_space(d->t, f->sentence.beg);
	if (beg == SIZE_MAX || (beg > start + 60 && beg != start))
		return none;
	for (k = cites_from(d->cites, beg); k-- > 0;) {
		const struct cite *c = &d->cites->v[k];
		if (c->at.end + REACH < beg)
			break;
		if (c->parent != CITE_NONE || c->parallel != CITE_NONE || !is_case_cite(c))
			continue;
		if (none.cite != CITE_NONE && !span_eq(d->cites->v[none.cite].address, c->address))
			return (struct target){ .cite = CITE_NONE };
		none.cite = (uint32_t)k;
	}
	none.beg = beg;
	none.end = i;
	return none;
}

/* "Roe was overruled by Dobbs". */
static bool passive(struct reading *d, const struct found *f)
{
	struct treatment t = { .by = TREATED_ELSE, .actor = CITE_NONE };
	size_t i = before_space(d->t, before_phrases(d->t, f->beg, adverbs)), last, aux = any_phrase_before(d->t, i, be);
	if (aux == SIZE_MAX && f->verb->kind == TREAT_DISTINGUISHED)
		aux = any_phrase_before(d->t, i, may_be);
	if (aux == SIZE_MAX)
		return false;
	if (phrase_at(d->t, aux, "been")) /* "has", "have" count as adverbs */
		aux = before_phrases(d->t, aux, adverbs);
	struct target target = anaphor_before(d, f, aux);
	if (target.cite == CITE_NONE)
		target = target_before(d, before_phrases(d->t, aux, relatives));
	if (target.cite == CITE_NONE || (target.bare && f->verb->forms & WEAK) || hedged(d, f->sentence, target.beg))
		return true;
	bool named = agent_after(d, qualifiers(d->t, f->end, &t), &t, &last);
	if (needs_agent(f->verb->kind) && (!named || t.by != TREATED_CITED))
		return true;
	/* With no agent a bare name overruled is this court's own doing, and so is any case distinguished. */
	if (!named && f->verb->kind == TREAT_OVERRULED && target.bare)
		t.by = TREATED_HERE;
	if (!named && f->verb->kind == TREAT_DISTINGUISHED)
		t.by = TREATED_HERE;
	if (t.by == TREATED_HERE && !speaker(d, f, &t))
		return true;
	report(d, f, t, target, last);
	return true;
}

/* "Smith is distinguishable"; "this case is distinguishable from Smith". */
static void adjective(struct reading *d, const struct found *f)
{
	struct treatment t = { 0 };
	size_t i = before_space(d->t, before_phrases(d->t, f->beg, adverbs)), aux = any_phrase_before(d->t, i, be);
	size_t from = phrase_at(d->t, past_space(d->t, f->end), "from");
	struct target none = { .cite = CITE_NONE };
	struct target left = aux == SIZE_MAX ? none : target_before(d, before_phrases(d->t, aux, relatives));
	struct target right = from ? target_at(d, past_space(d->t, past_phrases(d->t, from, objects))) : none;
	/* Just one side is a case: with both, or none, it is not said which differs. */
	if ((left.cite == CITE_NONE) == (right.cite == CITE_NONE) || (aux == SIZE_MAX && right.cite == CITE_NONE))
		return;
	struct target target = left.cite == CITE_NONE ? right : left;
	if (hedged(d, f->sentence, target.beg < f->beg ? target.beg : f->beg) || !speaker(d, f, &t))
		return;
	report(d, f, t, target, 0);
}

/* "Jones, 2 F.3d 4 (distinguishing Smith, 1 F.3d 2)"; "Jones, 2 F.3d 4, overruling Smith, 1 F.3d 2". */
static void gerund(struct reading *d, const struct found *f)
{
	struct treatment t = { 0 };
	size_t i = before_space(d->t, f->beg);
	uint32_t owner = paren_owner(d, f->beg);
	struct target actor = { .cite = owner };
	if (owner == CITE_NONE) {
		/* Outside a parenthesis the gerund follows a citation and its comma at once. */
		if (!i || d->t.p[i - 1] != ',')
			return;
		actor = target_before(d, i);
	/* Within one it is first, or after a comma, "and", or an adverb. */
	} else if (d->t.p[i - 1] != '(' && d->t.p[i - 1] != ',' && phrase_before(d->t, i, "and") == SIZE_MAX &&
		   before_phrases(d->t, f->beg, adverbs) == f->beg) {
		return;
	}
	size_t q = qualifiers(d->t, f->end, &t);
	struct target target = target_at(d, past_space(d->t, past_phrases(d->t, q, objects)));
	if (actor.cite == CITE_NONE || actor.bare || !is_case_cite(&d->cites->v[actor.cite]) || target.cite == CITE_NONE || (target.bare && f->verb->forms & WEAK))
		return;
	act_as(&t, TREATED_ELSE, actor.cite);
	qualifiers(d->t, target.end, &t);
	report(d, f, t, target, 0);
}

/* The longest verb at i: "disapproved of" before "disapproved"; first letters decide most. */
static const struct verb *verb_at(span t, size_t i, size_t *end)
{
	const struct verb *best = NULL;
	char first = to_lower(t.p[i]);
	*end = 0;
	for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) {
		size_t e = verbs[k].text[0] == first ? phrase_at(t, i, verbs[k].text) : 0;
		if (e > *end) {
			*end = e;
			best = &verbs[k];
		}
	}
	return best;
}

/* By the form: a participle is tried as a passive first, since "was overruled" would else be read as active. */
static void verb_read(struct reading *d, const struct verb *v, size_t beg, size_t end)
{
	struct found f = { v, beg, end, sentence_around(d, beg, end) };
	if (v->forms & GERUND)
		gerund(d, &f);
	else if (v->forms & ADJECTIVE)
		adjective(d, &f);
	else if (!(v->forms & PARTICIPLE) || !passive(d, &f))
		active(d, &f);
}

/* Every word once; only those with a first letter of some verb are asked. The verb alone starts the grammar, so text without one costs nothing
 * more. */
void prose_read(struct reading *d)
{
	static const char first[] = "acdflnoqrsv";
	span t = d->t;
	for (size_t i = 0; i < t.n; i++) {
		size_t end = i;
		while (end < t.n && is_alpha(t.p[end]))
			end++;
		if (end - i > 2 && memchr(first, to_lower(t.p[i]), sizeof first - 1)) {
			size_t past;
			const struct verb *v = verb_at(t, i, &past);
			if (v && v->forms)
				verb_read(d, v, i, past);
		}
		i = end > i ? end : i;
	}
}
