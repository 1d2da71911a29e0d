/* assets: the files of web/, compiled into the program. */
#ifndef SEARCHER_ASSETS_H
#define SEARCHER_ASSETS_H

#include <stddef.h>

struct asset {
	const char *path; /* "/app.css" */
	const unsigned char *bytes;
	size_t n;
};
extern const struct asset assets[];
extern const size_t assets_n;

#endif
