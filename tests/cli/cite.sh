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
# A page inside a case that the index lacks, when a sentence that cites the case names the page; no other page.
mkdir "$tmp/absent"
printf 'IN THE SUPREME COURT OF FRANKLIN\n\nTEAL v. WREN\n\n301 Frk. 1\n\nDecided May 2, 1990\n\nIt was so held in Auk v. Loon, 88 Frk. 20, 27 (1950).\n' >"$tmp/absent/teal.txt"
"$bin/pincite" index -d "$tmp/index2" "$tmp/absent" >/dev/null 2>&1
cite 0 -d "$tmp/index2" '88 Frk. 27'
says '88 Frk. 27  within 88 Frk. 20  Auk v. Loon'
cite 1 -d "$tmp/index2" '88 Frk. 29'
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
# Parallel citations are one authority: by the document, by those who cite it, not by chance.
mkdir "$tmp/parallel"
opinion() { # NAME PAGE TEXT [CITATIONS]
	printf 'IN THE SUPREME COURT OF FRANKLIN\n\n%s\n\n%s\n\nDecided May 2, 1990\n\nPETREL, J.\n\n%s\n' "$1 v. STATE" "${4:-300 Frk. $2}" "$3" >"$tmp/parallel/$1.txt"
}
opinion GREBE 1 'The statute is void. We said so before.' '310 F.3d 1, 123 S. Ct. 9'
opinion AVOCET 20 'We follow Grebe v. State, 310 F.3d 1 (2002).'
opinion BITTERN 30 'We follow Grebe v. State, 123 S. Ct. 9 (2002).'
opinion CURLEW 40 'We follow Grebe v. State, 310 F.3d 1, 4, 123 S. Ct. 9, 11, 88 L. Ed. 2d 5 (2002). See Grebe, 310 F.3d at 4, 123 S. Ct. at 11.'
opinion DUNLIN 50 'See Grebe v. State, 88 L. Ed. 2d 5 (2002).'
# A case that the index lacks; once two cases stand side by side, once a page is misprinted.
opinion EIDER 60 'See Heron v. Ibis, 510 U.S. 100, 114 S. Ct. 200, 126 L. Ed. 2d 300 (1994).'
opinion FULMAR 70 'See Heron v. Ibis, 510 U.S. 100, 114 S. Ct. 200 (1994).'
opinion GADWALL 80 'See Heron v. Ibis, 510 U.S. 100, 114 S. Ct. 999 (1994).'
opinion HARRIER 90 'Heron and Jacana, 510 U.S. 100, 510 U.S. 400, 114 S. Ct. 700, hold so.'
opinion IBIS 101 'See Heron v. Ibis, 126 L. Ed. 2d 300, 303 (1994).'
# Two cases, and as many who take them for one as who do not; a page of orders.
opinion JACANA 110 'See Kite v. Loon, 511 U.S. 10, 115 S. Ct. 20 (1995).'
opinion KITE 120 'See Kite v. Loon, 511 U.S. 10, 115 S. Ct. 30 (1995).'
opinion LOON 130 'See Merlin v. Noddy, 900 F.2d 7 (1990), cert. denied, 498 U.S. 50, 111 S. Ct. 60 (1991).'
"$bin/pincite" index --rebuild "$tmp/parallel" >/dev/null 2>&1
same() { # COUNT ALSO CITATION...: the same list by each
	local count=$1 also=$2 first=; shift 2
	for c; do
		cite 0 --format=json "$c"
		grep -q "\"cited_by\":$count,\"" "$tmp/out" || bad "$c: not cited by $count"
		sed 's/.*"treatment":/"treatment":/' "$tmp/out" >"$tmp/list"
		[ -n "$first" ] || cp "$tmp/list" "$tmp/first"
		first=1
		cmp -s "$tmp/list" "$tmp/first" || bad "$c: another list than by $1"
		[ "$(grep -o '"given_by"' "$tmp/out" | wc -l)" = "$also" ] || bad "$c: not $also further citations"
	done
}
same 4 2 '310 F.3d 1' '123 S. Ct. 9' '88 L. Ed. 2d 5'
says '{"address":"/case/f3d/310/1","cite":"310 F.3d 1","given_by":"document"}'
says '"found":"/case/f3d/310/1"'
says '"times":2,"depth":"cited"'
cite 0 '310 F.3d 1'
says 'also 123 S. Ct. 9'
says 'also 88 L. Ed. 2d 5, as documents here cite it'
says 'Cited by 4 documents'
cite 0 '123 S. Ct. 11'
says 'address    /case/f3d/310/1'
says 'Cited by 4 documents'
same 5 2 '510 U.S. 100' '114 S. Ct. 200' '126 L. Ed. 2d 300'
not '114/999'
same 1 0 '114 S. Ct. 999' '114 S. Ct. 999'
same 1 0 '510 U.S. 400' '510 U.S. 400'
same 2 0 '511 U.S. 10' '511 U.S. 10'
same 1 0 '115 S. Ct. 20' '115 S. Ct. 20'
same 1 0 '498 U.S. 50' '498 U.S. 50'
same 1 0 '111 S. Ct. 60' '111 S. Ct. 60'
# Asked about few of those who cite it, it reads no more.
cite 0 -n 2 '310 F.3d 1'
says 'Cited by at least 2 documents'
# A search takes what the document gives of itself, whose own head is a citation, too.
for c in '310 F.3d 1' '123 S. Ct. 9'; do
	found=$("$bin/pincite" search -n 20 --format=jsonl --cites="$c" '*' | wc -l)
	[ "$found" = 4 ] || { echo "--cites=$c finds $found"; exit 1; }
	"$bin/pincite" search -n 20 --format=text "cites($c)" >"$tmp/out" 2>/dev/null
	says BITTERN
	says AVOCET
	says CURLEW
done
