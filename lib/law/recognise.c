#include "law/caption.h"

#include "base/err.h"

/* A phrase that speaks for a shape, in the head (first 4 kB) or tail (last kB) of a text. */
struct cue {
	span phrase;
	enum shape shape;
	int8_t weight;
	bool any_case;
};
#define SPAN_LIT(text) { text, sizeof(text) - 1 }
static const struct cue head_cues[] = {
	{ SPAN_LIT("BE IT ENACTED"), SHAPE_BILL, 6, true }, { SPAN_LIT("hereby enacted by"), SHAPE_BILL, 6, true }, { SPAN_LIT("A BILL"), SHAPE_BILL, 4, false }, { SPAN_LIT("HOUSE BILL NO"), SHAPE_BILL, 5, true },
	{ SPAN_LIT("SENATE BILL NO"), SHAPE_BILL, 5, true }, { SPAN_LIT("AN ACT"), SHAPE_BILL, 3, false }, { SPAN_LIT("GENERAL ASSEMBLY"), SHAPE_BILL, 2, false },
	{ SPAN_LIT("REGULAR SESSION"), SHAPE_BILL, 2, true }, { SPAN_LIT("INTRODUCED BY"), SHAPE_BILL, 2, true }, { SPAN_LIT("[Congressional Bills"), SHAPE_BILL, 8, false },
	{ SPAN_LIT("HOUSE BILL "), SHAPE_BILL, 2, false }, { SPAN_LIT("SENATE BILL "), SHAPE_BILL, 2, false }, { SPAN_LIT("IN THE HOUSE OF REPRESENTATIVES"), SHAPE_BILL, 4, false },
	{ SPAN_LIT("IN THE SENATE OF"), SHAPE_BILL, 4, false }, { SPAN_LIT("The people of the State of"), SHAPE_BILL, 3, true },
	{ SPAN_LIT("COURT OF APPEAL"), SHAPE_OPINION, 4, true }, { SPAN_LIT("SUPREME COURT OF"), SHAPE_OPINION, 4, true },
	{ SPAN_LIT("DISTRICT COURT"), SHAPE_OPINION, 2, true }, { SPAN_LIT("COURT OF"), SHAPE_OPINION, 1, true }, { SPAN_LIT("CIRCUIT COURT"), SHAPE_OPINION, 1, true },
	{ SPAN_LIT("BANKRUPTCY COURT"), SHAPE_OPINION, 2, true }, { SPAN_LIT("SUPERIOR COURT"), SHAPE_OPINION, 2, true },
	{ SPAN_LIT("\nv.\n"), SHAPE_OPINION, 4, true }, { SPAN_LIT(" v. "), SHAPE_OPINION, 1, false }, { SPAN_LIT(" vs. "), SHAPE_OPINION, 1, false }, { SPAN_LIT(" v."), SHAPE_OPINION, 1, false },
	{ SPAN_LIT("Plaintiff"), SHAPE_OPINION, 2, true }, { SPAN_LIT("Defendant"), SHAPE_OPINION, 2, true }, { SPAN_LIT("Appellant"), SHAPE_OPINION, 2, true },
	{ SPAN_LIT("Appellee"), SHAPE_OPINION, 2, true }, { SPAN_LIT("Petitioner"), SHAPE_OPINION, 2, true }, { SPAN_LIT("Respondent"), SHAPE_OPINION, 2, true },
	{ SPAN_LIT("Circuit Judge"), SHAPE_OPINION, 3, true }, { SPAN_LIT("District Judge"), SHAPE_OPINION, 3, true }, { SPAN_LIT("Chief Justice"), SHAPE_OPINION, 2, true },
	{ SPAN_LIT("PER CURIAM"), SHAPE_OPINION, 4, true }, { SPAN_LIT("delivered the opinion"), SHAPE_OPINION, 6, true }, { SPAN_LIT("certiorari"), SHAPE_OPINION, 2, true },
	{ SPAN_LIT("this matter is before the court"), SHAPE_OPINION, 6, true }, { SPAN_LIT("Memorandum Opinion"), SHAPE_OPINION, 5, true },
	{ SPAN_LIT("Magistrate Judge"), SHAPE_OPINION, 3, true }, { SPAN_LIT("OPINION"), SHAPE_OPINION, 2, false }, { SPAN_LIT(", J."), SHAPE_OPINION, 2, false },
	{ SPAN_LIT("this appeal"), SHAPE_OPINION, 2, true }, { SPAN_LIT("Appeal from"), SHAPE_OPINION, 2, true }, { SPAN_LIT("plaintiff's motion"), SHAPE_OPINION, 1, true },
	{ SPAN_LIT("INITIAL DECISION"), SHAPE_OPINION, 4, true }, { SPAN_LIT("In the Matter of"), SHAPE_OPINION, 2, true },
	{ SPAN_LIT("Administrative Law Judge"), SHAPE_OPINION, 4, true }, { SPAN_LIT("Findings of Fact"), SHAPE_OPINION, 3, true },
	{ SPAN_LIT("Decision and Order"), SHAPE_OPINION, 4, true }, { SPAN_LIT("Complainant"), SHAPE_OPINION, 2, true },
	{ SPAN_LIT("BRIEF OF "), SHAPE_BRIEF, 6, false }, { SPAN_LIT("TABLE OF AUTHORITIES"), SHAPE_BRIEF, 6, false },
	{ SPAN_LIT("ORDER"), SHAPE_ORDER, 3, false }, { SPAN_LIT("Case No"), SHAPE_ORDER, 1, true }, { SPAN_LIT("STIPULATION"), SHAPE_ORDER, 1, false },
	{ SPAN_LIT("ORAL ARGUMENT OF"), SHAPE_TRANSCRIPT, 8, false }, { SPAN_LIT("P R O C E E D I N G S"), SHAPE_TRANSCRIPT, 9, false },
	{ SPAN_LIT("came on for oral"), SHAPE_TRANSCRIPT, 8, true }, { SPAN_LIT("REPORTER'S TRANSCRIPT"), SHAPE_TRANSCRIPT, 9, true }, { SPAN_LIT("TRANSCRIPT OF"), SHAPE_TRANSCRIPT, 7, true },
	{ SPAN_LIT("DIRECT EXAMINATION"), SHAPE_TRANSCRIPT, 6, false }, { SPAN_LIT("DEPOSITION OF"), SHAPE_TRANSCRIPT, 7, false },
};
static const struct cue tail_cues[] = {
	{ SPAN_LIT("IT IS SO ORDERED"), SHAPE_ORDER, 4, true }, { SPAN_LIT("IT IS HEREBY ORDERED"), SHAPE_ORDER, 3, true }, { SPAN_LIT("So ordered"), SHAPE_OPINION, 3, true },
	{ SPAN_LIT("Affirmed."), SHAPE_OPINION, 3, true }, { SPAN_LIT("Reversed"), SHAPE_OPINION, 1, true }, { SPAN_LIT("remand"), SHAPE_OPINION, 1, true },
	{ SPAN_LIT("we affirm"), SHAPE_OPINION, 2, true }, { SPAN_LIT("concur"), SHAPE_OPINION, 2, true }, { SPAN_LIT("DISTRICT JUDGE"), SHAPE_ORDER, 1, true },
	{ SPAN_LIT("MAGISTRATE JUDGE"), SHAPE_ORDER, 1, true },
};

