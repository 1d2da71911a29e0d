#!/usr/bin/env bash
# What each rule of repair does to the demonstration corpus: a rule that begins to take out good
# text, or stops mending, changes its line. Whoever changes a rule reads the edits that are new
# (pincite index --stage=repairs FILE) before changing the counts here.
# $1: build directory, $2: source directory.
set -eu
bench=$1/bin/pincite-bench
[ -x "$bench" ] || { echo "no pincite-bench in this build"; exit 77; }
cd "$2/corpus/texts"
# counts FILE...: rule, edits, letters and digits gone.
counts() { "$bench" quality --published "$@" | awk 'NR > 1 { print $1, $2, $8 }' | LC_ALL=C sort; }
trouble=0
hold() {
	local what=$1 got
	shift
	got=$(counts "$@")
	diff <(cat) <(echo "$got") || { echo "edits by rule have changed: $what"; trouble=1; }
}
hold "good text" bills/*.txt code/*.txt constitution.txt forms/*.txt letters/*.txt opinions/*.txt regulations/*.txt rules/*.txt <<'COUNTS'
layout 48 0
page-number 4 4
COUNTS
hold "damaged text" damaged/*.txt transcripts/*.txt <<'COUNTS'
breadcrumb 1 28
broken-word 1 0
glued-words 19 0
glyph-shift 1 0
line-hyphen 6 0
line-number 99 151
markup 17 63
page-furniture 12 212
page-number 2 2
repeated-page 2 3750
site-furniture 1 21
unspaced 44 0
COUNTS
exit $trouble
