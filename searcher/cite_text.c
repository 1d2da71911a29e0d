/* What cite says, for the eyes. */
#include "law/address.h"
#include "law/court.h"
#include "searcher/cite_found.h"
#include "searcher/output.h"

/* Of each document, of each treatment; what is left out is counted. */
enum { SENTENCES_SHOWN = 3, EVIDENCE_SHOWN = 3 };

/* White space of any kind is one blank, since sentences come with the line breaks of their text. */
void found_line(struct buf *b, span s)
{
	bool space = false;
	for (size_t i = 0; i < s.n; i++) {
		if (is_space(s.p[i])) {
			space = true;
			continue;
		}
		if (space)
			buf_byte(b, ' ');
		space = false;
		output_safe(b, span_sub(s, i, i + 1));
	}
	buf_byte(b, '\n');
}

/* "      and 4 more" */
static void more(struct buf *b, size_t n)
{
	if (n)
		buf_printf(b, "      and %zu more\n", n);
}

/* After its address, a citing document: its caption, shortened, when it is of a court; its citation. Nothing where it has neither. */
static void name_line(struct buf *b, const struct mention *m)
{
	enum { TITLE_SHOWN = 70 };
	span title = m->court.n ? m->title : (span){ 0 };
	size_t end = title.n < TITLE_SHOWN ? title.n : TITLE_SHOWN;
	/* Shortened between words. */
	while (end < title.n && end && !is_space(title.p[end]))
		end--;
	buf_put(b, end || m->display.n ? SPAN("  ") : SPAN(""));
	output_safe(b, span_trim(span_sub(title, 0, end)));
	buf_put(b, end < title.n ? SPAN(" \u2026, ") : end ? SPAN(", ") : SPAN(""));
	output_safe(b, m->display);
}

/* What most of those who cite a case call it (the majority, if there is one, in one pass). */
static span usual_caption(const struct mentions *l)
{
	span usual = { 0 };
	size_t votes = 0;
	for (size_t i = 0; i < l->n; i++) {
		span caption = l->v[i].caption;
		if (!caption.n)
			continue;
		if (!votes)
			usual = caption;
		votes = span_eq(caption, usual) ? votes + 1 : votes - 1;
	}
	return usual;
}

/* Statutes: by what is cited. */
static void by_subdivision(const struct mentions *l, struct arena *a, struct buf *b)
{
	span cited = { 0 }, by = { 0 };
	for (size_t i = 0; i < l->n; i++) {
		const struct mention *m = &l->v[i];
		if (!span_eq(m->cited, cited))
			buf_printf(b, "\n  %.*s\n", SPAN_ARG(address_display(m->cited, a)));
		/* A document's name once, above all its sentences. */
		if (!span_eq(m->address, by) || !span_eq(m->cited, cited)) {
			buf_printf(b, "    %.*s", SPAN_ARG(m->place));
			name_line(b, m);
			buf_byte(b, '\n');
		}
		buf_put(b, SPAN("      "));
		found_line(b, m->sentence);
		cited = m->cited;
		by = m->address;
	}
}

/* /case/f3d/100/200  Roe v. Wade, 100 F.3d 200  discussed, 4 times */
static void citing_text(const struct mentions *l, const struct citing *c, struct buf *b)
{
	const struct mention *m = &l->v[c->first];
	buf_printf(b, "    %.*s", SPAN_ARG(m->address));
	name_line(b, m);
	buf_printf(b, "  %s%s", citator_depth_name(citator_depth(m->times)), m->times > 1 ? "" : "\n");
	if (m->times > 1)
		buf_printf(b, ", %u times\n", m->times);
	size_t shown = c->n < SENTENCES_SHOWN ? c->n : SENTENCES_SHOWN;
	for (size_t i = 0; i < shown; i++) {
		buf_put(b, SPAN("      "));
		found_line(b, m[i].sentence);
	}
	more(b, c->n - shown);
}

/* Cases: by court, and in each by how much is said. */
static void by_court(struct mentions *l, struct arena *a, struct buf *b)
{
	struct citings all = found_by_court(l, a);
	for (size_t i = 0; i < all.n; i++) {
		span court = l->v[all.v[i].first].court;
		if (!i || !span_eq(court, l->v[all.v[i - 1].first].court)) {
			const struct court *c = court_by_id(court);
			size_t n = 0;
			/* The number in brackets: counted ahead over the run of that court. */
			while (i + n < all.n && span_eq(l->v[all.v[i + n].first].court, court))
				n++;
			buf_put(b, SPAN("\n  "));
			output_safe(b, c ? c->name : court.n ? court : SPAN("No court"));
			buf_printf(b, " (%zu)\n", n);
		}
		citing_text(l, &all.v[i], b);
	}
}

/* Who says it may differ: several documents then are evidence of one thing. */
static bool same_group(const struct treated *x, const struct treated *y)
{
	return x->kind == y->kind && x->in_part == y->in_part && x->other_grounds == y->other_grounds && x->who == y->who &&
	       span_eq(x->by, y->by);
}

/* "overruled in part by Larkspur Ferry Co. v. Port of Larkspur, 219 Frk. 40" */
static void group_line(const struct treated *t, size_t n, struct arena *a, struct buf *b)
{
	span name = { 0 };
	/* The first that gives a name to who acted: others may cite it without. */
	for (size_t i = 0; i < n && !name.n; i++)
		name = t[i].by_name;
	buf_put(b, SPAN("\n  "));
	buf_put(b, treated_label(t, a));
	if (t->by_cite.n || name.n)
		buf_put(b, treatment_is_history(t->kind) ? SPAN(", ") : SPAN(" by "));
	output_safe(b, name);
	buf_put(b, name.n && t->by_cite.n ? SPAN(", ") : SPAN(""));
	found_line(b, t->by_cite);
}

