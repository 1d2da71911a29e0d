/* Other words for what a query asks. They are offered with what they would
 * find, never applied: whether they say the same is for the reader to judge. */
#include "law/token.h"
#include "searcher/search_private.h"

/* Expressions that the law uses for one thing, popular names of acts among
 * them: common knowledge of the field. A group is a row, at most GROUP_MAX. */
enum { GROUP_MAX = 4, RELATED_MAX = 4, WORDS_MAX = 24 };
static const char *const groups[][GROUP_MAX] = {
	{ "drunk driving", "driving while intoxicated", "driving under the influence", "dwi" },
	{ "divorce", "dissolution of marriage" },
	{ "alimony", "maintenance", "spousal support" },
	{ "child custody", "custody of the child", "parental rights" },
	{ "restraining order", "order of protection", "protective order" },
	{ "domestic violence", "domestic abuse" },
	{ "eviction", "unlawful detainer", "ejectment" },
	{ "landlord", "lessor" },
	{ "tenant", "lessee" },
	{ "lease", "rental agreement" },
	{ "adverse possession", "color of title", "recovery of lands" },
	{ "right of way", "easement" },
	{ "foreclosure", "power of sale" },
	{ "condemnation", "eminent domain" },
	{ "statute of limitations", "limitation of actions", "civil actions commenced" },
	{ "sunshine law", "open meetings", "public records", "freedom of information" },
	{ "foia", "freedom of information act" },
	{ "workers compensation", "workers' compensation", "workmen's compensation" },
	{ "wrongful termination", "wrongful discharge" },
	{ "firing", "discharge of employee", "termination of employment" },
	{ "minimum wage", "wage rate" },
	{ "overtime", "time and one-half" },
	{ "car", "motor vehicle", "automobile" },
	{ "driver's license", "operator's license", "license to operate" },
	{ "hit and run", "leaving the scene" },
	{ "lemon law", "new motor vehicle warranties" },
	{ "theft", "stealing", "larceny" },
	{ "burglary", "breaking and entering" },
	{ "murder", "homicide" },
	{ "concealed carry", "concealed firearm", "concealed weapon" },
	{ "gun", "firearm" },
	{ "drugs", "controlled substance" },
	{ "marijuana", "cannabis" },
	{ "bail", "pretrial release" },
	{ "plea bargain", "plea agreement" },
	{ "double jeopardy", "twice put in jeopardy" },
	{ "search and seizure", "fourth amendment" },
	{ "self incrimination", "fifth amendment" },
	{ "ineffective assistance of counsel", "strickland" },
	{ "summary judgment", "genuine issue of material fact" },
	{ "class action", "members of a class" },
	{ "discovery", "interrogatories", "production of documents" },
	{ "subpoena", "compel attendance" },
	{ "expungement", "sealing of records" },
	{ "living will", "advance directive", "health care directive" },
	{ "power of attorney", "attorney in fact" },
	{ "executor", "personal representative", "administrator of the estate" },
	{ "inheritance", "intestate succession", "descent and distribution" },
	{ "guardianship", "guardian of the person" },
	{ "medical malpractice", "health care provider negligence" },
	{ "good samaritan", "emergency care" },
	{ "strict liability", "absolute liability" },
	{ "libel", "slander", "defamation" },
	{ "noncompete", "covenant not to compete", "restraint of trade" },
	{ "trade secret", "misappropriation" },
	{ "mechanics lien", "mechanic's lien", "lien for work" },
	{ "usury", "maximum rate of interest" },
	{ "bad check", "insufficient funds" },
	{ "gerrymandering", "redistricting", "apportionment" },
	{ "absentee ballot", "absentee voting", "mail-in ballot" },
	{ "recall election", "removal from office" },
	{ "homeschool", "home school" },
	{ "sexual harassment", "hostile work environment" },
	{ "ada", "americans with disabilities act" },
	{ "erisa", "employee retirement income security act" },
	{ "rico", "racketeer influenced and corrupt organizations" },
	{ "superfund", "cercla", "comprehensive environmental response" },
	{ "obamacare", "affordable care act" },
};

