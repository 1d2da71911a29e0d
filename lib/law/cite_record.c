/* cite_record: docket numbers and papers of the record. */
#include "law/cite_private.h"

/* "No.", "Nos. ", "#", "No:" ; i when there is none. */
static size_t number_mark(span t, size_t i)
{
	static const char *const words[] = { "nos.", "no.", "no.:", "nos", "no", "numbers", "number", 0 };
	size_t k = any_word(t, i, words, 0);
	k = k ? k : i;
	while (at(t, k) == ':' || at(t, k) == '#' || at(t, k) == '.')
		k++;
	return k;
}

/* A docket number has letters or hyphens or a colon: 4:15-CV-1008, 18 C 7039, 00-10934. */
static size_t docket_number(span t, size_t i)
{
	/* A figure, or a capital with a figure, a capital or a dash and figure after it: "A-12", "CV12". */
	size_t end = i, marks = 0;
	if (!is_digit((char)at(t, i)) && !(is_upper((char)at(t, i)) && (is_digit((char)at(t, i + 1)) || is_upper((char)at(t, i + 1)) ||
									(dash(t, i + 1) && is_digit((char)at(t, dash(t, i + 1)))))))
		return 0;
	/* At most 32 bytes. A joint counts only between letters or figures; a period joins, but does not mark a docket. */
	while (end < t.n && end < i + 32) {
		size_t d = dash(t, end);
		bool joint = d || t.p[end] == ':' || t.p[end] == '/' || t.p[end] == '.';
		if (joint && is_alnum((char)at(t, d ? d : end + 1))) {
			marks += t.p[end] != '.';
			end = d ? d : end + 1;
		} else if (is_alnum(t.p[end])) {
			end++;
		} else {
			break;
		}
	}
	/* 18 C 7039, 19 Civ. 1234 */
	if (!marks && end < i + 4 && at(t, end) == ' ') {
		size_t k = end + 1, letters = k;
		while (is_alpha((char)at(t, k)) && k < letters + 4)
			k++;
		k += at(t, k) == '.';
		if (k > letters && at(t, k) == ' ' && is_upper((char)at(t, letters)) && digits(t, k + 1) >= k + 4)
			return digits(t, k + 1);
	}
	/* With a mark of its own, or a capital in front and a figure at the end: a plain number is a docket only where its court is known. */
	return marks || (end > i + 1 && is_upper((char)at(t, i)) && is_digit((char)at(t, end - 1))) ? end : 0;
}

/* Judges' initials: "(CEJ)", " DAD JLT", "-JLT". */
static size_t initials(span t, size_t i)
{
	size_t k = i;
	if (at(t, i) == ' ' && at(t, i + 1) == '(') {
		k = i + 2;
		while (is_upper((char)at(t, k)) && k < i + 8)
			k++;
		return at(t, k) == ')' && k > i + 3 ? k + 1 : i;
	}
	/* One or two groups of two to four capitals, without a bracket. */
	for (int n = 0; n < 2; n++) {
		size_t w = i + 1;
		if (at(t, i) != ' ')
			return i;
		while (is_upper((char)at(t, w)) && w < i + 6)
			w++;
		if (w < i + 3 || is_alnum((char)at(t, w)) || w > i + 5)
			return i;
		i = w;
	}
	return i;
}

/* [","] "slip op." [[","] "at" page]: what is cited by its number, before court and date. */
static void slip_opinion(const struct scan *s, size_t i, struct cite *c)
{
	static const char *const words[] = { "slip op.", "slip opinion", "slip. op.", "mem. op.", "order", 0 };
	size_t k = blanks(s->t, i), end;
	k = at(s->t, k) == ',' ? blanks(s->t, k + 1) : i;
	end = k > i ? any_word(s->t, k, words, 0) : 0;
	if (!end)
		return;
	k = pin_after(s, end, &c->pin);
	c->full.end = (uint32_t)(k ? k : end);
}

/* The rest of "Nos. 13-354 and 13-356". */
static size_t dockets_more(struct scan *s, size_t i)
{
	span t = s->t;
	for (unsigned n = 0; n < 8; n++) {
		/* The court and date come after the last: with a year on the one before, the list is over. */
		size_t k = blanks(t, i), word, end;
		bool comma = at(t, k) == ',';
		k = blanks(t, k + comma);
		word = word_here(t, k, "and");
		word = word ? word : at(t, k) == '&' ? k + 1 : 0;
		k = word ? blanks(t, word) : k;
		end = (comma || word) && is_digit((char)at(t, k)) && !citation_at(s, k) ? docket_number(t, k) : 0;
		if (!end || s->out->v[s->out->n - 1].year)
			break;
		struct cite *c = cite_add(s, CITE_DOCKET, k, end);
		c->page = span_sub(t, k, end);
		i = end;
	}
	return i;
}

