/* The brief checker: a form, and what was found about each citation of the text it sends. */
#include "law/address.h"
#include "law/date.h"
#include "searcher/citator.h"
#include "searcher/verify.h"
#include "searcher/web.h"

/* Findings on a page; bytes of the brief around a citation; bytes of a title. */
enum { FINDINGS_SHOWN = 2000, CONTEXT_BEFORE = 160, CONTEXT_AFTER = 100, TITLE_SHOWN = 100 };

/* What a lawyer would call each; the colour only repeats the word. */
static const struct { const char *class_name, *title, *counted; } verdicts[VERDICTS] = {
	[VERDICT_FOUND] = { "found", "Found", "found" },
	[VERDICT_ABSENT] = { "missing", "Not in the corpus", "not in the corpus" },
	[VERDICT_AMBIGUOUS] = { "ambiguous", "Ambiguous", "ambiguous" },
	[VERDICT_IMPOSSIBLE] = { "impossible", "Impossible", "impossible" },
	[VERDICT_DIFFERS] = { "differs", "Differs", "differing" },
	[VERDICT_UNRESOLVED] = { "unresolved", "Not resolved", "not resolved" },
};

/* multipart/form-data: the one form of sending a file that needs no script. The text comes back in the box, to be
 * mended and sent again. */
static void form(struct buf *b, span text)
{
	HTML(b, "<form class=check action=/brief method=post enctype=multipart/form-data>\n"
		"<p><label for=brief>Text of the brief: paste it, or drop a text file here</label></p>\n"
		"<textarea id=brief name=text spellcheck=false rows=14>\n");
	/* HTML drops the line end right after the tag, not one that the text begins with. */
	html_text(b, text);
	HTML(b, "</textarea>\n<p class=controls><label for=brief-file>Or choose a text file</label> "
		"<input id=brief-file name=file type=file accept=\".txt,.text,.md,.htm,.html,text/plain\"> "
		"<span id=brief-name role=status></span><button>Check the citations</button></p>\n</form>\n");
}

/* What becomes of the text is said where it is asked for: a brief is confidential. */
static void start_page(struct web *w, const char *trouble)
{
	struct buf *b = &w->body;
	page_begin(b, SPAN("Check a brief · pincite"), (span){ 0 }, "brief");
	HTML(b, "<h1>Check a brief</h1>\n<p class=lead>Every citation is looked up: whether it is in this corpus, whether the case has "
		"that name, year and court, whether the section has that subdivision, and whether words in quotation marks stand "
		"in the text cited.</p>\n");
	if (trouble)
		page_notice(b, "notice error", span_of(trouble));
	form(b, (span){ 0 });
	HTML(b, "<p class=status>The text is read on this server for this one answer; it is neither kept nor logged. "
		"Plain text, at most one megabyte. What is not in the corpus may well exist: it only cannot be checked here.</p>\n");
	page_end(b);
	web_page(w, trouble ? 400 : 200);
}

/* [beg, end) of text on one line, cut at spaces. */
static void context(struct buf *b, span text, struct range at)
{
	size_t beg = at.beg > CONTEXT_BEFORE ? at.beg - CONTEXT_BEFORE : 0, end = at.end + CONTEXT_AFTER;
	/* The text is that of the brief as it was read: its lines mean nothing here, its words do. */
	while (beg && beg < at.beg && !is_space(text.p[beg]))
		beg++;
	if (end >= text.n)
		end = text.n;
	/* Cut between words, and never into the citation itself. */
	while (end < text.n && end > at.end && !is_space(text.p[end]))
		end--;
	buf_printf(b, "<p class=context>%s", beg ? "… " : "");
	html_text(b, span_sub(text, beg, at.beg));
	HTML(b, "<b>");
	html_text(b, span_range(text, at));
	HTML(b, "</b>");
	html_text(b, span_sub(text, at.end, end));
	buf_put(b, end < text.n ? SPAN(" …</p>\n") : SPAN("</p>\n"));
}

/* One row of evidence: what the brief has, what the corpus has. */
static void evidence(struct buf *b, const char *what, span brief, span corpus)
{
	buf_printf(b, "<dt>%s</dt><dd>", what);
	if (brief.n) {
		HTML(b, "the brief has <q>");
		html_text(b, brief);
		HTML(b, "</q>, ");
	}
	html_text(b, corpus);
	HTML(b, "</dd>\n");
}

/* The names that others give a case that the index lacks: evidence against an invented name, or for a misprinted
 * number. */
