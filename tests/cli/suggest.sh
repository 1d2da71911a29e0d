#!/usr/bin/env bash
# pincite suggest over corpus/: citations, addresses, captions, titles, words;
# formats, limits, statuses.
set -eu
bin=$1/bin src=$2
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
export PINCITE_INDEX=$tmp/index
"$bin/pincite" index "$src/corpus" >/dev/null 2>&1
bad() { echo "$*"; exit 1; }
suggest() { "$bin/pincite" suggest "$@" 2>"$tmp/err"; }
has() { # LINE ARG...
	local line=$1; shift
	suggest "$@" >"$tmp/out" || true
	grep -qxF -- "$line" "$tmp/out" || { cat "$tmp/out" "$tmp/err"; bad "suggest $*: no '$line'"; }
}
status() { # STATUS ARG...
	local want=$1 got=0; shift
	suggest "$@" >"$tmp/out" </dev/null || got=$?
	[ "$got" = "$want" ] || { cat "$tmp/out" "$tmp/err"; bad "suggest $*: status $got, wanted $want"; }
}
# The beginning of a citation, of a bare section number, of an address.
has 'Frk. Rev. Stat. § 14.045' 'Franklin Rev. Stat. 14.0'
has 'Frk. Rev. Stat. § 14.045' '14.04'
has 'Frk. Rev. Stat. § 14.045' '§ 14.04'
has '214 Frk. 331' '214 Frk. 3'
has '/us-fk/rsf/s14.045' '/us-fk/rsf/s14.04'
# Before it can be read: a code, a reporter or a title of a code half typed; what is only cited, too.
has 'Frk. Rev. Stat. § 14.010' 'Frk. Rev'
has '219 Frk. 40' '219 Fr'
has '424 U.S. 319' '424 U'
has '5 U.S.C. § 552' '5 U.S.C'
has 'see also court:frkctapp' 'see also court:frkc'
! suggest '5 U.S.C' | grep -qv '^5 U\.S\.C\.' || bad "a word goes on after the period of an abbreviation"
# Two texts of one address are one citation, without the mark that tells them apart.
suggest '14.0' >"$tmp/out"
! grep -q '@' "$tmp/out" || { cat "$tmp/out"; bad "a citation shows an internal suffix"; }
[ "$(sort "$tmp/out" | uniq -d)" = "" ] || bad "a suggestion twice"
# A caption by its beginning, a title by a word inside, in any case of letters.
has 'HARBOR FREIGHT COOPERATIVE v. DEPARTMENT OF TIDES' 'harbor frei'
has 'HARBOR FREIGHT COOPERATIVE v. DEPARTMENT OF TIDES' 'Freight'
has 'HARBOR FREIGHT COOPERATIVE v. DEPARTMENT OF TIDES' 'tides harbor freig'
suggest harbor | head -n1 | grep -qi '^harbor' || bad "a title that begins with the words is not the first"
# Words: the last is gone on with, the rest kept as typed; the commonest first.
has 'Public records' 'Public reco'
[ "$(suggest 'cour' | grep -x 'courts*' | head -n1)" = court ] || bad "court is not before courts"
# JSON, limits, statuses.
suggest --format=json -n3 harb | python3 -c '
import json, sys
a = json.load(sys.stdin)
assert a["schema"] == 1 and len(a["suggestions"]) == 3, a
assert {s["kind"] for s in a["suggestions"]} <= {"citation", "address", "caption", "title", "word", "value"}, a
assert all(s["text"] for s in a["suggestions"]), a'
[ "$(suggest -n2 c | wc -l)" = 2 ] || bad "-n2 gives other than two"
status 0 harb
status 1 zzzzqqqq
status 1 ''
suggest --format=json zzzzqqqq | grep -qx '{"schema":1,"suggestions":\[\]}' || bad "nothing as JSON"
status 2 -n0 harb
status 66 -d "$tmp/none" harb
# What is no beginning of anything does no harm.
for odd in '"(((' '%%%' '/' '//' '§' 'a b c d e f g h i j k l m n o p q r s t' "$(printf 'x%.0s' {1..400})" "$(printf '\377\376')"; do
	got=0; suggest "$odd" >"$tmp/out" || got=$?
	[ "$got" -le 1 ] || { cat "$tmp/err"; bad "suggest '$odd': status $got"; }
done
"$bin/pincite" check -d "$PINCITE_INDEX" >/dev/null || bad "the index does not check"
