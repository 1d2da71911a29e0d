/* service: what the server answers. The routes and what they need.
 *
 * Routes mirror the commands and share their values and renderers; pages are
 * rendered from the same values. A worker holds its own reader of one
 * generation and takes the next one between two requests. */
#ifndef SEARCHER_SERVICE_H
#define SEARCHER_SERVICE_H

#include "searcher/server.h"

struct service_options {
	const char *index;     /* directory */
	span key;              /* search key that requests must bear; empty: none needed */
	struct spans hosts;    /* names allowed in Host besides loopback's */
};
struct service;
/* The index may be absent: /readyz says so until one appears. */
struct service *service_open(const struct service_options *o, struct server_counts *counts, struct err *err);
void service_close(struct service *s);
/* The table of functions for server_run. */
struct server_service service_table(struct service *s);
/* Key from a file: 32 to 1,024 bytes, mode 0600 or stricter; white space at its ends is dropped. */
bool service_key(span path, struct arena *a, span *out, struct err *err);

#endif
