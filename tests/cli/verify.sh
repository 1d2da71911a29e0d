#!/usr/bin/env bash
# pincite verify and authorities over corpus/: a brief with one of each trouble.
set -eu
bin=$1/bin src=$2
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
export PINCITE_INDEX=$tmp/index
"$bin/pincite" index "$src/corpus" >/dev/null 2>&1
bad() { echo "$*"; cat "$tmp/out"; exit 1; }
verify() { # STATUS ARG...: the brief is on standard input
	local want=$1 status=0; shift
	"$bin/pincite" verify "$@" - >"$tmp/out" 2>"$tmp/err" || status=$?
	[ "$status" = "$want" ] || bad "verify $*: status $status, wanted $want"
}
says() { grep -qF -- "$1" "$tmp/out" || bad "verify does not say: $1"; }
verify 0 <<'BRIEF'
The rule is plain: "An authority that does none of these within the time stated has consented . . . ." Harbor Freight
Coop. v. Dep't of Tides, 214 Frk. 331, 335 (2011). "[W]e can think of no plainer way." Id. at 336. Frk. Rev. Stat. § 14.030.2(2).
BRIEF
says '3 citations, 3 found'
verify 1 <<'BRIEF'
"We can think of no clumsier way to say it." Harbor Freight Coop. v. Dep't of Tides, 214 Frk. 331, 335 (2011).
BRIEF
says 'quotation not in the text cited'
says 'We can think of | no plainer way to say it'
verify 1 <<<'Gull Rock v. Port of Larkspur, 150 Frk. 88, 91 (1988).'
says 'name differs: the brief has Gull Rock v. Port of Larkspur, the corpus MUDFLAT PRESERVATION LEAGUE v. PORT OF LARKSPUR'
says 'year differs: the brief has 1988, the corpus 1987'
verify 1 <<<'Larkspur Ferry Co. v. Port of Larkspur, 219 Frk. 40, 30 (Frk. Ct. App. 2015).'
says 'court differs: the brief has frkctapp, the corpus frk'
says 'page outside: the brief has 30, the case begins at 40 and its last page mark is 43'
verify 1 <<<'Frk. Rev. Stat. § 14.030.77.'
says 'the section has no Frk. Rev. Stat. § 14.030.77'
verify 1 <<<'Smith v. Jones, 999 Frk. 1 (2001). See 602 F. Supp. 3d 97 (D. Mass. 2010).'
says 'not in the corpus: 999 Frk. 1'
says 'impossible: 602 F. Supp. 3d 97'
verify 1 <<<'Wrong Name v. Catrett, 477 U.S. 317 (1986).'
says 'other documents Celotex Corp. v. Catrett'
# The same name as another document gives it, initials and all, is no difference.
verify 1 <<<"NLRB v. Robbins Tire & Rubber Co., 437 U.S. 214 (1978). N.L.R.B. v. Robbins T. & R. Co., 437 U.S. 214 (1978)."
says '2 citations, 2 not in the corpus'
verify 0 </dev/null
# Time that is too short: what was judged, and that the rest was not.
for ((i = 0; i < 12000; i++)); do echo "$((i % 900 + 1)) U.S. $((i / 900 * 37 + 1));"; done >"$tmp/long"
verify 1 --timeout=1 <"$tmp/long"
says 'stopped at the time limit'
verify 1 --timeout=1 --format=json <"$tmp/long"
says '"partial":true'
# A table of authorities, by page; passim at five.
cite='Frk. Rev. Stat. § 14.040'
{
	echo "The names of pilots are closed. $cite. So it was held in Harbor Freight Coop. v. Dep't of Tides, 214 Frk. 331 (2011)."
	printf '\fNobody has asked for them before. See %s.\n' "$cite"
	printf '\fThe officer refused on that ground alone, and said so: %s.\n' "$cite"
	printf '\fNothing in the record shows a waiver under %s.\n' "$cite"
	printf '\fThe order should stand. %s; 214 Frk. at 335.\n' "$cite"
} >"$tmp/brief"
verify 0 --toa <"$tmp/brief"
says "  Harbor Freight Coop. v. Dep't of Tides, 214 Frk. 331 (2011)  1, 5"
says '  Frk. Rev. Stat. § 14.040  passim'
verify 0 --toa --format=json <"$tmp/brief"
says '"places":"page"'
says '"mentions":5,"passim":true,"at":[1,2,3,4,5]'
verify 2 --no-such-option </dev/null
verify 66 -d "$tmp/none" </dev/null
"$bin/pincite" authorities '214 Frk. 331' >"$tmp/out" || bad "authorities: status $?"
says '  NLRB v. Robbins Tire & Rubber Co., 437 U.S. 214 (1978)  46'
says '  Frk. Rev. Stat. § 14.030  passim'
"$bin/pincite" authorities --format=json /case/frk/214/331 >"$tmp/out" || bad "authorities by address: status $?"
says '"address":"/case/frk/150/88","name":"Mudflat Preservation League v. Port of Larkspur"'
status=0; "$bin/pincite" authorities '999 Frk. 1' >"$tmp/out" 2>"$tmp/err" || status=$?
grep -qx 'pincite: nothing in the index at 999 Frk. 1' "$tmp/err" || bad "authorities of what is not there: nothing said"
[ $status = 1 ] || bad "authorities of an absent case: status $status"
# A case that the index lacks: two documents that agree on its year and court against the brief are evidence, one is not.
mkdir "$tmp/others"
for n in 1 2; do
	printf 'IN THE SUPREME COURT OF FRANKLIN\n\nTEAL v. WREN %s\n\n30%s Frk. 1\n\nDecided May 2, 1990\n\nSo held in Auk v. Loon, 188 F.2d 20 (1st Cir. 1951).\n' "$n" "$n" >"$tmp/others/$n.txt"
