#include "base/args.h"

#include "base/buf.h"

/* Longer words than any option are never near one, and bound the work. */
enum { WORD_MAX = 64 };

/* Levenshtein distance with rows on the stack; long words are far apart. */
static size_t distance(span a, span b)
{
	size_t row[WORD_MAX + 1];
	if (a.n > WORD_MAX || b.n > WORD_MAX)
		return WORD_MAX;
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t best = diagonal + (a.p[i - 1] != b.p[j - 1]);
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			diagonal = row[j];
			row[j] = best;
		}
	}
	return row[b.n];
}

const char *nearest(span word, const char *const *candidates, size_t n)
{
	const char *best = NULL;
	/* One slip in a short name, two in one of four letters or more. */
	size_t least = 2 + word.n / 4;
	for (size_t i = 0; i < n; i++) {
		size_t d = distance(word, span_of(candidates[i]));
		if (d < least) {
			least = d;
			best = candidates[i];
		}
	}
	return best;
}

static const struct opt *by_name(const struct command *cmd, span name)
{
	for (size_t i = 0; i < cmd->nopts; i++)
		if (span_eq(span_of(cmd->opts[i].name), name))
			return &cmd->opts[i];
	return NULL;
}

static const struct opt *by_letter(const struct command *cmd, char c)
{
	for (size_t i = 0; i < cmd->nopts; i++)
		if (cmd->opts[i].letter == c)
			return &cmd->opts[i];
	return NULL;
}

/* The name that was meant, when one is near; else where all names stand. */
static bool unknown(const struct command *cmd, span name, struct err *err)
{
	/* No command has more options; further ones are just not suggested. */
	const char *names[64];
	size_t n = 0;
	for (; n < cmd->nopts && n < 64; n++)
		names[n] = cmd->opts[n].name;
	const char *near = nearest(name, names, n);
	if (near)
		return err_set(err, ERR_REQUEST, "%s: no option --%.*s; did you mean --%s?", cmd->name, SPAN_ARG(name), near);
	return err_set(err, ERR_REQUEST, "%s: no option --%.*s; see pincite %s --help", cmd->name, SPAN_ARG(name), cmd->name);
}

/* True when value is one of "a|b|c". */
static bool allowed(const struct opt *o, span value)
{
	/* choices is what the help prints, "a|b|c", so that the two cannot differ. */
	span rest = span_of(o->choices), choice;
	while (span_cut(&rest, '|', &choice))
		if (span_eq(choice, value))
			return true;
	return false;
}

/* Checks a value and puts it into the field of the caller's struct that o names.
 * Numbers are checked against the row's bounds here, so that no command repeats it. */
static bool store(const struct opt *o, span value, void *out, struct arena *a, struct err *err)
{
	/* The table says where in the caller's struct the value belongs. */
	char *field = (char *)out + o->offset;
	if (o->choices && !allowed(o, value))
		return err_set(err, ERR_REQUEST, "--%s=%.*s: must be one of %s", o->name, SPAN_ARG(value), o->choices);
	switch (o->kind) {
	case OPT_FLAG:
		*(bool *)(void *)field = true;
		return true;
	case OPT_TEXT:
		*(span *)(void *)field = value;
		return true;
	case OPT_LIST:
		*PUSH(a, (struct spans *)(void *)field) = value;
		return true;
	case OPT_UINT:
		break;
	}
	uint64_t max = o->max ? o->max : UINT64_MAX, v;
	if (!span_uint(value, max, &v) || v < o->min)
		return err_set(err, ERR_REQUEST, "--%s=%.*s: must be a whole number from %llu to %llu", o->name,
			       SPAN_ARG(value), (unsigned long long)o->min, (unsigned long long)max);
	*(uint64_t *)(void *)field = v;
	return true;
}

/* One option with its value, which may stand in the same word or the next.
 * glued: the value in the same word, p null when there is none. */
