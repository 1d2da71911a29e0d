#include "searcher/remote.h"

#include <errno.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "searcher/http.h"

/* The message ends with the command that mends it: a server that is not there is the usual trouble. */
static int dial_unix(span path, struct err *err)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	if (!path.n || path.n >= sizeof to.sun_path) {
		err_set(err, ERR_REQUEST, "--server=unix:%.*s: a path of 1 to %zu bytes", SPAN_ARG(path), sizeof to.sun_path - 1);
		return -1;
	}
	memcpy(to.sun_path, path.p, path.n);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)&to, sizeof to) == 0)
		return fd;
	err_set(err, errno == EACCES ? ERR_PERMISSION : ERR_NOT_FOUND, "no server at unix:%.*s: %s; start one with: pincite serve --listen=unix:%.*s",
		SPAN_ARG(path), strerror(errno), SPAN_ARG(path));
	if (fd >= 0)
		close(fd);
	return -1;
}

/* A name may stand for several addresses (localhost: ::1 and 127.0.0.1), of which the server has one. errno is kept
 * over close(), for it tells what was the matter with the last. */
static int dial_first(const struct addrinfo *list)
{
	int fd = -1;
	for (; list && fd < 0; list = list->ai_next) {
		fd = socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
		/* A family of addresses that this machine lacks is passed over. */
		if (fd < 0 || connect(fd, list->ai_addr, list->ai_addrlen) == 0)
			continue;
		/* close() may change it. */
		int e = errno;
		close(fd);
		errno = e;
		fd = -1;
	}
	return fd;
}

/* HOST:PORT or [ADDRESS]:PORT */
static int dial_tcp(span host, struct arena *a, struct err *err)
{
	struct addrinfo want = { .ai_socktype = SOCK_STREAM }, *list = NULL;
	size_t colon = host.n;
	/* The last colon, since an IPv6 address has some of its own. */
	while (colon && host.p[colon - 1] != ':')
		colon--;
	span name = span_sub(host, 0, colon ? colon - 1 : 0), port = span_sub(host, colon, host.n);
	if (name.n > 2 && name.p[0] == '[' && name.p[name.n - 1] == ']')
		name = span_sub(name, 1, name.n - 1);
	int e = name.n && port.n ? getaddrinfo(arena_cstr(a, name), arena_cstr(a, port), &want, &list) : EAI_NONAME;
	if (e) {
		err_set(err, ERR_REQUEST, "--server=http://%.*s: %s; must be unix:PATH or http://HOST:PORT", SPAN_ARG(host), gai_strerror(e));
		return -1;
	}
	int fd = dial_first(list);
	if (fd < 0)
		err_set(err, ERR_NOT_FOUND, "no server at http://%.*s: %s; start one with: pincite serve", SPAN_ARG(host), strerror(errno));
	freeaddrinfo(list);
	return fd;
}

/* https is not spoken: what stands between machines is a proxy or a tunnel of the system's. */
static int dial(span where, struct arena *a, span *host, struct err *err)
{
	*host = SPAN("localhost");
	if (span_starts(where, SPAN("unix:")))
		return dial_unix(span_sub(where, 5, where.n), err);
	if (!span_starts(where, SPAN("http://"))) {
		err_set(err, ERR_REQUEST, "--server=%.*s: must be unix:PATH or http://HOST:PORT", SPAN_ARG(where));
		return -1;
	}
	*host = span_sub(where, 7, where.n);
	if (span_ends(*host, SPAN("/")))
		host->n--;
	return dial_tcp(*host, a, err);
}

/* The request is short; it is written in pieces only where a signal comes. */
static bool send_all(int fd, span s)
{
	while (s.n) {
		ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s = span_sub(s, (size_t)n, s.n);
	}
	return true;
}

