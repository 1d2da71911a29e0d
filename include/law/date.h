/* date: dates as courts and codes print them. */
#ifndef LAW_DATE_H
#define LAW_DATE_H

#include "base/span.h"

/* The date that s begins with, as yyyymmdd with zeros for parts not given; 0
 * when s begins with none or it is not in the calendar (years 1600 to 2200).
 * Reads "June 22, 2017", "Jun. 22, 2017", "22 June 2017", "2017-06-22",
 * "6/22/2017", "June 2017", "2017". *len gets the bytes read (may be null). */
uint32_t date_parse(span s, size_t *len);
/* "2017-06-22", "2017-06" or "2017" into out; returns its length, 0 for no date. */
size_t date_format(uint32_t date, char out[11]);

#endif
