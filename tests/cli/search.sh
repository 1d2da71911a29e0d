#!/usr/bin/env bash
# pincite search over corpus/: formats, statuses, filters, paging, errors, and
# the query bombs of tests/queries/bombs.txt.
set -eu
bin=$1/bin src=$2
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
export PINCITE_INDEX=$tmp/index
"$bin/pincite" index "$src/corpus" >/dev/null 2>&1
bad() { echo "$*"; exit 1; }
search() { "$bin/pincite" search "$@" 2>"$tmp/err"; }
got() { # STATUS ARG...
	local want=$1 status=0; shift
	search "$@" >"$tmp/out" || status=$?
	[ "$status" = "$want" ] || { cat "$tmp/err"; bad "search $*: status $status, wanted $want"; }
}
got 0 water
got 1 zzzzqqqq
grep -q . "$tmp/err"
got 2 '"water'
grep -q 'never closed' "$tmp/err" && grep -q '\^' "$tmp/err"
got 2 --kind=nonsense water
got 2 --no-such-option water
got 66 -d "$tmp/none" water
for format in text json jsonl tsv vimgrep md; do
	got 0 --format=$format court
	[ -s "$tmp/out" ] || bad "--format=$format prints nothing"
done
# Options may follow the query; "--" ends them; a query may come from standard input.
got 0 court --format=jsonl -n3
[ "$(wc -l <"$tmp/out")" = 3 ] || bad "-n3 gives $(wc -l <"$tmp/out") lines"
echo court | search --count - >"$tmp/stdin"; search --count court >"$tmp/arg"
cmp "$tmp/stdin" "$tmp/arg" || bad "a query from standard input counts otherwise"
# The same search gives the same bytes; pages by cursor are the whole, in order.
search --format=tsv -n100 court >"$tmp/all"
search --format=tsv -n100 court | cmp - "$tmp/all" || bad "two equal searches differ"
: >"$tmp/pages"; next=
for page in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	search --format=tsv -n4 ${next:+--cursor=$next} court >>"$tmp/pages"
	next=$(search --format=json -n4 ${next:+--cursor=$next} court | sed -n 's/.*"next":"\([^"]*\)".*/\1/p')
	[ -n "$next" ] || break
done
cmp "$tmp/all" "$tmp/pages" || bad "pages by cursor are not the whole"
# A hit may stand for versions of its text, which are documents, too.
search -n1 --format=json court >"$tmp/json"
versions=$(sed -n 's/.*"total":{[^}]*"versions":\([0-9]*\)}.*/\1/p' "$tmp/json")
[ "$(search --count court)" = "$(($(wc -l <"$tmp/all") + ${versions:-0}))" ] || bad "--count differs from the hits"
# A filter takes its share; facets add up.
statutes=$(search --count --kind=statute court) all=$(search --count court)
[ "$statutes" -gt 0 ] && [ "$statutes" -lt "$all" ] || bad "--kind=statute: $statutes of $all"
search --format=json --facets=kind court | grep -q "\"value\":\"statute\",\"count\":$statutes" || bad "facets differ from the filter"
# Other words for the same are offered with what they find, never applied.
search --format=json sunshine law >"$tmp/out" || true
grep -q '"related":\[{"text":"\\"public records\\"","value":[1-9]' "$tmp/out" || bad "no other words for sunshine law: $(cat "$tmp/out")"
grep -q '"parsed":"[^,]*public' "$tmp/out" && bad "other words were applied"
[ "$(search --count public records)" -gt 0 ] && ! search --format=json '"public records"' | grep -q '"related"' || bad "other words for a phrase"
# A misspelt word gets a suggestion, never a silent change.
search --format=json statut cuort >"$tmp/out" || true
grep -q '"suggestion":"[^"]*court' "$tmp/out" || bad "no suggestion for cuort"
# Stop words are marked in phrases and alone, not beside words that tell; a
# snippet of an opinion never begins with its caption.
marks() { search --format=json -n20 "$@" | grep -oE '"t":"[^"]*","m":1' | sed 's/"t":"//; s/".*//' | tr A-Z a-z | sort -u; }
! marks the water | grep -qx the || bad "'the' is marked beside 'water'"
marks the water | grep -qx water || bad "'water' is not marked"
marks '"of the water"' | grep -qx of || bad "'of' is not marked in a phrase"
marks the | grep -qx the || bad "'the' alone is not marked"
search --format=json --kind=opinion motion to compel the hearing | grep -oE '"snippet":\[\{"t":"[^"]{0,40}' >"$tmp/snippets"
! grep -E 'UNITED STATES|IN THE|SUPREME COURT' "$tmp/snippets" || bad "a snippet begins with a caption"
# Bombs: each answered or refused.
"$bin/pincite-bench" search --bombs="$src/tests/queries/bombs.txt" >"$tmp/out" 2>"$tmp/err" || { cat "$tmp/err"; bad "a bomb was neither answered nor refused"; }
sed -n 's/ queries:.*//p' "$tmp/out" | { read -r n; [ "$n" -ge 200 ] || bad "only $n bombs"; }
"$bin/pincite" check -d "$PINCITE_INDEX" >/dev/null || bad "the index does not check"
