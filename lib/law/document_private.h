/* Shared by document*.c and recognise.c. */
#ifndef LAW_DOCUMENT_PRIVATE_H
#define LAW_DOCUMENT_PRIVATE_H

#include "law/document.h"
#include "law/lines.h"

/* A document as it is found: pieces are in order and each ends where the next begins. */
struct piece {
	uint32_t beg;
	enum doc_kind kind;
	struct meta meta;
	span address; /* when the finder knows it; else made of meta */
};
struct pieces {
	struct piece *v;
	size_t n, cap;
};
/* A text being read into documents. */
struct reader {
	const struct text *t;
	span text;                /* t's clean bytes */
	const struct meta *given;
	struct lines lines;
	struct pieces pieces;
	struct arena *a;
};
static inline span reader_line(const struct reader *r, size_t i) { return line_span(r->text, &r->lines.v[i]); }

/* What the text as a whole is: by the words of its head and tail, and the form of its lines. */
enum shape { SHAPE_OTHER, SHAPE_GPO, SHAPE_CODE, SHAPE_BILL, SHAPE_OPINION, SHAPE_ORDER, SHAPE_TRANSCRIPT, SHAPE_BRIEF };
enum shape recognise(const struct reader *r);

/* Each adds at least one piece, the first at byte 0, or none when the text is not of its kind after all. */
void split_gpo(struct reader *r);
void split_code(struct reader *r, enum doc_kind kind);
void split_bill(struct reader *r);
/* One piece: an opinion, order or transcript with what its caption says. */
void read_case(struct reader *r, enum doc_kind kind);

/* The number of a section's first line, and the style it is printed in. */
enum head_style {
	HEAD_NONE, HEAD_SYMBOL, HEAD_WORD, HEAD_NUMBER, HEAD_BARE, HEAD_ALONE, HEAD_RULE, HEAD_ARTICLE, HEAD_CITED,
	HEAD_STYLES
};
enum head_style head_of(span line, span *number);
/* A heading above sections: "CHAPTER 2. Province", "DIVISION 1.", "Title XXXIX". Rank 1 outermost; 0: none. */
unsigned container_rank(span line);

/* Which code a text is of, as far as it says. Empty spans: it does not. */
struct code_name {
	span jurisdiction, code;
	span phrase;         /* a citation of a section without its number: "California Evidence Code \u00a7 " */
	enum doc_kind kind;  /* of the code; KIND_OTHER: not known */
};
/* By breadcrumbs (taken out ones too), a line that names the code, or words
 * that only one code uses. number: of its first section; head: its line. */
void name_code(struct reader *r, span number, size_t head, struct code_name *out);
/* A web address that offers sections of a state's law: ".../codes/missouri/...", "revisor.mo.gov"; not that of a court. */
bool url_of_law(span url);
/* By the beginning of a citation of its section `number`: "17 CFR \u00a7 "; not filled when it is none. */
void name_code_by_phrase(struct reader *r, span phrase, span number, struct code_name *out);
/* Address of section `number`; empty when the code is not known. */
span code_address(const struct code_name *c, span number, struct arena *a);

#endif
