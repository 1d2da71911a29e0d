#include "law/record_private.h"

#include "base/zip.h"

/* RECORD_FORMAT changes with any change of the fields or their order. Only the first WITHIN_MAX bytes of a range are searched. */
enum { RECORD_FORMAT = 1, WITHIN_MAX = 4096 };

/* Packing checks nothing: what is packed was made by ourselves. */
void code_check(struct codec *c, bool ok)
{
	if (!c->out && !ok)
		c->in.bad = true;
}

/* Numbers of any width are varints: seven bits a byte, so small ones, and most are small, take one. */
void code_u64(struct codec *c, uint64_t *v)
{
	if (c->out)
		buf_varint(c->out, *v);
	else
		*v = take_varint(&c->in);
}

void code_u32(struct codec *c, uint32_t *v)
{
	if (c->out)
		buf_varint(c->out, *v);
	else
		*v = take_u32(&c->in);
}

/* Zigzag: 0, -1, 1, -2 ... become 0, 1, 2, 3 ... */
void code_near(struct codec *c, uint32_t *v, uint32_t base)
{
	int64_t d = c->out ? (int64_t)*v - base : 0;
	uint64_t z = d < 0 ? 2 * (uint64_t)-d - 1 : 2 * (uint64_t)d;
	code_u64(c, &z);
	if (c->out)
		return;
	bool fits = z <= 2 * (uint64_t)UINT32_MAX;
	d = !fits ? 0 : z & 1 ? -(int64_t)(z / 2) - 1 : (int64_t)(z / 2);
	int64_t value = base + d;
	code_check(c, fits && value >= 0 && value <= UINT32_MAX);
	*v = c->in.bad ? 0 : (uint32_t)value;
}

/* Clamped: a share is never written that reading would refuse. */
void code_share(struct codec *c, float *v)
{
	float x = *v > 0 ? *v < 1 ? *v : 1 : 0;
	uint32_t thousandths = c->out ? (uint32_t)(x * 1000 + .5f) : 0;
	code_u32(c, &thousandths);
	if (!c->out)
		*v = (float)thousandths / 1000;
	code_check(c, thousandths <= 1000);
}

void code_bytes(struct codec *c, span *s)
{
	if (c->out)
		buf_packed(c->out, *s);
	else
		*s = take_packed(&c->in);
}

/* The length of what is shared with base, then the rest: addresses of neighbours share nearly all. */
void code_front(struct codec *c, span *s, span base)
{
	uint32_t same = 0;
	while (c->out && same < s->n && same < base.n && s->p[same] == base.p[same])
		same++;
	span rest = c->out ? span_sub(*s, same, s->n) : (span){ 0 };
	code_u32(c, &same);
	code_bytes(c, &rest);
	if (c->out)
		return;
	code_check(c, same <= base.n);
	/* All of it shared: base itself, without a copy. */
	if (c->in.bad || (rest.n == 0 && same == base.n)) {
		*s = c->in.bad ? (span){ 0 } : base;
		return;
	}
	char *p = arena_raw(c->a, same + rest.n + 1, 1);
	memcpy(p, base.p ? base.p : "", same);
	memcpy(p + same, rest.p, rest.n);
	p[same + rest.n] = 0;
	*s = (span){ p, same + rest.n };
}

/* Three bytes or fewer are found anywhere by chance, and an offset is no shorter than they are. */
size_t found_within(span clean, struct range where, span s)
{
	span room = span_sub(span_range(clean, where), 0, WITHIN_MAX);
	size_t at = s.n > 3 ? span_find(room, s, 0) : room.n;
	return at < room.n ? at : SIZE_MAX;
}

void code_within(struct codec *c, span *s, struct range where)
{
	span room = span_sub(span_range(c->clean, where), 0, WITHIN_MAX);
	uint64_t at = 0; /* 0: empty; 1: bytes follow; else 2 + offset, and the length follows */
	if (c->out && s->n) {
		size_t found = found_within(c->clean, where, *s);
		at = found < SIZE_MAX ? 2 + found : 1;
	}
	code_u64(c, &at);
	if (at == 1)
		code_bytes(c, s);
	if (at < 2) {
		*s = at ? *s : (span){ 0 };
		return;
	}
	uint64_t n = s->n;
	code_u64(c, &n);
	/* Compared without a sum, which could run over. */
	code_check(c, at - 2 <= room.n && n <= room.n - (at - 2));
	if (!c->out)
		*s = c->in.bad ? (span){ 0 } : span_sub(room, (size_t)at - 2, (size_t)(at - 2 + n));
}

/* Beginning near base and length. After damage the range is empty, so that callers may go on to their own check. */
void code_range(struct codec *c, struct range *r, uint32_t base)
{
	uint32_t n = r->end - r->beg;
	code_near(c, &r->beg, base);
	code_u32(c, &n);
	code_check(c, r->beg <= c->clean.n && n <= c->clean.n - r->beg);
	r->end = c->in.bad ? r->beg : r->beg + n;
}

