#!/usr/bin/env bash
# Furniture learned from the files of a directory: what they share at their edges
# goes, law that they share stays; -j and updates change nothing of it.
set -eu
pincite=$1/bin/pincite
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir -p "$dir/site" "$dir/few"
page() {
	printf 'Harbor Gazette Online\n\nSubscribe Here\n\n%s.010. Harbor masters. %s\n\n' "$1" "$2"
	printf '1. The master of harbor %s shall keep a book of the vessels that lie in it.\n\n2. The book shall be open to all.\n\n' "$1"
	printf 'Repealed.\n\nPowered by Gull Press\n'
}
for i in 11 12 13 14 15 16 17 18 19 20; do page $i "Duties" >"$dir/site/$i.txt"; done
for i in 11 12 13; do page $i "Duties" >"$dir/few/$i.txt"; done
fail() { echo "FAIL: $*"; exit 1; }
text() { "$pincite" index --stage=text "$1"; }
! text "$dir/site" | grep 'Harbor Gazette\|Gull Press' >/dev/null || fail "furniture of ten files stays"
[ "$(text "$dir/site" | grep -c 'Repealed\.')" = 10 ] || fail "law that all files have is gone"
[ "$(text "$dir/few" | grep -c 'Harbor Gazette')" = 3 ] || fail "three files taught something"
"$pincite" index --stage=repairs "$dir/site" | grep '"site-furniture".*Gull Press' >/dev/null || fail "not in the log"
index() { "$pincite" index --progress=never "$@" 2>"$dir/err" || fail "index: $(cat "$dir/err")"; }
docs() { "$pincite" export -d "$1" | sort; }
index -j1 -d "$dir/one" "$dir/site"
index -j2 -d "$dir/two" "$dir/site"
[ "$(docs "$dir/one")" = "$(docs "$dir/two")" ] || fail "-j changes what is learned"
docs "$dir/one" | grep "Gull Press" >/dev/null && fail "furniture in the index"
# One file by itself is read as it is with its neighbours.
page 20 "Fees" >"$dir/site/20.txt"
index -d "$dir/one" "$dir/site/20.txt"
index --rebuild -d "$dir/two" "$dir/site"
docs "$dir/one" | grep "Fees" >/dev/null || fail "the update is not in the index"
[ "$(docs "$dir/one")" = "$(docs "$dir/two")" ] || fail "an update learns other things than a rebuild"
echo "furniture of a directory: learned, the same by -j and by file"
