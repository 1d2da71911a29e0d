#!/usr/bin/env bash
# The reading view of the demonstration corpus: treatment with its sentence, who cites a case by court, the original block by block.
set -u
. "$2/tests/server/common.bash"
index_corpus "$t/ix"
start
page() { get "$1" >"$t/page"; sed 's/<[^>]*>//g; s/&quot;/"/g' "$t/page" >"$t/text"; }
has() { grep -qF -- "$1" "$t/page" || bad "$path has no $1"; }
says() { grep -qF -- "$1" "$t/text" || bad "$path does not say: $1"; }
lacks() { grep -qF -- "$1" "$t/page" && bad "$path has $1"; }

path=/d/case/frk/150/88; page $path
has '<div class=notice><p><strong>overruled in part</strong> by <a href="/d/case/frk/219/40#para6">219 Frk. 40</a>'
says 'Part II.C of Mudflat is overruled.'
has 'href="/c/case/frk/219/40"><i>Larkspur Ferry Co. v. Port of Larkspur</i>, 219 Frk. 40</a>' # as a note to a section tells it
has '<h2>What became of it</h2>'
has '<h3>Supreme Court of Franklin</h3>'
says 'cited, 2 times'
has '<li><a href="#part' # an opinion's parts are its outline
has '>A. The account was an incident report</a>'
path=/d/case/frk/219/40; page $path
has '<h2>What it says of others</h2>'
has '<strong>overruled in part</strong> <a href="/c/case/frk/150/88">150 Frk. 88</a>'
lacks '<div class=notice>' # nothing became of it
path=/d/us-fk/rsf/s14.030; page $path
has '<h2>Cited by</h2>'
lacks 'What became of it'
# The damaged page: each repair with its rule; the rows of both sides together are the whole text and the whole source.
path='/d/us-fk/rsf/s14.030@2?view=repairs'; page "$path"
has '<th>Rule</th>'
is 'repairs shown' "$(grep -c '^<tr><td>' "$t/page")" "$("$pincite" show -d "$t/ix" --format=json --repairs /us-fk/rsf/s14.030@2 | grep -o '"rule"' | wc -l)"
path='/d/us-fk/rsf/s14.030@2?view=original'; page "$path"
has '<table class=pair>'
has '<del>'
"$pincite" show -d "$t/ix" --format=json --original /us-fk/rsf/s14.030@2 >"$t/json"
python3 - "$t/page" "$t/json" <<'P' || bad "the two sides are not the text and its source"
import html, json, re, sys
page, shown = open(sys.argv[1]).read(), json.load(open(sys.argv[2]))
rows = re.findall(r"<tr><td>(.*?)</td><td>(.*?)</td></tr>", page, re.S)
plain = lambda s: html.unescape(re.sub(r"<[^>]*>", "", s))
squeeze = lambda s: "".join(c for c in s if not c.isspace())
sides = ["".join(plain(r[i]) for r in rows) for i in (0, 1)]
assert len(rows) > 3, len(rows)
assert squeeze(sides[0]) == squeeze(shown["text"]), "repaired"
assert squeeze(sides[1]) == squeeze(shown["original"]), "received"
P
finish