#define HEAD_BYTES 4096
#define TAIL_BYTES 1500

/* Cues by their first two letters, so that one pass over the text finds all;
 * a third tells nearly all others apart. */
struct cue_index {
	uint64_t by_pair[32 * 32]; /* bit i: cue number i may begin so */
	uint32_t three[64];        /* its first three bytes, in lower case */
};

static unsigned pair_of(const char *p)
{
	return ((unsigned char)p[0] & 31u) << 5 | ((unsigned char)p[1] & 31u); /* the same for either case */
}

static uint32_t three_of(const char *p)
{
	uint32_t v = (unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8 | (uint32_t)(unsigned char)p[2] << 16;
	return v | 0x202020u; /* letters in lower case; a byte that becomes another is told apart later */
}

static bool cue_at(span rest, const struct cue *c)
{
	return c->any_case ? span_case_starts(rest, c->phrase) : span_starts(rest, c->phrase);
}

/* Adds the weights of all cues in s to their shapes, each cue once however often it stands there: a word that a text repeats is no more
 * evidence. */
static void weigh(span s, const struct cue *cues, size_t n, int *score)
{
	struct cue_index x = { 0 };
	uint64_t left = 0;
	ASSERT(n <= 64);
	for (size_t i = 0; i < n; i++) { /* no cue is shorter than three bytes */
		x.by_pair[pair_of(cues[i].phrase.p)] |= 1ull << i;
		x.three[i] = three_of(cues[i].phrase.p);
		left |= 1ull << i;
	}
	for (size_t at = 0; at + 3 <= s.n; at++) {
		uint64_t here = x.by_pair[pair_of(s.p + at)] & left;
		for (; here; here &= here - 1) {
			unsigned i = (unsigned)__builtin_ctzll(here);
			if (three_of(s.p + at) != x.three[i] || !cue_at(span_sub(s, at, s.n), &cues[i]))
				continue;
			score[cues[i].shape] += cues[i].weight;
			left &= ~(1ull << i); /* each counts once */
		}
	}
}

/* What the first lines that look like a section's say: how many there are in
 * the head, and whether the text begins with one. */
static int section_score(const struct reader *r)
{
	int score = 0;
	size_t filled = 0;
	bool counted = false; /* a list below a head has begun */
	/* The first 40 lines with text: a code shows a section or a chapter by then. */
	for (size_t i = 0; i < r->lines.n && filled < 40; i++) {
		span line = reader_line(r, i), number;
		if (!line.n)
			continue;
		filled++;
		/* Breadcrumbs of a web page: opinions have none. */
		if (filled <= 6 && span_find(line, SPAN(" > "), 0) < line.n)
			score += 6;
		if (container_rank(line) && line.n < 120)
			score += 2;
		enum head_style style = head_of(line, &number);
		if (style != HEAD_NONE)
			score += filled <= 4 && style != HEAD_WORD ? 6 : 3;
		/* A list right below a section's head is what codes have. */
		else if (score && !counted && (span_starts(line, SPAN("(a) ")) || span_starts(line, SPAN("(1) ")) || span_starts(line, SPAN("A. ")))) {
			score += 3;
			counted = true;
		}
	}
	return score;
}

/* A line that only a case has near its beginning: its court, "v." alone, its judge. */
static bool has_caption(const struct reader *r)
{
	struct author a;
	size_t filled = 0;
	for (size_t i = 0; i < r->lines.n && filled < 60; i++) {
		span s = reader_line(r, i);
		filled += s.n > 0;
		bool court = s.n < 90 && span_case_find(s, SPAN("court")) < s.n && clause_end(s) == 0 && !starts_lower(s) && s.n && s.p[0] != '#';
		bool versus = s.n < 6 && (span_case_starts(s, SPAN("v.")) || span_case_starts(s, SPAN("vs.")));
		bool matter = span_case_starts(s, SPAN("this matter is before")) || span_case_starts(s, SPAN("in re ")) || span_case_starts(s, SPAN("in the matter of")) ||
			      span_case_starts(s, SPAN("in re:")) ||
			      span_case_find(span_sub(s, 0, 200), SPAN(" v. ")) < 80;
		if (court || versus || matter || author_of(s, &a))
			return true;
	}
	return false;
}

/* "ORDER", "SUMMARY ORDER" as a title, and no judge's name that opens an opinion. */
static bool titled_order(const struct reader *r)
{
	struct author a;
	bool titled = false;
	for (size_t i = 0; i < r->lines.n && i < 160; i++) {
		span s = reader_line(r, i);
		if (author_of(s, &a))
			return false;
		if (i < 60 && s.n < 60 && span_ends(s, SPAN("ORDER")) && all_capitals(s, 5) && words_in(s) < 7 && span_find(s, SPAN("MEMORANDUM"), 0) == s.n &&
		    span_find(s, SPAN("OPINION"), 0) == s.n)
			titled = true;
	}
	return titled;
}

/* Speeches in the first lines: "MR. ROBERTS: Thank you". Those that an opinion
 * quotes come after its judge's name. */
static size_t speeches(const struct reader *r)
{
	struct author a;
	size_t n = 0;
	for (size_t i = 0; i < r->lines.n && i < 200; i++) {
		if (author_of(reader_line(r, i), &a))
			break;
		n += speaker(reader_line(r, i));
	}
	return n;
}

/* In turn, from what is least in doubt: the printing office's marks, a transcript, a bill, a brief; then a code, when its sections say more than
 * the words of courts; then an opinion or order, which must also show a caption; else nothing that we know. */
enum shape recognise(const struct reader *r)
{
	int score[SHAPE_BRIEF + 1] = { 0 };
	span head = span_sub(r->text, 0, HEAD_BYTES);
	span tail = span_sub(r->text, r->text.n > TAIL_BYTES ? r->text.n - TAIL_BYTES : 0, r->text.n);
	if (span_starts(span_trim(span_sub(head, 0, 400)), SPAN("-CITE-")) || span_find(head, SPAN("\n-CITE-"), 0) < head.n)
		return SHAPE_GPO;
	weigh(head, head_cues, sizeof head_cues / sizeof *head_cues, score);
	weigh(tail, tail_cues, sizeof tail_cues / sizeof *tail_cues, score);
	score[SHAPE_CODE] = section_score(r);
	if (score[SHAPE_TRANSCRIPT] >= 8 || speeches(r) >= 5)
		return SHAPE_TRANSCRIPT;
	if (score[SHAPE_BILL] >= 8)
		return SHAPE_BILL;
	if (score[SHAPE_BRIEF] >= 6) /* what a party files is no decision */
		return SHAPE_BRIEF;
	int cased = score[SHAPE_OPINION] + score[SHAPE_ORDER];
	score[SHAPE_ORDER] += titled_order(r) ? 6 : 0;
	if (score[SHAPE_CODE] >= 6 && score[SHAPE_CODE] > cased)
		return SHAPE_CODE;
	if (cased < 6 || !has_caption(r))
		return SHAPE_OTHER;
	return score[SHAPE_ORDER] >= 6 && score[SHAPE_ORDER] >= score[SHAPE_OPINION] / 2 ? SHAPE_ORDER : SHAPE_OPINION;
}
