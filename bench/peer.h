/* peer: engines that index the same texts. Each runs in a process of its own
 * and writes its index to dir, which exists; the exit status tells of success. */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#ifdef __cplusplus
extern "C" {
#endif
int peer_fts5(const char *flat, const char *dir);
int peer_termgenerator(const char *flat, const char *dir);
#ifdef __cplusplus
}
#endif

#endif