done
printf 'Only one says Tern v. Gull, 189 F.2d 4 (1st Cir. 1951).\n' >>"$tmp/others/2.txt"
"$bin/pincite" index -d "$tmp/index3" "$tmp/others" >/dev/null 2>&1
printf 'Auk v. Loon, 188 F.2d 20 (2d Cir. 1952).\n\nTern v. Gull, 189 F.2d 4 (1st Cir. 1950).\n\nAuk v. Loon, 188 F.2d 20 (1st Cir. 1951).\n' >"$tmp/brief3"
"$bin/pincite" verify -d "$tmp/index3" "$tmp/brief3" >"$tmp/out" || true
says '    year differs: the brief has 1952, other documents 1951'
says '    court differs: the brief has ca2, other documents ca1'
says '3: not in the corpus: 189 F.2d 4'
says '5: not in the corpus: 188 F.2d 20'
"$bin/pincite" check >"$tmp/out" || bad "the index does not check"
# An export of nothing is nothing found; damage is told with what to do; repairs are printed to be read.
status=0; "$bin/pincite" export zebrafish >"$tmp/out" || status=$?
[ $status = 1 ] && [ ! -s "$tmp/out" ] || bad "export of nothing: status $status"
"$bin/pincite" export kind:bill >"$tmp/out" || bad "export of bills: status $?"
"$bin/pincite" stats | grep -q 'in 2 files$' || bad "stats: positions are not counted"
"$bin/pincite" show --repairs '/us-fk/rsf/s14.030@2' | grep -q '"[^"]* > [^"]*" -> ""' || bad "show --repairs: > is not as it is"
rm "$PINCITE_INDEX"/gen-*/shard-000.pos
status=0; "$bin/pincite" search harbor >/dev/null 2>"$tmp/err" || status=$?
[ $status = 65 ] && grep -q 'pincite check' "$tmp/err" || bad "a damaged index: status $status, $(cat "$tmp/err")"
