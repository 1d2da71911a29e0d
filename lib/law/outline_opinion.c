#include "law/outline_private.h"

void outline_opinion(struct tree *t)
{
	outline_plain(t);
}