static bool option(const struct arguments *to, const struct opt *o, span glued, char ***argv, struct err *err)
{
	if (o->kind == OPT_FLAG && glued.p)
		return err_set(err, ERR_REQUEST, "--%s takes no value", o->name);
	if (o->kind != OPT_FLAG && !glued.p) {
		if (!(*argv)[1])
			return err_set(err, ERR_REQUEST, "--%s needs a value: --%s=%s", o->name, o->name, o->value);
		glued = span_of(*++*argv);
	}
	return store(o, glued, to->options, to->a, err);
}

/* "--name", "--name=value" or "--name value". */
static bool long_option(const struct arguments *to, char ***argv, struct err *err)
{
	span word = span_of(**argv + 2);
	/* "--name=value" or "--name" with the value, if any, in the next word. */
	size_t eq = span_find_byte(word, '=', 0);
	span name = span_sub(word, 0, eq);
	const struct opt *o = by_name(to->of, name);
	if (!o)
		return unknown(to->of, name, err);
	return option(to, o, eq < word.n ? span_sub(word, eq + 1, word.n) : (span){ 0 }, argv, err);
}

/* "-v", "-vn5", "-n 5". */
static bool short_options(const struct arguments *to, char ***argv, struct err *err)
{
	span word = span_of(**argv + 1);
	/* "-vn5": flags until one that takes the rest of the word, or the next word. */
	while (word.n) {
		const struct opt *o = by_letter(to->of, word.p[0]);
		if (!o)
			return unknown(to->of, span_sub(word, 0, 1), err);
		word = span_sub(word, 1, word.n);
		if (o->kind == OPT_FLAG) {
			if (!store(o, (span){ 0 }, to->options, to->a, err))
				return false;
			continue;
		}
		return option(to, o, word.n ? word : (span){ 0 }, argv, err);
	}
	return true;
}

bool args_parse(const struct arguments *to, char **argv, struct err *err)
{
	bool options = true;
	/* argv ends with a null pointer; option() moves on when it takes the next word. */
	for (argv++; *argv; argv++) {
		span word = span_of(*argv);
		bool ok = true;
		if (options && span_eq(word, SPAN("--")))
			options = false;
		else if (options && span_starts(word, SPAN("--")))
			ok = long_option(to, &argv, err);
		/* A lone "-" is an operand: standard input. */
		else if (options && word.n > 1 && word.p[0] == '-')
			ok = short_options(to, &argv, err);
		else if (!*to->of->operands)
			ok = err_set(err, ERR_REQUEST, "%s: '%s' is one word too many; see --help", to->of->name, *argv);
		else
			*PUSH(to->a, to->operands) = word;
		if (!ok)
			return false;
	}
	return true;
}

/* Spaces up to a column; none when the text is there already. */
static void pad(struct buf *b, size_t from, size_t width)
{
	while (b->n - from < width)
		buf_byte(b, ' ');
}

span args_help(const struct command *cmd, struct arena *a)
{
	/* Two columns, 32 wide and the rest: what fits 80 for one line of help. */
	struct buf b = { .a = a };
	buf_printf(&b, "Usage: pincite %s [OPTIONS]%s%s\n\n%s\n\nOptions:\n", cmd->name, *cmd->operands ? " " : "", cmd->operands, cmd->summary);
	for (size_t i = 0; i < cmd->nopts; i++) {
		const struct opt *o = &cmd->opts[i];
		size_t from = b.n;
		if (o->letter)
			buf_printf(&b, "  -%c, --%s", o->letter, o->name);
		else
			buf_printf(&b, "      --%s", o->name);
		if (o->value)
			buf_printf(&b, "=%s", o->value);
		buf_byte(&b, ' ');
		/* A long option has its help on the next line, in the same column. */
		if (b.n - from > 32) {
			buf_byte(&b, '\n');
			from = b.n;
		}
		pad(&b, from, 32);
		buf_printf(&b, "%s", o->help);
		if (o->choices)
			buf_printf(&b, " (%s)", o->choices);
		buf_byte(&b, '\n');
	}
	if (cmd->details)
		buf_printf(&b, "\n%s\n", cmd->details);
	return buf_span(&b);
}
