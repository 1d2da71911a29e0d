/* cite_json: a citation as the JSON of the interface, for `pincite extract`,
 * `--stage=citations` and the server alike. */
#ifndef LAW_CITE_JSON_H
#define LAW_CITE_JSON_H

#include "base/json.h"
#include "law/cite.h"

/* Writes the members of c as one object. at: its range as the reader of the
 * output counts (bytes of the input); text: its words; first: how many
 * citations were printed before those of c's list, which antecedent and
 * parallel are counted from. */
void cite_json(struct json *j, const struct cite *c, struct range at, span text, uint32_t first);

#endif
