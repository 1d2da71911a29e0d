/* Lucene, as Debian's liblucene8-java installs it, driven by our own two programs. */
#include <glob.h>
#include <stdlib.h>
#include "base/buf.h"
#include "bench/contest.h"

const char *contest_lucene(const char *dir, struct arena *a)
{
	glob_t g = { 0 };
	struct buf path = { .a = a };
	buf_printf(&path, "%s", dir);
	if (glob("/usr/share/java/lucene-core-*.jar", 0, NULL, &g) != 0)
		return NULL;
	glob("/usr/share/java/lucene-analyzers-common-*.jar", GLOB_APPEND, NULL, &g);
	for (size_t i = 0; i < g.gl_pathc; i++)
		buf_printf(&path, ":%s", g.gl_pathv[i]);
	globfree(&g);
	const char *classes = arena_cstr(a, buf_span(&path));
	span line = arena_printf(a, "javac -cp '%s' -d '%s' '%s/bench/LuceneIndex.java' '%s/bench/LuceneSearch.java' >/dev/null 2>&1", classes,
				 dir, SOURCE_DIR, SOURCE_DIR);
	return system(line.p) == 0 ? classes : NULL;
}
