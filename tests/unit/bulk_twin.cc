#include "tests/unit/bulk_twin.h"

#include <cstdio>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>
#include <xapian.h>

static std::string show(const std::string &s)
{
	std::ostringstream o;
	for (char byte : s.substr(0, 60)) {
		auto c = static_cast<unsigned char>(byte);
		char hex[8];
		snprintf(hex, sizeof hex, c >= 32 && c < 127 ? "%c" : "\\x%02x", c);
		o << hex;
	}
	return o.str();
}

template <class T> static void same(const T &x, const T &y, const std::string &what)
{
	if (x == y)
		return;
	std::ostringstream o;
	o << what << ": ";
	if constexpr (std::is_same_v<T, std::string>)
		o << show(x) << " != " << show(y);
	else
		o << x << " != " << y;
	throw std::runtime_error(o.str());
}

static void same_statistics(const Xapian::Database &a, const Xapian::Database &b)
{
	same(a.get_doccount(), b.get_doccount(), "entries");
	same(a.get_lastdocid(), b.get_lastdocid(), "last entry");
	same(a.get_total_length(), b.get_total_length(), "total length");
	same(a.get_average_length(), b.get_average_length(), "mean length");
	same(a.get_doclength_lower_bound(), b.get_doclength_lower_bound(), "lower bound of lengths");
	same(a.get_doclength_upper_bound(), b.get_doclength_upper_bound(), "upper bound of lengths");
	same(a.has_positions(), b.has_positions(), "has positions");
}

static void same_positions(Xapian::PositionIterator x, Xapian::PositionIterator xe, Xapian::PositionIterator y,
			   Xapian::PositionIterator ye, const std::string &what)
{
	for (; x != xe && y != ye; ++x, ++y)
		same(*x, *y, what + " position");
	same(x == xe, y == ye, what + " end of positions");
}

static void same_postings(const Xapian::Database &a, const Xapian::Database &b, const std::string &term)
{
	std::string what = "term " + show(term);
	same(a.get_termfreq(term), b.get_termfreq(term), what + " frequency");
	same(a.get_collection_freq(term), b.get_collection_freq(term), what + " collection frequency");
	same(a.get_wdf_upper_bound(term), b.get_wdf_upper_bound(term), what + " bound of wdf");
	auto x = a.postlist_begin(term), xe = a.postlist_end(term);
	auto y = b.postlist_begin(term), ye = b.postlist_end(term);
	for (; x != xe && y != ye; ++x, ++y) {
		same(*x, *y, what + " entry");
		same(x.get_wdf(), y.get_wdf(), what + " wdf");
		same(x.get_doclength(), y.get_doclength(), what + " length");
		same_positions(x.positionlist_begin(), x.positionlist_end(), y.positionlist_begin(),
			       y.positionlist_end(), what);
	}
	same(x == xe, y == ye, what + " end of postings");
}

static void same_terms(const Xapian::Database &a, const Xapian::Database &b)
{
	auto x = a.allterms_begin(), xe = a.allterms_end(), y = b.allterms_begin(), ye = b.allterms_end();
	for (; x != xe && y != ye; ++x, ++y) {
		same(*x, *y, "next term");
		same_postings(a, b, *x);
	}
	same(x == xe, y == ye, "end of terms");
}

static void same_document(const Xapian::Database &a, const Xapian::Database &b, Xapian::docid id, bool termlists)
{
	std::string what = "entry " + std::to_string(id);
	same(a.get_doclength(id), b.get_doclength(id), what + " length");
	Xapian::Document d = a.get_document(id), e = b.get_document(id);
	same(d.get_data(), e.get_data(), what + " data");
	if (!termlists)
		return;
	same(a.get_unique_terms(id), b.get_unique_terms(id), what + " distinct terms");
	auto x = a.termlist_begin(id), xe = a.termlist_end(id), y = b.termlist_begin(id), ye = b.termlist_end(id);
	for (; x != xe && y != ye; ++x, ++y) {
		same(*x, *y, what + " next term");
		same(x.get_wdf(), y.get_wdf(), what + " wdf of " + show(*x));
		same_positions(x.positionlist_begin(), x.positionlist_end(), y.positionlist_begin(),
			       y.positionlist_end(), what + " " + show(*x));
	}
	same(x == xe, y == ye, what + " end of terms");
	auto v = d.values_begin(), ve = d.values_end(), w = e.values_begin(), we = e.values_end();
	for (; v != ve && w != we; ++v, ++w) {
		same(v.get_valueno(), w.get_valueno(), what + " next slot");
		same(*v, *w, what + " value");
	}
	same(v == ve, w == we, what + " end of values");
}

