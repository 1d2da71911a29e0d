/* read_list: lists of an HTML page, whose numbers only the markup has: <ol type="a"><li>. */
#ifndef INDEXER_READ_LIST_H
#define INDEXER_READ_LIST_H

#include "base/span.h"

enum { LISTS_MOST = 16 /* deeper lists have no numbers */, LIST_LABEL_BYTES = 24 };
struct html_list {
	char type;     /* '1', 'a', 'A', 'i', 'I'; 0: its items have no number */
	unsigned next;
};
struct html_lists {
	struct html_list v[LISTS_MOST];
	unsigned n; /* open now, those too deep included */
};

/* An <ol> or <ul> by its attributes; empty spans: it has none of that name. */
void list_open(struct html_lists *l, bool ordered, span type, span style, span start);
void list_close(struct html_lists *l);
/* The label of the next item, "iv.", as a browser shows it; its bytes, 0: none is shown. */
size_t list_item(struct html_lists *l, span value, char out[LIST_LABEL_BYTES]);
/* The text of the item whose tag ends at byte i begins with a number of its own, "(a)", "12.". */
bool list_numbers_itself(span page, size_t i);

#endif
