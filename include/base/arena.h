/* arena: memory that is released all at once.
 *
 * One arena per document, request or command. Blocks are chained; nothing is
 * freed before arena_release. Allocation never returns null: when memory or
 * the arena's own limit runs out it leaves through `escape` (longjmp with
 * value 1) when that is set, else it prints one line and ends the program with
 * status 75. A server sets escape for each request; an indexer for each
 * document. Not shared between threads. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <setjmp.h>
#include <stddef.h>
#include "base/span.h"

/* From here on an object has a block of its own, which arena_grow and
 * arena_forget can give back. */
#define ARENA_BIG (1u << 20)

struct arena_block;
/* Ready to use when zeroed. */
struct arena {
	struct arena_block *head; /* newest block */
	struct arena_block *big;  /* objects of ARENA_BIG bytes and more, each in a block of its own, newest first */
	char *at, *end;           /* free part of the newest block */
	size_t used;              /* bytes taken from malloc */
	size_t limit;             /* bytes; 0: none */
	jmp_buf *escape;          /* where to go when memory runs out; may be null */
};

/* Gives all memory back; the arena is ready to use again. */
void arena_release(struct arena *a);
/* Keeps the newest block and gives the others back: for loops over documents. */
void arena_reset(struct arena *a);
/* Gives back what arena_alloc or arena_raw returned, when it had a block of its
 * own; else nothing. For tables that are outgrown; nobody may hold p any more. */
void arena_forget(struct arena *a, void *p);
/* A place to go back to: all that was allocated after the mark is gone then.
 * For work that left nothing behind. Marks go back in the reverse order they were taken. */
struct arena_mark {
	struct arena_block *head, *big;
	char *at;
};
struct arena_mark arena_here(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark m);
/* size zeroed bytes, aligned to 16 (or to 1 for size < 16 and align 1). */
void *arena_alloc(struct arena *a, size_t size, size_t align);
/* Not zeroed: for large buffers that are written at once. */
void *arena_raw(struct arena *a, size_t size, size_t align);
span arena_dup(struct arena *a, span s);
char *arena_cstr(struct arena *a, span s);
span arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define NEW(a, type) ((type *)arena_alloc((a), sizeof(type), _Alignof(type)))
#define NEWN(a, type, n) ((type *)arena_array((a), sizeof(type), (n), _Alignof(type)))
void *arena_array(struct arena *a, size_t size, size_t n, size_t align);

/* A list is struct { T *v; size_t n, cap; }. PUSH returns a pointer to a new
 * zeroed element at its end. Elements move; keep indexes, not pointers. */
#define PUSH(a, list) \
	((list)->n == (list)->cap ? (void)((list)->v = arena_grow((a), (list)->v, &(list)->cap, sizeof *(list)->v)) : (void)0, \
	 memset(&(list)->v[(list)->n], 0, sizeof *(list)->v), &(list)->v[(list)->n++])
/* Doubles an array (from 8); extends in place when it was the last allocation.
 * A large one that is outgrown is given back: no copy of a list's v outlives a PUSH. */
void *arena_grow(struct arena *a, void *v, size_t *cap, size_t size);

#endif
