/* What was done to a text: its repairs one by one, and the text before and after. */
#include "searcher/web.h"

/* At most this much of a text goes into the two-column view. */
enum { PAIR_BYTES = 256 << 10, EDITS_SHOWN = 500, EDIT_BYTES = 200, EDIT_AROUND = 32 };

/* Whether a letter of UTF-8 goes on at this byte. */
static bool goes_on(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* White space that a repair took out or put in would not be seen. */
static void visible(struct buf *b, span s)
{
	size_t done = 0, most = s.n > EDIT_BYTES ? EDIT_BYTES : s.n;
	while (most && most < s.n && goes_on(s.p[most]))
		most--;
	for (size_t i = 0; i < most; i++) {
		if (s.p[i] != '\n' && s.p[i] != '\t' && s.p[i] != '\f' && s.p[i] != '\r' && (s.p[i] != ' ' || s.n > 1))
			continue;
		html_text(b, span_sub(s, done, i));
		done = i + 1;
		if (s.p[i] == ' ' && s.n > 1 && i && s.p[i - 1] != ' ' && i + 1 < s.n && s.p[i + 1] != ' ')
			buf_byte(b, ' ');
		else
			buf_put(b, s.p[i] == '\n' ? SPAN("<i class=blank>↵</i>") : s.p[i] == '\f' ? SPAN("<i class=blank>⇟</i>") :
				   s.p[i] == '\t' ? SPAN("<i class=blank>→</i>") : SPAN("<i class=blank>·</i>"));
	}
	html_text(b, span_sub(s, done, most));
	if (most < s.n)
		HTML(b, " …");
}

/* Some of the source on one side of a repair, at most EDIT_AROUND bytes: whole words where there are any, else whole letters. */
static span before(span src, uint32_t at)
{
	size_t first = at > EDIT_AROUND ? at - EDIT_AROUND : 0, beg = first;
	while (beg && beg < at && !is_space(src.p[beg - 1]))
		beg++;
	for (beg = beg < at ? beg : first; beg < at && goes_on(src.p[beg]);)
		beg++;
	return span_sub(src, beg, at);
}

/* The same behind the repair. */
static span after(span src, uint32_t at)
{
	size_t last = at + EDIT_AROUND < src.n ? at + EDIT_AROUND : src.n, end = last;
	while (end > at && end < src.n && !is_space(src.p[end]))
		end--;
	for (end = end > at ? end : last; end > at && end < src.n && goes_on(src.p[end]);)
		end--;
	return span_sub(src, at, end);
}

/* A repair where it stands: a space put in between two words says nothing without them. */
static void edit_row(struct buf *b, span src, const struct edit *e)
{
	struct json j = { .out = b };
	uint32_t beg = e->at.beg, end = e->at.end;
	buf_printf(b, "<tr><td>%s</td><td class=change>", e->rule);
	html_text(b, before(src, beg));
	if (e->before.n) {
		HTML(b, "<del>");
		visible(b, e->before);
		HTML(b, "</del>");
	}
	if (e->after.n) {
		HTML(b, "<ins>");
		visible(b, e->after);
		HTML(b, "</ins>");
	}
	html_text(b, after(src, end));
	HTML(b, "</td><td>");
	json_real(&j, (double)e->confidence, 2);
	buf_printf(b, "</td><td>%u–%u</td></tr>\n", beg, end);
}

/* "layout 120, hyphen 3": rules in the order they first appear.
 * Few rules and hundreds of edits: a linear search is enough. */
static void by_rule(struct buf *b, const struct edits *all)
{
	const char *rules[32];
	size_t counts[32], n = 0;
	for (size_t i = 0; i < all->n; i++) {
		size_t k = 0;
		while (k < n && strcmp(rules[k], all->v[i].rule) != 0)
			k++;
		/* More rules than there are: what is above the table's size would not be counted, but listed below all
		 * the same. */
		if (k == sizeof rules / sizeof *rules)
			continue;
		if (k == n) {
			rules[n] = all->v[i].rule;
			counts[n++] = 0;
		}
		counts[k]++;
	}
	HTML(b, "<p class=status>");
	for (size_t k = 0; k < n; k++)
		buf_printf(b, "%s%s %zu", k ? ", " : "", rules[k], counts[k]);
	HTML(b, "</p>\n");
}

/* In order of the source. What a rule is sure of stands beside it, for a reader who doubts. */
void web_repairs(struct web *w, const struct record *r)
{
	struct buf *b = &w->body;
	const struct edits *all = &r->doc.text.edits;
	buf_printf(b, "<h2>%zu repair%s</h2>\n", all->n, all->n == 1 ? "" : "s");
	by_rule(b, all);
	HTML(b, "<div class=scroll tabindex=0 role=region aria-label=Repairs><table class=repairs><thead><tr><th>Rule</th>"
		"<th>Taken out and put in</th><th>Confidence</th><th>Bytes of the source</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < all->n && i < EDITS_SHOWN; i++)
		edit_row(b, r->doc.text.src, &all->v[i]);
	HTML(b, "</tbody></table></div>\n");
	if (all->n > EDITS_SHOWN)
		buf_printf(b, "<p class=status>The first %d are shown; pincite show --repairs prints all.</p>\n", EDITS_SHOWN);
}

/* Without the blank lines at its end, which would only make its row higher. */
static span unended(span s)
{
	while (s.n && s.p[s.n - 1] == '\n')
		s.n--;
	return s;
}

/* Source [beg, end) with what repairs took out or changed marked; *next: first edit that may still matter. */
static void received(struct buf *b, const struct text *t, struct range at, size_t *next)
{
	uint32_t pos = at.beg;
	while (*next < t->edits.n && t->edits.v[*next].at.end <= pos)
		++*next;
	for (size_t i = *next; i < t->edits.n && t->edits.v[i].at.beg < at.end; i++) {
		const struct edit *e = &t->edits.v[i];
		uint32_t beg = e->at.beg > pos ? e->at.beg : pos, end = e->at.end < at.end ? e->at.end : at.end;
		/* What lies before this row was shown in the row before. */
		if (end <= beg)
			continue;
		html_text(b, span_sub(t->src, pos, beg));
		HTML(b, "<del>");
		html_text(b, span_sub(t->src, beg, end));
		HTML(b, "</del>");
		pos = end;
	}
	html_text(b, unended(span_sub(t->src, pos, at.end)));
}

/* End of the block of clean text that begins at beg: past its blank line.
 * Blank lines part blocks in every clean text. */
static uint32_t block_end(span text, uint32_t beg)
{
	size_t i = span_find(text, SPAN("\n\n"), beg);
	while (i < text.n && text.p[i] == '\n')
		i++;
	return (uint32_t)i;
}

/* A row for each block of the text, so that both sides stay abreast. */
void web_original(struct web *w, const struct record *r)
{
	struct buf *b = &w->body;
	const struct text *t = &r->doc.text;
	span clean = span_sub(t->clean, 0, PAIR_BYTES);
	uint32_t from = 0;
	size_t next = 0;
	HTML(b, "<table class=pair><thead><tr><th>As repaired</th><th>As received, what was changed struck out</th></tr></thead><tbody>\n");
	for (uint32_t beg = 0, end; beg < clean.n; beg = end) {
		end = block_end(clean, beg);
		/* What was taken out between two blocks stands beside the first; the last has all that is left. */
		size_t to = end < t->clean.n ? text_to_source(t, (struct range){ end, end + 1 }).beg : t->src.n;
		to = to < from ? from : to;
		HTML(b, "<tr><td>");
		html_text(b, unended(span_sub(clean, beg, end)));
		HTML(b, "</td><td>");
		received(b, t, (struct range){ from, (uint32_t)to }, &next);
		HTML(b, "</td></tr>\n");
		from = (uint32_t)to;
	}
	HTML(b, "</tbody></table>\n");
	if (t->clean.n > clean.n)
		HTML(b, "<p class=status>The beginning of a long text; pincite show --original prints all.</p>\n");
}
