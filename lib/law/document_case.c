#include "law/caption.h"
#include "law/cite.h"
#include "law/court.h"
#include "law/date.h"

#define HEAD_LINES 160 /* lines that a caption may take */
#define TAIL_LINES 40

struct head {
	struct reader *r;
	struct meta *m;
	span line[HEAD_LINES]; /* what the lines say: without blank ones, columns to the right and brackets of captions */
	size_t at[HEAD_LINES]; /* their index in the reader's lines */
	size_t n;
	bool after_gap[HEAD_LINES];
	size_t author;         /* index of the line where the text begins, n: not seen */
};

static bool versus(span s)
{
	return span_case_eq(s, SPAN("v.")) || span_case_eq(s, SPAN("vs.")) || span_case_eq(s, SPAN("v")) ||
	       span_case_eq(s, SPAN("versus")) || span_case_eq(s, SPAN("-against-")) || span_case_eq(s, SPAN("- against -"));
}

/* The left column of a line: "M.M.,\t) Case No." gives "M.M.,"; a line that
 * repeats itself to the right gives itself once. */
static span left_column(span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\t' || (s.p[i] == ')' && i && is_space(s.p[i - 1]) && span_find_byte(span_sub(s, 0, i), '(', 0) == i))
			return span_trim(span_sub(s, 0, i));
		if (s.p[i] != ' ' || !span_starts(span_sub(s, i, s.n), SPAN("     ")))
			continue;
		if (versus(span_sub(s, 0, i))) /* "-against-        MEMORANDUM & ORDER" */
			return span_sub(s, 0, i);
		span right = span_trim(span_sub(s, i, s.n));
		if (i > 3 && span_starts(right, span_sub(s, 0, i < right.n ? i : right.n)))
			return span_sub(s, 0, i);
	}
	return s;
}

static bool has_letters(span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (is_alnum(s.p[i]))
			return true;
	return false;
}

/* "--------------x": the rule that New York puts above and below a caption. */
static bool caption_rule(span s)
{
	size_t i = 0;
	while (i < s.n && (s.p[i] == '-' || s.p[i] == '_'))
		i++;
	return i > 4 && i + 2 > s.n;
}

/* Lines of the head up to the author's, each by its left column. What is in the right one (docket, clerk's stamp) is looked for by those
 * who need it, in the reader's lines. */
static void read_head(struct head *h)
{
	struct author author;
	bool gap = true;
	for (size_t i = 0; i < h->r->lines.n && h->n < HEAD_LINES; i++) {
		span s = left_column(reader_line(h->r, i));
		if (!has_letters(s) || caption_rule(s)) {
			gap = true;
			continue;
		}
		size_t dated = 0;
		if (date_parse(span_sub(s, 0, 40), &dated) && span_starts(span_sub(s, dated, s.n), SPAN("  ")) && h->n + 1 < HEAD_LINES) {
			h->line[h->n] = span_sub(s, 0, dated); /* a date in the left column, the court in the middle */
			h->at[h->n] = i;
			h->after_gap[h->n++] = gap;
			s = span_trim(span_sub(s, dated, s.n));
		}
		h->line[h->n] = s;
		h->at[h->n] = i;
		h->after_gap[h->n++] = gap;
		gap = false;
		/* A name opens the text when words follow it at once, or when it is in capitals and not among the caption's lines. */
		if (author_of(s, &author) && h->author == HEAD_LINES && (author.end + 20 < s.n || (all_capitals(author.name, 2) && (h->n > 12 || h->n < 3)) || author.name.p[0] == 'P'))
			h->author = h->n - 1;
		if (h->author < HEAD_LINES && h->n > h->author + 1)
			break;
	}
	if (h->author > h->n)
		h->author = h->n;
}

/* "F OR THE S ECOND C IRCUIT": small capitals that a converter set apart from
 * their initials. s with them joined when there are two or more; else s. */
static span unspread(span s, struct arena *a)
{
	char *out = arena_raw(a, s.n + 1, 1);
	size_t n = 0, joined = 0;
	for (size_t i = 0; i < s.n; i++) {
		out[n++] = s.p[i];
		bool alone = is_upper(s.p[i]) && (i == 0 || !is_alnum(s.p[i - 1])) && i + 3 < s.n && s.p[i + 1] == ' ';
		bool capitals = alone && is_upper(s.p[i + 2]) && (is_upper(s.p[i + 3]) || i + 3 == s.n);
		bool small = alone && is_lower(s.p[i + 2]) && s.p[i] != 'A' && s.p[i] != 'I';
		if (capitals || small) {
			i++;
			joined++;
		}
	}
	return joined > 1 ? (span){ out, n } : s;
}

