/* Stand-ins until law/address, law/cite and law/court are there. */
#include "law/address.h"
#include "law/cite.h"
#include "law/court.h"

__attribute__((weak)) bool address_parent(span *addr)
{
	size_t i = addr->n;
	while (i && addr->p[i - 1] != '/' && addr->p[i - 1] != '#')
		i--;
	addr->n = i > 6 ? i - 1 : addr->n;
	return i > 6;
}

__attribute__((weak)) bool address_under(span addr, span prefix)
{
	return span_starts(addr, prefix) && (addr.n == prefix.n || memchr("/#", addr.p[prefix.n], 2));
}

__attribute__((weak)) span address_document(span addr)
{
	return addr;
}

__attribute__((weak)) bool cite_parse(span query, const struct cite_context *ctx, struct arena *a, struct cites *readings)
{
	(void)query, (void)ctx, (void)a, (void)readings;
	return false;
}

__attribute__((weak)) const struct court *court_by_id(span id)
{
	(void)id;
	return NULL;
}
