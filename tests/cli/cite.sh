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
