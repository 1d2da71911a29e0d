/* Generator, run at build time: words.tsv and word_pairs.tsv become the double
 * array trie and the pair table that law/segment walks.
 *
 *   words.tsv       word TAB cost           sorted; cost in eighths of a bit, -8 log2 p
 *   word_pairs.tsv  word TAB next cost ...  cost of `next` after `word`, where that
 *                                           is well below its own cost
 *
 * A slot of the trie holds base and code: the child of s by code c is at
 * base[s] + c when the code there is c, since no two slots have the same base.
 * Code 0 ends a word: the base of that child is the word's number and cost. The
 * filters have one bit set a word or pair, by hashes that segment_private.h
 * computes in the same way. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 60000, SLOTS = 1 << 19, PAIR_BITS = 17, PAIRS = 1 << PAIR_BITS, LINE = 1 << 16, FILTER_BITS = 19, PAIR_FILTER_BITS = 20, FREE = 31 };

struct table {
	char *words[WORDS];
	int costs[WORDS], nwords;
	int32_t base[SLOTS];
	uint8_t code[SLOTS];   /* by which a slot is reached; FREE: no slot */
	uint8_t is_base[SLOTS];
	uint8_t ends[SLOTS];   /* a word ends here */
	int top, first_free;
	uint32_t keys[PAIRS];
	uint8_t pair_costs[PAIRS];
	char line[LINE];
	uint64_t filter[1 << (FILTER_BITS - 6)], pair_filter[1 << (PAIR_FILTER_BITS - 6)];
};

static void fail(const char *what)
{
	fprintf(stderr, "words: %s\n", what);
	exit(1);
}

static int code_at(const char *w, size_t depth)
{
	return w[depth] ? w[depth] - 'a' + 1 : 0;
}

static int fits(const struct table *t, int at, const int *codes, int n)
{
	for (int i = 0; i < n; i++)
		if (at + codes[i] >= SLOTS || t->code[at + codes[i]] != FREE)
			return 0;
	return !t->is_base[at];
}

/* Places the children of `slot`, whose words are [from, to) and share `depth` letters. */
static void place(struct table *t, int slot, int from, int to, size_t depth)
{
	int codes[27], starts[28], n = 0;
	for (int i = from; i < to; i++)
		if (!n || codes[n - 1] != code_at(t->words[i], depth)) {
			codes[n] = code_at(t->words[i], depth);
			starts[n++] = i;
		}
	starts[n] = to;
	while (t->code[t->first_free] != FREE)
		t->first_free++;
	int at = t->first_free > 27 ? t->first_free - 27 : 1;
	while (!fits(t, at, codes, n))
		at++;
	t->base[slot] = at;
	t->is_base[at] = 1;
	t->ends[slot] = codes[0] == 0;
	for (int i = 0; i < n; i++) {
		t->code[at + codes[i]] = (uint8_t)codes[i];
		if (at + codes[i] >= t->top)
			t->top = at + codes[i] + 1;
	}
	for (int i = 0; i < n; i++) {
		if (codes[i])
			place(t, at + codes[i], starts[i], starts[i + 1], depth + 1);
		else
			t->base[at] = starts[i] | (t->costs[starts[i]] > 255 ? 255 : t->costs[starts[i]]) << 16;
	}
}

static FILE *open_or_fail(const char *path)
{
	FILE *f = fopen(path, "r");
	if (!f)
		fail(path);
	return f;
}

static void read_words(struct table *t, const char *path)
{
	FILE *f = open_or_fail(path);
	while (fgets(t->line, LINE, f)) {
		char *tab = strchr(t->line, '\t');
		if (!tab || t->nwords == WORDS)
			fail("words.tsv: a line without a tab, or too many lines");
		*tab = 0;
		if (t->nwords && strcmp(t->words[t->nwords - 1], t->line) >= 0)
			fail("words.tsv is not sorted");
		t->words[t->nwords] = strdup(t->line);
		t->costs[t->nwords++] = atoi(tab + 1);
	}
	fclose(f);
}

