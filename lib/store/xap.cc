#include <cerrno>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>
#include <unistd.h>
#include <xapian.h>
#include "store/xap_set.h"
#include "store/xap_reader.h"

using std::string;

namespace {

struct deadline_passed { const char *when; };
struct refused { const char *why; };

uint64_t now()
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Matches every entry and throws once time is up. As a FILTER it is asked
 * about each candidate, so it also stops what matches nothing (a phrase),
 * which a time limit or a decider of Xapian's does not. */
class watch : public Xapian::PostingSource {
	uint64_t deadline;
	unsigned calls = 0;
	Xapian::docid at = 0, last = 0;
	Xapian::doccount count = 0;

	void tick()
	{
		if (++calls % 32 == 0 && now() >= deadline)
			throw deadline_passed{ "" };
	}

public:
	explicit watch(uint64_t deadline_) : deadline(deadline_) {}
	PostingSource *clone() const override { return new watch(deadline); }
	void init(const Xapian::Database &db) override
	{
		at = 0;
		last = db.get_lastdocid();
		count = db.get_doccount();
	}
	Xapian::doccount get_termfreq_min() const override { return count; }
	Xapian::doccount get_termfreq_est() const override { return count; }
	Xapian::doccount get_termfreq_max() const override { return count; }
	Xapian::docid get_docid() const override { return at; }
	bool at_end() const override { return at > last; }
	void next(double) override
	{
		tick();
		at++;
	}
	void skip_to(Xapian::docid to, double) override
	{
		tick();
		at = to > at ? to : at;
	}
	bool check(Xapian::docid to, double) override
	{
		tick();
		at = to;
		return true;
	}
};

/* errno is not to be had from a Xapian::Error, only its text; and that is
 * inside the message when one error came of another. */
enum err_code code_of_text(const Xapian::Error &e, enum err_code otherwise)
{
	static const int known[] = { ENOSPC, EDQUOT, EMFILE, ENFILE, ENOMEM, EIO, EACCES, EPERM, EROFS, EFBIG };
	const char *text = e.get_error_string(), *msg = e.get_msg().c_str();
	char buf[128];
	for (int number : known) {
		const char *name = strerror_r(number, buf, sizeof buf);
		if ((text && strcmp(text, name) == 0) || strcasestr(msg, name)) /* Xapian has a "too many open files" too */
			return err_code_of_errno(number);
	}
	return otherwise;
}

/* What Xapian says by type. All that is neither the caller's fault nor that of the machine
 * is damage: sealed files do not change, so there is no other reason for them to fail. */
enum err_code code_of(const Xapian::Error &e)
{
	const char *type = e.get_type();
	bool lock = strcmp(type, "DatabaseLockError") == 0;
	if (strcmp(type, "InvalidArgumentError") == 0 || strcmp(type, "UnimplementedError") == 0)
		return ERR_REQUEST;
	return code_of_text(e, lock ? ERR_LOCKED : ERR_DAMAGED);
}

/* errno was saved before anything else could change it (xap_caught). */
void caught(struct err *err, const Xapian::Error &e, int number)
{
	const char *text = e.get_error_string(), *msg = e.get_msg().c_str();
	/* This one carries no errno; what it was when caught is most likely still it. */
	if (!text && number && strcmp(e.get_type(), "DatabaseCreateError") == 0)
		err_errno(err, number, "%s: %s", e.get_type(), msg);
	else
		err_set(err, code_of(e), "%s: %s%s%s", e.get_type(), msg, text ? ": " : "", text ? text : "");
}

} // namespace

/* C++ gets the type of what was thrown only by throwing it again.
 * Order matters: ours first, then Xapian's, then the library's. */
void xap_caught(struct err *err) noexcept
{
	int number = errno;
	try {
		throw;
	} catch (const deadline_passed &d) {
		err_late(err, "deadline passed%s", d.when);
	} catch (const refused &r) {
		err_set(err, ERR_REQUEST, "%s", r.why);
	} catch (const Xapian::Error &e) {
		caught(err, e, number);
	} catch (const std::bad_alloc &) {
		err_set(err, ERR_TRY_AGAIN, "out of memory");
	} catch (const std::exception &e) {
		err_set(err, ERR_DAMAGED, "libxapian: %s", e.what());
	} catch (...) {
		err_set(err, ERR_DAMAGED, "libxapian threw something unknown");
	}
}

namespace {

/* What a query may cost, and what bounds it: sums up to caps, then refuses. */
struct cost {
	unsigned nodes = 0, ranges = 0;
	uint64_t postings = 0;
};

} // namespace