static span captions(const struct finding *f, struct arena *a)
{
	struct buf b = { .a = a };
	buf_put(&b, SPAN("other documents call it "));
	for (size_t i = 0; i < f->captions.n && i < 3; i++) {
		buf_put(&b, i ? SPAN("; ") : SPAN(""));
		buf_put(&b, f->captions.v[i]);
	}
	return buf_span(&b);
}

/* first 0: it is a section, and what is missing is a subdivision. */
static void evidence_page(struct buf *b, const struct finding *f)
{
	struct buf s = { .a = b->a };
	if (!f->first) {
		evidence(b, "Part", (span){ 0 }, arena_printf(b->a, "the section has no %.*s", SPAN_ARG(address_display(f->cite->address, b->a))));
		return;
	}
	buf_printf(&s, "the case begins at %u", f->first);
	if (f->last)
		buf_printf(&s, " and its last page mark is %u", f->last);
	evidence(b, "Page", f->cite->pin.n ? f->cite->pin : f->cite->page, buf_span(&s));
}

/* Each quotation by itself: that one stands there says nothing of the next. */
static void quotations(struct buf *b, const struct quoteds *q)
{
	for (size_t i = 0; i < q->n; i++) {
		const struct quoted *v = &q->v[i];
		HTML(b, "<dt>Quotation</dt><dd><q>");
		html_text(b, v->text);
		/* Three cases: elsewhere in the document, where it is cited, or nowhere in it. */
		buf_put(b, v->away ? SPAN("</q> stands at another place of it: ")
			: v->there ? SPAN("</q> stands in the text cited") : SPAN("</q> is not in the text cited"));
		html_text(b, v->place);
		if (v->other.n) {
			HTML(b, ", but in ");
			html_text(b, v->other);
		}
		if (!v->there && v->agrees.n) {
			HTML(b, "; the text has <q>");
			html_text(b, v->agrees);
			HTML(b, "<b>");
			html_text(b, v->has);
			HTML(b, "</b></q>");
		}
		HTML(b, "</dd>\n");
	}
}

/* Both sides of each difference, never a judgement: a year may be wrong in the brief or in the corpus. */
static void differences(struct buf *b, const struct finding *f)
{
	const struct cite *c = f->cite;
	struct arena *a = b->a;
	HTML(b, "<dl class=evidence>\n");
	/* Of a document that is here its own data are the evidence; of one that is not, what other
	 * documents print. */
	if (f->name)
		evidence(b, "Name", citator_caption(c, a),
			 f->found.n ? arena_printf(a, "the corpus %.*s", SPAN_ARG(f->title)) : captions(f, a));
	else if (!f->found.n && f->captions.n)
		evidence(b, "Name", (span){ 0 }, captions(f, a));
	if (f->year)
		evidence(b, "Year", arena_printf(a, "%u", (unsigned)c->year),
			 f->found.n ? arena_printf(a, "the corpus %u", f->date / 10000) : arena_printf(a, "other documents %.*s", SPAN_ARG(f->said_year)));
	if (f->court_differs)
		evidence(b, "Court", c->court, f->found.n ? arena_printf(a, "the corpus %.*s", SPAN_ARG(f->court))
							  : arena_printf(a, "other documents %.*s", SPAN_ARG(f->said_court)));
	if (f->page)
		evidence_page(b, f);
	/* Without any document: what the volume's number alone tells. */
	if (f->volume_year)
		evidence(b, "Year", arena_printf(a, "%u", (unsigned)c->year),
			 arena_printf(a, "volume %.*s of these reports is of about %u", SPAN_ARG(c->volume), f->volume_year));
	else if (f->verdict == VERDICT_IMPOSSIBLE && c->year)
		evidence(b, "Volume", (span){ 0 }, arena_printf(a, "no volume of these reports is of %u", (unsigned)c->year));
	quotations(b, &f->quotes);
	HTML(b, "</dl>\n");
}

/* Found although something differs: the link is what the reader needs to decide. */
static void document(struct buf *b, const struct finding *f)
{
	char date[11];
	if (!f->found.n)
		return;
	HTML(b, "<p class=leads><a");
	html_path(b, "/c", address_under(f->cite->address, f->found) ? f->cite->address : f->found);
	HTML(b, ">");
	html_text(b, address_display(f->found, b->a));
	HTML(b, "</a> <span class=quiet>");
	html_text(b, page_shortened(f->title, TITLE_SHOWN, b->a));
	if (f->date) {
		HTML(b, ", ");
		html_text(b, (span){ date, date_format(f->date, date) });
	}
	HTML(b, "</span></p>\n");
}

