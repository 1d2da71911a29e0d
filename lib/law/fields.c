#include "law/fields.h"

#define NONE (-1)

/* Sources of the aliases: the field restrictions of Westlaw and the segments of
 * Lexis, as their users know them. */
const struct field_row fields[F_COUNT] = {
	[F_TEXT] = { "text", "te|body|op|opinion|sy|synopsis|di|digest|at|attorney|counsel|wp", "", FIELD_WORDS, NONE, "words of the document" },
	[F_TITLE] = { "title", "ti|caption|ca|name|na|pr|prelim", "S", FIELD_WORDS, NONE, "heading of a section, caption of a case" },
	[F_JUDGE] = { "judge", "ju|judges|author", "A", FIELD_WORDS, NONE, "name of a judge" },
	[F_HEADING] = { "heading", "he|head|catchline", "XRH", FIELD_REGION, NONE, "headings within the text" },
	[F_HISTORY] = { "history", "hi|credit|cr", "XRY", FIELD_REGION, NONE, "source credits of a section" },
	[F_NOTES] = { "notes", "no|annotation|annotations|an", "XRN", FIELD_REGION, NONE, "case notes and cross-references" },
	[F_QUOTATION] = { "quotation", "quote|qu", "XRQ", FIELD_REGION, NONE, "block quotations" },
	[F_FOOTNOTE] = { "footnote", "fn|footnotes", "XRF", FIELD_REGION, NONE, "footnotes" },
	[F_DISPOSITION] = { "disposition", "disp", "XRD", FIELD_REGION, NONE, "what the court ordered" },
	[F_NUMBER] = { "number", "section|num", "XN", FIELD_EXACT, NONE, "section or bill number" },
	[F_KIND] = { "kind", "type", "XK", FIELD_EXACT, NONE, "opinion, order, statute, bill, regulation, rule ..." },
	[F_JURISDICTION] = { "jurisdiction", "jur", "XJ", FIELD_EXACT, NONE, "us, us-mo, us-ca ..." },
	[F_CODE] = { "code", "", "XE", FIELD_EXACT, NONE, "rsmo, usc, cfr, wic ..." },
	[F_COURT] = { "court", "co", "XO", FIELD_EXACT, 2, "court id, or that of a court above it" },
	[F_DOCKET] = { "docket", "dn|docketnumber", "XD", FIELD_EXACT, NONE, "docket number" },
	[F_YEAR] = { "year", "yr", "Y", FIELD_EXACT, NONE, "year of decision or enactment" },
	[F_ID] = { "id", "", "XI", FIELD_EXACT, NONE, "the id the source gave" },
	[F_CITES] = { "cites", "ci|cite|citing", "XC", FIELD_ADDRESS, NONE, "cites this, or anything below it" },
	[F_ADDRESS] = { "address", "under|ad", "XA", FIELD_ADDRESS, NONE, "is this, or stands below it" },
	[F_DATE] = { "date", "da", "", FIELD_NUMBER, 0, "date of decision or enactment" },
	[F_QUALITY] = { "quality", "", "", FIELD_NUMBER, 3, "share of the text that reads as words, 0 to 100" },
	[F_CITED_BY] = { "citedby", "cited", "", FIELD_NUMBER, 1, "how many documents cite it" },
	[F_ENTRY] = { "entry", "", "XT", FIELD_INTERNAL, NONE, "XTdocument: a document entry" },
	[F_OF] = { "of", "", "Q", FIELD_INTERNAL, 5, "the document's own address: its key; as a value, its other addresses too" },
	[F_SOURCE] = { "source", "", "XS", FIELD_INTERNAL, NONE, "hash of the path it was read from" },
	[F_CITES_RANGE] = { "range", "", "XG", FIELD_INTERNAL, NONE, "first and last address of a range it cites" },
	[F_SENTENCE] = { "sentence", "", "XRS", FIELD_INTERNAL, NONE, "positions of first words of sentences" },
	[F_PARAGRAPH] = { "paragraph", "", "XRP", FIELD_INTERNAL, NONE, "positions of first words of paragraphs" },
	[F_PASSAGE] = { "passage", "", "P", FIELD_INTERNAL, NONE, "positions of first and last words of passages" },
	[F_BREADCRUMB] = { "breadcrumb", "", "XB", FIELD_INTERNAL, NONE, "stems of the headings above" },
	[F_LENGTHS] = { "lengths", "", "", FIELD_INTERNAL, 4, "words of the text and of the title" },
	[F_VERSION] = { "version", "", "", FIELD_INTERNAL, 6, "the same number for all versions of a text" },
};

/* Aliases are parted by "|". */
static bool has_alias(const char *list, span name)
{
	span rest = span_of(list), one;
	while (span_cut(&rest, '|', &one))
		if (span_case_eq(one, name))
			return true;
	return false;
}

/* By any of its names, in any case of letters; what is internal cannot be named in a query. */
int field_by_name(span name)
{
	for (int f = 0; f < F_COUNT; f++) {
		if (fields[f].kind == FIELD_INTERNAL)
			continue;
		if (span_case_eq(span_of(fields[f].name), name) || has_alias(fields[f].aliases, name))
			return f;
	}
	return -1;
}

/* Terms are in small letters, but addresses are kept: in them letters and their case tell subdivisions apart. */
size_t field_term(enum field f, span value, char *out, size_t size)
{
	size_t n = 0;
	for (const char *p = fields[f].prefix; *p && n < size; p++)
		out[n++] = *p;
	/* The value of a range and the key of a document are addresses as well. */
	bool keep = fields[f].kind == FIELD_ADDRESS || f == F_OF || f == F_CITES_RANGE;
	for (size_t i = 0; i < value.n && n < size; i++)
		out[n++] = keep ? value.p[i] : to_lower(value.p[i]);
	return n;
}
