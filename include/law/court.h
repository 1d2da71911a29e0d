/* court: courts and their citation strings, from lib/law/courts.tsv. */
#ifndef LAW_COURT_H
#define LAW_COURT_H

#include "base/span.h"

struct court {
	span id;           /* "ca1", "moed", "moctapp" */
	span name;         /* "United States Court of Appeals for the First Circuit" */
	span cite;         /* as in a citation's parenthesis: "1st Cir.", "E.D. Mo." */
	span jurisdiction; /* "us", "us-mo" */
	span parent;       /* id of the court above, empty for the highest */
	uint8_t level;     /* 1 highest of its system, 2 intermediate, 3 trial */
};
extern const struct court courts[];
extern const size_t courts_n;

const struct court *court_by_id(span id);
/* The court whose group of courts c belongs to, the circuit of a district; empty
 * when none stands above it but the highest, which is a court, not a group. */
span court_group(const struct court *c);
/* "Missouri" for "us-mo", "United States" for "us"; empty when the tables do not have it. */
span jurisdiction_name(span id);
/* From the parenthesis of a citation: "1st Cir.", "Mo. App. E.D.", "M.D.Tenn.". Null when unknown. */
const struct court *court_by_cite(span s);
/* From a caption: "UNITED STATES DISTRICT COURT\nEASTERN DISTRICT OF CALIFORNIA". Null when unknown. */
const struct court *court_by_caption(span s);

#endif
