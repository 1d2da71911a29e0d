/* pincite completions bash|zsh|fish: what a shell needs to complete command
 * lines, from the tables that parse them. The build calls it; --help keeps it
 * out of the way. */
#include <stdio.h>
#include "law/address.h"
#include "law/court.h"
#include "law/document.h"
#include "law/fields.h"
#include "searcher/command.h"
#include "searcher/output.h"

/* Values that an option or a field of this name can have, each with a blank
 * before it. False: not known. */
static bool values(struct buf *b, span name)
{
	if (span_eq(name, SPAN("court")))
		for (size_t i = 0; i < courts_n; i++)
			buf_printf(b, " %.*s", SPAN_ARG(courts[i].id));
	else if (span_eq(name, SPAN("code")))
		for (size_t i = 0; address_code_id(i).n; i++)
			buf_printf(b, " %.*s", SPAN_ARG(address_code_id(i)));
	else if (span_eq(name, SPAN("kind")))
		for (int k = 0; k < KIND_COUNT; k++)
			buf_printf(b, " %s", kind_name((enum doc_kind)k));
	else if (span_eq(name, SPAN("facets")))
		buf_printf(b, " court jurisdiction kind code year quality cites citedby");
	else
		return false;
	return true;
}

/* What the table of options says, else what is known of the name. Empty: anything may follow. A
 * blank between values. */
static span values_of(const struct opt *o, struct arena *a)
{
	struct buf b = { .a = a };
	span rest = span_of(o->choices), one;
	if (!o->choices && !values(&b, span_of(o->name)))
		return (span){ 0 };
	while (o->choices && span_cut(&rest, '|', &one))
		buf_printf(&b, " %.*s", SPAN_ARG(one));
	return span_sub(buf_span(&b), 1, b.n);
}

/* Names of fields with their colons. */
static void fields_of_queries(struct buf *b)
{
	const char *blank = "";
	for (size_t i = 0; i < F_COUNT; i++) {
		if (fields[i].kind == FIELD_INTERNAL || !fields[i].name)
			continue;
		buf_printf(b, "%s%s:", blank, fields[i].name);
		blank = " ";
	}
}

/* Help in single quotes: without what would end them, and without what zsh
 * takes for its own. */
static void quoted(struct buf *b, const char *help)
{
	for (; help && *help; help++)
		if (!strchr("'[]:\\", *help))
			buf_byte(b, *help);
}

/* Programs of their own, whose options their own --help tells. */
static const struct { const char *name, *summary; } programs[] = {
	{ "index", "build or update an index" }, { "bench", "measure speed and quality beside other engines" },
};
enum { PROGRAMS = sizeof programs / sizeof *programs };

/* A branch of the `case` on the command: each option, with "=" where a value follows it. */
static void bash_options(struct buf *b, const struct command *c)
{
	buf_printf(b, "\t%s) options='--help", c->name);
	for (size_t i = 0; i < c->nopts; i++)
		buf_printf(b, " --%s%s", c->opts[i].name, c->opts[i].kind == OPT_FLAG ? "" : "=");
	buf_printf(b, "' ;;\n");
}

/* Bash takes "--court=ca" and "court:ca" apart at their signs. */
static void bash(struct buf *b, struct arena *a)
{
	buf_printf(b, "# bash completion for pincite, made from its tables.\n_pincite_values()\n{\n\tcase $1 in\n");
	/* Values by "COMMAND NAME": those of fields count for every command, hence the "*". */
	static const char *const named[] = { "court", "code", "kind", "facets" };
	for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
		buf_printf(b, "\t*' '%s) echo '", named[i]);
		values(b, span_of(named[i]));
		buf_printf(b, "' ;;\n");
	}
	for (const struct verb *v = verbs; v->about; v++)
		for (size_t i = 0; i < v->about->nopts; i++)
			if (v->about->opts[i].choices)
				buf_printf(b, "\t%s' '%s) echo '%.*s' ;;\n", v->about->name, v->about->opts[i].name,
					   SPAN_ARG(values_of(&v->about->opts[i], a)));
	buf_printf(b, "\tesac\n}\n_pincite()\n{\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev= name= options= verb=${COMP_WORDS[1]}\n"
		      "\tCOMPREPLY=()\n\tif [ \"$COMP_CWORD\" = 1 ]; then\n\t\tCOMPREPLY=($(compgen -W '");
	for (const struct verb *v = verbs; v->about; v++)
		buf_printf(b, "%s ", v->about->name);
	/* Since "--court=ca" comes as three words, the name is looked for before the sign, or two
	 * words back when the value was begun. */
	buf_printf(b, "index bench --help --version' -- \"$cur\"))\n\t\treturn\n\tfi\n\tprev=${COMP_WORDS[COMP_CWORD-1]}\n"
		      "\tcase $cur in\n\t= | :) name=$prev cur= ;;\n\tesac\n"
		      "\tcase $prev in\n\t= | :) name=${COMP_WORDS[COMP_CWORD-2]} ;;\n\t-d | --index) name=--index ;;\n"
		      "\t--*) [ -n \"$name\" ] || [ -z \"$(_pincite_values \"$verb ${prev#--}\")\" ] || name=$prev ;;\n\tesac\n"
		      "\tif [ -n \"$name\" ]; then\n\t\tif [ \"$name\" = --index ]; then\n\t\t\tCOMPREPLY=($(compgen -d -- \"$cur\"))\n"
		      "\t\telse\n\t\t\tCOMPREPLY=($(compgen -W \"$(_pincite_values \"$verb ${name#--}\")\" -- \"$cur\"))\n\t\tfi\n"
		      "\t\treturn\n\tfi\n\tcase $verb in\n");
	for (const struct verb *v = verbs; v->about; v++)
		bash_options(b, v->about);
	buf_printf(b, "\t*) options=$(pincite \"$verb\" --help 2>/dev/null | grep -oE -- '--[a-z-]+' | sort -u) ;;\n\tesac\n"
		      "\tcase $verb:$cur in\n\t*:-*) COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")) ;;\n"
		      "\tsearch:*) COMPREPLY=($(compgen -W '");
	/* After a field's colon no blank is put: its value follows. */
	fields_of_queries(b);
	buf_printf(b, "' -- \"$cur\")) ;;\n\t*) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n\tesac\n"
		      "\tcase ${COMPREPLY[0]-} in\n\t*[=:]) compopt -o nospace 2>/dev/null || : ;;\n\tesac\n}\ncomplete -F _pincite pincite\n");
}

