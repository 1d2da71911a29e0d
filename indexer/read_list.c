#include "indexer/read_list.h"

#include <stdio.h>

/* How an <ol> numbers its items: by its style, else by its type. */
static char type_of(span type, span style)
{
	static const struct { const char *words; char type; } styles[] = {
		{ "none", 0 }, { "lower-alpha", 'a' }, { "lower-latin", 'a' }, { "upper-alpha", 'A' }, { "upper-latin", 'A' },
		{ "lower-roman", 'i' }, { "upper-roman", 'I' },
	};
	bool styled = style.n && span_case_find(style, SPAN("list-style")) < style.n;
	for (size_t i = 0; i < sizeof styles / sizeof *styles && styled; i++)
		if (span_case_find(style, span_of(styles[i].words)) < style.n)
			return styles[i].type;
	return type.n == 1 && strchr("aAiI", type.p[0]) ? type.p[0] : '1';
}

/* Lists too deep are counted, not kept, so that their ends match. A start beyond 9999, or that is no number, is 1. */
void list_open(struct html_lists *l, bool ordered, span type, span style, span start)
{
	uint64_t n = 1;
	if (l->n++ >= LISTS_MOST)
		return;
	if (!start.n || !span_uint(start, 9999, &n))
		n = 1;
	l->v[l->n - 1] = (struct html_list){ ordered ? type_of(type, style) : 0, (unsigned)n };
}

/* An end without a beginning closes nothing. */
void list_close(struct html_lists *l)
{
	l->n -= l->n > 0;
}

/* n in Roman numerals, the letters of `type`'s case; bytes written. */
static size_t put_roman(char type, unsigned n, char *out)
{
	static const struct { unsigned value; const char *text; } parts[] = {
		{ 100, "c" }, { 90, "xc" }, { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" },
	};
	size_t len = 0;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		for (; n >= parts[i].value; n -= parts[i].value)
			for (const char *p = parts[i].text; *p; p++)
				out[len++] = is_upper(type) ? to_upper(*p) : *p;
	return len;
}

/* "d" of 4, "ab" of 28; bytes written. */
static size_t put_letters(char type, unsigned n, char *out)
{
	size_t len = 0;
	if (n > 26)
		out[len++] = (char)((unsigned)type + (n - 1) / 26 - 1);
	out[len++] = (char)((unsigned)type + (n - 1) % 26);
	return len;
}

/* `value` renumbers this item and those after it, as HTML has it. Beyond
 * what letters or Roman numerals reach, digits stand, as browsers show them. */
size_t list_item(struct html_lists *l, span value, char out[LIST_LABEL_BYTES])
{
	uint64_t given;
	struct html_list *list = l->n && l->n <= LISTS_MOST ? &l->v[l->n - 1] : NULL;
	if (!list || !list->type)
		return 0;
	if (value.n && span_uint(value, 9999, &given))
		list->next = (unsigned)given;
	unsigned n = list->next++;
	char kind = to_lower(list->type);
	size_t len;
	if (kind == 'i' && n && n < 300) /* "cclxxxviii" is the longest */
		len = put_roman(list->type, n, out);
	else if (kind == 'a' && n && n <= 702) /* "zz" */
		len = put_letters(list->type, n, out);
	else
		len = (size_t)snprintf(out, LIST_LABEL_BYTES - 1, "%u", n);
	out[len++] = '.';
	return len;
}

/* label := "(" alnum{1,5} ")" | alnum{1,5} ("." | ")"), after blanks and tags. Such an item would get two numbers. */
bool list_numbers_itself(span page, size_t i)
{
	while (i < page.n && (is_space(page.p[i]) || page.p[i] == '<'))
		i = page.p[i] == '<' ? span_find_byte(page, '>', i) + 1 : i + 1;
	bool open = i < page.n && page.p[i] == '(';
	size_t from = i + open;
	for (i = from; i < page.n && i - from < 6 && is_alnum(page.p[i]);)
		i++;
	if (i == from || i - from > 5 || i >= page.n)
		return false;
	if (open ? page.p[i] != ')' : page.p[i] != '.' && page.p[i] != ')')
		return false;
	return i + 1 >= page.n || !is_alnum(page.p[i + 1]); /* not "U.S. law" */
}
