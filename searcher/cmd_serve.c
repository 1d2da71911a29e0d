/* pincite serve: the HTTP server. */
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include "searcher/command.h"
#include "searcher/confine.h"
#include "searcher/service.h"

struct serve_options {
	span index, key_file;
	struct spans listen, hosts;
	uint64_t workers, memory;
	bool open, log;
};
#define FIELD(f) offsetof(struct serve_options, f)
static const struct opt opts[] = {
	OPT_INDEX(struct serve_options),
	{ .name = "listen", .letter = 'l', .kind = OPT_LIST, .offset = FIELD(listen), .value = "WHERE",
	  .help = "ADDRESS:PORT, [ADDRESS]:PORT, unix:PATH or fd:N; may be given often (127.0.0.1:8080)" },
	{ .name = "host", .kind = OPT_LIST, .offset = FIELD(hosts), .value = "NAME",
	  .help = "a further name to answer for in Host; may be given often" },
	{ .name = "key-file", .kind = OPT_TEXT, .offset = FIELD(key_file), .value = "FILE",
	  .help = "requests must bear the key in FILE (32 bytes or more, mode 0600)" },
	{ .name = "i-know-it-is-open", .kind = OPT_FLAG, .offset = FIELD(open),
	  .help = "listen beyond this machine without a key" },
	{ .name = "workers", .kind = OPT_UINT, .offset = FIELD(workers), .value = "N", .min = 1, .max = 64,
	  .help = "queries computed at once (one for each core)" },
	{ .name = "request-memory", .kind = OPT_UINT, .offset = FIELD(memory), .value = "MIB", .min = 16, .max = 1024,
	  .help = "memory a request may take (64)" },
	{ .name = "log", .kind = OPT_FLAG, .offset = FIELD(log),
	  .help = "one line a request on stderr, never with query text" },
};
const struct command serve_command = {
	.name = "serve", .operands = "", .summary = "serve the page and the API over HTTP", .opts = opts, .nopts = sizeof opts / sizeof *opts,
	.details = "Sockets passed by systemd are served too. SIGTERM finishes what is under way and ends; SIGHUP takes the\n"
		   "newest generation (which is taken within a second anyway). docs/server-limits.md lists the protection defaults.",
};

/* Open to others without a key only where somebody said so in words: the default must not publish what a firm is
 * looking for. */
static bool listen_all(const struct serve_options *o, struct listeners *l, struct err *err)
{
	if (!listeners_from_systemd(l, err))
		return false;
	for (size_t i = 0; i < o->listen.n; i++)
		if (!listeners_add(l, o->listen.v[i], err))
			return false;
	/* Loopback where nothing was named, by systemd neither. */
	if (!l->n && !listeners_add(l, SPAN("127.0.0.1:8080"), err))
		return false;
	if (l->open_to_others && !o->key_file.n && !o->open)
		return err_set(err, ERR_REQUEST, "--listen: an address that other machines reach needs --key-file=FILE "
			       "(or --i-know-it-is-open)");
	return true;
}

/* glibc lets the size from which it maps memory grow to the largest block ever freed, after which an answer's megabytes
 * come from heaps that shrink only at their top: the server grew by half over 20,000 requests. A fixed size ends that. */
enum { MAP_BYTES = 128 << 10, HEAPS = 4 };

static void steady_memory(void)
{
	mallopt(M_MMAP_THRESHOLD, MAP_BYTES);
	mallopt(M_TRIM_THRESHOLD, MAP_BYTES);
	mallopt(M_ARENA_MAX, HEAPS);
}

/* Signals come through a descriptor; every thread inherits the block. */
static int block_signals(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	/* A client that hangs up ends its connection, not the server. */
	signal(SIGPIPE, SIG_IGN);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* On standard error, where the errors go: standard output is for data, and a server has none. */
static void say_where(const struct serve_options *o, const struct listeners *l, const char *index)
{
	if (l->handed)
		fprintf(stderr, "pincite: serving %s at %zu socket%s of systemd\n", index, l->handed, l->handed == 1 ? "" : "s");
	else if (!o->listen.n)
		fprintf(stderr, "pincite: serving %s at http://127.0.0.1:8080/\n", index);
	for (size_t i = 0; i < o->listen.n; i++)
		fprintf(stderr, "pincite: serving %s at %s%.*s\n", index,
			span_starts(o->listen.v[i], SPAN("unix:")) || span_starts(o->listen.v[i], SPAN("fd:")) ? "" : "http://",
			SPAN_ARG(o->listen.v[i]));
}

/* Signals are blocked before a thread is started, so that all inherit it; the key is read and the sockets are bound
 * before anything is served. */
static bool serve(const struct serve_options *o, struct listeners *l, struct arena *a, struct err *err)
{
	struct service_options so = { .index = command_index_path(o->index, a), .hosts = o->hosts };
	struct server_counts counts = { 0 };
	if (o->key_file.n && !service_key(o->key_file, a, &so.key, err))
		return false;
	int signals = block_signals();
	if (signals < 0)
		return err_errno(err, errno, "signalfd");
	struct service *s = listen_all(o, l, err) ? service_open(&so, &counts, err) : NULL;
	bool ok = false;
	if (s) {
		struct server_service table = service_table(s);
		struct server_options options = { o->workers, o->memory << 20, o->log, signals };
		say_where(o, l, so.index);
		/* Last, when the key is read, the sockets are bound and the index was opened once. */
		if (!confine(so.index, l, a) && o->log)
			fprintf(stderr, "pincite: this kernel has no Landlock; what can be opened is what the user may open\n");
		ok = server_run(l, &table, &options, &counts, err);
		service_close(s);
	}
	close(signals);
	return ok;
}

int cmd_serve(char **argv)
{
	struct arena a = { 0 };
	struct serve_options o = { 0 };
	struct spans rest = { 0 };
	struct listeners l = { 0 };
	struct err err = { 0 };
	int status = 0;
	/* Nothing that it could be made to run gets more rights than it has. */
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	steady_memory();
	if (command_parse(&(struct arguments){ &serve_command, &o, &rest, &a }, argv, &status)) {
		/* An index given as an operand would be passed over without a word. */
		if (rest.n)
			err_set(&err, ERR_REQUEST, "serve: no operands; the index is -d INDEX");
		else
			serve(&o, &l, &a, &err);
		/* Also after a failure: a Unix socket that was made must not stay behind. */
		listeners_close(&l);
		status = err.code ? command_fail(&err) : 0;
	}
	arena_release(&a);
	return status;
}