/* Verdict at the margin, evidence below the words of the brief themselves. */
static void finding_item(struct buf *b, const struct finding *f, const struct brief *br, size_t number)
{
	buf_printf(b, "<li id=c%zu class=finding>\n<p class=verdict><strong class=%s>%s</strong> <span class=line>line %u</span></p>\n<div>\n",
		   number, verdicts[f->verdict].class_name, verdicts[f->verdict].title, f->line);
	context(b, br->text.clean, f->cite->at);
	document(b, f);
	differences(b, f);
	HTML(b, "</div>\n</li>\n");
}

/* How many of each, each a link to its first. */
static void tally(struct buf *b, const struct findings *all)
{
	size_t count[VERDICTS] = { 0 }, first[VERDICTS] = { 0 };
	/* Backwards, so that the first of each stays. */
	for (size_t i = all->n; i--;) {
		count[all->v[i].verdict]++;
		first[all->v[i].verdict] = i + 1;
	}
	buf_printf(b, "<p class=status role=status>%zu citation%s</p>\n<ul class=tally>", all->n, all->n == 1 ? "" : "s");
	for (size_t i = 0; i < VERDICTS; i++)
		if (count[i])
			buf_printf(b, "<li><a href=\"#c%zu\"><b class=%s>%zu</b> %s</a></li>\n", first[i], verdicts[i].class_name,
				   count[i], verdicts[i].counted);
	HTML(b, "</ul>\n");
}

/* The table of authorities is of the same citations: what was not found stands in it, too. */
static void results(struct web *w, const struct brief *br, const struct findings *all, span text)
{
	struct buf *b = &w->body;
	struct toa t = toa_of(br->text.clean, &br->cites, (span){ 0 }, w->a);
	page_begin(b, SPAN("Brief checked · pincite"), (span){ 0 }, "brief");
	HTML(b, "<h1>Brief checked</h1>\n");
	tally(b, all);
	if (all->partial)
		page_notice(b, "notice", SPAN("Stopped at the time limit: the citations after the last one below were not looked up."));
	if (!all->n)
		page_notice(b, "notice", SPAN("No citation to a case, a statute or another law was found in the text."));
	HTML(b, "<ol class=findings>\n");
	for (size_t i = 0; i < all->n && i < FINDINGS_SHOWN; i++)
		finding_item(b, &all->v[i], br, i + 1);
	HTML(b, "</ol>\n");
	/* A browser takes no more; no lawyer does. */
	if (all->n > FINDINGS_SHOWN)
		page_notice(b, "notice", SPAN("The rest is left out here; the API and the command line have all."));
	if (t.n) {
		HTML(b, "<h2 id=toa>Table of authorities</h2>\n");
		web_toa(w, &t, 3);
	}
	HTML(b, "<details class=again><summary>Change the text and check again</summary>\n");
	form(b, text);
	HTML(b, "</details>\n");
	page_end(b);
	web_page(w, 200);
}

/* A word processor's file is not text; a form cannot know before it is sent. */
static bool packed(span s)
{
	return span_starts(s, SPAN("PK\x03\x04")) || span_starts(s, SPAN("%PDF-")) || span_starts(s, SPAN("\xD0\xCF\x11\xE0")) ||
	       span_starts(s, SPAN("{\\rtf"));
}

/* The same functions as `pincite verify`; only the print is another. */
static void check(struct web *w, span text)
{
	struct err err = { 0 };
	struct brief br = brief_read(text, w->a);
	struct findings all = { .deadline = w->deadline };
	if (verify_brief(w->worker->index, &br, w->a, &all, &err))
		results(w, &br, &all, text);
	else
		web_fail(w, &err);
}

/* A file beats the box: whoever chose one meant it. */
void page_brief(struct web *w)
{
	struct http_params sent;
	if (w->request->http->method != HTTP_POST) {
		start_page(w, NULL);
		return;
	}
	/* The text is not put back: what it was could not be read. */
	if (!http_form(w->request->http, w->a, &sent)) {
		start_page(w, "The form could not be read. Paste the text again, or send it to /v1/verify.");
		return;
	}
	span file = http_param(&sent, "file"), text = span_trim(file).n ? file : http_param(&sent, "text");
	if (packed(text))
		start_page(w, "This is a PDF or a word processor's file. Save it as plain text, or copy its text into the box.");
	else if (!span_trim(text).n)
		start_page(w, "There is no text to check: paste some into the box, or choose a text file.");
	else
		check(w, text);
}
