/* caption: what the first and last lines of a case say of it. */
#ifndef LAW_CAPTION_H
#define LAW_CAPTION_H

#include "law/document_private.h"

/* How a judge signs or opens an opinion: "LIPEZ, Circuit Judge.", "Mr. Justice
 * Holmes delivered the opinion of the Court", "PER CURIAM.". */
struct author {
	span name;       /* "LIPEZ"; "Per Curiam" */
	size_t end;      /* bytes of s up to where the text begins */
	bool separate;   /* concurring or dissenting: in its first 200 bytes */
};
bool author_of(span s, struct author *out);
/* A line or paragraph that only says in which role a party stands: "Plaintiffs, Appellants,". */
bool party_role(span s);
/* The date of a line that is nothing else, or says what it is the date of; its
 * bytes in *date. 2: decided, filed, signed; 1: a date alone; 0: none. */
int caption_date(span s, span *date);

#endif
