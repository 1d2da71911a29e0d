/* xap_reader: a reader, for those who search with it and those who read single
 * entries and terms (C++, for xap*.cc, which include xapian.h first). */
#ifndef STORE_XAP_READER_H
#define STORE_XAP_READER_H

#include <string>
#include <vector>
#include "store/xap_guard.h"

/* In C a function and a struct may share a name. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
extern "C" {
#include "store/entry.h"
#include "store/live.h"
#include "store/xap.h"
}
#pragma GCC diagnostic pop

/* A term that waits to be copied into an arena. */
struct held_term {
	std::string text;
	uint32_t entries, wdf;
};

struct xap {
	Xapian::Database db;
	std::vector<Xapian::Database> shards; /* db's, one by one */
	Xapian::doccount count = 0;
	struct lives *lives = nullptr;  /* null: no entry is dead */
	std::vector<uint32_t> dead;     /* over all shards, ascending */
	xap() = default;
	xap(const xap &) = delete;
	xap &operator=(const xap &) = delete;
	~xap() { lives_close(lives); }
	/* Results wait here until the guard is left (xap_guard.h). */
	std::string text;
	std::vector<xap_hit> hits;
	std::vector<uint32_t> numbers;
	std::vector<xap_posting> postings;
	std::vector<held_term> terms;
};

static inline std::string string_of(span s)
{
	return s.n ? std::string(s.p, s.n) : std::string();
}

static inline span keep(struct arena *a, const std::string &s)
{
	return arena_dup(a, span{ s.data(), s.size() });
}

template <typename T> static T *keep_all(struct arena *a, const std::vector<T> &from)
{
	T *v = static_cast<T *>(arena_array(a, sizeof(T), from.size(), alignof(T)));
	if (!from.empty())
		memcpy(v, from.data(), from.size() * sizeof(T));
	return v;
}

#endif