/* docket = [kind] ("No." | "#") number [initials] ["slip op."] [court, date]: "No. 12-34 (D. Mass. 2013)". Boards
 * number plainly; any other plain number needs a court and a date, else "No. 5" of a list would be one. */
size_t docket_read(struct scan *s, size_t beg)
{
	static const char *const heads[] = { "asbca", "cbca", "cfpb", "cftc", "sba", "registration", "psbca", "gsbca", "bca", "civil action", "case",
					     "cause", "docket", "crim.", "civ.", "criminal", "c.a.", 0 };
	span t = s->t;
	int which = 99;
	size_t i = any_word(t, beg, heads, &which), k = i ? blanks(t, i) : beg, mark = number_mark(t, k), end;
	bool board = which < 9; /* its numbers need no court beside them */
	if (mark == k || !is_upper((char)at(t, beg)))
		return 0;
	k = blanks(t, mark);
	end = docket_number(t, k);
	bool plain = false;
	if (!end && board && is_upper((char)at(t, k)))
		return 0;
	/* Plain figures: those of a board may be grouped in threes, "ASBCA No. 12,345". */
	if (!end) {
		end = digits(t, k);
		while (board && at(t, end) == ',' && digits(t, end + 1) == end + 4)
			end += 4;
		plain = !board;
	}
	if (end == k || end > k + 32)
		return 0;
	size_t last = initials(t, end);
	cite_add(s, CITE_DOCKET, beg, last);
	uint32_t index = (uint32_t)(s->out->n - 1);
	slip_opinion(s, last, &s->out->v[index]);
	tail_read(s, index);
	struct cite *c = &s->out->v[index];
	/* Without date and court it was no docket: taken back, with what the tail read. */
	if (plain && (!c->year || !c->court_text.n)) {
		s->out->n--;
		return 0;
	}
	c->page = span_sub(t, k, end);
	const span court = c->court;
	if (court.n && !span_find_byte(court, ' ', 0))
		return last;
	/* An identifier of a court has no blank. Its own words, kept for an unknown one, make no address. */
	if (court.n && span_find_byte(court, ' ', 0) == court.n) {
		char *p = arena_raw(s->a, end - k + 1, 1);
		for (size_t j = 0; j < end - k; j++)
			p[j] = to_lower(t.p[k + j]);
		c->address = arena_printf(s->a, "/docket/%.*s/%.*s", SPAN_ARG(court), (int)(end - k), p);
	}
	if (c->year)
		name_read(s, index);
	return which == 99 && at(t, beg + 2) == 's' ? dockets_more(s, last) : last;
}

/* Papers of the record. form: 'n' a number follows, 'a' only after "at", 'p' a
 * paragraph sign or "at", 'e' an exhibit's letter or number, 'l' a page with a
 * small letter ("App. 33a"), 'c' page:line, 'b' a page that closes the citation */
