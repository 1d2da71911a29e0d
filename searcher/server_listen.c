#include "searcher/server.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include "searcher/server_limits.h"

/* All forms of an address that the calls below take, so that none is cast to another. */
union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	struct sockaddr_un un;
};

/* path: empty for what was handed over, which is not ours to remove. */
static bool add(struct listeners *l, int fd, bool local, const char *path, struct err *err)
{
	/* What does not fit is closed: a socket that nobody serves must not stay open. */
	if (l->n == SERVER_LISTENERS_MAX) {
		close(fd);
		return err_set(err, ERR_REQUEST, "--listen: at most %d", SERVER_LISTENERS_MAX);
	}
	struct listener *one = &l->v[l->n++];
	*one = (struct listener){ .fd = fd, .local = local };
	memcpy(one->path, path, strlen(path) + 1);
	return true;
}

/* The limit is the kernel's queue of connections not accepted yet; above it a client's first packet is dropped and
 * sent again a second later. */
static bool start(int fd, const union address *a, socklen_t size, span where, struct err *err)
{
	if (bind(fd, &a->any, size) != 0)
		return err_errno(err, errno, "--listen=%.*s: bind", SPAN_ARG(where));
	if (listen(fd, (int)limit_of(LIMIT_BACKLOG)) != 0)
		return err_errno(err, errno, "--listen=%.*s: listen", SPAN_ARG(where));
	return true;
}

/* A Unix socket left by a dead server is removed; a live one is not ours. */
static bool clear_stale(const union address *a, socklen_t size, span where, struct err *err)
{
	struct stat st;
	if (lstat(a->un.sun_path, &st) != 0)
		return true;
	if (!S_ISSOCK(st.st_mode))
		return err_set(err, ERR_REQUEST, "--listen=%.*s: exists and is not a socket; name another path", SPAN_ARG(where));
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool live = fd >= 0 && connect(fd, &a->any, size) == 0;
	if (fd >= 0)
		close(fd);
	if (live)
		return err_set(err, ERR_LOCKED, "--listen=%.*s: another server answers there; stop it first", SPAN_ARG(where));
	return unlink(a->un.sun_path) == 0 || err_errno(err, errno, "--listen=%.*s: unlink", SPAN_ARG(where));
}

/* sun_path has no room for a path of 108 bytes and its NUL. */
static bool add_unix(struct listeners *l, span where, span path, struct err *err)
{
	union address a = { .un.sun_family = AF_UNIX };
	if (!path.n || path.n >= sizeof a.un.sun_path)
		return err_set(err, ERR_REQUEST, "--listen=%.*s: a path of 1 to 107 bytes", SPAN_ARG(where));
	memcpy(a.un.sun_path, path.p, path.n);
	if (!clear_stale(&a, sizeof a.un, where, err))
		return false;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_errno(err, errno, "socket");
	mode_t old = umask(0117); /* the socket is for the user and its group */
	bool ok = start(fd, &a, sizeof a.un, where, err);
	umask(old);
	if (ok)
		return add(l, fd, true, a.un.sun_path, err);
	close(fd);
	return false;
}

/* "127.0.0.1:8080" or "[::1]:8080"; names are not looked up. */
static bool parse_tcp(span where, union address *a, socklen_t *size, bool *loopback)
{
	size_t colon = where.n;
	/* The last colon, since an IPv6 address has some of its own. */
	while (colon && where.p[colon - 1] != ':')
		colon--;
	uint64_t port;
	char host[64];
	if (!colon || !span_uint(span_sub(where, colon, where.n), 65535, &port))
		return false;
	span h = span_sub(where, 0, colon - 1);
	bool six = h.n > 2 && h.p[0] == '[' && h.p[h.n - 1] == ']';
	if (six)
		h = span_sub(h, 1, h.n - 1);
	if (h.n >= sizeof host)
		return false;
	memcpy(host, h.p, h.n);
	host[h.n] = 0;
	*a = (union address){ 0 };
	if (six) {
		a->v6.sin6_family = AF_INET6;
		a->v6.sin6_port = htons((uint16_t)port);
		*size = sizeof a->v6;
		bool ok = inet_pton(AF_INET6, host, &a->v6.sin6_addr) == 1;
		*loopback = ok && IN6_IS_ADDR_LOOPBACK(&a->v6.sin6_addr);
		return ok;
	}
	a->v4.sin_family = AF_INET;
	a->v4.sin_port = htons((uint16_t)port);
	*size = sizeof a->v4;
	bool ok = inet_pton(AF_INET, host, &a->v4.sin_addr) == 1;
	*loopback = ok && ntohl(a->v4.sin_addr.s_addr) >> 24 == 127;
	return ok;
}

