/* label: what can number a subdivision, and how it can be read.
 *
 * "(i)" is the ninth letter or the roman one; which, only the sequence tells
 * (law/sequence.h). Inserted labels carry a suffix: "(a-1)", "5a", "(1.5)". */
#ifndef LAW_LABEL_H
#define LAW_LABEL_H

#include "base/span.h"

enum label_kind {
	LABEL_DIGIT, LABEL_LOWER, LABEL_UPPER, LABEL_ROMAN, LABEL_UROMAN, LABEL_DOUBLE, LABEL_UDOUBLE,
	LABEL_TRIPLE, LABEL_KINDS
};
enum label_style { STYLE_PAREN, STYLE_PERIOD, STYLE_DASH, STYLE_SUBD, STYLE_HALF, STYLES };

/* One way to read a label. The class says what may stand beside it. */
struct reading {
	uint8_t class;   /* kind + LABEL_KINDS * style */
	uint16_t n;      /* 1 for "a", "1", "i", "aa" */
	uint16_t suffix; /* inserted after n: 0 none, else larger is later */
};
#define LABEL_CLASS(kind, style) ((uint8_t)((kind) + LABEL_KINDS * (style)))
#define LABEL_KIND(class) ((enum label_kind)((class) % LABEL_KINDS))
#define LABEL_STYLE(class) ((enum label_style)((class) / LABEL_KINDS))
#define READINGS_MAX 3

struct label {
	uint32_t beg, end; /* of the label as printed, in the text read */
	uint8_t n;         /* number of readings, 0: no label */
	struct reading reading[READINGS_MAX];
};

/* The label that s begins with. end is relative to s; beg is 0 or 1 for a
 * bracketed one, "[(b)]". n is 0 when there is none. */
struct label label_read(span s);
/* The word before byte `label` of the text refers elsewhere: "under paragraph (2)". */
bool label_refers(span text, size_t label);

#endif
