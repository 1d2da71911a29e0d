/* cite_short: id., ibid., supra, and names with a page. */
#include "law/cite_private.h"

/* What id. adds: "at 157", "¶ 12", "§ 394-ccc(2)", "at (c)". Where to go on; i when nothing. c may move. */
static size_t id_rest(struct scan *s, size_t i, struct cite *c)
{
	struct items items;
	span t = s->t, pin;
	bool plural;
	size_t k = blanks(t, i), end, mark;
	k = at(t, k) == ',' ? blanks(t, k + 1) : k;
	size_t at_word = word_here(t, k, "at");
	if (!at_word && at(t, k) == 'a' && at(t, k + 1) == 't' && is_digit((char)at(t, k + 2)))
		at_word = k + 2;
	size_t m = at_word ? blanks(t, at_word) : k;
	/* A sign is asked for only where one may be: "Id. at § 5", "Id. section 5", not at any word with "sec". */
	mark = at(t, m) == 0xC2 || at_word || word_here(t, m, "section") || word_here(t, m, "sections") ? sign(t, m, &plural) : 0;
	/* "Id. 12(c)": a rule's number and labels. */
	size_t number = !mark && !at_word && m > i && is_digit((char)at(t, m)) ? number_end(t, m) : 0;
	bool labelled = number && (at(t, number) == '(' || (number_parted(span_sub(t, m, number)) && is_alpha(t.p[m + 1])));
	if ((mark || labelled) && (end = sections_read(s, mark ? blanks(t, mark) : m, mark && plural, &items))) {
		const uint32_t index = (uint32_t)(c - s->out->v);
		for (size_t n = 0; n < items.n; n++) {
			if (n) /* later items of "id. §§ 1985(3), 1986" */
				cite_add(s, CITE_ID, items.v[n].at.beg, items.v[n].at.end);
			struct cite *one = &s->out->v[index + n];
			one->section = items.v[n].number;
			one->subdivisions = items.v[n].subs;
			one->at.end = one->full.end = items.v[n].at.end;
		}
		return end;
	}
	/* "Id. (c)", "Id. at (c)": labels alone, of the section that is meant. */
	if (at(t, m) == '(' && (at_word || at(t, i) == ' ' || at(t, i) == ',')) {
		end = subdivisions_read(s, m, &c->subdivisions);
		if (end > m)
			return end;
		c->subdivisions = (struct spans){ 0 };
	}
	/* A page, with "at" or a sign of its own. */
	end = pin_after(s, i, &pin);
	if (!end && at_word && (end = pin_read(t, m, &pin)) == 0)
		return i;
	if (!end)
		return i;
	c->pin = pin;
	return end;
}

/* "at" and a page: what "id" without its period must have. */
static bool id_page(span t, size_t i)
{
	size_t k = word_here(t, blanks(t, i), "at");
	return k && (is_digit((char)at(t, blanks(t, k))) || at(t, blanks(t, k)) == '*');
}

/* "ld." as scans have it, where a page, a section or a comma follows; 0 */
static size_t id_scanned(span t, size_t i)
{
	size_t end = word_here(t, i, "ld"), k = blanks(t, end + 1);
	if (!end || at(t, end) != '.')
		return 0;
	k = at(t, k) == ',' ? blanks(t, k + 1) : k;
	return id_page(t, end + 1) || id_page(t, k) || at(t, k) == 0xC2 || at(t, k) == '(' ? end : 0;
}

/* id = ("Id" | "Ibid") ["."] [rest] */
size_t id_read(struct scan *s, size_t beg)
{
	span t = s->t;
	size_t word = word_here(t, beg, "ibid"), end;
	word = word ? word : word_here(t, beg, "lbid"); /* a scan's l for I */
	bool ibid = word != 0;
	word = word ? word : word_here(t, beg, "id");
	word = word ? word : id_scanned(t, beg);
	if (!word)
		return 0;
	end = word;
	if (at(t, blanks(t, end)) == '.')
		end = blanks(t, end) + 1;
	else if (!ibid && id_page(t, end))
		;
	/* "Id, " with a capital, its period lost. */
	else if (!ibid && !(is_upper(t.p[beg]) && is_lower((char)at(t, beg + 1)) && at(t, end) == ','))
		return 0;
	if (is_upper((char)at(t, beg + 1)) && !ibid)
		return 0; /* "ID. at" is a record's, "ID" an identity */
	if (!ibid && (is_digit((char)at(t, end)) || is_alpha((char)at(t, end))) && !word_here(t, end, "at") && at(t, end) != 'a')
		return 0; /* id.2 */
	cite_add(s, CITE_ID, beg, end);
	uint32_t index = (uint32_t)(s->out->n - 1);
	struct cite *c = &s->out->v[index];
	c->signal = signal_before(t, beg, s->floor < beg ? s->floor : beg);
	end = id_rest(s, end, c);
	/* A section's end has been set where its items were read. */
	if (!s->out->v[index].section.n)
		s->out->v[index].at.end = s->out->v[index].full.end = (uint32_t)end;
	tail_read(s, (uint32_t)(s->out->n - 1));
	return end;
}