/* The shards one by one, too: dead entries are numbered shard
 * by shard, and taken off the counts there (take_dead). */
struct xap *xap_open(const int *fds, size_t n, struct err *err)
{
	struct xap *x = nullptr;
	size_t taken = 0;
	bool ok = guard(err, [&] {
		x = new xap;
		while (taken < n) {
			int fd = fds[taken++]; /* Xapian's from here, also when it throws */
			x->shards.push_back(Xapian::Database(fd));
			x->db.add_database(x->shards.back());
		}
		x->count = x->db.get_doccount();
	});
	while (taken < n)
		close(fds[taken++]);
	if (ok)
		return x;
	xap_close(x);
	return nullptr;
}

void xap_close(struct xap *x)
{
	guard(nullptr, [&] { delete x; });
}

/* Xapian's own figures count the dead entries; their lengths
 * were summed up when the generation was published (live.h). */
bool xap_stats(struct xap *x, struct xap_stats *out, struct err *err)
{
	return guard(err, [&] {
		double length = x->db.get_avlength() * x->count;
		for (size_t s = 0; x->lives && s < x->shards.size(); s++)
			length -= (double)lives_dead(x->lives, s)->length;
		out->entries = x->count - (uint32_t)x->dead.size();
		out->last_entry = x->db.get_lastdocid();
		out->mean_length = out->entries ? length / out->entries : 0;
		out->has_positions = x->db.has_positions();
	});
}

static bool positional(const struct xap_query *q)
{
	return q->op == XAP_NEAR || q->op == XAP_PHRASE;
}

/* Sums up what the tree may cost. Depth and size are bounded: Xapian recurses
 * over it, and a thread's stack is small. */
static void measure(struct xap *x, const struct xap_query *q, unsigned depth, cost &c)
{
	uint64_t before = c.postings;
	if (depth > 64 || ++c.nodes > 20000)
		throw refused{ "the query is too complex" };
	if (q->op == XAP_TERM && q->term.n && q->term.n <= TERM_MAX_BYTES)
		c.postings += x->db.get_termfreq(string_of(q->term));
	if (q->op == XAP_RANGE && ++c.ranges > 32)
		throw refused{ "more than 32 ranges in the query" };
	if (q->op == XAP_RANGE || q->op == XAP_ALL)
		c.postings += x->count;
	if (q->op == XAP_SET)
		c.postings += q->nentries;
	for (size_t i = 0; i < q->nsub; i++)
		measure(x, q->sub[i], depth + 1, c);
	if (positional(q))
		c.postings += 256 * (c.postings - before); /* positions are read for each */
}

/* Values compare as bytes. The empty one is absent to Xapian,
 * so a range open below begins with the least that is not. */
static Xapian::Query query_of_range(const struct xap_query *q)
{
	if (!q->lo.n && !q->hi.n)
		return Xapian::Query::MatchAll;
	if (!q->hi.n)
		return Xapian::Query(Xapian::Query::OP_VALUE_GE, q->slot, string_of(q->lo));
	if (!q->lo.n) /* OP_VALUE_LE would also match entries without the value */
		return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, q->slot, string(1, '\0'), string_of(q->hi));
	return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, q->slot, string_of(q->lo), string_of(q->hi));
}

static Xapian::Query::op op_of(enum xap_op op)
{
	switch (op) {
	case XAP_AND: return Xapian::Query::OP_AND;
	case XAP_OR: return Xapian::Query::OP_OR;
	case XAP_AND_NOT: return Xapian::Query::OP_AND_NOT;
	case XAP_FILTER: return Xapian::Query::OP_FILTER;
	case XAP_AND_MAYBE: return Xapian::Query::OP_AND_MAYBE;
	case XAP_XOR: return Xapian::Query::OP_XOR;
	case XAP_NEAR: return Xapian::Query::OP_NEAR;
	case XAP_PHRASE: return Xapian::Query::OP_PHRASE;
	case XAP_SYNONYM: return Xapian::Query::OP_SYNONYM;
	default: throw refused{ "an unknown operator in the query" };
	}
}

/* How the tree becomes Xapian's. */
struct making {
	struct xap *x;
	uint64_t watched; /* deadline, 0: none */
};
static Xapian::Query query_of(const struct xap_query *q, const making &m);

/* A FILTER adds no weight, so a watched query ranks as one that is not. Xapian owns the source after release(). */
static Xapian::Query with_watch(const Xapian::Query &query, uint64_t watched)
{
	if (!watched)
		return query;
	return Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query((new watch(watched))->release()));
}

