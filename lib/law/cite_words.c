/* cite_words: words of captions: which go on, which end a sentence, which are no name. */
#include <stdlib.h>
#include "law/cite_private.h"

/* Words of a caption's small letters. */
bool small_word(span w)
{
	static const char *const words[] = { "of", "the", "and", "for", "ex", "rel", "rel.", "de", "la", "del", "van", "von", "der",
		"den", "in", "on", "at", "du", "y", "e", "by", "to", "a", "an", "al.", "et", "al", "re", "d/b/a", "f/k/a", "a/k/a", "le",
		"des", "dos", "da", "di", "bin", "el", "parte", "with", "or", "as", "through", "et al." };
	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if (span_eq(w, span_of(words[k])))
			return true;
	return false;
}

/* Words of captions whose period ends no sentence, apostrophes dropped; in order. Facts: reporters-db, and the states. */
static const char *const abbreviations[] = {
	"acad", "adjmt", "adm", "admin", "admr", "admx", "adver", "advert", "agric", "ala", "alaska", "alex",
	"all", "alt", "apt", "apts", "arb", "ariz", "ark", "assign", "assn", "assns", "assoc", "assur", "atl",
	"auth", "auto", "ave", "bankr", "baptist", "benj", "bev", "bhd", "bks", "bldg", "broad", "bros", "bur",
	"bus", "cable", "cal", "capt", "cas", "cath", "cem", "cent", "chas", "chem", "chr", "cit", "cmty",
	"cmwlth", "cnty", "coal", "col", "coll", "colo", "comm", "commcn", "commn", "commr", "commw", "comp",
	"comput", "comr", "concr", "condo", "cong", "conn", "cons", "conserv", "consol", "const", "constr",
	"cont", "contl", "contr", "coop", "corp", "corr", "cos", "creds", "ctr", "ctrs", "cts", "cty", "cust",
	"custs", "def", "del", "dental", "dep", "dept", "det", "dev", "diag", "dig", "dir", "disab", "disc",
	"dist", "distrib", "distribs", "div", "drill", "econ", "educ", "edw", "elec", "elecs", "emp", "empr",
	"emps", "empt", "engg", "engr", "ent", "enter", "enters", "entms", "entmt", "envt", "envtl", "eqpt",
	"equal", "equip", "est", "ests", "etc", "examr", "exch", "exec", "exp", "expl", "exploit", "exr", "ext",
	"exx", "fac", "facs", "farm", "fdn", "fed", "fedn", "fert", "fid", "fin", "fla", "fng", "found",
	"freight", "gard", "ged", "gen", "gend", "geo", "glob", "gmbh", "gov", "govt", "grp", "gtd", "guar",
	"gulf", "hard", "haw", "hgts", "hldg", "hldgs", "homeown", "hon", "hort", "hosp", "hosps", "hous",
	"hwy", "ida", "ident", "ill", "illum", "imp", "inc", "incl", "ind", "indem", "indep", "inds", "indus",
	"info", "innov", "ins", "insp", "inst", "instr", "instrs", "insts", "interest", "intl", "inv", "invr",
	"invs", "irrig", "jas", "jos", "jud", "kan", "lab", "labs", "laund", "lbr", "leas", "liab", "lib",
	"licens", "lines", "lit", "litig", "livestk", "llc", "llp", "ltd", "lubr", "lumb", "mach", "maint",
	"manuf", "mar", "mass", "mech", "med", "mem", "memb", "meml", "merch", "messrs", "metro", "mfg", "mfr",
	"mfrs", "mgmt", "mgt", "mich", "mil", "mill", "min", "minn", "miss", "mkt", "mktg", "mkts", "mont",
	"mort", "mortg", "mrs", "mtg", "mtge", "mun", "mut", "nat", "natl", "nav", "neb", "nev", "nos", "nurs",
	"ohio", "okla", "oper", "opt", "ord", "ore", "org", "orgs", "ors", "orth", "ow", "pac", "packag",
	"paint", "pap", "par", "pen", "penn", "pens", "pers", "pet", "petr", "petrol", "pharm", "phila", "phys",
	"pip", "pkg", "plast", "plc", "plumb", "polit", "pow", "pps", "prac", "precis", "pres", "presb", "prim",
	"princ", "print", "prob", "proc", "prod", "prods", "prof", "profl", "prog", "proj", "prop", "props",
	"prosp", "prot", "provid", "pship", "psych", "pub", "publg", "publn", "pubs", "pump", "purch", "quarr",
	"recov", "recreat", "recyc", "ref", "refin", "refrig", "reg", "regl", "regul", "rehab", "reins", "rel",
	"relig", "rent", "rep", "reprod", "repub", "res", "resid", "resp", "rest", "ret", "retir", "rev",
	"rlty", "robt", "roof", "rpt", "rptr", "rub", "rwy", "saml", "sanit", "sav", "savs", "saw", "sch",
	"schs", "sci", "seaf", "sec", "secs", "secur", "secy", "semicond", "sen", "ser", "serv", "servs", "sgt",
	"ship", "sholder", "shop", "sign", "sing", "soc", "socy", "sol", "soln", "sound", "south", "spec",
	"spring", "stamp", "stat", "std", "ste", "steam", "steel", "stev", "stor", "struct", "subcomm",
	"subdiv", "sug", "sup", "superv", "supp", "supt", "sur", "surg", "svc", "svcs", "sys", "syss", "tax",
	"teach", "tech", "tel", "telecomm", "temp", "tenn", "terr", "tex", "text", "theat", "therap", "thos",
	"timb", "tob", "tour", "tpk", "trad", "trans", "transcon", "transf", "transp", "trs", "truck", "tun",
	"twp", "typog", "under", "unif", "unit", "univ", "utah", "util", "utils", "veh", "ven", "vent", "vet",
	"vill", "voc", "vols", "wareh", "wareho", "warr", "wash", "wat", "weld", "whol", "wis", "wk", "wood",
	"wyo",
};

