/* SQLite's FTS5: Porter's stemmer, positions, the text stored; one
 * transaction, no journal, no sync, which is its fastest. */
#include <sqlite3.h>
#include <stdlib.h>
#include "bench/corpus.h"
#include "bench/peer.h"

static int insert_all(sqlite3 *db, FILE *flat)
{
	sqlite3_stmt *s = NULL;
	char *buffer = NULL;
	size_t cap = 0;
	span text;
	int bad = sqlite3_prepare_v2(db, "INSERT INTO t VALUES (?)", -1, &s, NULL);
	while (!bad && corpus_next(flat, &buffer, &cap, &text)) {
		bad = sqlite3_bind_text(s, 1, text.p, (int)text.n, SQLITE_STATIC) || sqlite3_step(s) != SQLITE_DONE;
		sqlite3_reset(s);
	}
	sqlite3_finalize(s);
	free(buffer);
	return bad;
}

int peer_fts5(const char *flat, const char *dir)
{
	char path[4096];
	sqlite3 *db;
	FILE *f = fopen(flat, "r");
	if (!f || (size_t)snprintf(path, sizeof path, "%s/fts5.db", dir) >= sizeof path || sqlite3_open(path, &db))
		return 1;
	int bad = sqlite3_exec(db,
			       "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
			       "CREATE VIRTUAL TABLE t USING fts5(body, tokenize='porter unicode61'); BEGIN", NULL, NULL, NULL) ||
		  insert_all(db, f) || sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	fclose(f);
	return sqlite3_close(db) || bad;
}
