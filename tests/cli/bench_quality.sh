#!/usr/bin/env bash
# The harness of repairs on the demonstration corpus: it runs, and what it
# measures stays where it was (the texts are few: floors are a little below).
set -eu
bench=$1/bin/pincite-bench
[ -x "$bench" ] || { echo "no pincite-bench in this build"; exit 77; }
cd "$2/corpus/texts"
out=$("$bench" quality code/*.txt opinions/mudflat*.txt opinions/larkspur*.txt regulations/*.txt rules/*.txt)
echo "$out"
# floor NAME COLUMN LEAST: the row that begins with NAME has at least LEAST there.
floor() {
	echo "$out" | awk -v name="$1" -v col="$2" -v least="$3" '
		index($0, name) == 1 && !seen { for (i = 1; i < NF; i++) if ($i == col) { seen = 1; bad = $(i + 1) < least; v = $(i + 1) } }
		END { if (!seen || bad) { print "below the floor:", name, col, v; exit 1 } }'
}
floor "line numbers left, tabs" P 0.995
floor "line numbers left, tabs" R 0.995
for kind in "touching the text" "right" "right, 28, narrow" "through a bill" "that begin late" "lost and misread" "of a transcript" "in a block after" \
	"in one line" "to 56" "in a table's column"; do
	floor "line numbers $kind" P 0.995
	floor "line numbers $kind" R 0.99
done
floor "line numbers in flowed text" R 0.98
floor "running heads, page numbers, crumbs" R 0.98
floor "heads of slip opinions" R 0.98
floor "menu, trail and foot of a site" R 0.98
floor "stamps of other courts" R 0.99
floor "line numbers in a block" R 0.99
floor "glued at deleted line ends" P 0.98
floor "glued at deleted line ends" R 0.90
floor "no spaces, line numbers, heads" F1 0.97
floor "filing stamps" R 0.99
floor "pages repeated" R 0.95
floor "hyphens at line ends" F1 0.98
echo "$out" | grep -q "^clean text: .* 0\.[0-9]* per 10,000 words" || { echo "too many changes of clean text"; exit 1; }
