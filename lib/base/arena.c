#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* A small document fits into the first block; doubling keeps the number of
 * blocks logarithmic, and the cap keeps the unused end of the last one small. */
#define BLOCK_MIN (64u << 10)
#define BLOCK_MAX (8u << 20)

struct arena_block {
	struct arena_block *next;
	size_t size; /* of the whole block, header included */
	_Alignas(16) char data[];
};

/* Blocks are chained newest first, so that the head is the one in use. */
static void free_chain(struct arena *a, struct arena_block *b, const struct arena_block *upto)
{
	while (b != upto) {
		struct arena_block *next = b->next;
		a->used -= b->size;
		free(b);
		b = next;
	}
}

void arena_release(struct arena *a)
{
	free_chain(a, a->head, NULL);
	free_chain(a, a->big, NULL);
	a->head = a->big = NULL;
	a->at = a->end = NULL;
}

/* The newest block is the largest: keeping it makes the next document of the
 * same size cost no call of malloc. */
void arena_reset(struct arena *a)
{
	free_chain(a, a->big, NULL);
	a->big = NULL;
	if (!a->head)
		return;
	free_chain(a, a->head->next, NULL);
	a->head->next = NULL;
	a->at = a->head->data;
}

/* A program that set an escape gives up one unit of work; one that did not has
 * nothing to give up but itself. 75: try again, as ERR_TRY_AGAIN. */
static _Noreturn void out_of_memory(struct arena *a)
{
	if (a->escape)
		longjmp(*a->escape, 1);
	fputs("pincite: out of memory; try a smaller input or a lower --memory\n", stderr);
	_exit(75);
}

/* A table or list of many megabytes that is touched all over costs more in
 * translating addresses than in reading: ask for pages of 2 MiB where the
 * system has them on request. It may say no, and nothing else changes. Not for
 * blocks of small things, whose unused end would be cleared with them. */
static void large_pages(void *p, size_t size)
{
	enum { LARGE = 2 << 20 };
	uintptr_t beg = ((uintptr_t)p + LARGE - 1) / LARGE * LARGE, end = ((uintptr_t)p + size) / LARGE * LARGE;
	if (size >= 2 * LARGE && end > beg)
		(void)madvise((void *)beg, end - beg, MADV_HUGEPAGE);
}

static struct arena_block *block_new(struct arena *a, size_t size, struct arena_block *next)
{
	/* used may stand above a limit that was set later. */
	if (a->limit && size > a->limit - (a->used < a->limit ? a->used : a->limit))
		out_of_memory(a);
	struct arena_block *b = malloc(size);
	if (!b)
		out_of_memory(a);
	b->next = next;
	b->size = size;
	a->used += size;
	return b;
}

static void add_block(struct arena *a, size_t need)
{
	size_t size = a->head ? a->head->size * 2 : BLOCK_MIN;
	while (size < need + sizeof(struct arena_block) + 16) /* room for the header and for aligning */
		size *= 2;
	a->head = block_new(a, size < BLOCK_MAX ? size : BLOCK_MAX, a->head);
	a->at = a->head->data;
	a->end = (char *)a->head + a->head->size;
}

/* Beside the chain, so that the block in use stays in use, and nothing else is
 * ever put into this one. */
static void *big_raw(struct arena *a, size_t size)
{
	if (size > SIZE_MAX / 2 - sizeof(struct arena_block))
		out_of_memory(a);
	a->big = block_new(a, size + sizeof(struct arena_block), a->big);
	large_pages(a->big, a->big->size);
	return a->big->data;
}

/* The link to the block of a big object; to null when p is none. */
static struct arena_block **big_of(struct arena *a, const void *p)
{
	struct arena_block **b = &a->big;
	while (*b && (const void *)(*b)->data != p)
		b = &(*b)->next;
	return b;
}

void arena_forget(struct arena *a, void *p)
{
	struct arena_block **link = big_of(a, p), *gone = *link;
	if (!gone)
		return;
	*link = gone->next;
	a->used -= gone->size;
	free(gone);
}

/* Room for size bytes where the big block of p is, or wherever realloc finds it: pages are moved, not copied. */
static void *big_resize(struct arena *a, struct arena_block **link, size_t size)
{
	size_t whole = size + sizeof(struct arena_block), more = whole - (*link)->size;
	if (a->limit && more > a->limit - (a->used < a->limit ? a->used : a->limit))
		out_of_memory(a);
	struct arena_block *b = realloc(*link, whole);
	if (!b)
		out_of_memory(a);
	large_pages(b, whole);
	b->size = whole;
	a->used += more;
	*link = b;
	return b->data;
}

struct arena_mark arena_here(const struct arena *a)
{
	return (struct arena_mark){ a->head, a->big, a->at };
}

/* What was forgotten since the mark must be younger than it, or the chain would not end there:
 * so it is with lists and tables that began after it. */
void arena_rewind(struct arena *a, struct arena_mark m)
{
	free_chain(a, a->big, m.big);
	free_chain(a, a->head, m.head);
	a->big = m.big;
	a->head = m.head;
	a->at = m.at;
	a->end = m.head ? (char *)m.head + m.head->size : NULL;
}

void *arena_raw(struct arena *a, size_t size, size_t align)
{
	if (size >= ARENA_BIG)
		return big_raw(a, size);
	/* Distance to the next multiple of align, a power of two. */
	size_t pad = a->at ? (size_t)(-(uintptr_t)a->at & (align - 1)) : 0;
	if (!a->at || (size_t)(a->end - a->at) < pad || (size_t)(a->end - a->at) - pad < size) {
		add_block(a, size);
		pad = 0;
	}
	/* No header before an object: nothing is ever freed on its own. */
	char *p = a->at + pad;
	a->at = p + size;
	return p;
}

void *arena_alloc(struct arena *a, size_t size, size_t align)
{
	return memset(arena_raw(a, size, align), 0, size);
}

void *arena_array(struct arena *a, size_t size, size_t n, size_t align)
{
	/* Checked here, so that no caller multiplies sizes on its own. */
	if (n && size > SIZE_MAX / 4 / n)
		out_of_memory(a);
	return arena_alloc(a, size * n, align);
}

/* Eight, then doubling. What is outgrown stays in the arena until it is large;
 * then it is moved or given back, so that a list costs what it holds. */
void *arena_grow(struct arena *a, void *v, size_t *cap, size_t size)
{
	size_t old = *cap, now = old ? old * 2 : 8;
	if (now > SIZE_MAX / 4 / size)
		out_of_memory(a);
	*cap = now;
	/* The array lies at the very end of the block: extend it where it is. A list
	 * that is filled while nothing else is allocated is never copied. */
	if (v && (char *)v + old * size == a->at && (size_t)(a->end - a->at) >= (now - old) * size) {
		a->at += (now - old) * size;
		return v;
	}
	struct arena_block **big = old * size >= ARENA_BIG ? big_of(a, v) : NULL;
	if (big && *big)
		return big_resize(a, big, now * size);
	void *to = arena_raw(a, now * size, 16);
	if (old)
		memcpy(to, v, old * size);
	return to;
}

/* The zero byte after the end serves those who pass a span to libc. */
span arena_dup(struct arena *a, span s)
{
	char *p = arena_raw(a, s.n + 1, 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = 0;
	return (span){ p, s.n };
}

char *arena_cstr(struct arena *a, span s)
{
	return (char *)(uintptr_t)arena_dup(a, s).p;
}

span arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	char *p = arena_raw(a, (size_t)n + 1, 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (span){ p, (size_t)n };
}