static int word_cmp(const void *key, const void *word)
{
	return strcmp(key, *(const char *const *)word);
}

/* A period here does not end a sentence: "Corp.", "Dep't.", one letter, "St.". */
bool abbreviation(span w)
{
	char letters[12];
	size_t n = w.n, k = 0;
	if (!n || w.p[n - 1] != '.')
		return false;
	if (small_word(w))
		return true; /* "ex rel." */
	if (is_digit(w.p[0]) && digits(w, 0) == n - 1)
		return false; /* "Sec. 42. In Alford v. ..." */
	/* Two letters or fewer, and initials, are taken for abbreviations, but for a few words that end sentences. */
	if (n <= 3 || span_find_byte(w, '.', 0) < n - 1)
		return span_find_byte(w, ')', 0) == n && span_find_byte(w, '"', 0) == n && span_find_byte(w, ']', 0) == n && !span_case_eq(w, SPAN("id.")) &&
		       !span_case_eq(w, SPAN("it.")) && !span_case_eq(w, SPAN("us."));
	for (size_t i = 0; i + 1 < n; i++) {
		if (is_alpha(w.p[i]) && k + 1 < sizeof letters)
			letters[k++] = to_lower(w.p[i]);
		else if (w.p[i] != '\'' && (unsigned char)w.p[i] < 0x80)
			return false;
	}
	/* Only letters and apostrophes are left: "Dep't." is "dept" in the list. */
	letters[k] = 0;
	if (k >= sizeof letters - 1 || !is_upper(w.p[0]))
		return false;
	const size_t all = sizeof abbreviations / sizeof *abbreviations;
	bool known = bsearch(letters, abbreviations, all, sizeof *abbreviations, word_cmp);
	if (!known && k > 3 && letters[k - 1] == 's') { /* "Ctrs." */
		letters[k - 1] = 0;
		known = bsearch(letters, abbreviations, all, sizeof *abbreviations, word_cmp);
	}
	return known;
}

/* Names too common to stand for a case. */
bool common_party(span name)
{
	static const char *const names[] = { "United States", "State", "People", "Commonwealth", "City", "County", "The", "U.S.", "In re",
		"United", "Inc.", "Inc", "Co.", "Corp.", "Ltd.", "LLC", "al.", "Board", "Department", "Dep't", "In", "Ex", "Matter", "America",
		"States", "Company", "Corporation", "Commission", "Comm'n", "Secretary", "Commissioner", "National", "New" };
	for (size_t k = 0; k < sizeof names / sizeof *names; k++)
		if (span_eq(name, span_of(names[k])))
			return true;
	return name.n < 3;
}

/* Names that say which words no case is called by alone. */
bool no_name(span name)
{
	static const char *const words[] = { "Court", "Id", "Id.", "Ibid", "Ibid.", "Compare", "Accord", "Also", "Cert", "Cert.", "Rev'd", "Aff'd",
		"Affirmed", "Reversed", "Circuit", "Vol.", "Volume", "Section", "Art.", "Article", "Inc.", "Code", "Const.", "Supreme Court", "January",
		"February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December", "Act", "Rule", "App.",
		"P.", "F.", "Thus", "Here", "There", "Congress", "It", "This", "These", "Note", "Footnote", "Part", "Page", "Reh'g", "Certiorari", "U.S.", "U. S.", "Compl.", "See", "But", "Cf.", "And", "Or", "In", "The", "But see", "See also" };
	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if (span_eq(name, span_of(words[k])))
			return true;
	/* A name has a small letter, or a capital behind its first byte: one capital or figures alone name nobody. */
	bool letters = false;
	for (size_t k = 0; k < name.n; k++)
		letters |= is_lower(name.p[k]) || (is_upper(name.p[k]) && k);
	return !letters || name.n > 80;
}
