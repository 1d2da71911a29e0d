#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
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

void arena_init(struct arena *a)
{
	*a = (struct arena){ 0 };
}

/* Blocks are chained newest first, so that the head is the one in use. */
static void free_chain(struct arena *a, struct arena_block *b)
{
	while (b) {
		struct arena_block *next = b->next;
		a->used -= b->size;
		free(b);
		b = next;
	}
}

void arena_release(struct arena *a)
{
	free_chain(a, a->head);
	a->head = NULL;
	a->at = a->end = NULL;
}

/* The newest block is the largest: keeping it makes the next document of the
 * same size cost no call of malloc. */
void arena_reset(struct arena *a)
{
	if (!a->head)
		return;
	free_chain(a, a->head->next);
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

static void add_block(struct arena *a, size_t need)
{
	/* Large objects get a block of their own size, others the next in the series. */
	size_t size = a->head ? a->head->size * 2 : BLOCK_MIN;
	if (size > BLOCK_MAX)
		size = BLOCK_MAX;
	/* Room for the header and for aligning the first object. */
	if (need > SIZE_MAX / 2 - sizeof(struct arena_block))
		out_of_memory(a);
	if (size < need + sizeof(struct arena_block) + 16)
		size = need + sizeof(struct arena_block) + 16;
	/* used may stand above a limit that was set later. */
	if (a->limit && size > a->limit - (a->used < a->limit ? a->used : a->limit))
		out_of_memory(a);
	struct arena_block *b = malloc(size);
	if (!b)
		out_of_memory(a);
	b->next = a->head;
	b->size = size;
	a->head = b;
	a->used += size;
	a->at = b->data;
	a->end = (char *)b + size;
}

void *arena_raw(struct arena *a, size_t size, size_t align)
{
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

/* Eight, then doubling. What is outgrown stays in the arena, so a list costs at
 * most twice its final size. */
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