struct paper {
	const char *name;
	char form;
};
/* By first letter, so that a word is held against few. Each list ends with no name. */
static const struct paper papers_a[] = {
	{ "am. compl.", 'p' }, { "amd. complaint", 'p' }, { "amended complaint", 'p' }, { "answer", 'p' }, { "app.", 'a' }, { "a.r.", 'a' },
	{ "aplt. app.", 'a' }, { "aplee. app.", 'a' }, { "aff.", 'p' }, { "app.", 'l' }, { "a.r.", 'b' }, { "aff. of", 'h' }, { "admin. r.", 'a' },
	{ 0, 0 },
};
static const struct paper papers_b[] = {
	{ "br.", 'a' }, { "br.", 'b' }, { 0, 0 },
};
static const struct paper papers_c[] = {
	{ "compl.", 'p' }, { "complaint", 'p' }, { "c.r.", 'a' }, { 0, 0 },
};
static const struct paper papers_d[] = {
	{ "doc.", 'n' }, { "docs.", 'n' }, { "docket entry", 'n' }, { "dkt.", 'n' }, { "document", 'd' }, { "d.e.", 'n' }, { "docket", 'd' },
	{ "decl.", 'p' }, { "dep.", 'a' }, { "dep.", 'c' }, { "dsof", 'p' }, { "dsuf", 'p' }, { "decl. of", 'h' }, { 0, 0 },
};
static const struct paper papers_e[] = {
	{ "ecf", 'n' }, { "ex.", 'e' }, { "exh.", 'e' }, { "exhibit", 'x' }, { 0, 0 },
};
static const struct paper papers_f[] = {
	{ "first am. compl.", 'p' }, { "filing no.", 'n' }, { "fac", 'p' }, { 0, 0 },
};
static const struct paper papers_h[] = {
	{ "hr'g tr.", 't' }, { 0, 0 },
};
static const struct paper papers_j[] = {
	{ "j.a.", 't' }, { "joint app.", 'a' }, { 0, 0 },
};
static const struct paper papers_m[] = {
	{ "mem.", 'a' }, { 0, 0 },
};
static const struct paper papers_n[] = {
	{ "n.t.", 'a' }, { "n.t.", 'b' }, { 0, 0 },
};
static const struct paper papers_o[] = {
	{ "op.", 'a' }, { 0, 0 },
};
static const struct paper papers_p[] = {
	{ "pet. app.", 'a' }, { "pet. app.", 'l' }, { "pageid", 'i' }, { "page id", 'i' }, { "psof", 'p' }, { "psuf", 'p' }, { 0, 0 },
};
static const struct paper papers_r[] = {
	{ "r.", 'a' }, { "r.r.", 'a' }, { "rec.", 'a' }, { "r.a.", 'b' }, { "r. doc.", 'n' }, { "rec. doc.", 'n' }, { 0, 0 },
};
static const struct paper papers_s[] = {
	{ "second am. compl.", 'p' }, { "s.a.", 'b' }, { "sof", 'p' }, { "sumf", 'p' }, { "suf", 'p' }, { "sac", 'p' }, { 0, 0 },
};
static const struct paper papers_t[] = {
	{ "tr.", 't' }, { "trial tr.", 't' }, { "tr. of", 'h' }, { "tac", 'p' }, { "trial transcript", 'a' }, { "transcript", 'a' }, { 0, 0 },
};
static const struct paper *const papers[26] = {
	['a' - 'a'] = papers_a, ['b' - 'a'] = papers_b, ['c' - 'a'] = papers_c, ['d' - 'a'] = papers_d, ['e' - 'a'] = papers_e, ['f' - 'a'] = papers_f, ['h' - 'a'] = papers_h,
	['j' - 'a'] = papers_j, ['m' - 'a'] = papers_m, ['n' - 'a'] = papers_n, ['o' - 'a'] = papers_o, ['p' - 'a'] = papers_p,
	['r' - 'a'] = papers_r, ['s' - 'a'] = papers_s, ['t' - 'a'] = papers_t,
};

/* number = figures { dash figures }: "45", "45-1". Two letters after it make it something else. */
static size_t paper_number(span t, size_t i)
{
	size_t end = digits(t, i);
	if (end == i)
		return 0;
	while (dash(t, end) && is_digit((char)at(t, dash(t, end))))
		end = digits(t, dash(t, end));
	return is_alpha((char)at(t, end)) && is_alpha((char)at(t, end + 1)) ? 0 : end;
}

/* What follows a paper's name, by its form; 0 when it does not fit. */
static size_t paper_rest(const struct scan *s, size_t i, char form, span *pin)
{
	span t = s->t;
	size_t k = blanks(t, i), mark = number_mark(t, k), end;
	bool marked = mark > k;
	size_t p;
	switch (form) {
	case 'n':
	case 'd':
	case 't':
		/* "Document" and "docket" are words of prose: only with "No.". */
		if (form == 'd' && !marked)
			return 0;
		end = paper_number(t, blanks(t, mark));
		/* "Tr. at 12" as well as "Tr. 12:5". */
		if (!end && form == 't' && word_here(t, k, "at"))
			return pin_after(s, i, pin);
		if (!end)
			return 0;
		if (form == 't' && at(t, end) == ':')
			return pin_read(t, blanks(t, mark), pin);
		p = pin_after(s, end, pin);
		return p ? p : end;
	case 'e':
	case 'x':
		end = k;
		/* One or two capitals, or a number: "Ex. A", "Ex. AB", "Ex. 12-3". */
		while (is_upper((char)at(t, end)) && end < k + 2)
			end++;
		end = end > k ? end : paper_number(t, k);
		if (!end || is_alnum((char)at(t, end)))
			return 0;
		while (dash(t, end) && is_digit((char)at(t, dash(t, end))))
			end = digits(t, dash(t, end));
		p = pin_after(s, end, pin);
		/* "Exhibit" spelt out is prose unless a pin follows; "Ex. A" is enough. */
		return p ? p : form == 'x' ? 0 : end;
	case 'l': /* the letter tells it from a reporter's number */
		end = digits(t, k);
		return end > k && is_lower((char)at(t, end)) && !is_alnum((char)at(t, end + 1)) ? end + 1 : 0;
	case 'c':
		return at(t, digits(t, k)) == ':' && is_digit((char)at(t, k)) ? pin_read(t, k, pin) : 0;
	case 'b':
		end = paper_number(t, k);
		return end && (!at(t, end) || strchr(".,;)", (char)at(t, end))) && !citation_at(s, k) ? end : 0;
	case 'i':
		k = at(t, k) == '.' || at(t, k) == '#' ? blanks(t, k + 1) : k;
		return digits(t, k) > k ? digits(t, k) : 0;
	case 'h': /* "Tr. of Hearing at 12", "Decl. of Jane Doe ¶ 4" */
		for (end = k; end < t.n && end < k + 40 && (is_alnum(t.p[end]) || t.p[end] == ' ' || t.p[end] == '.' || t.p[end] == '\''); end++)
			if (word_here(t, end, "at") && starts_word(t, end) && is_digit((char)at(t, blanks(t, end + 2))))
				break;
		return word_here(t, end, "at") || at(t, end) == 0xC2 ? pin_after(s, end, pin) : 0;
	default:
		k = at(t, k) == ',' ? blanks(t, k + 1) : k;
		if (form == 'p' ? !paragraph_sign(t, k) && !word_here(t, k, "at") : !word_here(t, k, "at"))
			return 0;
		return pin_after(s, i, pin);
	}
}

