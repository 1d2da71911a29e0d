/* html: HTML written so that text stays text.
 *
 * html_text is the only way for data into a page; tags and attribute names are
 * literals of the caller. */
#ifndef SEARCHER_HTML_H
#define SEARCHER_HTML_H

#include "base/buf.h"

/* Appends a literal of ours. */
#define HTML(b, lit) buf_put((b), SPAN(lit))
/* Text or the value of a quoted attribute: & < > " ' escaped, control bytes
 * but newline and tab and direction overrides (U+202A to U+202E, U+2066 to
 * U+2069) dropped, ill-formed UTF-8 replaced. */
void html_text(struct buf *b, span s);
/* name="value", with a space before. */
void html_attr(struct buf *b, const char *name, span value);
/* href="<path><encoded query value>": path is a literal such as "/?q=". */
void html_link(struct buf *b, const char *path, span value);
/* href of an address below a literal prefix: html_path(b, "/d", address) is
 * the reading view; "#unit" is kept as it is. */
void html_path(struct buf *b, const char *prefix, span address);
#define html_address(b, address) html_path((b), "/d", (address))

#endif
