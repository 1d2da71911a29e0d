#include "indexer/options.h"

#include <stdlib.h>
#include "base/buf.h"

#define FIELD(name) offsetof(struct index_options, name)
/* One row an option: --help, parsing and the checks of bounds all come from
 * here. Of numbers the last two are bounds; 0 in the struct is "not given". */
static const struct opt opts[] = {
	{ "index", 'd', OPT_TEXT, FIELD(index), "INDEX", "directory of the index", NULL, 0, 0 },
	{ "jobs", 'j', OPT_UINT, FIELD(jobs), "N", "threads; the result does not depend on it", NULL, 1, JOBS_MAX },
	{ "shards", 0, OPT_UINT, FIELD(shards), "N", "database files; kept by later runs", NULL, 1, 256 },
	{ "format", 0, OPT_TEXT, FIELD(format), "NAME", "what the files are", FORMAT_CHOICES, 0, 0 },
	{ "map", 0, OPT_LIST, FIELD(map), "FIELD=.path,...", "where a JSON record's fields are", NULL, 0, 0 },
	{ "set", 0, OPT_LIST, FIELD(set), "FIELD=VALUE,...", "one value of a field for all documents", NULL, 0, 0 },
	{ "crosswalk", 0, OPT_TEXT, FIELD(crosswalk), "FILE", "lines of superseded numbers: old, tab, new, tab, source", NULL, 0, 0 },
	{ "rebuild", 0, OPT_FLAG, FIELD(rebuild), NULL, "start empty", NULL, 0, 0 },
	{ "prune", 0, OPT_FLAG, FIELD(prune), NULL, "drop documents of the given paths that are gone", NULL, 0, 0 },
	{ "builder", 0, OPT_TEXT, FIELD(builder), "NAME", "how database files are written", "bulk|api", 0, 0 },
	{ "memory", 0, OPT_UINT, FIELD(memory), "MB", "memory to stay within, 1024 unless said", NULL, 64, 1 << 20 },
	{ "report", 0, OPT_TEXT, FIELD(report), "FILE", "write the report here, too (JSON)", NULL, 0, 0 },
	{ "progress", 0, OPT_TEXT, FIELD(progress), "WHEN", "show progress", "auto|always|never", 0, 0 },
	{ "stage", 0, OPT_TEXT, FIELD(stage), "NAME", "print what a stage makes of FILE..., write nothing",
	  "text|repairs|outline|passages|citations|treatment|duplicates", 0, 0 },
};

/* From 66 to 77 the statuses are those of sysexits.h; enum err_code has the same numbers. */
const struct command index_command = {
	.name = "index",
	.operands = "PATH...",
	.summary = "build or update an index",
	.details = "Fields of --map and --set: text title number cite date court kind jurisdiction code id url docket\n"
		   "judge version. A path is .name, .name.name or .name[0]; without --map common names are tried.\n\n"
		   "  pincite index opinions/\n"
		   "  pincite index --map=text=.text,title=.heading,number=.number \\\n"
		   "      --set=jurisdiction=us-mo,code=rsmo,kind=statute sections.jsonl\n"
		   "  pincite index --stage=outline section.txt\n\n"
		   "Plain text, Markdown, HTML and JSON (lines, a record, a list of records) are recognised, each also\n"
		   "compressed by gzip. What is skipped is named on stderr and in the index's report.json.\n\n"
		   "Exit status: 0 done, 2 usage, 66 a given path is missing or nothing could be indexed, 73 index\n"
		   "locked, 74 I/O error, 75 disk full or out of memory, 77 no permission, 130 interrupted.",
	.opts = opts,
	.nopts = sizeof opts / sizeof opts[0],
};

/* After parsing, before any file is opened: a wrong option costs no time. */
bool options_resolve(struct index_options *o, struct err *err)
{
	/* Both may be given several times; of one field the last counts. */
	for (size_t i = 0; i < o->map.n; i++)
		if (!mapping_paths(o->map.v[i], &o->mapping, err))
			return false;
	for (size_t i = 0; i < o->set.n; i++)
		if (!mapping_values(o->set.v[i], &o->mapping, err))
			return false;
	/* --map says where all fields are and ends all guessing, so without a text there would be none at all. */
	if (o->mapping.mapped && !o->mapping.path[FROM_TEXT].n)
		return err_set(err, ERR_REQUEST, "--map: text is missing; for example --map=text=.text");
	if (!o->paths.n)
		return err_set(err, ERR_REQUEST, "no path given; see pincite index --help");
	/* Only a name of the row's choices comes this far. */
	o->reader = o->format.n ? (enum format)format_of_name(o->format) : FORMAT_AUTO;
	return true;
}

/* An empty variable counts as unset, as the XDG specification has it. */
const char *options_index(const struct index_options *o, struct arena *a)
{
	const char *index = getenv("PINCITE_INDEX"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	if (o->index.n)
		return arena_cstr(a, o->index);
	if (index && index[0])
		return index;
	if (data && data[0])
		return arena_printf(a, "%s/pincite", data).p;
	return arena_printf(a, "%s/.local/share/pincite", home ? home : "").p;
}
