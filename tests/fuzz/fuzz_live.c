/* A list of dead entries of any bytes: refused, or read within bounds. Bytes that
 * are no sealed file get hashes that fit, so that what lies below them is reached
 * too. Built with -fsanitize=fuzzer. */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/file.h"
#include "base/hash.h"
#include "store/live.h"
#include "store/poslist_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { HEAD = 80 };

/* One chunk behind the head: the first byte says how many are dead, the second how many bytes the chunk has. */
static span dressed(const uint8_t *data, size_t size, struct arena *a)
{
	size_t dead = data[0] % 8, chunk = (size_t)data[1] % (size - 1), n = HEAD + 4 * dead + 8, all = n + 8 + chunk + 8;
	byte *p = arena_alloc(a, all, 16);
	memcpy(p, "pincite live 1\n", 15);
	put_u64(p + 16, dead);
	put_u64(p + 32, 300);
	put_u64(p + 40, 1);
	for (size_t i = 0; i < dead; i++)
		p[HEAD + 4 * i] = (byte)(8 * i + data[(2 + i) % size] % 9);
	put_u64(p + n - 8, chunk + 8);
	put_u64(p + n, hash64((span){ (char *)p, n }));
	memcpy(p + n + 8, data + 1, chunk);
	put_u64(p + n + 8 + chunk, hash64_seed((span){ (char *)p + n + 8, chunk }, 0));
	return (span){ (char *)p, all };
}

static void read_all(span file, struct arena *a)
{
	struct err err = { 0 };
	int fd = memfd_create("live", MFD_CLOEXEC);
	if (fd < 0 || !file_write_fd(fd, file, NULL))
		abort();
	struct lives *l = lives_open(&fd, 1, &err);
	for (uint32_t e = 1; l && e < 600; e += 37) {
		struct live_numbers n;
		dead_has(lives_dead(l, 0), e);
		lives_numbers(l, e, a, &n, &err);
	}
	if (l)
		lives_check(l, &err);
	lives_close(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { .limit = 256u << 20 };
	jmp_buf escape;
	a.escape = &escape;
	if (setjmp(escape) == 0) {
		read_all((span){ (const char *)data, size }, &a);
		if (size > 2)
			read_all(dressed(data, size, &a), &a);
	}
	arena_release(&a);
	return 0;
}
