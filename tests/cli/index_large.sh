#!/usr/bin/env bash
# A code in one file, many times larger than what --memory could hold of it at
# once, is read in slices: the same documents as with memory for all of it.
# $1: build directory, $2: source directory.
set -u
pincite=$1/bin/pincite
t=$(mktemp -d) trouble=0
trap 'rm -rf "$t"' EXIT
bad() { echo "$*"; trouble=1; }
cd "$t" || exit 2
awk 'BEGIN { split("harbour pier lamp keeper vessel cargo anchor pilot quay tide storm signal buoy channel master crew", w, " ");
	print "REVISED STATUTES OF MISSOURI\n";
	for (c = 1; c <= 40; c++) {
		printf "CHAPTER %d\nKeepers of Harbour %d\n\n", c, c;
		for (s = 1; s <= 30; s++) {
			printf "%d.%03d. Lamps of pier %d and their keepers. — 1. ", c, s * 10, s;
			for (i = 0; i < 250; i++) printf "The %s of the %s shall keep the %s. ", w[1 + (i * 7 + s) % 16], w[1 + (i * 5 + c) % 16], w[1 + (i * 3 + s * c) % 16];
			printf "\n\n2. As is said in section %d.%03d.\n\n(L. 1973 S.B. %d)\n\n", c, s * 10, s;
		}
	} }' >code.txt
[ "$(wc -c <code.txt)" -gt 10000000 ] || bad "the file is only $(wc -c <code.txt) bytes"
index() { "$pincite" index --progress=never "$@" code.txt 2>err || bad "index $*: status $?: $(cat err)"; }
index -d small --memory=64
grep -q quarantined err && bad "left out: $(cat err)"
index -d large --memory=2000
documents() { "$pincite" export -d "$1" | sed 's/"quality":[0-9.]*/"quality":0/'; } # how good the text is, is said slice by slice
documents small >small.jsonl
documents large >large.jsonl
[ "$(wc -l <small.jsonl)" -eq 1200 ] || bad "$(wc -l <small.jsonl) documents of 1200"
cmp -s small.jsonl large.jsonl || bad "slices give other documents: $(diff small.jsonl large.jsonl | head -c 600)"
index -d again -j4 --memory=64
documents again | cmp -s - small.jsonl || bad "-j4 gives other documents"
exit $trouble
