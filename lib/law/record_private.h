/* One description of each part of a record serves both directions: a codec
 * either appends what a field holds or fills it, so that the two never part. */
#ifndef LAW_RECORD_PRIVATE_H
#define LAW_RECORD_PRIVATE_H

#include "base/buf.h"
#include "law/record.h"

struct codec {
	struct buf *out;   /* not null: packing */
	struct unpack in;  /* else: unpacking from here */
	struct arena *a;
	span clean;        /* the clean text, once it is known: what code_within refers to */
};

void code_u32(struct codec *c, uint32_t *v);
void code_u64(struct codec *c, uint64_t *v);
/* v as its distance from base, either way. */
void code_near(struct codec *c, uint32_t *v, uint32_t base);
/* A share from 0 to 1, in thousandths. */
void code_share(struct codec *c, float *v);
void code_bytes(struct codec *c, span *s);
/* Bytes that share a beginning with base. */
void code_front(struct codec *c, span *s, span base);
/* Where s first stands near the beginning of a range of the clean text, from the
 * start of the range; SIZE_MAX: nowhere, or it is too short to be told from chance. */
size_t found_within(span clean, struct range where, span s);
/* Bytes that may stand in the clean text within `where`: then only where they stand. */
void code_within(struct codec *c, span *s, struct range where);
/* A range of the clean text; beg near base. */
void code_range(struct codec *c, struct range *r, uint32_t base);
/* Number of elements of a list; `least` is how many packed bytes one takes at
 * least, so that a damaged count cannot ask for much memory. */
void code_count(struct codec *c, size_t *n, size_t least);
void code_spans(struct codec *c, struct spans *s);
/* Unpacking: marks the record as damaged unless ok. */
void code_check(struct codec *c, bool ok);

void code_text(struct codec *c, struct text *t);
void code_outline(struct codec *c, struct outline *o);
void code_cites(struct codec *c, struct cites *l);
void code_passages(struct codec *c, struct passages *p, const struct outline *o);
void code_starts(struct codec *c, struct starts *s);
void code_sources(struct codec *c, struct sources *s);

/* Room for the n elements of a list that is being unpacked. */
#define CODE_LIST(c, list, least) \
	(code_count((c), &(list)->n, (least)), \
	 (c)->out ? (void)0 : (void)((list)->v = (void *)arena_array((c)->a, sizeof *(list)->v, (list)->n, 16), (list)->cap = (list)->n))

#endif