/* '--name=[help]:VALUE:(choices)', the form of _arguments. */
static void zsh_option(struct buf *b, const struct opt *o, struct arena *a)
{
	span v = values_of(o, a);
	buf_printf(b, " \\\n\t\t\t'--%s%s[", o->name, o->kind == OPT_FLAG ? "" : "=");
	quoted(b, o->help);
	buf_byte(b, ']');
	if (o->kind != OPT_FLAG)
		buf_printf(b, ":%s:", o->value);
	if (strcmp(o->name, "index") == 0)
		buf_printf(b, "_files -/");
	else if (v.n)
		buf_printf(b, "(%.*s)", SPAN_ARG(v));
	buf_byte(b, '\'');
}

/* _describe gets "name:summary"; a query's operands are completed with the names of fields. */
static void zsh(struct buf *b, struct arena *a)
{
	buf_printf(b, "#compdef pincite\n# zsh completion for pincite, made from its tables.\n_pincite()\n{\n\tlocal -a commands\n\tcommands=(");
	for (const struct verb *v = verbs; v->about; v++) {
		buf_printf(b, "\n\t\t'%s:", v->about->name);
		quoted(b, v->about->summary);
		buf_byte(b, '\'');
	}
	for (size_t i = 0; i < PROGRAMS; i++)
		buf_printf(b, "\n\t\t'%s:%s'", programs[i].name, programs[i].summary);
	buf_printf(b, "\n\t)\n\tif (( CURRENT == 2 )); then\n\t\t_describe command commands\n\t\treturn\n\tfi\n"
		      "\tlocal verb=$words[2]\n\tshift words\n\t(( CURRENT-- ))\n\tcase $verb in\n");
	for (const struct verb *v = verbs; v->about; v++) {
		buf_printf(b, "\t%s)\n\t\t_arguments '--help[print help]'", v->about->name);
		for (size_t i = 0; i < v->about->nopts; i++)
			zsh_option(b, &v->about->opts[i], a);
		if (strcmp(v->about->name, "search") == 0) {
			buf_printf(b, " \\\n\t\t\t'*:query:compadd -S \"\" -- ");
			fields_of_queries(b);
			buf_printf(b, "'\n\t\t;;\n");
		} else {
			buf_printf(b, " '*:operand:_files'\n\t\t;;\n");
		}
	}
	buf_printf(b, "\t*) _files ;;\n\tesac\n}\n_pincite \"$@\"\n");
}

/* Offered as the first word only. */
static void fish_command(struct buf *b, const char *name, const char *summary)
{
	buf_printf(b, "complete -c pincite -n __fish_use_subcommand -f -a %s -d '", name);
	quoted(b, summary);
	buf_printf(b, "'\n");
}

/* fish reads a list of rules, a line each: no function is needed. */
static void fish(struct buf *b, struct arena *a)
{
	buf_printf(b, "# fish completion for pincite, made from its tables.\n");
	for (size_t i = 0; i < PROGRAMS; i++)
		fish_command(b, programs[i].name, programs[i].summary);
	for (const struct verb *v = verbs; v->about; v++) {
		fish_command(b, v->about->name, v->about->summary);
		for (size_t i = 0; i < v->about->nopts; i++) {
			const struct opt *o = &v->about->opts[i];
			span known = values_of(o, a);
			buf_printf(b, "complete -c pincite -n '__fish_seen_subcommand_from %s' -l %s", v->about->name, o->name);
			if (o->letter)
				buf_printf(b, " -s %c", o->letter);
			buf_printf(b, "%s -d '", o->kind == OPT_FLAG ? "" : " -r");
			quoted(b, o->help);
			buf_byte(b, '\'');
			if (known.n)
				buf_printf(b, " -f -a '%.*s'", SPAN_ARG(known));
			buf_byte(b, '\n');
		}
	}
	buf_printf(b, "complete -c pincite -n '__fish_seen_subcommand_from search' -a '");
	fields_of_queries(b);
	buf_printf(b, "'\n");
}

/* Called before the table of commands is looked at, with argv[0] its own name. */
int completions(char **argv)
{
	struct arena a = { 0 };
	struct buf b = { .a = &a };
	span shell = span_of(argv[1]);
	if (span_eq(shell, SPAN("bash")))
		bash(&b, &a);
	else if (span_eq(shell, SPAN("zsh")))
		zsh(&b, &a);
	else if (span_eq(shell, SPAN("fish")))
		fish(&b, &a);
	else
		fputs("pincite: completions for which shell? bash, zsh or fish\n", stderr);
	int status = b.n ? output_end(buf_span(&b), 0) : ERR_REQUEST;
	arena_release(&a);
	return status;
}
