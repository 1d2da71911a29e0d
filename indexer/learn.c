#include "indexer/learn.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EDGE_BYTES = 4096 };

/* The names that come first in order of their bytes, kept in that order while a directory is read. */
struct names {
	char *v[LEARN_FILES];
	size_t n;
	struct arena *a;
};

/* Insertion into the sorted few: a directory may hold a million
 * names, and 64 are kept. The name at the end falls out. */
static void take_name(struct names *out, const char *name)
{
	size_t at = out->n;
	while (at > 0 && strcmp(out->v[at - 1], name) > 0)
		at--;
	if (at == LEARN_FILES)
		return;
	size_t move = out->n - at - (out->n == LEARN_FILES);
	memmove(out->v + at + 1, out->v + at, move * sizeof *out->v);
	out->v[at] = arena_cstr(out->a, span_of(name));
	out->n += out->n < LEARN_FILES;
}

/* Closes fd. Hidden names are passed by, as the walk does. */
static struct names first_names(int fd, struct arena *a)
{
	struct names out = { .a = a };
	DIR *d = fdopendir(fd);
	if (!d)
		close(fd);
	for (const struct dirent *e; d && (e = readdir(d));)
		if (e->d_name[0] != '.' && (e->d_type == DT_REG || e->d_type == DT_UNKNOWN))
			take_name(&out, e->d_name);
	if (d)
		closedir(d);
	return out;
}

/* Plain text, not a page or data: what other formats hold is not in their lines. */
static bool reads_as_text(span head)
{
	span t = span_trim(head);
	/* 0x1F begins a gzip file, '<' a page, '{' JSON, and a zero byte is in no text. */
	return t.n && !memchr(head.p, 0, head.n) && t.p[0] != '<' && t.p[0] != '{' && (unsigned char)t.p[0] != 0x1F;
}

/* A file's lines that may be furniture, each once; false when it is no text. */
static bool edges_of(int fd, uint64_t lines[FURNITURE_EDGES], size_t *n)
{
	char head[EDGE_BYTES], tail[EDGE_BYTES];
	struct stat st;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	ssize_t got = pread(fd, head, sizeof head, 0);
	if (got <= 0 || !reads_as_text((span){ head, (size_t)got }))
		return false;
	/* A file that its head holds whole has no tail of its own: its two edges overlap. */
	ssize_t more = st.st_size > EDGE_BYTES ? pread(fd, tail, sizeof tail, st.st_size - EDGE_BYTES) : 0;
	*n = furniture_edges((span){ head, (size_t)got }, (span){ tail, more > 0 ? (size_t)more : 0 }, lines);
	return true;
}

static struct furniture learn(const char *directory, struct arena *scratch, struct arena *a)
{
	struct { uint64_t *v; size_t n, cap; } all = { 0 };
	uint64_t lines[FURNITURE_EDGES];
	size_t files = 0, n = 0;
	/* Opened anew: a file may be given by itself, so that no walk has its directory open. */
	int at = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct names names = at < 0 ? (struct names){ 0 } : first_names(dup(at), scratch);
	for (size_t i = 0; i < names.n; i++) {
		int fd = openat(at, names.v[i], O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
		bool text = fd >= 0 && edges_of(fd, lines, &n);
		files += text;
		for (size_t k = 0; text && k < n; k++)
			*PUSH(scratch, &all) = lines[k];
		if (fd >= 0)
			close(fd);
	}
	if (at >= 0)
		close(at);
	return furniture_shared(all.v, all.n, files, a);
}

/* A directory is looked at once a run. The key is its name as the walk gives it, to the last slash. */
struct furniture learned_of(struct learned *l, span path)
{
	size_t n = path.n;
	while (n > 0 && path.p[n - 1] != '/')
		n--;
	span directory = n ? span_sub(path, 0, n) : SPAN("./");
	l->of_path.a = l->a;
	uint32_t *at = map_get(&l->of_path, directory); /* index + 1 */
	if (at)
		return l->directories.v[*at - 1];
	struct arena scratch = { 0 };
	struct furniture shared = learn(arena_cstr(&scratch, directory), &scratch, l->a);
	arena_release(&scratch);
	*PUSH(l->a, &l->directories) = shared;
	*map_put(&l->of_path, arena_dup(l->a, directory), NULL) = (uint32_t)l->directories.n;
	return shared;
}
