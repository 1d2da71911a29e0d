/* The scan of repair: what a second look finds, where only what changed is
 * looked at, is what a first look at the whole finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "base/file.h"
#include "law/repair_private.h"

static const char *const samples[] = {
	"corpus/texts/damaged/harbor-freight-slip-opinion.txt", "corpus/texts/damaged/hb-118-stripped.txt",
	"corpus/texts/damaged/order-after-remand-ocr.txt", "corpus/texts/transcripts/larkspur-ferry-argument.txt",
};
static const char *const put_in[] = { "", "", " ", "\n", "\n\n  \n", "-", "ofthe", "12 ", "Case 1:16-cv", "\f", "no-\ntice", "\t", ". X", "ofMissouri" };

static uint32_t roll(uint64_t *state, uint32_t n)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33) % n;
}

static struct edits some_edits(span s, uint64_t *state, struct arena *a)
{
	struct edits out = { 0 };
	for (uint32_t at = roll(state, 900); at < s.n; at += roll(state, 3000)) {
		uint32_t end = at + (roll(state, 20) ? roll(state, 6) : roll(state, 5000));
		end = end < s.n ? end : (uint32_t)s.n;
		span after = span_of(put_in[roll(state, sizeof put_in / sizeof *put_in)]);
		edit_push(&out, a, "layout", (struct range){ at, end }, 1)->after = after;
		at = end;
	}
	return out;
}

static void assert_as_anew(const struct repair_scan *r, span s, struct arena *a)
{
	struct repair_scan anew = repair_scan(s, a);
	assert_int_equal(r->signs | SIGN_LONG, anew.signs | SIGN_LONG);
	assert_int_equal(r->letters, anew.letters);
	assert_int_equal(r->good, anew.good);
}

static void rescan_is_scan(void **unused)
{
	(void)unused;
	uint64_t state = 7;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct arena a = { 0 };
		span bytes;
		assert_true(file_read(arena_printf(&a, "%s/%s", SOURCE_DIR, samples[i]).p, FILE_MAX_BYTES, &a, &bytes, &(struct err){ 0 }));
		struct text t = text_plain(bytes, &a);
		struct repair_scan r = repair_scan(t.clean, &a);
		for (int round = 0; round < 60; round++) {
			struct edits e = some_edits(t.clean, &state, &a);
			repair_scan_edited(&r, &e);
			t = text_apply(&t, &e, &a);
			if (roll(&state, 3) == 0) /* edits of several classes may lie between two looks */
				continue;
			repair_rescan(&r, t.clean, &a);
			assert_as_anew(&r, t.clean, &a);
		}
		arena_release(&a);
	}
}

/* Only what was touched is looked at: a block that no edit is near keeps its count, even a wrong one. */
static void rescan_is_local(void **unused)
{
	(void)unused;
	struct arena a = { 0 };
	char *p = arena_raw(&a, 40000, 1);
	for (size_t i = 0; i < 40000; i++)
		p[i] = i % 80 == 79 ? '\n' : i % 8 == 7 ? ' ' : 'a';
	struct text t = text_plain((span){ p, 40000 }, &a);
	struct repair_scan r = repair_scan(t.clean, &a);
	size_t before = r.letters;
	assert_true(r.blocks.n > 10);
	r.blocks.v[0].letters += 1000000;
	struct edits e = { 0 };
	edit_push(&e, &a, "layout", (struct range){ 20000, 20001 }, 1)->after = SPAN("b");
	repair_scan_edited(&r, &e);
	t = text_apply(&t, &e, &a);
	repair_rescan(&r, t.clean, &a);
	assert_true(r.letters >= before + 1000000 && r.letters <= before + 1000001);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(rescan_is_scan), cmocka_unit_test(rescan_is_local) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