/* The court that the lines from i on name, the longest reading first: up to four lines are read as one name, since captions are
 * centred and broken ("UNITED STATES COURT OF APPEALS / FOR THE ..."). */
static const struct court *court_at(const struct head *h, size_t i)
{
	for (size_t lines = 4; lines-- > 0;) {
		if (i + lines >= h->n)
			continue;
		span last = h->line[i + lines], s = h->line[i];
		s = span_sub((span){ s.p, (size_t)(last.p + last.n - s.p) }, 0, 300);
		const struct court *c = court_by_caption(s);
		if (!c)
			c = court_by_caption(unspread(s, h->r->a));
		if (c)
			return c;
	}
	return NULL;
}

/* The first line that names a court, unless a word before it says that the appeal came from there: unknown is better than the court below. */
static void find_court(struct head *h)
{
	for (size_t i = 0; i < h->author && i < 40; i++) {
		span s = h->line[i];
		if (s.n > 120 || !says(s, "court"))
			continue;
		bool noted = !i || h->line[i - 1].p[0] == '['; /* "[See slip opinion from the clerk]" tells of no other court */
		if (says(s, "appeal from") || says(s, "appeals from") || says(s, "certiorari") ||
		    (!noted && (says(h->line[i - 1], " from ") || says(h->line[i - 1], "appeal"))))
			return; /* the court below: its own court is not named */
		const struct court *c = court_at(h, i);
		if (c) {
			h->m->court = c->id;
			h->m->jurisdiction = c->jurisdiction;
			return;
		}
	}
}

/* Past "No.", "Nos.", "No.:", "Number" at s[at]; at itself when they are not there. */
static size_t after_number_word(span s, size_t at)
{
	span rest = span_sub(s, at, s.n);
	size_t i = at + 2;
	if (span_case_starts(rest, SPAN("number ")))
		return at + 7;
	if (!span_case_starts(rest, SPAN("no")) || rest.p[0] != 'N')
		return at;
	i += i < s.n && to_lower(s.p[i]) == 's';
	if (i >= s.n || !strchr(".: ", s.p[i]))
		return at;
	while (i < s.n && strchr(".: ", s.p[i]))
		i++;
	return i;
}

/* s up to a gap between columns, a bracket or its final stops. */
static span docket_text(span s)
{
	size_t gap = span_find(s, SPAN("  "), 0), tab = span_find_byte(s, '\t', 0), dash = span_find(s, SPAN("\u2014"), 0);
	gap = dash < gap ? dash : gap; /* "No. 2019-0999\u2014Submitted April 7" */
	s = span_trim(span_sub(s, 0, gap < tab ? gap : tab));
	while (s.n && strchr(",.;)", s.p[s.n - 1]) && !(s.p[s.n - 1] == ')' && span_find_byte(s, '(', 0) < s.n))
		s.n--;
	return s;
}

static bool enough_digits(span s)
{
	size_t digits = 0;
	for (size_t i = 0; i < s.n; i++)
		digits += is_digit(s.p[i]);
	return digits >= 2 && s.n <= 90;
}

/* "LOCAL NO. 12", "Lodge No. 3": the number of a union or lodge, part of a party's name. */
static bool chapter_number(span before)
{
	static const char *const chapters[] = { "local", "lodge", "union", "post", "district", "chapter" };
	before = span_trim(before);
	for (size_t i = 0; i < sizeof chapters / sizeof *chapters; i++) {
		size_t n = strlen(chapters[i]);
		if (before.n >= n && span_case_eq(span_sub(before, before.n - n, before.n), span_of(chapters[i])))
			return true;
	}
	return false;
}

