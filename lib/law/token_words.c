#include "law/token_private.h"

/* Sorted by byte order: searched by halving. Our own lists, from reading
 * opinions, codes and briefs. */

/* Before a name or number, never at the end of a sentence. */
static const char *const titles[] = {
	"arts", "cf", "ch", "chs", "cong", "dr", "eg", "fig", "figs", "gen", "gov", "hon", "ie", "lt", "messrs",
	"mr", "mrs", "ms", "no", "nos", "para", "pp", "prof", "rep", "secs", "sen", "sens", "sgt", "ss", "viz",
	"vol", "vols", "vs",
};
/* Abbreviations that may also end a sentence. */
static const char *const abbreviations[] = {
	"acad", "adjn", "admin", "admr", "aff", "affd", "ala", "alr", "am", "amend", "ann", "app", "approx",
	"apr", "ariz", "ark", "art", "assn", "assoc", "atl", "aug", "auth", "ave", "bankr", "bd", "bhd", "bldg",
	"bros", "bus", "cal", "capt", "cert", "chem", "cir", "civ", "cl", "co", "col", "colo", "comm", "commn",
	"commr", "commw", "conn", "consol", "const", "constr", "cont", "contl", "coop", "corp", "corr", "cos",
	"crim", "ct", "cty", "dec", "decl", "def", "del", "dep", "dept", "dev", "dist", "distrib", "div", "doc",
	"ed", "edn", "educ", "elec", "emp", "eng", "engg", "engr", "entm", "envtl", "equip", "esq", "est", "etc",
	"evid", "ex", "exch", "exec", "exh", "fam", "feb", "fed", "fin", "fl", "fla", "fn", "found", "ga", "gtd",
	"guar", "haw", "hosp", "hous", "ill", "inc", "ind", "indem", "indep", "indus", "info", "ins", "inst",
	"intl", "inv", "jan", "jr", "jud", "jul", "jun", "kan", "ky", "la", "lab", "liab", "litig", "llc", "loc",
	"ltd", "mach", "maint", "mar", "mass", "md", "mech", "med", "mem", "merch", "metro", "mfg", "mfr", "mgmt",
	"mich", "minn", "misc", "miss", "mkt", "mktg", "mo", "mont", "mun", "mut", "nat", "natl", "neb", "nev",
	"nov", "oct", "okla", "op", "ops", "or", "ore", "org", "pa", "pac", "par", "pharm", "phila", "priv",
	"prob", "proc", "prod", "prods", "prop", "pt", "pts", "pub", "pubs", "rd", "rec", "ref", "reg", "regs",
	"rel", "res", "rest", "rev", "revd", "ry", "sav", "sched", "sci", "sec", "sect", "secy", "sep", "sept",
	"ser", "servs", "so", "socy", "sol", "spec", "st", "sta", "stat", "stats", "ste", "subch", "subd",
	"subdiv", "subpt", "supp", "sur", "sys", "tech", "tel", "telecomm", "tenn", "tex", "tit", "tr", "transp",
	"treas", "twp", "univ", "util", "utils", "va", "vt", "wash", "wis", "wyo",
};
/* A capitalised one of these after an abbreviation begins a sentence. */
static const char *const starters[] = {
	"a", "accordingly", "after", "all", "although", "an", "and", "any", "appellant", "appellants", "appellee",
	"as", "because", "before", "both", "but", "by", "consequently", "defendant", "defendants", "each", "even",
	"finally", "for", "furthermore", "he", "hence", "her", "here", "his", "however", "if", "in", "indeed",
	"instead", "it", "its", "moreover", "neither", "nevertheless", "nor", "nothing", "on", "once", "only",
	"our", "petitioner", "plaintiff", "plaintiffs", "respondent", "she", "similarly", "since", "such", "that",
	"the", "their", "then", "there", "therefore", "these", "they", "this", "those", "thus", "to", "under",
	"upon", "we", "what", "when", "where", "whether", "which", "while", "who", "with",
};
/* Abbreviations that are words as well: in small letters, and before a capitalised word, they end a sentence ("he
 * did so. Counsel"); before a number or a single capital they do not ("art. I", "no. 5"). */
static const char *const also_words[] = {
	"am", "art", "bus", "ex", "fed", "found", "ill", "info", "lab", "mass", "miss", "no", "or", "ore", "prop", "pub", "ref",
	"rest", "so", "spec", "tech", "wash",
};
static const char *const stop_words[] = {
	"a", "about", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can",
	"could", "did", "do", "does", "each", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i",
	"if", "in", "into", "is", "it", "its", "may", "must", "no", "not", "of", "on", "or", "other", "our",
	"shall", "she", "should", "so", "such", "than", "that", "the", "their", "them", "then", "there", "these",
	"they", "this", "those", "to", "under", "upon", "was", "we", "were", "what", "when", "where", "which",
	"who", "will", "with", "would", "you", "your",
};

/* As span_cmp, of a C string: the first letters settle most, and no call is made for them. */
static int compare(span word, const char *item)
{
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] != item[i])
			return (unsigned char)word.p[i] < (unsigned char)item[i] ? -1 : 1;
	return item[word.n] ? -1 : 0;
}

static bool among(span word, const char *const *list, size_t n)
{
	for (size_t lo = 0, hi = n; lo < hi;) {
		size_t mid = (lo + hi) / 2;
		int c = compare(word, list[mid]);
		if (!c)
			return true;
		lo = c > 0 ? mid + 1 : lo;
		hi = c > 0 ? hi : mid;
	}
	return false;
}
#define AMONG(word, list) among((word), (list), sizeof(list) / sizeof *(list))

bool token_is_stop(span term)
{
	/* No stop word is longer than "should". */
	return term.n <= 6 && AMONG(term, stop_words);
}

static bool has_vowel(span word)
{
	for (size_t i = 0; i < word.n; i++)
		if (memchr("aeiouy", word.p[i], 6))
			return true;
	return false;
}

/* Titles first: a word in both lists never ends a sentence. Then what is listed, "Id.", single letters, and capitalised words of up to five
 * letters without a vowel ("Rptr.", "Bldg."): they are shortened words, whatever they stand for. */
enum abbreviation abbreviation_of(const struct token *t, bool initials)
{
	if ((t->term.n == 1 && t->term.p[0] == 'v') || AMONG(t->term, titles))
		return ABBREVIATION_TITLE;
	if (initials || AMONG(t->term, abbreviations))
		return ABBREVIATION_ANY;
	if (span_eq(t->term, SPAN("id")) || (t->term.n == 1 && is_alpha(t->term.p[0])))
		return ABBREVIATION_ANY;
	bool capital = t->flags & TOKEN_CAPS;
	bool consonants = capital && t->term.n <= 5 && is_alpha(t->term.p[0]) && !has_vowel(t->term);
	return consonants ? ABBREVIATION_ANY : ABBREVIATION_NOT;
}

bool is_also_word(const struct token *t)
{
	return !(t->flags & TOKEN_CAPS) && AMONG(t->term, also_words);
}

bool starts_sentence(span term)
{
	return AMONG(term, starters);
}