/* The count is believed only as far as the bytes that are left can hold so many: no allocation before that. */
void code_count(struct codec *c, size_t *n, size_t least)
{
	uint64_t count = *n;
	code_u64(c, &count);
	code_check(c, count <= c->in.rest.n / least);
	*n = c->in.bad ? 0 : (size_t)count;
}

void code_spans(struct codec *c, struct spans *s)
{
	CODE_LIST(c, s, 1);
	for (size_t i = 0; i < s->n; i++)
		code_bytes(c, &s->v[i]);
}

static void code_meta(struct codec *c, struct meta *m)
{
	span *fields[] = { &m->kind, &m->jurisdiction, &m->code, &m->number, &m->title, &m->cite, &m->date,
			   &m->court, &m->docket, &m->judge, &m->id, &m->url, &m->version };
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		code_bytes(c, fields[i]);
	code_spans(c, &m->breadcrumb);
	code_spans(c, &m->parallel);
}

static void code_doc(struct codec *c, struct doc *d)
{
	uint32_t kind = (uint32_t)d->kind;
	code_text(c, &d->text);
	code_u32(c, &kind);
	code_check(c, kind < KIND_COUNT);
	d->kind = c->in.bad ? KIND_OTHER : (enum doc_kind)kind;
	code_bytes(c, &d->address);
	code_bytes(c, &d->display);
	code_u32(c, &d->date);
	code_u32(c, &d->at.beg);
	code_u32(c, &d->at.end);
	code_meta(c, &d->meta);
}

/* The order of the parts is the format. The text comes first: the other parts refer to it. */
static void code_record(struct codec *c, struct record *r)
{
	code_doc(c, &r->doc);
	code_outline(c, &r->outline);
	code_cites(c, &r->cites);
	code_passages(c, &r->passages, &r->outline);
	code_starts(c, &r->sentences);
	code_starts(c, &r->paragraphs);
	code_sources(c, &r->sources);
	code_u32(c, &r->copies);
	code_spans(c, &r->versions);
}

span record_pack(const struct record *r, struct arena *a)
{
	struct buf out = { .a = a };
	struct codec c = { .out = &out, .a = a };
	struct record copy = *r; /* the codec takes pointers to fields; packing changes none */
	uint32_t format = RECORD_FORMAT;
	/* Mostly the text: room for it and a quarter more, so that the buffer seldom moves. */
	buf_need(&out, r->doc.text.clean.n + r->doc.text.clean.n / 4 + 1000);
	code_u32(&c, &format);
	code_record(&c, &copy);
	return buf_span(&out);
}

bool record_unpack(span packed, struct arena *a, struct record *out, struct err *err)
{
	struct codec c = { .in = { .rest = packed }, .a = a };
	uint32_t format = 0;
	*out = (struct record){ 0 };
	code_u32(&c, &format);
	if (!c.in.bad && format != RECORD_FORMAT)
		return err_set(err, ERR_DAMAGED, "record of format %u; this program reads %d", format, RECORD_FORMAT);
	if (!c.in.bad)
		code_record(&c, out);
	/* Nothing may be left over either: that too is damage. */
	if (!c.in.bad && c.in.rest.n == 0)
		return true;
	*out = (struct record){ 0 };
	return err_set(err, ERR_DAMAGED, "damaged record");
}

/* The address with `from` at its beginning changed for `to`; one of another document stays. */
static span moved(span address, span from, span to, struct arena *a)
{
	if (!span_starts(address, from))
		return address;
	struct buf b = { .a = a };
	buf_put(&b, to);
	buf_put(&b, span_sub(address, from.n, address.n));
	return buf_span(&b);
}

/* Units and passages have addresses below the document's: all move with it. Citations name other documents and stay. */
void record_readdress(struct record *r, span address, struct arena *a)
{
	span old = r->doc.address;
	r->doc.address = arena_dup(a, address);
	for (size_t i = 0; i < r->outline.n; i++)
		r->outline.v[i].address = moved(r->outline.v[i].address, old, address, a);
	for (size_t i = 0; i < r->passages.n; i++)
		r->passages.v[i].address = moved(r->passages.v[i].address, old, address, a);
}

/* The length goes before, as the inflater wants room of the right size. A deflater at hand is used again: setting one up costs much for a
 * small record. */
span record_deflate(span packed, struct deflater *d, struct arena *a)
{
	struct buf out = { .a = a };
	span z = d ? deflater_zlib(d, packed, a) : zip_deflate(packed, RECORD_DEFLATE_LEVEL, a);
	buf_need(&out, z.n + 10);
	buf_varint(&out, packed.n);
	buf_put(&out, z);
	return buf_span(&out);
}

bool record_inflate(span data, struct arena *a, span *packed, struct err *err)
{
	struct unpack in = { .rest = data };
	uint64_t size = take_varint(&in);
	/* No deflate stream grows by more than about 1032: a larger size is damage, and asks for no memory. */
	if (in.bad || size > RECORD_MAX_BYTES || size / 1100 > in.rest.n)
		return err_set(err, ERR_DAMAGED, "damaged record");
	return zip_inflate(in.rest, (size_t)size, a, packed, err);
}
