// Xapian's own TermGenerator with its English stemmer, positions, the text as data.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <xapian.h>
#include "bench/peer.h"

static bool next(FILE *flat, std::string &text)
{
	unsigned char head[4];
	if (fread(head, 1, 4, flat) != 4)
		return false;
	text.resize(head[0] | static_cast<size_t>(head[1]) << 8 | static_cast<size_t>(head[2]) << 16 |
		    static_cast<size_t>(head[3]) << 24);
	return fread(&text[0], 1, text.size(), flat) == text.size();
}

int peer_termgenerator(const char *flat, const char *dir)
{
	FILE *f = fopen(flat, "r");
	if (!f)
		return 1;
	try {
		Xapian::WritableDatabase db(std::string(dir) + "/db", Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
		Xapian::TermGenerator terms;
		terms.set_stemmer(Xapian::Stem("en"));
		std::string text;
		while (next(f, text)) {
			Xapian::Document doc;
			terms.set_document(doc);
			terms.index_text(text);
			doc.set_data(text);
			db.add_document(doc);
		}
		db.commit();
	} catch (const Xapian::Error &e) {
		fprintf(stderr, "%s\n", e.get_description().c_str());
		fclose(f);
		return 1;
	}
	fclose(f);
	return 0;
}
