/* quality_variants: damages of pages that no repair was tuned on: line numbers
 * in the other ways they come, and heads and feet of other makes. */
#ifndef BENCH_QUALITY_VARIANTS_H
#define BENCH_QUALITY_VARIANTS_H

#include "bench/quality_damage.h"

/* Line numbers: at the right of narrow pages of 28 lines; on through a whole
 * bill; from the fifth line on; lost or with letters for digits, here and there; in a transcript with
 * page numbers in the corner; in a block after each page, and in one line; 56 to a page;
 * in a table of two columns; flowed, in wide lines of pages of 25. */
void variant_right_narrow(const struct spans *ps, struct damaged *d);
void variant_run_on(const struct spans *ps, struct damaged *d);
void variant_late(const struct spans *ps, struct damaged *d);
void variant_broken(const struct spans *ps, struct damaged *d);
void variant_transcript(const struct spans *ps, struct damaged *d);
void variant_block_after(const struct spans *ps, struct damaged *d);
void variant_block_line(const struct spans *ps, struct damaged *d);
void variant_long_pages(const struct spans *ps, struct damaged *d);
void variant_table(const struct spans *ps, struct damaged *d);
void variant_flowed_wide(const struct spans *ps, struct damaged *d);

/* Heads and feet: a caption that swaps sides, with page numbers; a slip
 * opinion's heads without form feeds; a reporter's; a web page's menu, trail and foot; stamps of other courts. */
void variant_heads_swap(const struct spans *ps, struct damaged *d);
void variant_heads_slip(const struct spans *ps, struct damaged *d);
void variant_heads_code(const struct spans *ps, struct damaged *d);
void variant_site(const struct spans *ps, struct damaged *d);
void variant_stamps(const struct spans *ps, struct damaged *d);

#endif
