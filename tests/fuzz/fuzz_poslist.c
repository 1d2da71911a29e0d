/* A position file of any bytes: refused, or every list reads within bounds.
 * Bytes that are no sealed file get a footer and sums that fit, so that what
 * lies below them is reached too. Built with -fsanitize=fuzzer. */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/file.h"
#include "store/poslist_private.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input as lists, dictionary and index, their places taken from its head. */
static span dressed(const uint8_t *data, size_t size, struct arena *a)
{
	struct poslist_footer f = { 0 };
	size_t n = size - 8, pages = (n + PAGE_BYTES - 1) / PAGE_BYTES, all = n + 4 * pages + FOOTER_BYTES;
	byte *p = arena_alloc(a, all, 16);
	memcpy(p, data + 8, n);
	f.dictionary = n ? (size_t)(data[0] | data[1] << 8) % (n + 1) : 0;
	f.index = f.dictionary + (size_t)(data[2] | data[3] << 8) % (n - f.dictionary + 1);
	f.sums = n;
	f.end = n + 4 * pages;
	f.terms = data[4];
	for (size_t i = 0; i < pages; i++) {
		uint32_t sum = page_sum((span){ (char *)p + i * PAGE_BYTES, i + 1 < pages ? PAGE_BYTES : n - i * PAGE_BYTES }, i);
		for (int k = 0; k < 4; k++)
			p[n + 4 * i + (size_t)k] = (byte)(sum >> 8 * k);
	}
	footer_pack(&f, p + f.end);
	put_u64(p + all - 8, footer_hash((span){ (char *)p + f.index, (size_t)(f.end - f.index) }, p + f.end));
	return (span){ (char *)p, all };
}

static void read_all(span file, struct arena *a)
{
	struct err err = { 0 };
	int fd = memfd_create("poslist", MFD_CLOEXEC);
	if (fd < 0 || !file_write_fd(fd, file, NULL))
		abort();
	struct poslists *p = poslists_open(&fd, 1, &err);
	static const char *const words[] = { "a", "the", "zz" };
	for (size_t i = 0; p && i < 3; i++) {
		struct poslist *l = poslist_find(p, span_of(words[i]), a, &err);
		struct poslist_run run;
		uint32_t entry = 0;
		if (l && poslist_next(l, 3, &entry, &err) && entry)
			poslist_at(l, entry, &run, &err);
	}
	if (p)
		poslists_check(p, &err);
	poslists_close(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { .limit = 256u << 20 };
	jmp_buf escape;
	a.escape = &escape;
	if (setjmp(escape) == 0) {
		read_all((span){ (const char *)data, size }, &a);
		if (size > 8)
			read_all(dressed(data, size, &a), &a);
	}
	arena_release(&a);
	return 0;
}