/* supra = "supra" [","] ["note" number] [[","] "at" pin] */
size_t supra_read(struct scan *s, size_t beg)
{
	static const char *const notes[] = { "notes", "note", "nn.", "n.", 0 };
	static const char *const places[] = { "part", "parts", "section", "sections", "note", "notes", "chapter", "table", "appendix", 0 };
	span t = s->t, pin;
	size_t end = word_here(t, beg, "supra"), k, n, tail;
	if (!end)
		return 0;
	k = blanks(t, end);
	if (is_upper(t.p[beg]) && is_upper((char)at(t, k)) && !any_word(t, k, places, 0))
		return 0; /* "Supra Industries" */
	k = at(t, k) == ',' ? blanks(t, k + 1) : k;
	cite_add(s, CITE_SUPRA, beg, end);
	uint32_t index = (uint32_t)(s->out->n - 1);
	n = any_word(t, k, notes, 0);
	n = n ? blanks(t, n) : k;
	if (n > k && digits(t, n) > n)
		end = digits(t, n);
	k = pin_after(s, end, &pin);
	if (k) {
		s->out->v[index].pin = pin;
		end = k;
	}
	struct cite *c = &s->out->v[index];
	c->at.end = c->full.end = (uint32_t)end;
	/* A name before it, unless it is a word such as "See". */
	size_t name = caption_before(s, beg, &tail);
	if (name < tail && !no_name(span_sub(t, name, tail))) {
		size_t v, near = name > 12 ? name - 12 : 0, after = caption_versus(t, near, tail, &v);
		/* "Fitzgerald v. Cleveland, supra": its name goes on to the left of the "v.". */
		if (after && blanks(t, after) == name) {
			size_t left_tail, left = caption_before(s, v, &left_tail);
			name = left < left_tail ? left : name;
			c->plaintiff = span_sub(t, name, left_tail);
			c->defendant = span_sub(t, blanks(t, after), tail);
			c->plaintiff = left < left_tail ? c->plaintiff : (span){ 0 };
		} else {
			c->plaintiff = span_sub(t, name, tail);
		}
		c->full.beg = (uint32_t)name;
		c->signal = signal_before(t, name, s->floor < name ? s->floor : name);
	}
	tail_read(s, index);
	return end;
}

/* "Roe at 155", "Smith, at 12": a name that stood for a case before. */
size_t party_short(struct scan *s, size_t beg)
{
	span t = s->t, pin;
	size_t word = word_here(t, beg, "at"), end, tail, name, k;
	static const char *const pages[] = { "pp.", "p.", "pages", "page", 0 };
	size_t page_word = word ? any_word(t, blanks(t, word), pages, 0) : 0;
	word = page_word ? page_word : word;
	size_t page = word ? blanks(t, word) : 0;
	/* A figure after "at" is still most often a time, a place or a price: only a name known to be a case's makes it a citation. */
	if (!word || (!is_digit((char)at(t, page)) && !paragraph_sign(t, page)))
		return 0;
	k = blanks_back(t, beg, s->floor < beg ? s->floor : beg);
	k -= k && at(t, k - 1) == ',';
	if (!k || !is_alnum((char)at(t, k - 1)))
		return 0;
	end = pin_read(t, blanks(t, word), &pin);
	if (!end)
		return 0;
	name = caption_before(s, beg, &tail);
	uint32_t *seen = name < tail ? map_get(&s->parties, span_sub(t, name, tail)) : 0;
	/* From the left words are dropped until a known name is left: "The holding in Roe at 155". */
	while (!seen && name < tail && tail - name < 80) {
		size_t space = span_find_byte(span_sub(t, name, tail), ' ', 0);
		if (space >= tail - name)
			break;
		name += space + 1;
		if (is_upper((char)at(t, name)))
			seen = map_get(&s->parties, span_sub(t, name, tail));
	}
	if (!seen)
		return 0;
	bool twice = *seen & PARTY_TWICE;
	struct cite *c = cite_add(s, CITE_SHORT_CASE, name, end);
	c->plaintiff = span_sub(t, name, tail);
	c->pin = pin;
	c->antecedent = twice ? CITE_NONE : *seen - 1;
	c->status = twice ? CITE_AMBIGUOUS : CITE_OK;
	c->signal = signal_before(t, name, s->floor < name ? s->floor : name);
	return end;
}
