/* citations --reference: the public tables of reporters, laws and journals,
 * each example and spelling read by ours. Figures of coverage; nothing of the
 * tables is kept. */
#include "bench/citations.h"

#include <stdio.h>
#include <string.h>
#include "base/file.h"

struct cover {
	unsigned all, read;
	bool list;
};

/* Whether a citation covers the text but for its last bytes. */
static void read_one(struct cover *c, span text, struct arena *work)
{
	struct cites found = cites_of(text, NULL, work);
	bool ok = found.n && found.v[0].at.beg <= text.n / 3 && found.v[found.n - 1].at.end + text.n / 3 >= text.n;
	c->all++;
	c->read += ok;
	if (!ok && c->list)
		printf("not read: %.*s\n", SPAN_ARG(text));
	arena_reset(work);
}

static void examples(struct cover *c, const json_t *entry, struct arena *work)
{
	const json_t *list = json_object_get(entry, "examples");
	for (size_t i = 0; i < json_array_size(list); i++)
		read_one(c, span_of(json_string_value(json_array_get(list, i))), work);
}

/* A name as volume and page frame it; a year where volumes are years. */
static void name_one(struct cover *c, const char *name, struct arena *work)
{
	struct arena a = { 0 };
	bool years = strstr(name, "LEXIS") || strstr(name, "WL") || strstr(name, "wl");
	read_one(c, arena_printf(&a, "%s %s 345", years ? "2012" : "12", name), work);
	arena_release(&a);
}

static void names(struct cover *c, const json_t *entry, struct arena *work)
{
	const char *key;
	json_t *v;
	json_object_foreach(json_object_get(entry, "editions"), key, v) {
		const json_t *odd = json_object_get(v, "regexes");
		if (!odd)
			name_one(c, key, work);
	}
	json_object_foreach(json_object_get(entry, "variations"), key, v) {
		const json_t *edition = json_object_get(json_object_get(entry, "editions"), json_string_value(v) ? json_string_value(v) : "");
		if (!json_object_get(edition, "regexes"))
			name_one(c, key, work);
	}
}

static bool cover_file(span dir, const char *file, bool list, struct err *err)
{
	struct arena a = { 0 }, work = { 0 };
	struct cover ex = { .list = list }, by_name = { .list = list };
	const char *key;
	json_t *entries;
	span text;
	if (!file_read(arena_cstr(&a, arena_printf(&a, "%.*s/%s", SPAN_ARG(dir), file)), FILE_MAX_BYTES, &a, &text, err))
		return false;
	json_t *table = json_loadb(text.p, text.n, 0, NULL);
	json_object_foreach(table, key, entries) {
		for (size_t i = 0; i < json_array_size(entries); i++) {
			const json_t *entry = json_array_get(entries, i);
			examples(&ex, entry, &work);
			if (json_object_get(entry, "editions"))
				names(&by_name, entry, &work);
			else if (strcmp(file, "journals.json") == 0)
				name_one(&by_name, key, &work);
		}
	}
	printf("%-16s examples %5u read %5u %.3f, names and spellings %5u read %5u %.3f\n", file, ex.all, ex.read, ex.read / (ex.all + 1e-9),
	       by_name.all, by_name.read, by_name.read / (by_name.all + 1e-9));
	json_decref(table);
	arena_release(&work);
	arena_release(&a);
	return true;
}

bool reference_cover(span dir, bool list, struct err *err)
{
	static const char *const files[] = { "laws.json", "reporters.json", "journals.json" };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (!cover_file(dir, files[i], list, err))
			return false;
	return true;
}