/* The number after "No.", "Nos.", "Case No.:", ... in a line; empty: none. */
static span docket_in(span s)
{
	for (size_t at = 0; at < s.n && at < 60; at++) {
		if (s.p[at] != 'N' || (at && is_alnum(s.p[at - 1])) || chapter_number(span_sub(s, 0, at)))
			continue;
		size_t from = after_number_word(s, at);
		span number = from > at ? docket_text(span_sub(s, from, s.n)) : (span){ 0 };
		if (number.n && enough_digits(number) && (is_digit(number.p[0]) || is_upper(number.p[0])))
			return number;
	}
	return (span){ 0 };
}

/* "08-4882-cr (L); 08-4887-cr (CON)", "1:16-cv-00376": a line that is a docket number by its form. */
static span bare_docket(span s)
{
	size_t i = 0;
	while (i < s.n && (is_digit(s.p[i]) || s.p[i] == ':'))
		i++;
	bool dash = i > 1 && i < 6 && i + 3 < s.n && s.p[i] == '-' && is_alnum(s.p[i + 1]) && is_alnum(s.p[i + 2]) &&
		    (is_alnum(s.p[i + 3]) || (s.p[i + 3] == '-' && is_alpha(s.p[i + 1])));
	return dash && s.n < 120 && span_find(s, SPAN(" of "), 0) == s.n ? docket_text(s) : (span){ 0 };
}

/* What stands to the right of a gap between columns; empty: there is one column. */
static span right_column(span s)
{
	size_t gap = span_find(s, SPAN("     "), 0);
	return gap < s.n ? span_trim(span_sub(s, gap, s.n)) : (span){ 0 };
}

/* A later line gives a number, too. */
static bool docket_follows(const struct head *h, size_t i)
{
	for (size_t k = i + 1; k < h->author && k < h->n; k++)
		if (docket_in(reader_line(h->r, h->at[k])).n)
			return true;
	return false;
}

/* The first number, and after it those of lines that begin with "No". */
static void find_docket(struct head *h)
{
	for (size_t i = 0; i < h->author; i++) {
		span whole = reader_line(h->r, h->at[i]), docket = docket_in(whole);
		if (!docket.n && i < 6)
			docket = bare_docket(whole);
		if (!docket.n && !h->m->docket.n)
			docket = bare_docket(right_column(whole));
		size_t first = span_find_byte(whole, '-', 0);
		if (!docket.n && !h->m->docket.n && first + 1 < whole.n && is_alpha(whole.p[first + 1])) /* "19-CV-0999": no telephone's number */
			docket = bare_docket(whole);
		bool below = i && i < h->n && says(h->line[i - 1], "appeal from") && docket_follows(h, i);
		if (below) /* the number of the court below; its own comes later */
			continue;
		if (!docket.n || (h->m->docket.n && !span_starts(whole, SPAN("No"))))
			continue;
		if (!h->m->docket.n)
			h->m->docket = docket;
		else if (h->m->docket.n + docket.n < 120 && span_find(h->m->docket, docket, 0) == h->m->docket.n)
			h->m->docket = arena_printf(h->r->a, "%.*s, %.*s", SPAN_ARG(h->m->docket), SPAN_ARG(docket));
	}
}

/* The date at the right of a line, below or beside "FILED": the clerk's stamp. */
static int date_of_stamp(const struct head *h, size_t i, span *date)
{
	span s = reader_line(h->r, h->at[i]);
	size_t from = s.n;
	while (from && !span_starts(span_sub(s, from, s.n), SPAN("   ")))
		from--;
	if (!from)
		return 0;
	int weight = caption_date(span_trim(span_sub(s, from, s.n)), date);
	bool filed = says(s, "filed") || (i && says(reader_line(h->r, h->at[i - 1]), "filed"));
	return weight && filed ? 2 : weight;
}

static void set_date(struct head *h, span printed)
{
	char iso[11];
	size_t n = date_format(date_parse(printed, NULL), iso);
	h->m->date = arena_dup(h->r->a, (span){ iso, n });
}

/* The weightiest date of the head, the first of equals; failing that one that the last lines call the day of the decision. */
static void find_date(struct head *h)
{
	int best = 0;
	span date = { 0 };
	for (size_t i = 0; i < h->n; i++) {
		span found, s = squeeze(h->line[i], h->r->a);
		int weight = caption_date(s, &found);
		if (!weight)
			weight = date_of_stamp(h, i, &found);
		if (weight > best) {
			best = weight;
			date = found;
		}
	}
	size_t lines = h->r->lines.n, from = lines > TAIL_LINES ? lines - TAIL_LINES : 0;
	for (size_t i = from; i < lines && best < 1; i++) {
		span found, s = squeeze(reader_line(h->r, i), h->r->a);
		if (caption_date(s, &found) == 2) {
			best = 1;
			date = found;
		}
	}
	if (best)
		set_date(h, date);
}

