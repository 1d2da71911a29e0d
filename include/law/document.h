/* document: the legal documents in a text, what they are and where they begin.
 *
 * A file may hold one opinion, a code with a thousand sections, a bill whose
 * sections are documents of their own, or the same page three times. The
 * documents of a text partition it: their slices joined give it back. */
#ifndef LAW_DOCUMENT_H
#define LAW_DOCUMENT_H

#include "base/args.h"
#include "law/text.h"

enum doc_kind {
	KIND_OTHER, KIND_OPINION, KIND_ORDER, KIND_STATUTE, KIND_BILL, KIND_REGULATION,
	KIND_RULE, KIND_CONSTITUTION, KIND_TRANSCRIPT, KIND_COUNT
};
/* "opinion", "order", ... as in JSON, --kind and terms; -1 for an unknown name. */
const char *kind_name(enum doc_kind k);
int kind_of_name(span name);

/* What is known of a document. Empty spans: not known. As given by --map and
 * --set it overrides what the text says. */
struct meta {
	span kind;         /* kind_name */
	span jurisdiction; /* "us", "us-mo", "us-ca"; as the first segment of addresses */
	span code;         /* "rsmo", "usc", "wic", "cfr" */
	span number;       /* section number "610.100", "240.10b-5"; a bill's "HB 562" */
	span title;        /* heading of a section, caption of a case, title of a bill */
	span cite;         /* a citation of the document itself, as given or found; later ones in `parallel` */
	span date;         /* "YYYY-MM-DD", "YYYY-MM" or "YYYY" */
	span court;        /* court id of law/court.h: "scotus", "ca1", "moctapp", "moed" */
	span docket;       /* docket number as printed */
	span judge;
	span id, url;      /* the giver's own */
	span version;      /* of the same text: "introduced", "enrolled", "slip"; or the date it read so */
	struct spans breadcrumb; /* outermost first: "Missouri", "Title XXXIX", "Chapter 610" */
	struct spans parallel;   /* further citations of the document itself */
	struct spans above;      /* given only: headings that stand above the text, which is a part of a larger one */
};

struct doc {
	enum doc_kind kind;
	struct meta meta;
	span address;      /* canonical path (law/address.h), never empty */
	span display;      /* its citation in local form, "Mo. Rev. Stat. § 610.100"; empty when it has none */
	uint32_t date;     /* yyyymmdd, unknown parts 0; 0: none */
	struct range at;   /* in the clean text of the file */
	struct text text;  /* its slice */
};
struct docs {
	struct doc *v;
	size_t n, cap;
};

/* The documents of a repaired text, in order, covering it. given: what the
 * reader knows, never null. At least one document, of KIND_OTHER with address
 * /doc/<hash of the source> when nothing is recognised. */
struct docs documents(const struct text *t, const struct meta *given, struct arena *a);

#endif
