#!/usr/bin/env bash
# Furniture learned from the records of a file of JSON Lines, host by host of their
# addresses: what they share at their edges goes, law that they share stays; -j, the
# place of a record in its file and updates change nothing of it.
set -eu
pincite=$1/bin/pincite
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fail() { echo "FAIL: $*"; exit 1; }
# record NUMBER URL HEAD FOOT WORD: a section in a page of its site.
record() {
	printf '{"number":"%s","code":"Harbor Code","title":"Harbor masters of pier %s",' "$1" "$1"
	[ -z "$2" ] || printf '"url":"%s/%s",' "$2" "$1"
	printf '"text":"%s\\n\\n1. The master of pier %s shall keep a %s of the vessels that lie in it.\\n\\n2. It shall be open to all.\\n\\nRepealed.\\n\\n%s"}\n' "$3" "$1" "$5" "$4"
}
gazette='Harbor Gazette Online\n\nSubscribe Here'
tide='Tide Tables Today\n\nMember Login'
two() {
	for i in 11 12 13 14 15 16 17 18 19 20; do
		record "$i.010" https://Gazette.example "$gazette" 'Powered by Gull Press' "$1"
		record "$i.020" http://me@tide.example:8080 "$tide" 'Gull Press Holdings' "$1"
	done
	record 30.010 https://gazette.example:443 'Member Login' 'Powered by Gull Press' "$1" # the other host's line is its own
}
two book >"$dir/two.jsonl"
for i in 11 12 13 14 15 16 17 18 19; do record "$i.010" '' "$gazette" 'Powered by Gull Press' book; done >"$dir/none.jsonl"
for i in 11 12 13; do record "$i.010" https://gazette.example "$gazette" 'Powered by Gull Press' book; done >"$dir/few.jsonl"
# One page ten times is one witness.
for i in 1 2 3 4 5 6 7 8 9 10; do record 11.010 https://gazette.example "$gazette" 'Powered by Gull Press' book; done >"$dir/copies.jsonl"
# A code's heading, and what the records say of themselves, stand over all sections.
for i in 11 12 13 14 15 16 17 18 19; do
	record "$i.010" https://code.example 'Title 9\n\nPorts and Harbors\n\nChapter 3\n\nAnchorage and Mooring\n\nHarbor Code' 'Powered by Gull Press' book
done >"$dir/law.jsonl"
text() { "$pincite" index --stage=text "$1"; }
count() { text "$1" | grep -c "$2" || true; }
[ "$(count "$dir/two.jsonl" 'Harbor Gazette\|Gull Press\|Tide Tables')" = 0 ] || fail "furniture of two hosts stays"
[ "$(count "$dir/two.jsonl" 'Member Login')" = 1 ] || fail "a line of one host was taken from another, or stays at its own"
[ "$(count "$dir/two.jsonl" 'Repealed\.')" = 21 ] || fail "law that all records have is gone"
[ "$(count "$dir/none.jsonl" 'Harbor Gazette\|Gull Press')" = 0 ] || fail "records without an address are of no host"
[ "$(count "$dir/few.jsonl" 'Harbor Gazette')" = 3 ] || fail "three records taught something"
[ "$(count "$dir/copies.jsonl" 'Harbor Gazette')" = 10 ] || fail "copies of one page taught something"
[ "$(count "$dir/law.jsonl" 'Ports and Harbors.*Anchorage and Mooring.*Harbor Code')" = 9 ] || fail "headings that all sections share are gone"
[ "$(count "$dir/law.jsonl" 'Gull Press')" = 0 ] || fail "furniture below the headings stays"
"$pincite" index --stage=repairs "$dir/two.jsonl" | grep '"site-furniture".*Gull Press Holdings' >/dev/null || fail "not in the log"

index() { "$pincite" index --progress=never "$@" 2>"$dir/err" || fail "index: $(cat "$dir/err")"; }
docs() { "$pincite" export -d "$1" | sort; }
same() { [ "$(docs "$dir/one")" = "$(docs "$dir/other")" ] || fail "$1"; }
cp "$dir/two.jsonl" "$dir/site.jsonl"
index -j1 -d "$dir/one" "$dir/site.jsonl"
index -j2 -d "$dir/other" "$dir/site.jsonl"
same "-j changes what is learned"
docs "$dir/one" | grep 'Gull Press\|Tide Tables' >/dev/null && fail "furniture in the index"
# The headings above a section lead to it still.
for i in 11 12 13 14 15 16 17 18 19; do
	record "$i.010" https://code.example "Member Login\n\nTitle 9. Ports\n\nChapter 3. Moorings\n\nSection $i.010. Duties." 'Gull Press' book
done >"$dir/crumbs.jsonl"
index -d "$dir/crumbs" "$dir/crumbs.jsonl"
[ "$(docs "$dir/crumbs" | grep -v 'Member Login\|Gull Press' | grep -c '"breadcrumb":\["Title 9. Ports","Chapter 3. Moorings"\]')" = 9 ] ||
	fail "the breadcrumb is gone, or furniture stays beside it"
# One record more: read as it is with all others.
record 31.010 https://gazette.example "$gazette" 'Powered by Gull Press' ledger >>"$dir/site.jsonl"
index -d "$dir/one" "$dir/site.jsonl"
index --rebuild -d "$dir/other" "$dir/site.jsonl"
docs "$dir/one" | grep 'ledger' >/dev/null || fail "the update is not in the index"
same "an update learns other things than a rebuild"
# The neighbours change and teach less: lines that did not change are read again.
{ for i in 1 2 3 4; do record "4$i.010" https://gazette.example "Notices of Pier $i" "Pier $i" book; done; cat "$dir/site.jsonl"; } >"$dir/more"
mv "$dir/more" "$dir/site.jsonl"
index -d "$dir/one" "$dir/site.jsonl"
index --rebuild -d "$dir/other" "$dir/site.jsonl"
docs "$dir/one" | grep 'Harbor Gazette Online' >/dev/null || fail "what is learned no more is still taken out"
same "lines are told from their bytes alone"
# And no furniture at all, from a file of many.
cp "$dir/few.jsonl" "$dir/site.jsonl"
index -d "$dir/one" "$dir/site.jsonl"
index --rebuild -d "$dir/other" "$dir/site.jsonl"
same "a file cut short learns other things than a rebuild"
echo "furniture of hosts: learned, the same by -j and by update"
