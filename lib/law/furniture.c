#include "law/furniture.h"

#include "base/hash.h"
#include "base/sort.h"
#include "law/repair_private.h"

/* Bytes of a line that may be furniture. */
enum { SHORTEST = 3, LONGEST = 100 };

/* Words at the start of headings of law, and words of captions and of law
 * itself: what a court or a code says at the head of all its texts tells what they are. */
static const char *const opens[] = {
	"title", "chapter", "article", "part", "section", "sec.", "division", "subtitle", "subchapter", "subpart", "rule", "count",
	"exhibit", "appendix", "schedule", "form", "no.", "nos.", "case", "docket", "before", "by", "chap.", "art.", "for", "of",
};
static const char *const within[] = {
	"court", " v. ", " vs. ", "plaintiff", "defendant", "petitioner", "respondent", "appell", "opinion", "order", "memorandum", "judg", "justice",
	"state of", "united states", "in re", "in the", "people", "commonwealth", "affirmed", "reversed", "remanded", "dismissed", "denied", "granted",
	"repealed", "reserved", "decided", "filed", "argued", "submitted", "dated", "syllabus", "per curiam", "statut", "code", " act", "law",
	"regulation", "constitution", "amend", "bill", "resolution", "commission", "board", "department", "district", "county", "city", "attorney",
	"counsel", "enact", "effective", "definitions", "approved", "general assembly", "legislature", "congress",
	"circuit", "term", "publi", "en banc", "sealed", "slip", "rehear", "revis", "correct", "modif", "errat", "version", "history", "certif", "clerk",
	"conclusion", "introduction", "background", "discussion", "analysis", "facts", "short form", "preamble", "purpose", "penalt",
};

static bool opens_law(span l)
{
	for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
		span w = span_of(opens[i]);
		if (span_case_starts(l, w) && (l.n == w.n || !is_alpha(l.p[w.n])))
			return true;
	}
	return false;
}

/* Whether law may say it: then it stays. */
static bool of_law(span l)
{
	if (opens_law(l))
		return true;
	/* Anywhere, not only as words: "judg" is in judge and judgment. */
	for (size_t i = 0; i < sizeof within / sizeof *within; i++)
		if (span_case_find(l, span_of(within[i])) < l.n)
			return true;
	return false;
}

/* A line of its own that reads as a title and says nothing of law, as the name of a site or publisher does. 0: no such line. */
uint64_t furniture_line(span line)
{
	span l = span_trim(line);
	if (l.n < SHORTEST || l.n > LONGEST || !is_upper(l.p[0]) || !repair_title_like(l) || of_law(l))
		return 0;
	return hash64(l);
}

/* Calls for one line after another from an edge inwards. */
struct edge_walk {
	span s;
	size_t at, seen, limit; /* byte; lines with text */
	bool last;
	bool in_caption; /* the line before, in a text's head, speaks of law: what follows may belong to it */
};

/* From the front, or from the back when w->last; empty lines do not count. At most w->limit are seen, so the cost does not
 * grow with the text. */
static bool next_line(struct edge_walk *w, struct line *l)
{
	while (w->seen < w->limit && (w->last ? w->at > 0 : w->at < w->s.n)) {
		size_t beg = w->at, end = w->at;
		if (w->last) {
			while (beg > 0 && w->s.p[beg - 1] != '\n')
				beg--;
			w->at = beg ? beg - 1 : 0;
		} else {
			end = span_find_byte(w->s, '\n', beg);
			w->at = end + 1;
		}
		*l = line_trim(w->s, (struct line){ (uint32_t)beg, (uint32_t)end });
		if (l->beg == l->end)
			continue;
		w->seen++;
		return true;
	}
	return false;
}

/* From an edge of s. The edges of a short text overlap: each then has half of its
 * lines, for what stands near the head must be judged as a head's, by what is above it. */
static struct edge_walk walk_edge(span s, bool last, bool whole)
{
	struct edge_walk all = { .s = s, .limit = FURNITURE_EDGES };
	for (struct line l; whole && next_line(&all, &l);)
		;
	size_t limit = !whole ? FURNITURE_LINES : last ? all.seen / 2 : (all.seen + 1) / 2;
	return (struct edge_walk){ .s = s, .at = last ? s.n : 0, .limit = limit, .last = last };
}

/* "Chapter 3" and below it "Mooring", in a text so short that this is its foot. */
static bool below_heading(const struct edge_walk *w)
{
	struct edge_walk above = *w;
	struct line l;
	above.limit = w->seen + 1;
	return w->last && next_line(&above, &l) && l.end - l.beg <= LONGEST && opens_law(line_span(w->s, l));
}

/* The hash of the next line that may be furniture; 0 for one that is none. */
static uint64_t judge_line(struct edge_walk *w, struct line l)
{
	span text = line_span(w->s, l);
	uint64_t h = w->in_caption || below_heading(w) ? 0 : furniture_line(text);
	w->in_caption = !w->last && text.n <= LONGEST && of_law(text);
	return h;
}

/* Adds those of one edge to the n of out that are there, each once: a line that
 * stands twice in a text would outvote others. */
static size_t add_edge(struct edge_walk w, uint64_t *out, size_t n)
{
	for (struct line l; next_line(&w, &l);) {
		uint64_t h = judge_line(&w, l);
		bool again = h == 0;
		for (size_t i = 0; i < n; i++)
			again |= out[i] == h;
		if (!again)
			out[n++] = h;
	}
	return n;
}

size_t furniture_edges(span head, span tail, uint64_t out[FURNITURE_EDGES])
{
	bool whole = !tail.n;
	size_t n = add_edge(walk_edge(head, false, whole), out, 0);
	return add_edge(walk_edge(whole ? head : tail, true, whole), out, n);
}

struct furniture furniture_shared(uint64_t *all, size_t n, size_t texts, struct arena *a)
{
	struct { uint64_t *v; size_t n, cap; } shared = { 0 };
	sort_hashes(all, n);
	/* Each text has a line once, so a run of equal hashes is as long as texts have it. */
	for (size_t i = 0, run; i < n; i += run) {
		for (run = 1; i + run < n && all[i + run] == all[i];)
			run++;
		if (texts >= FURNITURE_TEXTS && run * 5 >= texts * 4)
			*PUSH(a, &shared) = all[i];
	}
	return (struct furniture){ shared.v, shared.n };
}

/* The first and last lines of the text that others of its place share, taken out. Only whole lines at the edges go. */
struct edits furniture_within(const struct text *t, const struct furniture *f, struct arena *a)
{
	struct edits out = { 0 };
	for (int last = 0; f && f->n && last < 2; last++) {
		struct edge_walk w = walk_edge(t->clean, last, true);
		for (struct line l; next_line(&w, &l);) {
			uint64_t h = judge_line(&w, l);
			if (h && has_hash(f->v, f->n, h))
				edit_push(&out, a, "site-furniture", (struct range){ l.beg, l.end }, .9f);
		}
	}
	edits_settle(&out);
	return out;
}