static bool add_tcp(struct listeners *l, span where, struct err *err)
{
	union address a;
	socklen_t size;
	bool loopback;
	if (!parse_tcp(where, &a, &size, &loopback))
		return err_set(err, ERR_REQUEST, "--listen=%.*s: must be ADDRESS:PORT, [ADDRESS]:PORT, unix:PATH or fd:NUMBER",
			       SPAN_ARG(where));
	int fd = socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1;
	if (fd < 0)
		return err_errno(err, errno, "socket");
	/* A restart must not wait for connections of the last server to be forgotten (TIME_WAIT). [::] means IPv6
	 * alone, as its form says; whoever wants both names both. */
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (a.any.sa_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
	/* Also 0.0.0.0 and [::], which are all addresses of the machine. */
	l->open_to_others |= !loopback;
	if (start(fd, &a, size, where, err))
		return add(l, fd, false, "", err);
	close(fd);
	return false;
}

/* True for a TCP socket bound to an address other hosts can reach.
 * All of 127/8 is loopback (RFC 1122, 3.2.1.3). */
static bool reachable(const union address *a)
{
	if (a->any.sa_family == AF_INET)
		return ntohl(a->v4.sin_addr.s_addr) >> 24 != 127;
	return a->any.sa_family == AF_INET6 && !IN6_IS_ADDR_LOOPBACK(&a->v6.sin6_addr);
}

/* Whatever starts us may hand over a socket that blocks, or that is none. It would stop the loop at its first accept. */
static bool add_fd(struct listeners *l, int fd, struct err *err)
{
	union address a;
	socklen_t size = sizeof a;
	int listening = 0;
	socklen_t n = sizeof listening;
	if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &n) != 0 || !listening || getsockname(fd, &a.any, &size) != 0)
		return err_set(err, ERR_REQUEST, "fd:%d is not a listening socket", fd);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	l->open_to_others |= reachable(&a);
	return add(l, fd, a.any.sa_family == AF_UNIX, "", err);
}

/* unix:PATH, fd:NUMBER, else ADDRESS:PORT. */
bool listeners_add(struct listeners *l, span where, struct err *err)
{
	uint64_t fd;
	if (span_starts(where, SPAN("unix:")))
		return add_unix(l, where, span_sub(where, 5, where.n), err);
	if (!span_starts(where, SPAN("fd:")))
		return add_tcp(l, where, err);
	if (!span_uint(span_sub(where, 3, where.n), 1023, &fd))
		return err_set(err, ERR_REQUEST, "--listen=%.*s: must be fd:NUMBER", SPAN_ARG(where));
	return add_fd(l, (int)fd, err);
}

/* sd_listen_fds(3): LISTEN_FDS sockets from descriptor 3 on, meant for the process LISTEN_PID and no child of it. */
bool listeners_from_systemd(struct listeners *l, struct err *err)
{
	uint64_t pid, n;
	/* Variables meant for another process were only inherited. */
	if (!span_uint(span_of(getenv("LISTEN_PID")), INT32_MAX, &pid) || (pid_t)pid != getpid())
		return true;
	if (!span_uint(span_of(getenv("LISTEN_FDS")), SERVER_LISTENERS_MAX, &n))
		return true;
	for (uint64_t i = 0; i < n; i++)
		if (!add_fd(l, 3 + (int)i, err))
			return false;
	l->handed = n;
	return true;
}

/* The socket's file goes with it: a client that comes now must hear at once that nobody is there. Safe to call twice. */
void listeners_close(struct listeners *l)
{
	for (size_t i = 0; i < l->n; i++) {
		if (l->v[i].fd >= 0)
			close(l->v[i].fd);
		l->v[i].fd = -1;
		if (l->v[i].path[0])
			unlink(l->v[i].path);
		l->v[i].path[0] = 0;
	}
}

/* sd_notify(3): a datagram; nobody answers, and trouble is no reason not to serve. */
void server_notify(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	union address a = { .un.sun_family = AF_UNIX };
	size_t n = path ? strlen(path) : 0;
	/* Not run by systemd, or no path that a socket can have. */
	if (n < 2 || n >= sizeof a.un.sun_path)
		return;
	memcpy(a.un.sun_path, path, n);
	if (path[0] == '@')
		a.un.sun_path[0] = 0; /* abstract name */
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	sendto(fd, state, strlen(state), MSG_NOSIGNAL, &a.any, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
	close(fd);
}
