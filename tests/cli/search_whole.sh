#!/usr/bin/env bash
# Everything that is found can be reached: pages of passages by cursor, export of
# a query, facets that agree with filters; conditions on the document cited agree
# with a plain reading of the exported citations.
set -eu
bin=$1/bin src=$2
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
export PINCITE_INDEX=$tmp/index
"$bin/pincite" index -j2 --shards=3 "$src/corpus" >/dev/null 2>&1
bad() { echo "$*"; exit 1; }
search() { "$bin/pincite" search "$@" 2>"$tmp/err"; }
for by in passage document; do
	for query in 'water' 'kind:statute' 'court or water or land'; do
		search --by=$by --format=jsonl -n100 "$query" >"$tmp/all"
		: >"$tmp/pages"; next=
		for page in $(seq 60); do
			search --by=$by --format=jsonl -n7 ${next:+--cursor=$next} "$query" >>"$tmp/pages"
			next=$(search --by=$by --format=json -n7 ${next:+--cursor=$next} "$query" | sed -n 's/.*"next":"\([^"]*\)".*/\1/p')
			[ -n "$next" ] || break
		done
		[ -z "$next" ] || bad "--by=$by $query: no last page"
		head -n100 "$tmp/pages" | cmp - "$tmp/all" || bad "--by=$by $query: pages by cursor are not the whole"
		[ "$(search --by=$by --format=json -n1 "$query" | sed 's/.*"total":{"value":\([0-9]*\).*/\1/')" = "$(wc -l <"$tmp/pages")" ] ||
			bad "--by=$by $query: the total is not the number of hits"
	done
done
"$bin/pincite" export 'water AND kind:statute' >"$tmp/export"
[ "$(wc -l <"$tmp/export")" = "$(search --count 'water AND kind:statute')" ] || bad "export of a query is not all it finds"
"$bin/pincite" export >"$tmp/everything"
for field in kind jurisdiction code year court; do
	search --format=json --facets=$field -n0 '*' >"$tmp/json"
	for value in $(grep -o '"value":"[^"]*","count":[0-9]*' "$tmp/json" | sed 's/"value":"\([^"]*\)","count":/\1=/'); do
		[ "$(search --count --$field="${value%=*}"  '*')" = "${value#*=}" ] || bad "facet $field: $value differs from the filter"
	done
done
python3 - "$tmp/everything" "$bin/pincite" <<'P'
import json, subprocess, sys
docs = [json.loads(l) for l in open(sys.argv[1])]
def found(*args):
    out = subprocess.run([sys.argv[2], 'search', '--format=jsonl', '-n100', *args], capture_output=True, text=True)
    assert out.returncode < 2, out.stderr
    hits = [json.loads(l) for l in out.stdout.splitlines()]
    return {a for h in hits for a in [h['address']] + h.get('versions', [])}
def count(query):
    return int(subprocess.run([sys.argv[2], 'search', '--count', query], capture_output=True, text=True).stdout)
def cites(d, of):
    return any(c['address'] and (c['address'] + '/').startswith(a + '/') for c in d['citations'] for a in of)
checked = 0
for kind in sorted({d['kind'] for d in docs}):
    of = {d['address'] for d in docs if d['kind'] == kind}
    want = {d['address'] for d in docs if cites(d, of)}
    got = found('cites(kind:%s)' % kind)
    assert want <= got, (kind, want - got)          # more only by ranges and parallel citations
    assert found('--cites=kind:' + kind, '*') == got
    assert count('NOT cites(kind:%s)' % kind) + count('cites(kind:%s)' % kind) == len(docs), kind
    # Where candidates must be checked one by one, the same documents satisfy it.
    assert found('(cites(kind:%s) AND (the /3 the)) OR (cites(kind:%s) NOT (the /3 the))' % (kind, kind)) == got, kind
    checked += len(want)
assert checked > 5, checked
facet = json.loads(subprocess.run([sys.argv[2], 'search', '--format=json', '-n0', '--facets=cites', '*'], capture_output=True, text=True).stdout)
assert facet['facets']['cites'], facet
for v in facet['facets']['cites'][:5]:
    assert len(found('cites(%s)' % v['value'])) >= v['count'], v
P
for refused in 'cites(cites(kind:opinion) court:ca1)' 'cites(kind:opinion) /5 water' 'cites(kind:)'; do
	got=0; search "$refused" >/dev/null || got=$?
	[ $got = 2 ] || bad "$refused: status $got"