static void same_slots(const Xapian::Database &a, const Xapian::Database &b)
{
	for (Xapian::valueno slot : { 0u, 1u, 2u, 3u, 127u, 128u, 129u, 255u, 256u, 70000u }) {
		std::string what = "slot " + std::to_string(slot);
		same(a.get_value_freq(slot), b.get_value_freq(slot), what + " frequency");
		same(a.get_value_lower_bound(slot), b.get_value_lower_bound(slot), what + " lower bound");
		same(a.get_value_upper_bound(slot), b.get_value_upper_bound(slot), what + " upper bound");
		auto x = a.valuestream_begin(slot), xe = a.valuestream_end(slot);
		auto y = b.valuestream_begin(slot), ye = b.valuestream_end(slot);
		for (; x != xe && y != ye; ++x, ++y) {
			same(x.get_docid(), y.get_docid(), what + " entry");
			same(*x, *y, what + " value");
		}
		same(x == xe, y == ye, what + " end of values");
	}
}

static void same_metadata(const Xapian::Database &a, const Xapian::Database &b)
{
	auto x = a.metadata_keys_begin(), xe = a.metadata_keys_end();
	auto y = b.metadata_keys_begin(), ye = b.metadata_keys_end();
	for (; x != xe && y != ye; ++x, ++y) {
		same(*x, *y, "next metadata key");
		same(a.get_metadata(*x), b.get_metadata(*y), "metadata " + show(*x));
	}
	same(x == xe, y == ye, "end of metadata");
}

static Xapian::MSet answer(const Xapian::Database &db, const Xapian::Query &q)
{
	Xapian::Enquire e(db);
	e.set_query(q);
	return e.get_mset(0, 50);
}

/* Words that stand at both ends and the middle of the vocabulary, in all the operators that go by positions or weights. */
static void same_answers(const Xapian::Database &a, const Xapian::Database &b)
{
	std::vector<std::string> words;
	for (auto t = a.allterms_begin(); t != a.allterms_end(); ++t)
		words.push_back(*t);
	if (words.empty())
		return;
	std::vector<std::string> some;
	for (size_t i = 0; i < 12; i++)
		some.push_back(words[i * (words.size() - 1) / 11]);
	for (auto op : { Xapian::Query::OP_OR, Xapian::Query::OP_AND, Xapian::Query::OP_PHRASE, Xapian::Query::OP_NEAR,
			 Xapian::Query::OP_AND_MAYBE, Xapian::Query::OP_XOR, Xapian::Query::OP_AND_NOT })
		for (size_t i = 0; i + 2 <= some.size(); i++) {
			Xapian::Query q(op, some.begin() + (long)i, some.begin() + (long)i + 2);
			Xapian::MSet x = answer(a, q), y = answer(b, q);
			std::string what = q.get_description();
			same(x.size(), y.size(), what + " hits");
			same(x.get_matches_estimated(), y.get_matches_estimated(), what + " estimate");
			for (unsigned h = 0; h < x.size(); h++) {
				same(*x[h], *y[h], what + " hit");
				same(x[h].get_weight(), y[h].get_weight(), what + " weight");
			}
		}
}

static void compare(const Xapian::Database &a, const Xapian::Database &b, bool termlists)
{
	same_statistics(a, b);
	same_metadata(a, b);
	same_terms(a, b);
	for (Xapian::docid id = 1; id <= a.get_lastdocid(); id++)
		same_document(a, b, id, termlists);
	same_slots(a, b);
	same_answers(a, b);
}

extern "C" bool twin_same(const char *a, const char *b, bool termlists, char *msg, size_t size)
{
	try {
		compare(Xapian::Database(a), Xapian::Database(b), termlists);
		return true;
	} catch (const Xapian::Error &e) {
		snprintf(msg, size, "%s", e.get_description().c_str());
	} catch (const std::exception &e) {
		snprintf(msg, size, "%s", e.what());
	}
	return false;
}

extern "C" bool twin_check(const char *path, char *msg, size_t size)
{
	std::ostringstream out;
	size_t wrong = 1;
	try {
		wrong = Xapian::Database::check(path, 0, &out);
	} catch (const Xapian::Error &e) {
		out << e.get_description();
	}
	snprintf(msg, size, "%s", out.str().c_str());
	return wrong == 0;
}