/* Most expressions begin like no word of the query: those need not be cut into words. */
static bool may_begin(const struct tokens *t, const char *expression)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].term.n && t->v[i].term.p[0] == expression[0] && (t->v[i].term.n < 2 || t->v[i].term.p[1] == expression[1]))
			return true;
	return false;
}

/* Where an expression stands in the query's tokens, *n of them; t->n: nowhere. */
static size_t place_of(const struct tokens *t, const char *expression, struct arena *a, size_t *n)
{
	if (!may_begin(t, expression))
		return t->n;
	struct tokens words = tokens_of(span_of(expression), a);
	*n = words.n;
	for (size_t i = 0; i + words.n <= t->n; i++) {
		size_t k = 0;
		while (k < words.n && span_eq(t->v[i + k].term, words.v[k].term))
			k++;
		if (k == words.n)
			return i;
	}
	return t->n;
}

/* The query with the words of [from, to) said otherwise. */
static span said_as(const struct searching *s, const struct tokens *t, size_t from, size_t to, const char *other)
{
	/* An expression of several words is put in quotes, so that it is searched as a phrase. */
	const char *quote = strchr(other, ' ') ? "\"" : "";
	span text = s->r->text;
	return arena_printf(s->a, "%.*s%s%s%s%.*s", (int)t->v[from].beg, text.p, quote, other, quote,
			    (int)(text.n - t->v[to - 1].end), text.p + t->v[to - 1].end);
}

/* Offered only when the index has something to show for it. */
static bool offer(struct searching *s, span text)
{
	struct search_request r = *s->r;
	struct search_answer found;
	r.text = text;
	/* Counting is all that is needed, and it ends the recursion: such a search offers nothing
	 * itself. */
	r.count_only = true;
	r.facets = (span){ 0 };
	r.cursor = (span){ 0 };
	/* Four are enough to choose from, and what is late is left out: the search itself is done. */
	if (s->out->related.n == RELATED_MAX || search_clock() > s->deadline)
		return true;
	if (!search(s->x, &r, s->a, &found, s->err))
		return false;
	/* A number that time cut short, or that another query than this one has, is not shown. */
	if (found.total && !found.partial && !found.note.n)
		*PUSH(s->a, &s->out->related) = (struct related){ text, found.total, found.exact };
	return true;
}

/* Offers the other expressions of a group for the words [at, at + n) of the query. */
static bool offer_others(struct searching *s, const struct tokens *t, size_t at, size_t n, const char *const *group)
{
	size_t length;
	for (size_t i = 0; i < GROUP_MAX && group[i]; i++)
		/* what the query says already, also with other marks ("workers' compensation"), is not another */
		if (place_of(t, group[i], s->a, &length) == t->n && !offer(s, said_as(s, t, at, at + n, group[i])))
			return false;
	return true;
}

/* Plain words on the first page only: who writes connectors has chosen the words, and a query of
 * our own making (who cites ...) has none. */
bool search_related(struct searching *s)
{
	struct tokens t = { 0 };
	if (!s->query.words_only || s->r->count_only || s->offset || s->query.text.p != s->r->text.p)
		return true;
	t = tokens_of(s->r->text, s->a);
	for (size_t g = 0; g < sizeof groups / sizeof *groups && t.n <= WORDS_MAX; g++) {
		size_t at = t.n, n = 0;
		for (size_t i = 0; i < GROUP_MAX && groups[g][i] && at == t.n; i++)
			/* The first expression of the group that the query has. */
			at = place_of(&t, groups[g][i], s->a, &n);
		if (at < t.n && !offer_others(s, &t, at, n, groups[g]))
			return false;
	}
	return true;
}