/* A party without what stands after it: "LARKSPUR FERRY COMPANY, Appellant,". */
static span without_tail(span s)
{
	while (s.n && strchr(",;. ", s.p[s.n - 1]) && !(s.p[s.n - 1] == '.' && s.n > 3 && !party_role(span_sub(s, s.n - 11, s.n))))
		s.n--;
	size_t comma = s.n;
	while (comma && s.p[comma - 1] != ',')
		comma--;
	if (comma && party_role(span_trim(span_sub(s, comma, s.n))))
		return without_tail(span_sub(s, 0, comma - 1));
	return s;
}

/* Lines that end a party's name; above the "v." the court's own lines do so, too. */
static bool no_party(span s, int step)
{
	if (party_role(s) || docket_in(s).n || s.p[0] == '[' || span_case_starts(s, SPAN("appeal from")))
		return true;
	return step < 0 && (says(s, "court") || says(s, "circuit") || says(s, "district of"));
}

/* The party above (step -1) or below (step 1) line i: the lines that stand together there. */
static span party(const struct head *h, size_t i, int step)
{
	size_t from = i, to = i;
	for (size_t k = i; (step < 0 ? k > 0 : k + 1 < h->n) && to - from < 6;) {
		k = step < 0 ? k - 1 : k + 1;
		bool open = from != i || to != i;
		if (no_party(h->line[k], step) && (open || (step > 0 && !party_role(h->line[k]))))
			break;
		if (party_role(h->line[k]) || bare_docket(h->line[k]).n)
			continue;
		if (open && (step < 0 ? h->after_gap[k + 1] : h->after_gap[k]))
			break;
		if (step < 0 ? from == i : to == i)
			from = to = k;
		else
			*(step < 0 ? &from : &to) = k;
	}
	if (from == i)
		return (span){ 0 };
	span parts = { 0 };
	for (size_t k = from; k <= to; k++)
		parts = parts.n ? arena_printf(h->r->a, "%.*s %.*s", SPAN_ARG(parts), SPAN_ARG(h->line[k])) : h->line[k];
	return without_tail(squeeze(parts, h->r->a));
}

/* Parties around a "v." alone in its line, else a line that has the whole name. */
static void find_caption(struct head *h)
{
	for (size_t i = 0; i < h->author; i++) {
		span s = h->line[i];
		if (versus(s)) {
			span one = party(h, i, -1), two = party(h, i, 1);
			if (one.n && two.n)
				h->m->title = unspread(arena_printf(h->r->a, "%.*s v. %.*s", SPAN_ARG(one), SPAN_ARG(two)), h->r->a);
			return;
		}
		bool matter = span_case_starts(s, SPAN("in re")) || span_case_starts(s, SPAN("in the matter of")) || span_case_starts(s, SPAN("ex parte"));
		size_t at = span_find(s, SPAN(" v. "), 0);
		if ((matter || (at && at < s.n && i < 25)) && s.n < 160) {
			h->m->title = unspread(without_tail(squeeze(s, h->r->a)), h->r->a);
			if (matter && s.n < 12 && i + 1 < h->n)
				h->m->title = arena_printf(h->r->a, "%.*s %.*s", SPAN_ARG(h->m->title), SPAN_ARG(without_tail(squeeze(h->line[i + 1], h->r->a))));
			return;
		}
	}
}

/* The lines between "Before" and the counsel: "Torruella, Circuit Judge". */
static void find_panel(struct head *h)
{
	for (size_t i = 0; i + 1 < h->author; i++) {
		if (!span_case_starts(h->line[i], SPAN("before")) || h->line[i].n > 8)
			continue;
		span s = squeeze(h->line[i + 1], h->r->a);
		size_t end = says(s, "judge") ? span_case_find(s, SPAN("judge")) : s.n;
		while (end && s.p[end - 1] != ',')
			end--;
		h->m->judge = end ? span_sub(s, 0, end - 1) : without_tail(s);
		return;
	}
}

