/* zone: what a paragraph of a section is by how it begins: law, history, annotation, note. */
#ifndef LAW_OUTLINE_ZONE_H
#define LAW_OUTLINE_ZONE_H

#include "law/outline.h"

/* UNIT_HISTORY, UNIT_ANNOTATION or UNIT_NOTE for a paragraph that is one by its
 * first words; UNIT_DOCUMENT for anything else. */
enum unit_role zone_of(span paragraph);
/* Where the history begins that a paragraph of law ends with, "... inches.
 * (Added 1961, No. 119, § 1.)"; paragraph.n when it has none. */
size_t zone_tail(span paragraph);
/* A line of dashes, stars or the like. */
bool zone_rule(span paragraph);
/* The printing office's markers, "-STATUTE-": the role of what follows, law
 * itself being UNIT_SUBDIVISION; UNIT_DOCUMENT when it is no marker. */
enum unit_role zone_marker(span line);

#endif
