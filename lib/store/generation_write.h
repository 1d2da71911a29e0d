/* The writer of an index, between generation_lock.c and generation_write.c. */
#ifndef STORE_GENERATION_WRITE_H
#define STORE_GENERATION_WRITE_H

#include "store/generation_private.h"

struct index_writer {
	struct arena a;
	char *path;          /* as given, for messages */
	int index, lock, build; /* descriptors; -1: not open */
	char build_name[32];
	char *build_path;    /* path/build_name; both live in a */
	uint32_t served;     /* 0: none yet */
	uint32_t newest;     /* highest number of any generation there is */
	struct { struct shard_file *v; size_t n, cap; } linked;
	struct u32s old;     /* generations below the served one */
};

/* Opens and locks INDEX/lock; ERR_LOCKED at once when another has it. */
bool lock_take(struct index_writer *w, struct err *err);
/* Finds served and newest, removes what a killed writer left, notes our pid. */
bool leftovers_clear(struct index_writer *w, struct err *err);
/* Removes old generations that no reader holds. */
void generations_collect(struct index_writer *w);

#endif
