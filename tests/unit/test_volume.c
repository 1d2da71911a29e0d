/* When volumes of reporters were published: years that everyone knows, order, and what is not known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>
#include "law/volume.h"

static uint16_t year(const char *reporter, unsigned volume)
{
	char digits[16];
	snprintf(digits, sizeof digits, "%u", volume);
	return volume_year(span_of(reporter), span_of(digits));
}

/* Cases whose year is common knowledge, from the first reports to the latest. */
static void known_cases(void **state)
{
	(void)state;
	static const struct { const char *reporter; unsigned volume; int year; } known[] = {
		{ "U.S.", 5, 1803 }, { "U.S.", 17, 1819 }, { "U.S.", 60, 1857 }, { "U.S.", 163, 1896 }, { "U.S.", 198, 1905 }, { "U.S.", 304, 1938 },
		{ "U.S.", 347, 1954 }, { "U.S.", 372, 1963 }, { "U.S.", 384, 1966 }, { "U.S.", 410, 1973 }, { "U.S.", 467, 1984 }, { "U.S.", 505, 1992 },
		{ "U.S.", 554, 2008 }, { "U.S.", 576, 2015 }, { "U.S.", 597, 2022 }, { "S. Ct.", 93, 1973 }, { "S. Ct.", 140, 2020 }, { "F.2d", 159, 1947 },
		{ "F.3d", 253, 2001 }, { "F. Supp. 3d", 1, 2014 }, { "N.E.2d", 500, 1986 }, { "L. Ed. 2d", 16, 1966 },
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		int got = year(known[i].reporter, known[i].volume), off = got - known[i].year;
		if (!got || off > VOLUME_YEARS || off < -VOLUME_YEARS)
			fail_msg("%u %s: %d, not %d", known[i].volume, known[i].reporter, got, known[i].year);
	}
}

static void later_volumes_are_later(void **state)
{
	(void)state;
	static const char *const reporters[] = { "U.S.", "S. Ct.", "L. Ed. 2d", "F.2d", "F.3d", "F. Supp.", "F. Supp. 2d", "F. Supp. 3d", "N.E.2d", "A.2d" };
	for (size_t i = 0; i < sizeof reporters / sizeof *reporters; i++) {
		uint16_t last = 0;
		for (unsigned v = 1; v < 1000; v++) {
			uint16_t now = year(reporters[i], v);
			assert_true(!now || (now >= last && now > 1700 && now < 2100));
			last = now ? now : last;
		}
		assert_true(last > 1900);
	}
}

static void unknown_is_unknown(void **state)
{
	(void)state;
	assert_int_equal(year("Frk.", 219), 0);
	assert_int_equal(year("U.S.", 0), 0);
	assert_int_equal(year("F.3d", 1000), 0);
	assert_int_equal(volume_year(SPAN("U.S."), SPAN("")), 0);
	assert_int_equal(volume_year(SPAN("U.S."), SPAN("12x")), 0);
	assert_int_equal(volume_year(SPAN("U.S."), SPAN("99999999999999999999")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_cases),
		cmocka_unit_test(later_volumes_are_later),
		cmocka_unit_test(unknown_is_unknown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