/* A line that is a judge's office and nothing else: "United States Magistrate Judge". */
static bool bench_title(span s)
{
	struct author a;
	char line[80] = "X, ";
	if (s.n + 4 > sizeof line)
		return false;
	memcpy(line + 3, s.p, s.n);
	return author_of((span){ line, s.n + 3 }, &a) && a.end == s.n + 3;
}

/* "/s/ Jennifer L. Thurston" or the name above "UNITED STATES DISTRICT JUDGE" at the end. */
static void find_signature(struct head *h)
{
	size_t lines = h->r->lines.n, from = lines > TAIL_LINES ? lines - TAIL_LINES : 0;
	for (size_t i = lines; i-- > from;) {
		span s = reader_line(h->r, i);
		size_t slash = span_find(s, SPAN("/s/"), 0);
		bool named = slash < s.n && s.n - slash > 8 && s.n - slash < 60 && !says(span_sub(s, slash, s.n), "judge");
		if (named) {
			h->m->judge = squeeze(span_sub(s, slash + 3, s.n), h->r->a);
			return;
		}
		bool title = s.n < 60 && s.n > 8 && is_upper(s.p[0]) && says(s, "judge") && (all_capitals(s, 5) || bench_title(s));
		span above = title && i ? reader_line(h->r, i - 1) : (span){ 0 };
		if (span_find(above, SPAN("/s/"), 0) < above.n)
			continue;
		if (title && above.n > 5 && above.n < 50 && !says(above, "order") && has_letters(above) && (all_capitals(s, 5) || !clause_end(above))) {
			h->m->judge = squeeze(above, h->r->a);
			return;
		}
	}
}

/* Whoever opens the text, else who signs it, else the first of the panel. */
static void find_judge(struct head *h)
{
	struct author a;
	if (h->author < h->n && author_of(h->line[h->author], &a))
		h->m->judge = unspread(squeeze(a.name, h->r->a), h->r->a);
	if (!h->m->judge.n)
		find_signature(h);
	if (!h->m->judge.n)
		find_panel(h);
}

/* Bytes of what says that a line cites the case itself: "[Cite as ", "Decision: "; 0: none. */
static size_t cite_as(span s)
{
	static const char *const words[] = { "[Cite as ", "Cite as: ", "Cite as ", "Decision: ", "Citation: ", "Neutral Citation: ", "Cited as " };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_case_starts(s, span_of(words[i])))
			return strlen(words[i]);
	return 0;
}

/* Its own citations: a line of the caption that is nothing else, or says so. */
static void find_cites(struct head *h)
{
	for (size_t i = 0; i < h->author && i < 25; i++) {
		struct cites found = { 0 };
		struct cite_context none = { 0 };
		span s = squeeze(h->line[i], h->r->a);
		size_t said = cite_as(s);
		s = span_sub(s, said, s.n);
		if (!s.n || (!is_digit(s.p[0]) && !said) || s.n > 160 || s.n < 6)
			continue;
		found = cites_of(s, &none, h->r->a);
		bool whole = found.n && found.v[0].at.beg == 0 && !found.v[0].plaintiff.n && h->after_gap[i];
		if (!found.n || found.v[0].kind != CITE_CASE || !(whole || said) || found.v[found.n - 1].full.end + 9 < s.n)
			continue;
		for (size_t k = 0; k < found.n; k++)
			if (!h->m->cite.n)
				h->m->cite = span_range(s, found.v[k].at);
			else
				*PUSH(h->r->a, &h->m->parallel) = span_range(s, found.v[k].at);
		const struct court *court = h->m->court.n ? NULL : court_by_id(found.v[0].court);
		if (court) { /* a reporter of one court names it */
			h->m->court = court->id;
			h->m->jurisdiction = court->jurisdiction;
		}
		return;
	}
}

/* Each of these reads the same lines for its own. The court goes before the citations: only where no line named one does a reporter. */
void read_case(struct reader *r, enum doc_kind kind)
{
	struct piece *p = PUSH(r->a, &r->pieces);
	struct head *h = NEW(r->a, struct head);
	p->kind = kind;
	h->r = r;
	h->m = &p->meta;
	h->author = HEAD_LINES;
	read_head(h);
	find_court(h);
	find_docket(h);
	find_cites(h);
	find_caption(h);
	find_date(h);
	find_judge(h);
}