/* What looks for entries in common may look long and find none, without the
 * filter at the top ever being asked: so it is watched wherever it stands. */
static Xapian::Query query_of_subs(const struct xap_query *q, const making &m)
{
	std::vector<Xapian::Query> subs;
	subs.reserve(q->nsub);
	for (size_t i = 0; i < q->nsub; i++)
		subs.push_back(query_of(q->sub[i], m));
	Xapian::Query query(op_of(q->op), subs.begin(), subs.end(), positional(q) ? q->window : 0);
	return positional(q) || q->op == XAP_AND ? with_watch(query, m.watched) : query;
}

/* The tree as Xapian's; measured before. */
static Xapian::Query query_of(const struct xap_query *q, const making &m)
{
	switch (q->op) {
	case XAP_TERM:
		if (!q->term.n || q->term.n > TERM_MAX_BYTES) /* in no entry; the empty one is to Xapian in all */
			return Xapian::Query();
		return Xapian::Query(string_of(q->term), q->wqf ? q->wqf : 1);
	case XAP_RANGE:
		return query_of_range(q);
	case XAP_ALL:
		return Xapian::Query::MatchAll;
	case XAP_NONE:
		return Xapian::Query();
	case XAP_SCALE:
		if (q->nsub != 1)
			throw refused{ "SCALE of other than one" };
		return Xapian::Query(q->scale, query_of(q->sub[0], m));
	case XAP_SET:
		return xap_set_query(m.x->db, q);
	default:
		return query_of_subs(q, m);
	}
}

/* Sorted by value or entry nothing is weighed: all weights are 0 then, as xap.h says. */
static void rank_by(Xapian::Enquire &enquire, const struct xap_search *s)
{
	bool zero = !(s->k1 > 0) && !(s->b > 0);
	if (s->sort == XAP_BY_WEIGHT) {
		/* No second-order length term, no floor under the normalised length: plain BM25. */
		enquire.set_weighting_scheme(Xapian::BM25Weight(zero ? 1.2 : s->k1, 0, 1, zero ? .75 : s->b, 0));
	} else {
		enquire.set_weighting_scheme(Xapian::BoolWeight());
		if (s->sort != XAP_BY_ENTRY) /* else all weigh the same, and ties go by entry */
			enquire.set_sort_by_value(s->sort_slot, s->sort == XAP_BY_VALUE_DOWN);
	}
	if (s->collapse)
		enquire.set_collapse_key(s->collapse_slot);
}

/* What the query matches, but for the dead entries. */
static Xapian::Query living(struct xap *x, const Xapian::Query &query)
{
	if (x->dead.empty())
		return query;
	struct xap_query dead = {};
	dead.op = XAP_SET;
	dead.entries = x->dead.data();
	dead.nentries = x->dead.size();
	return Xapian::Query(Xapian::Query::OP_AND_NOT, query, xap_set_query(x->db, &dead));
}

static void search(struct xap *x, const struct xap_search *s, struct xap_hits *out)
{
	enum { CHEAP = 300000 }; /* postings: 15 to 100 ns each. Watching doubles a term's cost (measured). */
	cost c;
	measure(x, s->query, 0, c);
	if (s->deadline && now() >= s->deadline)
		throw deadline_passed{ " before the search" };
	uint64_t watched = c.postings > CHEAP ? s->deadline : 0;
	Xapian::Query query = with_watch(living(x, query_of(s->query, making{ x, watched })), watched);
	Xapian::Enquire enquire(x->db);
	enquire.set_query(query);
	rank_by(enquire, s);
	/* With dead entries Xapian's bounds are no counts: so all that matches is looked at. */
	Xapian::MSet set = enquire.get_mset(s->first, s->count, x->dead.empty() ? s->check_at_least : x->count);
	x->hits.clear();
	x->hits.reserve(set.size());
	for (Xapian::MSetIterator it = set.begin(); it != set.end(); ++it)
		x->hits.push_back({ *it, it.get_weight(), it.get_collapse_count() });
	out->total = set.get_matches_estimated();
	out->exact = set.get_matches_lower_bound() == set.get_matches_upper_bound();
}

/* Hits wait in the reader until the guard is left (xap_guard.h). */
bool xap_search(struct xap *x, const struct xap_search *s, struct arena *a, struct xap_hits *out, struct err *err)
{
	if (!guard(err, [&] { search(x, s, out); }))
		return false;
	out->n = out->cap = x->hits.size();
	out->v = keep_all(a, x->hits);
	return true;
}
