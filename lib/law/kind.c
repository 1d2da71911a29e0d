#include "law/document.h"

static const char *const names[KIND_COUNT] = {
	[KIND_OTHER] = "other", [KIND_OPINION] = "opinion", [KIND_ORDER] = "order", [KIND_STATUTE] = "statute",
	[KIND_BILL] = "bill", [KIND_REGULATION] = "regulation", [KIND_RULE] = "rule",
	[KIND_CONSTITUTION] = "constitution", [KIND_TRANSCRIPT] = "transcript",
};

const char *kind_name(enum doc_kind k)
{
	return (unsigned)k < KIND_COUNT ? names[k] : "other";
}

int kind_of_name(span name)
{
	for (int k = 0; k < KIND_COUNT; k++)
		if (span_case_eq(name, span_of(names[k])))
			return k;
	return -1;
}
