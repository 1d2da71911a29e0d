/* volume: about when a volume of a reporter was published.
 *
 * A citation that gives another year than its volume can have is mistaken in one of the two, or invented.
 * Source: the years that 18,000 citations in opinions of a court of appeals give to their volumes,
 * medians at about every fiftieth volume, and the terms of the Supreme Court; between
 * them volumes are taken as evenly spaced. */
#ifndef LAW_VOLUME_H
#define LAW_VOLUME_H

#include "base/span.h"

/* A decision may be this many years from volume_year: reporters are late, and their pace is uneven. */
enum { VOLUME_YEARS = 4 };

/* The year of volume `volume` of a reporter as citations name it ("U.S.", "F.2d");
 * 0 when the reporter is none of those known, or the volume is beyond the last one known. */
uint16_t volume_year(span reporter, span volume);

#endif