/* Everything until the server closes: it was asked to. */
static bool receive_all(int fd, struct buf *b)
{
	/* Bounded: what answers may be anything. */
	while (b->n < REMOTE_BYTES) {
		buf_need(b, 65536);
		ssize_t n = recv(fd, b->p + b->n, b->cap - b->n, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		b->n += (size_t)n;
	}
	errno = EMSGSIZE;
	return false;
}

/* "HTTP/1.1 200 OK", fields, an empty line, as many bytes as Content-Length says.
 * A body that is shorter or longer than announced is no answer: it broke off, or is not ours. Chunked answers are none
 * of pincite's. */
static bool parse_reply(span all, struct remote_reply *out)
{
	uint64_t status, length = UINT64_MAX;
	size_t end = span_find(all, SPAN("\r\n\r\n"), 0);
	span head = span_sub(all, 0, end), line;
	if (end == all.n || !span_starts(head, SPAN("HTTP/1.")) || !span_uint(span_sub(head, 9, 12), 999, &status))
		return false;
	while (span_cut(&head, '\n', &line))
		if (span_case_starts(line, SPAN("Content-Length:")))
			span_uint(span_trim(span_sub(line, 15, line.n)), REMOTE_BYTES, &length);
	out->status = (int)status;
	out->body = span_sub(all, end + 4, all.n);
	return out->body.n == length;
}

/* One connection a request: a command asks once and ends. */
bool remote_get(span where, span target, struct arena *a, struct remote_reply *out, struct err *err)
{
	struct timeval patience = { .tv_sec = REMOTE_SECONDS };
	struct buf b = { .a = a };
	span host;
	int fd = dial(where, a, &host, err);
	if (fd < 0)
		return false;
	/* Far above the deadline of any request: it ends waiting for what is no server, not for a
	 * slow answer. */
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	bool sent = send_all(fd, arena_printf(a, "GET %.*s HTTP/1.1\r\nHost: %.*s\r\nConnection: close\r\n\r\n", SPAN_ARG(target), SPAN_ARG(host)));
	bool whole = receive_all(fd, &b) && sent;
	int e = errno;
	close(fd);
	if (whole && parse_reply(buf_span(&b), out))
		return true;
	if (!whole && (e == EAGAIN || e == EWOULDBLOCK))
		return err_set(err, ERR_TRY_AGAIN, "the server at %.*s did not answer within %d seconds", SPAN_ARG(where), REMOTE_SECONDS);
	return err_set(err, ERR_IO, "what answers at %.*s is no pincite server, or it broke off", SPAN_ARG(where));
}

/* What is empty is the default, here as there. */
static void param(struct buf *b, const char *name, span value)
{
	if (!value.n)
		return;
	buf_printf(b, "&%s=", name);
	http_encode(b, value);
}

/* As is 0, and an option that was not given. */
static void number(struct buf *b, const char *name, uint32_t value)
{
	if (value)
		buf_printf(b, "&%s=%u", name, value);
}

/* Names are those of the API; the values of an enumeration are in its order, the default of each being left out. */
static span target_of(const struct search_request *r, struct arena *a)
{
	static const char *const sorts[] = { "", "date", "cited", "court" }, *const dialects[] = { "", "westlaw", "lexis" };
	struct buf b = { .a = a };
	/* n is always sent: 0 is a value of its own. */
	buf_printf(&b, "/v1/search?n=%u", r->limit);
	param(&b, "q", r->text);
	param(&b, "sort", span_of(sorts[r->sort]));
	param(&b, "dialect", span_of(dialects[r->language.dialect]));
	param(&b, "by", r->by == BY_PASSAGE ? SPAN("passage") : SPAN(""));
	param(&b, "cursor", r->cursor);
	param(&b, "court", r->court);
	param(&b, "jurisdiction", r->jurisdiction);
	param(&b, "kind", r->kind);
	param(&b, "code", r->code);
	param(&b, "year", r->year);
	param(&b, "after", r->after);
	param(&b, "before", r->before);
	param(&b, "cites", r->cites);
	param(&b, "facets", r->facets);
	number(&b, "offset", r->offset);
	number(&b, "timeout_ms", r->timeout_ms);
	number(&b, "explain", r->explain);
	number(&b, "count", r->count_only);
	number(&b, "any", r->any);
	number(&b, "lexis_windows", r->language.lexis_windows);
	return buf_span(&b);
}

/* A refusal in the server's words, with the status that the command would have ended with. */
static bool refused(span where, const struct remote_reply *reply, struct arena *a, struct err *err)
{
	span code, detail;
	remote_problem(reply->body, a, &code, &detail);
	if (!code.n)
		return err_set(err, ERR_IO, "what answers at %.*s is no pincite server: status %d", SPAN_ARG(where), reply->status);
	if (span_eq(code, SPAN("unknown_parameter")))
		return err_set(err, ERR_REQUEST, "the server at %.*s is older than this program: %.*s", SPAN_ARG(where), SPAN_ARG(detail));
	if (span_eq(code, SPAN("bad_query")))
		return err_set(err, ERR_REQUEST, "%.*s", SPAN_ARG(detail)); /* as a local search says it */
	enum err_code as = reply->status == 503 || reply->status == 429 ? ERR_TRY_AGAIN : reply->status == 401 ? ERR_PERMISSION :
			   span_eq(code, SPAN("damaged_index")) ? ERR_DAMAGED : reply->status >= 500 ? ERR_IO : ERR_REQUEST;
	return err_set(err, as, "the server at %.*s says: %.*s", SPAN_ARG(where), SPAN_ARG(detail));
}

/* The JSON is kept as it came, for --format=json: a newer server may say more than this program knows. */
bool remote_search(span where, const struct search_request *r, struct arena *a, struct search_answer *out, struct err *err)
{
	struct remote_reply reply;
	if (!remote_get(where, target_of(r, a), a, &reply, err))
		return false;
	if (reply.status != 200)
		return refused(where, &reply, a, err);
	if (!remote_answer(reply.body, a, out))
		return err_set(err, ERR_IO, "the server at %.*s does not speak schema 1 of pincite; is it of another version?", SPAN_ARG(where));
	/* Not in the JSON: what was asked for tells. */
	out->counted = r->count_only;
	out->explained = r->explain;
	out->sent = reply.body;
	return true;
}
