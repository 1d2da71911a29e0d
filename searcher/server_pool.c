#include "searcher/server_private.h"

#include <errno.h>
#include <setjmp.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Outlines and queries are walked by recursion; their depth is bounded (64), and so is this. */
enum { STACK_BYTES = 2 << 20 };

/* The lock guards the two queues and nothing else: no work is done under it. First come, first served. */
static struct conn *take(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	while (!p->queued && !p->stop)
		pthread_cond_wait(&p->wake, &p->lock);
	struct conn *c = p->queued && !p->stop ? p->queue[0] : NULL;
	if (c)
		/* At most QUEUE_MAX pointers are moved. */
		memmove(p->queue, p->queue + 1, --p->queued * sizeof *p->queue);
	pthread_mutex_unlock(&p->lock);
	return c;
}

/* done[] has room for every connection there is, so it cannot run over. */
static void put_done(struct pool *p, struct conn *c)
{
	pthread_mutex_lock(&p->lock);
	p->done[p->ndone++] = c;
	pthread_mutex_unlock(&p->lock);
	uint64_t one = 1;
	ssize_t ignored = write(p->done_fd, &one, sizeof one);
	(void)ignored; /* full means that a wake-up is pending already */
}

/* A worker computes in memory of its own, which it keeps from request to
 * request: megabytes that were mapped for each and given back cost a sixth of
 * an answer in page faults, and an answer on its way holds its bytes alone. */
enum { SCRATCH_KEPT = 16 << 20 };

/* The body may lie in the worker's memory, which the next request reuses: what the connection sends is copied to its
 * own. */
static void keep(struct http_response *r, struct arena *a)
{
	r->body = arena_dup(a, r->body);
	r->location = arena_dup(a, r->location);
	r->etag = arena_dup(a, r->etag);
}

/* After a request that took unusually much, the memory goes back to the system. */
static void tidy(struct arena *scratch)
{
	scratch->escape = NULL;
	arena_reset(scratch);
	if (scratch->used > SCRATCH_KEPT)
		arena_release(scratch);
}

/* One request; running out of its memory is a 503 and the worker lives. */
static void work(struct pool *p, void *state, struct conn *c, struct arena *scratch)
{
	jmp_buf escape;
	uint64_t began = clock_ns();
	scratch->limit = c->arena.limit;
	scratch->escape = c->arena.escape = &escape;
	if (setjmp(escape) == 0) {
		p->service->answer(state, &c->request, scratch, &c->response);
		keep(&c->response, &c->arena);
	} else {
		arena_release(&c->arena);
		c->arena.escape = NULL;
		p->service->refuse(&c->http, &(struct refusal){ 503, "out_of_memory", "the request needs more memory than it may take" },
				   &c->arena, &c->response);
	}
	c->arena.escape = NULL;
	tidy(scratch);
	atomic_fetch_add(&p->counts->workers_ns, clock_ns() - began);
}

/* State of a worker is a reader of the index of its own: a Xapian database must not be shared by threads. */
static void *worker(void *arg)
{
	struct pool *p = arg;
	struct arena scratch = { 0 };
	void *state = p->service->worker_open(p->service->ctx);
	for (struct conn *c; (c = take(p));) {
		work(p, state, c, &scratch);
		put_done(p, c);
	}
	p->service->worker_close(state);
	arena_release(&scratch);
	return NULL;
}

/* Workers that could not be started are an error at the start, not fewer workers than asked for. */
bool pool_start(struct pool *p, size_t workers, struct err *err)
{
	pthread_attr_t attr;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->wake, NULL);
	p->done_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (p->done_fd < 0)
		return err_errno(err, errno, "eventfd");
	p->queue_max = workers * limit_of(LIMIT_QUEUE_PER_WORKER);
	if (p->queue_max > QUEUE_MAX)
		p->queue_max = QUEUE_MAX;
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_BYTES);
	for (; p->nthreads < workers; p->nthreads++) {
		int e = pthread_create(&p->threads[p->nthreads], &attr, worker, p);
		if (e) {
			pthread_attr_destroy(&attr);
			pool_stop(p);
			return err_errno(err, e, "starting a worker");
		}
	}
	pthread_attr_destroy(&attr);
	return true;
}

/* A worker ends the request it is at; what still waits in the queue is dropped with its connection. */
void pool_stop(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	pthread_cond_broadcast(&p->wake);
	pthread_mutex_unlock(&p->lock);
	for (size_t i = 0; i < p->nthreads; i++)
		pthread_join(p->threads[i], NULL);
	close(p->done_fd);
	pthread_cond_destroy(&p->wake);
	pthread_mutex_destroy(&p->lock);
}

bool pool_put(struct pool *p, struct conn *c)
{
	pthread_mutex_lock(&p->lock);
	bool room = p->queued < p->queue_max;
	if (room) {
		c->state = CONN_QUEUED;
		p->queue[p->queued++] = c;
		pthread_cond_signal(&p->wake);
	}
	pthread_mutex_unlock(&p->lock);
	return room;
}

/* The queue is in order of arrival, so only its head can have waited too long. */
struct conn *pool_expired(struct pool *p, uint64_t before)
{
	pthread_mutex_lock(&p->lock);
	struct conn *c = p->queued && p->queue[0]->queued < before ? p->queue[0] : NULL;
	if (c)
		memmove(p->queue, p->queue + 1, --p->queued * sizeof *p->queue);
	pthread_mutex_unlock(&p->lock);
	return c;
}

/* The order does not matter: each is of another connection. */
struct conn *pool_done(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	struct conn *c = p->ndone ? p->done[--p->ndone] : NULL;
	pthread_mutex_unlock(&p->lock);
	return c;
}
