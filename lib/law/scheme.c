#include "law/sequence.h"

/* How codes number what is below a section: general knowledge of the codes'
 * own drafting manuals, used as a prior only. */
#define P(kind) LABEL_CLASS(LABEL_##kind, STYLE_PAREN)
#define D(kind) LABEL_CLASS(LABEL_##kind, STYLE_PERIOD)

/* By address of the code or its state; the first is the one that codes without a row are read by. Levels from the outermost in. */
static const struct scheme schemes[] = {
	{ "us/usc us-tn us-ga us-il us-in us-ks us-ak us-hi us-ct us-wv us-ar us-vt us-tx us-ca us-dc us", 8,
	  { P(LOWER), P(DIGIT), P(UPPER), P(ROMAN), P(UROMAN), P(DOUBLE), P(UDOUBLE), P(TRIPLE) } },
	{ "us/cfr", 6, { P(LOWER), P(DIGIT), P(ROMAN), P(UPPER), P(DIGIT), P(ROMAN) } },
	{ "us-mo", 5, { D(DIGIT), P(DIGIT), P(LOWER), D(LOWER), P(ROMAN) } },
	{ "us-nc us-de us-al", 4, { P(LOWER), P(DIGIT), D(LOWER), D(DIGIT) } },
	{ "us-pa us-ri us-ma us-md", 6, { P(LOWER), P(DIGIT), P(ROMAN), P(UPPER), D(DIGIT), D(UPPER) } },
	{ "us-mi us-wa us-ut us-ne us-id us-mt us-ms", 5, { P(DIGIT), P(LOWER), P(ROMAN), P(UPPER), P(UROMAN) } },
	{ "us-or", 5, { P(DIGIT), P(LOWER), P(UPPER), P(ROMAN), P(UROMAN) } },
	{ "us-co", 4, { P(DIGIT), P(LOWER), P(UROMAN), P(UPPER) } },
	{ "us-fl us-ky us-wi", 4, { P(DIGIT), P(LOWER), D(DIGIT), D(LOWER) } },
	{ "us-oh us-sc", 5, { P(UPPER), P(DIGIT), P(LOWER), P(ROMAN), P(UROMAN) } },
	{ "us-va us-ok us-az us-nm", 5, { D(UPPER), D(DIGIT), D(LOWER), P(DIGIT), P(LOWER) } },
	{ "us-la", 4, { D(UPPER), P(DIGIT), P(LOWER), P(ROMAN) } },
	{ "us-ia us-nd", 4, { D(DIGIT), D(LOWER), P(DIGIT), P(LOWER) } },
	{ "us-nv", 4, { D(DIGIT), P(LOWER), P(DIGIT), P(UROMAN) } },
	{ "us-me", 4, { D(DIGIT), D(UPPER), P(DIGIT), P(LOWER) } },
	{ "us-nh", 3, { D(UROMAN), P(LOWER), P(DIGIT) } },
	{ "us-nj", 3, { D(LOWER), P(DIGIT), P(LOWER) } },
	{ "us-ny", 4, { D(DIGIT), P(LOWER), P(ROMAN), P(UPPER) } },
	{ "us-mn", 4, { LABEL_CLASS(LABEL_DIGIT, STYLE_SUBD), P(LOWER), P(DIGIT), P(ROMAN) } },
	{ "us-wy", 4, { P(LOWER), P(ROMAN), P(UPPER), P(UROMAN) } },
	{ "us-tx/tac", 7, { P(LOWER), P(DIGIT), P(UPPER), P(ROMAN), P(UROMAN), LABEL_CLASS(LABEL_LOWER, STYLE_DASH),
			    LABEL_CLASS(LABEL_DIGIT, STYLE_DASH) } },
};

/* name: ends in NUL. */
static const struct scheme *find(const char *name)
{
	size_t n = strlen(name);
	/* A whole word of the list: "us" is not found in "us-mo". */
	for (size_t i = 0; n && i < sizeof schemes / sizeof *schemes; i++)
		for (const char *at = strstr(schemes[i].codes, name); at; at = strstr(at + 1, name))
			if ((at == schemes[i].codes || at[-1] == ' ') && (!at[n] || at[n] == ' '))
				return &schemes[i];
	return NULL;
}

/* The scheme of the code itself, else of its state, else the United States Code's, which is as good a guess as any and costs little when wrong. */
const struct scheme *scheme_of(span jurisdiction, span code)
{
	char name[64];
	const struct scheme *s = NULL;
	if (jurisdiction.n + code.n >= sizeof name - 1)
		return &schemes[0];
	memcpy(name, jurisdiction.p ? jurisdiction.p : "", jurisdiction.n);
	name[jurisdiction.n] = 0;
	const struct scheme *state = find(name);
	if (jurisdiction.n && code.n) {
		name[jurisdiction.n] = '/';
		memcpy(name + jurisdiction.n + 1, code.p, code.n);
		name[jurisdiction.n + 1 + code.n] = 0;
		s = find(name);
	}
	s = s ? s : state;
	return s ? s : &schemes[0];
}
