#include "law/volume.h"

/* A volume whose year is known. */
struct mark {
	uint16_t volume, year;
};
static const struct mark us[] = {
	{ 5, 1803 }, { 20, 1822 }, { 50, 1850 }, { 60, 1857 }, { 70, 1866 }, { 83, 1873 }, { 92, 1876 }, { 100, 1879 }, { 150, 1893 }, { 200, 1905 }, { 250, 1919 },
	{ 300, 1937 }, { 350, 1956 }, { 400, 1970 }, { 450, 1981 }, { 500, 1991 }, { 550, 2007 }, { 570, 2014 }, { 600, 2023 },
};
static const struct mark s_ct[] = { { 1, 1882 }, { 50, 1930 }, { 100, 1980 }, { 144, 2024 } };
static const struct mark l_ed_2d[] = { { 1, 1956 }, { 20, 1968 }, { 35, 1973 }, { 50, 1977 }, { 100, 1988 }, { 120, 1992 }, { 147, 2000 }, { 176, 2010 }, { 200, 2018 } };
static const struct mark f2d[] = {
	{ 1, 1924 }, { 50, 1931 }, { 100, 1938 }, { 150, 1945 }, { 200, 1952 }, { 250, 1957 }, { 300, 1961 }, { 350, 1965 }, { 400, 1968 }, { 450, 1971 }, { 500, 1974 },
	{ 550, 1977 }, { 600, 1979 }, { 650, 1981 }, { 700, 1983 }, { 750, 1984 }, { 800, 1986 }, { 850, 1988 }, { 900, 1990 }, { 950, 1991 }, { 999, 1993 },
};
static const struct mark f3d[] = {
	{ 1, 1993 }, { 50, 1995 }, { 100, 1996 }, { 150, 1998 }, { 200, 1999 }, { 250, 2001 }, { 300, 2002 }, { 350, 2003 }, { 400, 2005 }, { 450, 2006 }, { 500, 2007 },
	{ 550, 2008 }, { 600, 2010 }, { 650, 2011 }, { 700, 2012 }, { 750, 2014 }, { 800, 2015 }, { 850, 2017 }, { 900, 2018 }, { 950, 2020 }, { 999, 2021 },
};
static const struct mark f_supp[] = {
	{ 1, 1932 }, { 50, 1942 }, { 100, 1951 }, { 150, 1957 }, { 200, 1962 }, { 250, 1965 }, { 300, 1969 }, { 350, 1972 }, { 400, 1975 }, { 450, 1978 }, { 500, 1980 },
	{ 550, 1982 }, { 600, 1985 }, { 650, 1987 }, { 700, 1988 }, { 750, 1990 }, { 800, 1992 }, { 850, 1994 }, { 900, 1995 }, { 950, 1997 }, { 999, 1998 },
};
static const struct mark f_supp_2d[] = {
	{ 1, 1998 }, { 50, 1999 }, { 100, 2000 }, { 200, 2002 }, { 250, 2003 }, { 350, 2005 }, { 400, 2005 }, { 450, 2006 }, { 500, 2007 }, { 600, 2009 }, { 700, 2010 },
	{ 850, 2012 }, { 900, 2012 }, { 999, 2014 },
};
static const struct mark f_supp_3d[] = { { 1, 2014 }, { 100, 2015 }, { 200, 2016 }, { 300, 2018 }, { 400, 2019 }, { 500, 2020 }, { 600, 2022 }, { 700, 2023 } };
static const struct mark n_e_2d[] = {
	{ 1, 1936 }, { 50, 1943 }, { 100, 1951 }, { 200, 1964 }, { 300, 1973 }, { 400, 1980 }, { 500, 1986 }, { 600, 1992 }, { 700, 1998 }, { 800, 2003 }, { 900, 2008 }, { 999, 2013 },
};
static const struct mark a2d[] = {
	{ 1, 1938 }, { 50, 1947 }, { 100, 1953 }, { 150, 1959 }, { 250, 1969 }, { 300, 1973 }, { 400, 1979 }, { 500, 1985 }, { 600, 1992 }, { 700, 1997 }, { 850, 2004 }, { 950, 2008 }, { 999, 2010 },
};
/* The reporters that have marks; a volume of another has no year here. */
static const struct {
	span reporter;
	const struct mark *mark;
	size_t n;
} series[] = {
#define SERIES(name, marks) { { name, sizeof name - 1 }, marks, sizeof marks / sizeof *marks }
	SERIES("U.S.", us), SERIES("S. Ct.", s_ct), SERIES("L. Ed. 2d", l_ed_2d), SERIES("F.2d", f2d), SERIES("F.3d", f3d),
	SERIES("F. Supp.", f_supp), SERIES("F. Supp. 2d", f_supp_2d), SERIES("F. Supp. 3d", f_supp_3d), SERIES("N.E.2d", n_e_2d), SERIES("A.2d", a2d),
#undef SERIES
};

/* Between two marks volumes come at one pace. */
static uint16_t between(const struct mark *lo, const struct mark *hi, uint64_t volume)
{
	uint64_t volumes = (uint64_t)hi->volume - lo->volume, years = (uint64_t)hi->year - lo->year;
	/* Rounded to the nearest year. */
	return (uint16_t)(lo->year + ((volume - lo->volume) * years + volumes / 2) / volumes);
}

/* 0 when the reporter is not in the table or the volume is beyond its marks. */
uint16_t volume_year(span reporter, span volume)
{
	uint64_t v;
	if (!span_uint(volume, UINT16_MAX, &v))
		return 0;
	/* A few names: compared one by one. */
	for (size_t i = 0; i < sizeof series / sizeof *series; i++) {
		if (!span_eq(reporter, series[i].reporter))
			continue;
		for (size_t k = 1; k < series[i].n; k++)
			if (v >= series[i].mark[k - 1].volume && v <= series[i].mark[k].volume)
				return between(&series[i].mark[k - 1], &series[i].mark[k], v);
	}
	return 0;
}
