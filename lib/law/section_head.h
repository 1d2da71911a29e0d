/* section_head: the number and catch line that a section's text begins with. */
#ifndef LAW_SECTION_HEAD_H
#define LAW_SECTION_HEAD_H

#include "base/span.h"

/* Bytes of "§ 240.10b-5. ", "Section 3. ", "*610.100. " at the start of s
 * when it is this section's number ("42/1983": the title aside); 0: it is not. */
size_t section_number(span s, span number);
/* The same for a second line that numbers it again, by the end of its number
 * alone: "Sec. 1." below "IC 14-22-3-1", "Section 99." below its heading. */
size_t section_number_again(span s, span number);
/* Bytes of the dash at s[i], of any kind; 0: it is none. */
size_t section_dash(span s, size_t i);
/* A line or sentence that reads as a heading: short, no label, no verb in it. */
bool section_heading(span s);
/* Bytes of the catch line that s begins with, its closing dash included; 0 when
 * the law begins at once. "Heading. —1. Text", "Heading.— Text". */
size_t section_catch_line(span s);
/* The catch line of section `number` in its text; empty when it shows none. */
span section_title(span text, span number);

#endif