done
got=0; search --court="$(printf 'ca1,%.0s' {1..40})" water >/dev/null || got=$?
[ $got = 2 ] || bad "40 values of a filter: status $got"
# Where no document has all words, facets too are those of what is shown instead.
search --facets=kind --format=json --count 'ferry landings pilots zebra' >"$tmp/relaxed"
[ "$(grep -o '"count":[0-9]*' "$tmp/relaxed" | awk -F: '{ n += $2 } END { print n }')" = "$(grep -o '"total":{"value":[0-9]*' "$tmp/relaxed" | sed 's/.*://')" ] ||
	bad "facets of a query that was relaxed: $(cat "$tmp/relaxed")"
# A title that the text does not show follows it, and leaves its sentences and paragraphs whole.
printf '%s\n' '{"title":"Ferry landings","text":"Pilots report storms. Harbor masters keep records.\\n\\nOwners pay fees.","number":"1.1"}' >"$tmp/one.jsonl"
"$bin/pincite" index -d "$tmp/one" --map=text=.text,title=.title,number=.number --set=jurisdiction=us-fk,code=rsf,kind=statute "$tmp/one.jsonl" >/dev/null 2>&1
of() { search -d "$tmp/one" --count "$1"; }
[ "$(of 'pilots /s storms'),$(of 'pilots /s harbor'),$(of 'pilots /p harbor'),$(of 'pilots /p owners'),$(of 'ferry /s fees'),$(of 'ferry /s landings')" = 1,0,1,0,0,1 ] ||
	bad "sentences beside a title that the text does not show"
# A wildcard weighs as a word does: who says it often, in whatever form, comes first.
printf '%s\n' '{"title":"One","text":"Zebras were seen beside a long road that nobody uses.","number":"1.1"}' \
	'{"title":"Two","text":"A zebra, zebras and the zebraic stripes of zebras stand beside the road.","number":"1.2"}' >"$tmp/two.jsonl"
"$bin/pincite" index -d "$tmp/two" --map=text=.text,title=.title,number=.number --set=jurisdiction=us-fk,code=rsf,kind=statute "$tmp/two.jsonl" >/dev/null 2>&1
search -d "$tmp/two" --explain --format=json 'zebra*' >"$tmp/json"
grep -q '"rank":1,[^{]*"address":"/us-fk/rsf/s1.2"' "$tmp/json" || bad "a wildcard does not weigh: $(cat "$tmp/json")"
grep -q 'zebra\*: 4 in text' "$tmp/json" || bad "the parts of a wildcard's score: $(cat "$tmp/json")"
# Versions of one text are one hit that names the other; totals, pages and sorts agree; each is still counted, exported and shown.
python3 - "$tmp" <<'P'
import sys
body = ''.join('\n\nThe %s witness said that the ferry left the landing before the storm came over harbor number %d.' % (w, i)
               for i, w in enumerate('first second third fourth fifth sixth seventh eighth ninth tenth'.split() * 3))
head = 'United States Court of Appeals\nFor the First Circuit\n\nNo. 12-3456\n\nALAN POE,\nPlaintiff, Appellant,\nv.\nBETTY ROW,\nDefendant, Appellee.\n\n'
for name, date, more in (('slip', 'March 3, 2012', ''), ('final', 'May 7, 2012', '\n\nA dissent is filed: the pilots were never asked about the tide, the fog, or the lamps of the pier.' * 2)):
    open(sys.argv[1] + '/%s.txt' % name, 'w').write(head + date + '\n\nPOE, Circuit Judge.' + body + more + '\n\nAffirmed.\n')
P
"$bin/pincite" index -d "$tmp/versions" "$tmp/slip.txt" "$tmp/final.txt" >/dev/null 2>&1
for args in '' --sort=date --sort=cited --offset=0; do
	search -d "$tmp/versions" --format=json $args 'ferry storm' >"$tmp/json"
	grep -q '"total":{"value":1,"exact":true,"versions":1}' "$tmp/json" && grep -q '"next":null' "$tmp/json" &&
		[ "$(grep -o '"versions":\["[^]]*"\]' "$tmp/json" | wc -l)" = 1 ] || bad "versions $args: $(cut -c1-900 "$tmp/json")"
done
search -d "$tmp/versions" 'ferry storm' | grep -q 'also in another version: /docket/' || bad "text says nothing of the other version"
search -d "$tmp/versions" --explain 'ferry storm' | grep -q 'a version of the text' || bad "--explain says nothing of the other version"
[ "$(search -d "$tmp/versions" --count 'ferry storm'),$("$bin/pincite" export -d "$tmp/versions" 'ferry storm' | wc -l)" = 2,2 ] || bad "versions are documents, too"
search -d "$tmp/versions" --format=json dissent | grep -q '"total":{"value":1,"exact":true}' || bad "a version that is not found is named"
# Words of case notes count for less than those of the law, and --explain says how much.
search -n1 --explain --kind=statute 'consented AND application' | grep -q -- '-[0-9.]*  of them in notes' || bad "notes weigh as much as law"