/* (RT 1120.), (2 CT 345), See PX 45: papers by initials, all capitals, first within a bracket or after a signal. */
static size_t initials_read(struct scan *s, size_t beg)
{
	static const char *const names[] = { "RP", "VRP", "CP", "RT", "CT", "RR", "CR", "ER", "SER", "AA", "RA", "JA", "SPA", "AOB", "ARB", "RB", "AR", "PX",
					     "DX", "GX", "UF", "UMF", "DUF", "PUF", "DE", "TT", "MT" };
	span t = s->t;
	size_t end = beg, lead = blanks_back(t, beg, beg > 8 ? beg - 8 : 0), k;
	bool known = false;
	while (is_upper((char)at(t, end)) && end < beg + 4)
		end++;
	if (end - beg < 2 || at(t, end) != ' ' || !lead) /* most words in capitals, without asking for their name */
		return 0;
	for (size_t n = 0; n < sizeof names / sizeof *names && !known; n++)
		known = span_eq(span_sub(t, beg, end), span_of(names[n]));
	if (!known)
		return 0;
	/* A volume of one or two figures before the initials: "(2 CT 345)". */
	size_t volume = lead;
	while (volume && is_digit(t.p[volume - 1]))
		volume--;
	size_t open = volume < lead && lead - volume < 3 ? blanks_back(t, volume, volume > 4 ? volume - 4 : 0) : lead;
	bool framed = open && (strchr("([;,", t.p[open - 1]) || (open > 2 && word_here(t, open - 3, "see")));
	k = blanks(t, end);
	span pin;
	/* And after the pin only what closes: initials and a number are found in all kinds of text. */
	size_t last = framed && is_digit((char)at(t, k)) && !citation_at(s, k) ? pin_read(t, k, &pin) : 0;
	if (!last || (at(t, last) && !strchr(".,;:)]-", (char)at(t, last)) && at(t, last) < 0x80))
		return 0;
	struct cite *c = cite_add(s, CITE_RECORD, open < lead && volume < lead && volume >= s->floor ? volume : beg, last);
	c->pin = pin;
	return last;
}

/* "B-" six figures ["." number]: decisions of the Comptroller General, "B-303549", "B-303549.2". */
static size_t comptroller(struct scan *s, size_t beg)
{
	span t = s->t;
	size_t end = at(t, beg) == 'B' && at(t, beg + 1) == '-' ? digits(t, beg + 2) : 0;
	if (end != beg + 8 || is_alnum((char)at(t, end)) || dash(t, end))
		return 0;
	if (at(t, end) == '.' && is_digit((char)at(t, end + 1)))
		end = digits(t, end + 1);
	cite_add(s, CITE_DOCKET, beg, end)->page = span_sub(t, beg, end);
	tail_read(s, (uint32_t)(s->out->n - 1));
	return end;
}

/* paper = name rest, by the form of its name; the first that fits. Capitals of a paper's own follow, "RT 1120". */
size_t record_read(struct scan *s, size_t beg)
{
	span t = s->t, pin = { 0 };
	char first = to_lower((char)at(t, beg)), second = to_lower((char)at(t, beg + 1));
	if (!is_upper((char)at(t, beg)) || (beg && t.p[beg - 1] == '.'))
		return 0; /* not the "S.A." of "M.R.S.A." */
	const struct paper *p = first >= 'a' && first <= 'z' ? papers[first - 'a'] : 0;
	for (; p && p->name; p++) {
		if (p->name[1] != second)
			continue;
		size_t end = word_here(t, beg, p->name), last;
		if (!end || !(last = paper_rest(s, end, p->form, &pin)))
			continue;
		struct cite *c = cite_add(s, CITE_RECORD, beg, last);
		c->pin = pin;
		return last;
	}
	return is_upper((char)at(t, beg + 1)) ? initials_read(s, beg) : comptroller(s, beg);
}
