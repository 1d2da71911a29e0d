#include <string>
#include <vector>
#include <xapian.h>
#include "store/xap_guard.h"
#include "store/xap_write.h"

using std::string;

struct xap_writer {
	Xapian::WritableDatabase db;
	std::vector<Xapian::docid> longs; /* entries whose data Xapian may have compressed badly */
};

static string string_of(span s)
{
	return s.n ? string(s.p, s.n) : string();
}

struct xap_writer *xap_writer_open(const char *dir, bool no_termlists, struct err *err)
{
	struct xap_writer *w = nullptr;
	guard(err, [&] {
		/* The backend is named, so that no stub file is ever followed. */
		int flags = Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC;
		Xapian::WritableDatabase db(dir, flags | (no_termlists ? Xapian::DB_NO_TERMLIST : 0));
		w = new xap_writer{ db, {} };
	});
	return w;
}

/* Positions are added with no wdf of their own: what the term weighs was said by
 * add_term. The numbers that Xapian gives are 1, 2, 3 ..., as entry.h wants them. */
bool xap_writer_add(struct xap_writer *w, const struct entry *e, struct err *err)
{
	return guard(err, [&] {
		Xapian::Document doc;
		for (size_t i = 0; i < e->npostings; i++) {
			const struct posting *p = &e->postings[i];
			string term = string_of(p->term);
			doc.add_term(term, p->wdf);
			for (uint32_t j = 0; j < p->npos; j++)
				doc.add_posting(term, p->pos[j], 0);
		}
		for (size_t i = 0; i < e->nvalues; i++)
			doc.add_value(e->values[i].slot, string_of(e->values[i].bytes));
		doc.set_data(string_of(e->data));
		Xapian::docid number = w->db.add_document(doc);
		if (e->data.n > 8000)
			w->longs.push_back(number);
	});
}

bool xap_writer_metadata(struct xap_writer *w, span key, span value, struct err *err)
{
	return guard(err, [&] { w->db.set_metadata(string_of(key), string_of(value)); });
}

/* Nothing of it is synced (DB_NO_SYNC): the directory is
 * thrown away, only the compacted file is sealed and synced. */
bool xap_writer_commit(struct xap_writer *w, struct err *err)
{
	return guard(err, [&] { w->db.commit(); });
}

bool xap_writer_compact(struct xap_writer *w, int fd, struct err *err)
{
	/* FULL, never FULLER: that one corrupts single files (measured). */
	return guard(err, [&] {
		w->db.compact(fd, Xapian::DBCOMPACT_SINGLE_FILE | Xapian::DBCOMPACT_NO_RENUMBER | Xapian::Compactor::FULL);
	});
}

/* The library's inflater stops when its input is used up though output is due, so some tags above
 * 8,192 bytes are lost (measured). What was written is compared with what the sealed file gives. */
bool xap_writer_verify(struct xap_writer *w, int fd, struct err *err)
{
	return guard(err, [&] {
		Xapian::Database sealed(fd);
		for (Xapian::docid number : w->longs)
			if (sealed.get_document(number).get_data() != w->db.get_document(number).get_data())
				throw Xapian::DatabaseCorruptError("long data reads back changed");
	});
}

void xap_writer_close(struct xap_writer *w)
{
	/* The destructor commits what is pending; that may throw, and the directory goes anyway. */
	guard(nullptr, [&] { delete w; });
}

#ifdef __has_feature
#define WITH_FEATURE(x) __has_feature(x)
#else
#define WITH_FEATURE(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || WITH_FEATURE(address_sanitizer)
/* libxapian 1.4.22 frees an object under another size in its check: harmless,
 * and not ours to mend. Its name is the sanitizer's choice. */
extern "C" const char *__asan_default_options(void);
extern "C" const char *__asan_default_options(void)
{
	return "new_delete_type_mismatch=0";
}
#endif

/* Throws on some damage, counts other, and may crash: hence the child process of generation_check.c. */
bool xap_check(int fd, size_t *wrong, struct err *err)
{
	return guard(err, [&] { *wrong = Xapian::Database::check(fd); });
}
