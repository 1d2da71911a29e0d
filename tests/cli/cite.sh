#!/usr/bin/env bash
# pincite cite over corpus/: treatment with its sentence, who cites, by court.
set -eu
bin=$1/bin src=$2
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
export PINCITE_INDEX=$tmp/index PINCITE_PAGER=cat
"$bin/pincite" index "$src/corpus" >/dev/null 2>&1
bad() { echo "$*"; cat "$tmp/out"; exit 1; }
cite() { # STATUS ARG...
	local want=$1 status=0; shift
	"$bin/pincite" cite "$@" >"$tmp/out" 2>"$tmp/err" || status=$?
	[ "$status" = "$want" ] || bad "cite $*: status $status, wanted $want"
}
says() { grep -qF -- "$1" "$tmp/out" || bad "cite does not say: $1"; }
not() { ! grep -qF -- "$1" "$tmp/out" || bad "cite says: $1"; }
cite 0 '150 Frk. 88'
says '  overruled in part by LARKSPUR FERRY COMPANY v. PORT OF LARKSPUR; DIRECTOR OF TIDES, 219 Frk. 40'
says '    /case/frk/219/40#para6  219 Frk. 40'
says '      Part II.C of Mudflat is overruled.'
says '  overruled in part on other grounds by Larkspur Ferry Co. v. Port of Larkspur, 219 Frk. 40'
says '  Supreme Court of Franklin (3)'
says '219 Frk. 40  cited, 2 times'
not '41 of section'
# The same facts as JSON; the page of a star stands in no sentence.
cite 0 --format=json '150 Frk. 88'
says '{"kind":"overruled","label":"overruled in part","history":false,"in_part":true,"other_grounds":false,"cited":"/case/frk/150/88"'
says '"by":{"who":"document","address":"/case/frk/219/40"'
says '"words":"overruled","sentence":"Part II.C of Mudflat is overruled."'
says '"times":2,"depth":"cited"'
# What a document does to others; no treatment where nobody says any.
cite 0 '219 Frk. 40'
says '  overruled in part: 150 Frk. 88  /case/frk/219/40#para6'
not 'Later history'
cite 0 '214 Frk. 331'
says '  distinguished by BEACON PRESS'
# A page inside a case finds the case, a rule its own address, a copy is no citing document.
cite 0 '214 Frk. 335'
says 'address    /case/frk/214/331'
cite 0 'Frk. R. Civ. P. 26.02(b)'
says 'address    /us-fk/r-civ/r26.02/b'
# What cite counts is what a search shows; those that cite a range are told apart.
"$bin/pincite" search -n 100 --format=jsonl '*' | sed -n 's/.*"address":"\(\/us-fk\/rsf\/s[0-9.]*\)".*"cited_by":\([0-9]*\).*/\1 \2/p' >"$tmp/counts"
[ "$(wc -l <"$tmp/counts")" -gt 9 ] || { echo "only $(wc -l <"$tmp/counts") sections to compare"; exit 1; }
while read -r address count; do
	"$bin/pincite" cite "$address" >"$tmp/out" || true
	grep -q "^Cited by $count document" "$tmp/out" || bad "search says that $address is cited by $count"
done <"$tmp/counts"
# A crosswalk: a superseded number finds the section, and who cites it cites that.
printf '# old, new, source\n/us-fk/rsf/s9.120\tFrk. Rev. Stat. § 14.040\tL. 1998 S.B. 56\n' >"$tmp/crosswalk"
mkdir "$tmp/more"
printf 'IN THE SUPREME COURT OF FRANKLIN\n\nTERN v. AUK\n\n300 Frk. 1\n\nDecided May 2, 1990\n\nThe names are closed by Frk. Rev. Stat. § 9.120.2.\n' >"$tmp/more/tern.txt"
"$bin/pincite" index --rebuild --crosswalk="$tmp/crosswalk" "$src/corpus" "$tmp/more" >/dev/null 2>&1
cite 0 'Frk. Rev. Stat. § 9.120'
says 'Frk. Rev. Stat. § 9.120 is superseded; it is now Frk. Rev. Stat. § 14.040 (L. 1998 S.B. 56)'
says 'address    /us-fk/rsf/s14.040'
cite 0 'Frk. Rev. Stat. § 14.040'
says 'and by 1 under a former number'
says 'The names are closed by Frk. Rev. Stat. § 9.120.2.'
cite 0 --format=json 'Frk. Rev. Stat. § 9.120'
says '"formerly":[{"address":"/us-fk/rsf/s9.120","cite":"Frk. Rev. Stat. § 9.120","source":"L. 1998 S.B. 56","asked":true}],"cited_by_former":1'
printf 'no tab here\n' >"$tmp/crosswalk"
status=0; "$bin/pincite" index --crosswalk="$tmp/crosswalk" "$tmp/more" >"$tmp/out" 2>&1 || status=$?
[ $status = 2 ] || bad "a bad crosswalk: status $status"
says 'line 1: wanted OLD <tab> NEW'
