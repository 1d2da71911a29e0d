#include "law/document_private.h"

void split_bill(struct reader *r)
{
	split_code(r, KIND_BILL);
}