void treated_text(const struct treated_list *l, const char *heading, struct arena *a, struct buf *b)
{
	if (l->n)
		buf_printf(b, "\n%s\n", heading);
	for (size_t i = 0, n; i < l->n; i += n) {
		for (n = 1; i + n < l->n && same_group(&l->v[i], &l->v[i + n]);)
			n++;
		group_line(&l->v[i], n, a, b);
		/* Place and citation of the document that says it, then its sentence. */
		size_t shown = n < EVIDENCE_SHOWN ? n : EVIDENCE_SHOWN;
		for (size_t k = i; k < i + shown; k++) {
			buf_printf(b, "    %.*s%s", SPAN_ARG(l->v[k].place), l->v[k].display.n ? "  " : "");
			found_line(b, l->v[k].display);
			buf_put(b, SPAN("      "));
			found_line(b, l->v[k].sentence);
		}
		more(b, n - shown);
	}
}

/* What the document does to others, one line and sentence each. */
static void treats_text(const struct treated_list *l, struct arena *a, struct buf *b)
{
	if (l->n)
		buf_put(b, SPAN("\nTreats\n"));
	for (size_t i = 0; i < l->n; i++) {
		buf_printf(b, "  %.*s: %.*s  %.*s\n      ", SPAN_ARG(treated_label(&l->v[i], a)),
			   SPAN_ARG(address_display(l->v[i].cited, a)), SPAN_ARG(l->v[i].place));
		found_line(b, l->v[i].sentence);
	}
}

/* "Mo. Rev. Stat. § 610.010 is superseded; it is now ...": first of all, for whoever asked has an
 * old number. */
static void formers_text(const struct found *f, struct arena *a, struct buf *b)
{
	for (size_t i = 0; i < f->formers.n; i++) {
		const struct former *w = &f->formers.v[i];
		bool asked = address_under(f->address, w->address);
		output_safe(b, address_display(asked ? f->address : w->address, a));
		buf_put(b, asked ? SPAN(" is superseded; it is now ") : SPAN(" is now "));
		output_safe(b, address_display(f->record.doc.address, a));
		if (w->source.n) {
			buf_put(b, SPAN(" ("));
			output_safe(b, w->source);
			buf_byte(b, ')');
		}
		buf_byte(b, '\n');
	}
	if (f->formers.n)
		buf_byte(b, '\n');
}

/* "also 93 S. Ct. 705, 35 L. Ed. 2d 147": the document's own, then what others call it. */
static void also_text(const struct alsos *l, bool own, struct arena *a, struct buf *b)
{
	bool any = false;
	for (size_t i = 1; i < l->n; i++) {
		if (l->v[i].own != own)
			continue;
		buf_put(b, any ? SPAN(", ") : SPAN("also "));
		output_safe(b, address_display(l->v[i].address, a));
		any = true;
	}
	if (any)
		buf_put(b, own ? SPAN("\n") : SPAN(", as documents here cite it\n"));
}

/* A case that is only cited still has a name. */
static void absent(const struct found *f, struct arena *a, struct buf *b)
{
	span caption = usual_caption(&f->mentions);
	output_safe(b, address_display(f->address, a));
	if (f->at.n && !span_eq(f->at, f->address)) { /* a page that only citing sentences tell */
		buf_put(b, SPAN("  within "));
		output_safe(b, address_display(f->at, a));
	}
	if (caption.n) {
		buf_put(b, SPAN("  "));
		output_safe(b, caption);
	}
	buf_put(b, caption.n ? SPAN("\nnot in the index; its name is as documents here give it\n") : SPAN("\nnot in the index\n"));
}

/* Names, text, what it cites and does, what became of it, who cites it. A case's by court, all else
 * by subdivision: what matters of a case is who speaks, of a statute what is spoken of. */
void found_text(struct found *f, struct arena *a, struct buf *b)
{
	formers_text(f, a, b);
	also_text(&f->mentions.also, true, a, b);
	also_text(&f->mentions.also, false, a, b);
	if (f->mentions.also.n > 1)
		buf_byte(b, '\n');
	if (f->here)
		show_text(&f->shown, b);
	else
		absent(f, a, b);
	if (f->cites.n)
		buf_put(b, SPAN("\nCites\n"));
	for (size_t i = 0; i < f->cites.n; i++)
		buf_printf(b, "  %.*s  %.*s\n", SPAN_ARG(address_display(f->cites.v[i], a)), SPAN_ARG(f->cites.v[i]));
	treats_text(&f->treats, a, b);
	treated_text(&f->mentions.treated, "Later history and treatment, as documents here say it", a, b);
	/* "At least": as many as were asked for were read, and there are more. */
	buf_printf(b, "\nCited by %s%u document%s", f->mentions.cut ? "at least " : "", f->mentions.documents,
		   f->mentions.documents == 1 ? "" : "s");
	if (f->mentions.ranged)
		buf_printf(b, ", and by %u in a range that holds it", f->mentions.ranged);
	if (f->by_former)
		buf_printf(b, ", and by %u under a former number", f->by_former);
	buf_byte(b, '\n');
	if (span_starts(f->at, SPAN("/case/")) || span_starts(f->at, SPAN("/docket/")))
		by_court(&f->mentions, a, b);
	else
		by_subdivision(&f->mentions, a, b);
}
