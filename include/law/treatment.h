/* treatment: what a document says became of a case: its later history
 * (affirmed, reversed, cert. denied) and how it was treated (overruled,
 * distinguished, followed ...), each with the sentence that says so.
 *
 * Two forms are read. Citation history: what stands between or before two
 * citations ("aff'd in part, 123 F.3d 456", "overruled on other grounds by",
 * "(distinguishing Smith, 1 F.3d 2)"). Prose: a verb of treatment with the case
 * right beside it and the one who acts in front or after "by" ("We overrule
 * Smith", "Roe was overruled by Dobbs"). A case may be named by a party alone
 * when the document cites it elsewhere and no other case of that name.
 *
 * Precision before recall: a verb that is denied, wished, doubted or argued
 * ("we decline to overrule", "whether to overrule", "appellant contends that
 * Smith is distinguishable") finds nothing, and so does one whose case does
 * not stand beside it. "The judgment is reversed" names no case and is none.
 *
 * Sources of the phrases: the explanatory phrases in common use in the courts
 * of the United States, as opinions print them. */
#ifndef LAW_TREATMENT_H
#define LAW_TREATMENT_H

#include "law/record.h"

enum treatment_kind {
	/* history: of the same case, or the judgment in it */
	TREAT_AFFIRMED, TREAT_REVERSED, TREAT_VACATED, TREAT_REMANDED, TREAT_MODIFIED, TREAT_WITHDRAWN, TREAT_DISMISSED,
	TREAT_REHEARING_DENIED, TREAT_REVIEW_DENIED, TREAT_CERT_DENIED, TREAT_CERT_GRANTED, TREAT_CERT_DISMISSED,
	/* treatment: by another case or by a statute, the gravest first */
	TREAT_OVERRULED, TREAT_ABROGATED, TREAT_SUPERSEDED, TREAT_DISAPPROVED, TREAT_NOT_FOLLOWED, TREAT_NOT_EXTENDED,
	TREAT_QUESTIONED, TREAT_CRITICIZED, TREAT_LIMITED, TREAT_DISTINGUISHED, TREAT_FOLLOWED,
	TREAT_KINDS
};
const char *treatment_name(enum treatment_kind k);  /* in JSON: "cert_denied" */
const char *treatment_label(enum treatment_kind k); /* for readers: "cert. denied" */
bool treatment_is_history(enum treatment_kind k);

enum treated_by {
	TREATED_HERE,  /* the document itself: "we overrule" */
	TREATED_CITED, /* the case or the law that `actor` cites */
	TREATED_ELSE   /* someone whom it does not cite: "the Supreme Court", "by statute", or nobody named */
};
struct treatment {
	enum treatment_kind kind;
	enum treated_by by;
	bool in_part, other_grounds;
	uint32_t target;       /* index in r->cites: the case treated; of a bare name the citation that explains it */
	uint32_t actor;        /* index in r->cites, CITE_NONE unless TREATED_CITED */
	struct range words;    /* the phrase: "overruled on other grounds by"; bytes of the clean text */
	struct range sentence; /* whole sentences that hold target, phrase and actor */
};
struct treatments {
	struct treatment *v;
	size_t n, cap;
};

/* All that the document says, in order of words.beg. Needs text, citations,
 * sentences and outline of the record; linear in the text. Lives in a. */
struct treatments treatments_of(const struct record *r, struct arena *a);

#endif
