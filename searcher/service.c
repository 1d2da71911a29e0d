#include "searcher/service.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/hash.h"
#include "base/zip.h"
#include "searcher/assets.h"
#include "searcher/service_private.h"
#include "searcher/web.h"
#include "store/generation.h"

/* Bytes. 32 of them at random cannot be guessed at ten tries a second; above a kilobyte it is
 * another file given by mistake. */
enum { KEY_MIN = 32, KEY_MAX = 1024 };

/* The mode is asked for after reading, so that what was read is what is judged; a key that others can read is no
 * secret, and starting with it would look safe. */
bool service_key(span path, struct arena *a, span *out, struct err *err)
{
	struct stat st;
	const char *name = arena_cstr(a, path);
	if (!file_read(name, KEY_MAX, a, out, err))
		return err_context(err, "--key-file");
	if (stat(name, &st) != 0)
		return err_errno(err, errno, "%s", name);
	if (st.st_mode & 077)
		return err_set(err, ERR_PERMISSION, "%s: others may read it; chmod 600 it", name);
	*out = span_trim(*out);
	if (out->n < KEY_MIN)
		return err_set(err, ERR_REQUEST, "%s: a key of at least %d bytes is needed", name, KEY_MIN);
	return true;
}

/* Opening checks sizes and forms of all files, not every byte (docs/KNOWN-LIMITS.md, "Damage"). */
static struct held *opened(const struct service *s, struct err *err)
{
	struct held *h = calloc(1, sizeof *h);
	if (!h) {
		err_set(err, ERR_TRY_AGAIN, "out of memory");
		return NULL;
	}
	h->generation = generation_open(s->options->index, false, &h->arena, err);
	h->users = 1;
	if (h->generation)
		return h;
	arena_release(&h->arena);
	free(h);
	return NULL;
}

/* Under the lock. */
static void leave(struct held *h)
{
	if (!h || --h->users)
		return;
	generation_close(h->generation);
	arena_release(&h->arena);
	free(h);
}

/* Whoever comes first opens for all; the others wait for it under the lock, some milliseconds, once a generation. One
 * that failed is not tried at each request, but at the next number or SIGHUP. */
struct held *service_hold(struct service *s, struct err *err)
{
	pthread_mutex_lock(&s->lock);
	unsigned now = atomic_load(&s->generation);
	if (!s->good || s->tried != now) {
		struct held *fresh = opened(s, err);
		s->tried = now;
		atomic_store(&s->open_failures, !fresh);
		if (fresh) {
			leave(s->good);
			s->good = fresh;
		}
	}
	struct held *h = s->good;
	if (h)
		h->users++;
	pthread_mutex_unlock(&s->lock);
	return h;
}

/* The last user closes a generation that is no longer the newest. */
void service_drop(struct service *s, struct held *h)
{
	pthread_mutex_lock(&s->lock);
	leave(h);
	pthread_mutex_unlock(&s->lock);
}

/* Which generation is there now; 0 while there is no index. A new one is opened here, in some milliseconds, and not by
 * the first request: /readyz must not call ready what nobody has opened. */
static void refresh(void *ctx, bool asked)
{
	struct service *s = ctx;
	struct err err = { 0 };
	uint32_t number = 0;
	if (!generation_current(s->options->index, &number, &err))
		return;
	atomic_store(&s->generation, number);
	pthread_mutex_lock(&s->lock);
	if (asked && atomic_load(&s->open_failures))
		s->tried = 0; /* whoever sends SIGHUP has mended it */
	pthread_mutex_unlock(&s->lock);
	service_drop(s, service_hold(s, &err));
}

/* Only the hash of the key stays: a core of the process, or a read past an end, does not give the key away. */
struct service *service_open(const struct service_options *o, struct server_counts *counts, struct err *err)
{
	struct service *s = calloc(1, sizeof *s);
	if (!s) {
		err_set(err, ERR_TRY_AGAIN, "out of memory");
		return NULL;
	}
	s->options = o;
	s->counts = counts;
	pthread_mutex_init(&s->lock, NULL);
	if (o->key.n)
		sha256_hex(o->key, s->key_sha256);
	for (size_t i = 0; i < assets_n; i++)
		*PUSH(&s->arena, &s->packed) = zip_gzip((span){ (const char *)assets[i].bytes, assets[i].n }, 9, &s->arena);
	refresh(s, false);
	return s;
}

/* After the workers: each has dropped what it held. */
void service_close(struct service *s)
{
	leave(s->good);
	arena_release(&s->arena);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

/* Whatever the path is, the log gets one of our own names. */
static const char *route_name(span path)
{
	const struct route *r = route_of(path);
	return r ? r->name : "none";
}

/* All that the server knows of the service: it calls these and knows no law. */
struct server_service service_table(struct service *s)
{
	return (struct server_service){
		.ctx = s, .quick = service_quick, .worker_open = worker_open, .worker_close = worker_close,
		.answer = worker_answer, .refresh = refresh, .refuse = service_refuse, .route = route_name,
	};
}
