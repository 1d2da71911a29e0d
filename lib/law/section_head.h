/* section_head: the number and catch line that a section's text begins with. */
#ifndef LAW_SECTION_HEAD_H
#define LAW_SECTION_HEAD_H

#include "base/span.h"

/* Bytes of "§ 240.10b-5. ", "Section 3. ", "*610.100. " at the start of s
 * when it is this section's number ("42/1983": the title aside); 0: it is not. */
size_t section_number(span s, span number);
/* Bytes of the catch line that s begins with, its closing dash included; 0 when
 * the law begins at once. "Heading. —1. Text", "Heading.— Text". */
size_t section_catch_line(span s);
/* The catch line of section `number` in its text; empty when it shows none. */
span section_title(span text, span number);

#endif
