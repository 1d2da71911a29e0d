#include "law/document_private.h"

void read_case(struct reader *r, enum doc_kind kind)
{
	PUSH(r->a, &r->pieces)->kind = kind;
}
