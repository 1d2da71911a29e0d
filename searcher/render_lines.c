#include "searcher/render.h"

#include "base/file.h"

/* One field of a line: control bytes become blanks. */
static void cell(struct buf *b, span s)
{
	for (size_t i = 0; i < s.n; i++)
		buf_byte(b, (unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F ? ' ' : s.p[i]);
}

/* One piece of text: what matched is not told. */
static void snippet(struct buf *b, const struct segments *s)
{
	for (size_t i = 0; i < s->n; i++)
		cell(b, s->v[i].t);
}

/* With --null a record ends as `xargs -0` wants it. */
static void end(struct buf *b, const struct render_options *o)
{
	buf_byte(b, o->null ? '\0' : '\n');
}

/* rank, score, address, citation, date, title, snippet */
static void tsv_line(struct buf *b, const struct hit *h, const struct hit_passage *p)
{
	buf_printf(b, "%u\t%.3f\t", h->rank, h->score);
	cell(b, p ? p->address : h->address);
	buf_byte(b, '\t');
	cell(b, p && p->cite.n ? p->cite : h->cite);
	buf_byte(b, '\t');
	cell(b, h->date);
	buf_byte(b, '\t');
	cell(b, h->title);
	buf_byte(b, '\t');
	if (p)
		snippet(b, &p->snippet);
}

/* A line a hit, with its best passage; a hit without one keeps the number of fields. */
void render_tsv(const struct search_answer *a, const struct render_options *o, struct buf *out)
{
	for (size_t i = 0; i < a->hits.n; i++) {
		const struct hit *h = &a->hits.v[i];
		tsv_line(out, h, h->passages.n ? &h->passages.v[0] : NULL);
		end(out, o);
	}
}

/* Line and column of a byte of the file, 1 and the byte when it cannot be read. */
static void place(span path, uint64_t at, struct arena *a, unsigned *line, uint64_t *column)
{
	span text;
	struct err e = { 0 };
	uint64_t start = 0;
	*line = 1;
	/* Bytes count, as vim's columns do. The file may have been changed or be gone since: the
	 * place is then wrong or its byte, never an error. */
	if (file_read(arena_cstr(a, path), FILE_MAX_BYTES, a, &text, &e))
		for (uint64_t i = 0; i < at && i < text.n; i++)
			if (text.p[i] == '\n') {
				++*line;
				start = i + 1;
			}
	*column = at - start + 1;
}

/* path:line:column:citation: words. A line a passage; each file is read anew, and its memory given
 * back, since hits are few. */
void render_vimgrep(const struct search_answer *a, const struct render_options *o, struct buf *out)
{
	for (size_t i = 0; i < a->hits.n; i++) {
		const struct hit *h = &a->hits.v[i];
		for (size_t k = 0; k < h->passages.n; k++) {
			struct arena scratch = { 0 };
			unsigned line;
			uint64_t column;
			place(h->path, h->passages.v[k].source_beg, &scratch, &line, &column);
			cell(out, h->path);
			buf_printf(out, ":%u:%llu:", line, (unsigned long long)column);
			cell(out, h->passages.v[k].cite.n ? h->passages.v[k].cite : h->passages.v[k].address);
			buf_put(out, SPAN(": "));
			snippet(out, &h->passages.v[k].snippet);
			end(out, o);
			arena_release(&scratch);
		}
	}
}

/* The names are those of --format. */
bool render_answer(span format, const struct search_answer *answer, const struct render_options *o, struct buf *out)
{
	static const struct {
		const char *name;
		void (*render)(const struct search_answer *answer, const struct render_options *o, struct buf *out);
	} formats[] = { { "text", render_text }, { "json", render_json }, { "jsonl", render_jsonl },
			{ "tsv", render_tsv }, { "vimgrep", render_vimgrep }, { "md", render_md } };
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (span_eq(format, span_of(formats[i].name))) {
			formats[i].render(answer, o, out);
			return true;
		}
	return false;
}
