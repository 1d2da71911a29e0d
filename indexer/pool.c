#include "indexer/pool.h"

#include <pthread.h>
#include <stdint.h>

/* The run's state lies on the stack, so there are bounds; callers ask for fewer. */
enum { THREADS_MAX = 256, SLOTS_MAX = 1024 };

/* All of it under one lock, which is held for bookkeeping alone, never while a slot is filled, worked on or given. */
struct state {
	const struct pool *p;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	uint64_t taken, given;       /* numbers of slots so far; slot i is i mod nslots */
	bool done[SLOTS_MAX];        /* worked on, waiting to be given */
	size_t weight[SLOTS_MAX], weighs;
	bool taking, giving, ended, failed;
};
struct worker {
	struct state *s;
	unsigned thread;
};

/* A ring: slot i is free again once i was given. */
static void *slot(const struct pool *p, uint64_t i)
{
	return (char *)p->slots + i % p->nslots * p->slot_size;
}

/* In the order of the takes: a slot that is done early waits for those before it. */
static bool may_give(const struct state *s)
{
	return !s->giving && s->given < s->taken && s->done[s->given % s->p->nslots];
}

/* Weight bounds the memory of what is under way; one that is heavier than allowed goes alone. */
static bool may_take(const struct state *s)
{
	return !s->taking && !s->ended && s->taken - s->given < s->p->nslots &&
	       (s->taken == s->given || s->weighs < s->p->weight_max);
}

/* Called and left with the lock held, as take_one. */
static void give_one(struct state *s)
{
	uint64_t i = s->given;
	s->giving = true;
	pthread_mutex_unlock(&s->lock);
	bool ok = s->p->give(s->p->ctx, slot(s->p, i));
	pthread_mutex_lock(&s->lock);
	s->giving = false;
	s->done[i % s->p->nslots] = false;
	s->weighs -= s->weight[i % s->p->nslots];
	s->given++;
	s->failed |= !ok;
}

/* Who took it works on it, too: what was read is near then. Others
 * are told as soon as it is taken, so that they take the next. */
static void take_one(struct state *s, unsigned thread)
{
	uint64_t i = s->taken;
	s->taking = true;
	pthread_mutex_unlock(&s->lock);
	size_t weight = s->p->take(s->p->ctx, slot(s->p, i));
	pthread_mutex_lock(&s->lock);
	s->taking = false;
	if (!weight) {
		s->ended = true;
		return;
	}
	s->taken++;
	s->weighs += s->weight[i % s->p->nslots] = weight;
	pthread_cond_broadcast(&s->changed);
	pthread_mutex_unlock(&s->lock);
	s->p->work(s->p->ctx, slot(s->p, i), thread);
	pthread_mutex_lock(&s->lock);
	s->done[i % s->p->nslots] = true;
}

/* Until all that was taken is given, or a give failed. Whoever changes something wakes all: threads are few. */
static void *run(void *arg)
{
	struct worker *w = arg;
	struct state *s = w->s;
	pthread_mutex_lock(&s->lock);
	while (!s->failed && !(s->ended && s->given == s->taken)) {
		/* Giving first: it frees a slot, and the memory of what was in it. */
		if (may_give(s))
			give_one(s);
		else if (may_take(s))
			take_one(s, w->thread);
		else {
			pthread_cond_wait(&s->changed, &s->lock);
			continue;
		}
		pthread_cond_broadcast(&s->changed);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

/* One slot is enough: it is given before the next is taken. */
static bool run_alone(const struct pool *p)
{
	while (p->take(p->ctx, p->slots)) {
		p->work(p->ctx, p->slots, 0);
		if (!p->give(p->ctx, p->slots))
			return false;
	}
	return true;
}

bool pool_run(const struct pool *p, unsigned threads)
{
	if (threads <= 1)
		return run_alone(p);
	struct state s = { .p = p };
	struct worker w[THREADS_MAX];
	pthread_t t[THREADS_MAX];
	unsigned n = 1;
	/* The state lies on this stack: all threads are joined before it goes. */
	pthread_mutex_init(&s.lock, NULL);
	pthread_cond_init(&s.changed, NULL);
	w[0] = (struct worker){ &s, 0 };
	for (; n < threads && n < THREADS_MAX; n++) { /* fewer threads than asked for are enough */
		w[n] = (struct worker){ &s, n };
		if (pthread_create(&t[n], NULL, run, &w[n]) != 0)
			break;
	}
	/* The caller works, too: without any other thread the run still ends. */
	run(&w[0]);
	while (n-- > 1)
		pthread_join(t[n], NULL);
	pthread_cond_destroy(&s.changed);
	pthread_mutex_destroy(&s.lock);
	return !s.failed;
}
