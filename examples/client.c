/* A client of pincite over its Unix socket, in plain C without a library.
 *
 *   cc -o client client.c
 *   pincite serve -d INDEX --listen=unix:/tmp/pincite.sock &
 *   ./client /tmp/pincite.sock '/v1/search?q=open+records&n=3'
 *
 * Prints the body of the answer; exit status 0 for 200, 1 for anything else, 2
 * when there is no server. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int dial(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (fd < 0 || strlen(path) >= sizeof a.sun_path)
		return -1;
	strcpy(a.sun_path, path);
	if (connect(fd, (struct sockaddr *)&a, sizeof a) == 0)
		return fd;
	close(fd);
	return -1;
}

/* The whole answer, read until the server closes: we asked it to. */
static char *answer(int fd, size_t *n)
{
	size_t cap = 65536;
	char *p = malloc(cap);
	for (*n = 0; p;) {
		ssize_t got = read(fd, p + *n, cap - 1 - *n);
		if (got <= 0)
			break;
		*n += (size_t)got;
		if (*n == cap - 1)
			p = realloc(p, cap *= 2);
	}
	if (p)
		p[*n] = 0;
	return p;
}

int main(int argc, char **argv)
{
	char request[8300];
	if (argc != 3 || strlen(argv[2]) > 8192) {
		fprintf(stderr, "usage: client SOCKET /v1/PATH?QUERY\n");
		return 2;
	}
	int fd = dial(argv[1]);
	if (fd < 0) {
		fprintf(stderr, "client: no server at %s\n", argv[1]);
		return 2;
	}
	int size = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", argv[2]);
	size_t n = 0;
	char *got = write(fd, request, (size_t)size) == size ? answer(fd, &n) : NULL;
	char *body = got ? strstr(got, "\r\n\r\n") : NULL;
	int status = body ? atoi(got + 9) : 0;
	if (body)
		fwrite(body + 4, 1, n - (size_t)(body + 4 - got), stdout);
	free(got);
	close(fd);
	return status == 200 ? 0 : 1;
}
