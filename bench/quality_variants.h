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

/* Lines of pages: what stands at each line, and what between two pages. */
struct variant_layout {
	size_t width;
	int lines; /* of a page */
	void (*line)(struct damaged *d, int n, span text); /* n: from 1 in each page; counts on with run_on */
	void (*turn)(struct damaged *d, int page);         /* before each page but the first; null: nothing */
	void (*first)(struct damaged *d);                  /* before all; null: nothing */
	bool run_on;
};
void variant_lay_out(const struct spans *ps, struct damaged *d, const struct variant_layout *k);

/* Heads and feet: a caption that swaps sides, with page numbers; a slip
 * opinion's heads without form feeds; a reporter's; a web page's menu, trail and foot; stamps of other courts. */
void variant_heads_swap(const struct spans *ps, struct damaged *d);
void variant_heads_slip(const struct spans *ps, struct damaged *d);
void variant_heads_code(const struct spans *ps, struct damaged *d);
void variant_site(const struct spans *ps, struct damaged *d);
void variant_stamps(const struct spans *ps, struct damaged *d);

/* What other readers of pages make (bench/quality_readers.c): a pleading's margin as a rule, with colons and noughts, on
 * both sides, touching running text; heads, marks and stamps without form feeds. */
void reader_rule(const struct spans *ps, struct damaged *d);
void reader_colon(const struct spans *ps, struct damaged *d);
void reader_both_sides(const struct spans *ps, struct damaged *d);
void reader_flowed_touching(const struct spans *ps, struct damaged *d);
void reader_page_of(const struct spans *ps, struct damaged *d);
void reader_roman(const struct spans *ps, struct damaged *d);
void reader_bates(const struct spans *ps, struct damaged *d);
void reader_fax(const struct spans *ps, struct damaged *d);
void reader_reporter(const struct spans *ps, struct damaged *d);
void reader_stamps(const struct spans *ps, struct damaged *d);

/* Spaces: lost anywhere, one in twelve and one in sixty; lines of another width in each paragraph; lines joined
 * with the hyphens of their divided words. */
void reader_spaces_often(const struct spans *ps, struct damaged *d);
void reader_spaces_seldom(const struct spans *ps, struct damaged *d);
void reader_widths(const struct spans *ps, struct damaged *d);
void reader_hyphens_kept(const struct spans *ps, struct damaged *d);

#endif
