#include <algorithm>
#include <memory>
#include <stdexcept>
#include <vector>
#include <xapian.h>
#include "store/xap_set.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
extern "C" {
#include "store/xap.h"
}
#pragma GCC diagnostic pop

namespace {

/* Entries by shard, in the shard's own numbers. */
struct parts {
	Xapian::Database db; /* keeps the shards that the numbers belong to */
	std::vector<std::vector<Xapian::docid>> of;
};

/* Xapian clones a source for each shard and tells it nothing but that shard's
 * database, so it looks for it among those it was made for. */
class entry_set : public Xapian::PostingSource {
	std::shared_ptr<const parts> all;
	const std::vector<Xapian::docid> *own = nullptr;
	size_t at = 0;
	bool started = false;

public:
	explicit entry_set(std::shared_ptr<const parts> all_) : all(std::move(all_)) {}
	PostingSource *clone() const override { return new entry_set(all); }
	void init(const Xapian::Database &db) override
	{
		own = nullptr;
		at = 0;
		started = false;
		for (size_t i = 0; i < all->of.size(); i++)
			if (all->db.internal[i].get() == db.internal[0].get())
				own = &all->of[i];
		if (!own)
			throw std::logic_error("a shard that the set of entries does not know");
	}
	Xapian::doccount get_termfreq_min() const override { return (Xapian::doccount)own->size(); }
	Xapian::doccount get_termfreq_est() const override { return (Xapian::doccount)own->size(); }
	Xapian::doccount get_termfreq_max() const override { return (Xapian::doccount)own->size(); }
	Xapian::docid get_docid() const override { return (*own)[at]; }
	bool at_end() const override { return at >= own->size(); }
	/* Before the first next() the source stands nowhere: that call comes to the first entry, not past it. */
	void next(double) override
	{
		at += started;
		started = true;
	}
	/* Steps that double, then a binary search in the last: skips go a little way, mostly. It never goes back. */
	void skip_to(Xapian::docid to, double) override
	{
		started = true;
		size_t step = 1, low = at;
		while (low + step < own->size() && (*own)[low + step] < to) {
			low += step;
			step *= 2;
		}
		size_t high = std::min(low + step + 1, own->size());
		at = (size_t)(std::lower_bound(own->begin() + (ptrdiff_t)low, own->begin() + (ptrdiff_t)high, to) - own->begin());
	}
};

} // namespace

/* The entries are parted once and shared by all clones; what was borrowed may
 * go after the call. Each list ascends, as the numbers over all shards did. */
Xapian::Query xap_set_query(const Xapian::Database &db, const struct xap_query *q)
{
	auto all = std::make_shared<parts>();
	uint32_t shards = (uint32_t)db.internal.size();
	if (!q->nentries || !shards)
		return Xapian::Query();
	all->db = db;
	all->of.resize(shards);
	for (size_t i = 0; i < q->nentries; i++)
		all->of[(q->entries[i] - 1) % shards].push_back((q->entries[i] - 1) / shards + 1);
	return Xapian::Query((new entry_set(std::move(all)))->release());
}
