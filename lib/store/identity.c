#include "store/identity.h"

#include <inttypes.h>
#include <stdio.h>

void identity_entry(struct identity *x, uint32_t entry, const struct value *values, size_t nvalues, span data)
{
	/* An entry without anything counts, too. */
	identity_part(x, hash64_seed(data, entry), (uint64_t)entry << 32 | nvalues);
	for (size_t i = 0; i < nvalues; i++)
		identity_part(x, hash64_seed(values[i].bytes, values[i].slot), entry);
}

/* A posting of positions without weight is in no database that has its positions apart
 * (builder.h), so it counts by its list alone: the identity is the same either way. */
void identity_postings(struct identity *x, uint32_t entry, const struct posting *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint64_t term = hash64(p[i].term);
		if (p[i].wdf || !p[i].npos)
			identity_posting(x, term, entry, p[i].wdf);
		if (p[i].npos)
			identity_positions(x, term, entry, p[i].pos, p[i].npos);
	}
}

/* The more significant half first: 32 digits, always, as the manifest and the footers hold them. */
void identity_hex(const struct identity *x, char out[33])
{
	snprintf(out, 33, "%016" PRIx64 "%016" PRIx64, x->high, x->low);
}