static int number_of(const struct table *t, const char *w)
{
	int lo = 0, hi = t->nwords;
	while (lo < hi) {
		int mid = (lo + hi) / 2;
		if (strcmp(t->words[mid], w) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < t->nwords && strcmp(t->words[lo], w) == 0 ? lo : -1;
}

static void add_pair(struct table *t, const char *first, const char *second, int cost)
{
	int a = number_of(t, first), b = number_of(t, second);
	if (a < 0 || b < 0 || cost < 1 || cost > 255)
		fail("word_pairs.tsv: a word that words.tsv has not, or a wrong cost");
	uint32_t key = (uint32_t)a << 16 | (uint32_t)b;
	uint32_t at = key * 0x9E3779B1u >> (32 - PAIR_BITS);
	while (t->pair_costs[at])
		at = (at + 1) & (PAIRS - 1);
	t->keys[at] = key;
	uint32_t bit = key * 0x9E3779B1u >> (32 - PAIR_FILTER_BITS);
	t->pair_filter[bit >> 6] |= 1ull << (bit & 63);
	t->pair_costs[at] = (uint8_t)cost;
}

static void read_pairs(struct table *t, const char *path)
{
	FILE *f = open_or_fail(path);
	while (fgets(t->line, LINE, f)) {
		char *first = strtok(t->line, "\t\n"), *second;
		while ((second = strtok(NULL, " \n"))) {
			char *cost = strtok(NULL, " \n");
			if (!cost)
				fail("word_pairs.tsv: a word without a cost");
			add_pair(t, first, second, atoi(cost));
		}
	}
	fclose(f);
}

/* Eight letters at a time, as word_hash of segment_private.h takes them. */
static uint64_t hash_of(const char *w)
{
	uint64_t h = 0;
	do {
		uint64_t letters = 0;
		for (int k = 0; k < 8 && *w; k++)
			letters |= (uint64_t)(unsigned char)*w++ << 8 * k;
		h = (h ^ letters) * 0x9E3779B97F4A7C15u;
		h ^= h >> 32;
	} while (*w);
	return h;
}

static void fill_filter(struct table *t)
{
	for (int i = 0; i < t->nwords; i++) {
		uint32_t k = (uint32_t)(hash_of(t->words[i]) & ((1u << FILTER_BITS) - 1));
		t->filter[k >> 6] |= 1ull << (k & 63);
	}
}

static void print_bits(const char *name, const uint64_t *v, int n)
{
	printf("\n};\nconst uint64_t %s[%d] = {\n", name, n);
	for (int i = 0; i < n; i++)
		printf("%lluull,%s", (unsigned long long)v[i], i % 8 == 7 ? "\n" : "");
}

static void print(const struct table *t)
{
	printf("#include \"law/segment_private.h\"\n\nconst uint32_t word_trie[%d] = {\n", t->top + 32);
	for (int i = 0; i < t->top + 32; i++)
		printf("%uu,%s", (uint32_t)t->base[i] << 8 | (uint32_t)t->ends[i] << 5 | t->code[i], i % 12 == 11 ? "\n" : "");
	printf("\n};\nconst uint32_t word_pair_keys[%d] = {\n", PAIRS);
	for (int i = 0; i < PAIRS; i++)
		printf("%u,%s", t->keys[i], i % 16 == 15 ? "\n" : "");
	printf("\n};\nconst uint8_t word_pair_costs[%d] = {\n", PAIRS);
	for (int i = 0; i < PAIRS; i++)
		printf("%d,%s", t->pair_costs[i], i % 24 == 23 ? "\n" : "");
	print_bits("word_filter", t->filter, 1 << (FILTER_BITS - 6));
	print_bits("word_pair_filter", t->pair_filter, 1 << (PAIR_FILTER_BITS - 6));
	printf("\n};\n");
}

int main(int argc, char **argv)
{
	if (argc != 3)
		fail("usage: words WORDS.tsv PAIRS.tsv");
	struct table *t = calloc(1, sizeof *t);
	if (!t)
		fail("out of memory");
	t->top = t->first_free = 1;
	read_words(t, argv[1]);
	read_pairs(t, argv[2]);
	memset(t->code, FREE, sizeof t->code);
	t->code[0] = FREE - 1; /* the root is nobody's child */
	place(t, 0, 0, t->nwords, 0);
	fill_filter(t);
	print(t);
	return 0;
}
