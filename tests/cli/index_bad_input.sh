#!/usr/bin/env bash
# What is no text is named and left out; its neighbours are indexed.
# $1: build directory, $2: source directory.
set -u
pincite=$1/bin/pincite
t=$(mktemp -d) trouble=0
trap 'rm -rf "$t"' EXIT
bad() { echo "$*"; trouble=1; }
in=$t/in
mkdir -p "$in/deep"
printf 'Section 1. A person who finds a lighthouse keeps it.\n' >"$in/a_first.txt"
: >"$in/empty.txt"
printf '  \n\n' >"$in/white.txt"
head -c 3000 /dev/urandom >"$in/binary.dat"
printf 'The court finds for the keeper of the gzip.\n%.0s' {1..200} | gzip -c >"$t/whole.gz"
cp "$t/whole.gz" "$in/whole.txt.gz"
head -c 60 "$t/whole.gz" >"$in/cut.txt.gz"
printf 'The clerk wrote \xff\xfe\xc3 here, and the judge read it all the same as the rest of it.\n' >"$in/ill.txt"
printf '\xff\xfeT\0h\0e\0 \0w\0i\0d\0e\0 \0c\0o\0u\0r\0t\0\n\0' >"$in/wide.txt"
mkfifo "$in/fifo"
ln -s /etc/passwd "$in/link"
ln -s .. "$in/loop"
truncate -s 300M "$in/huge.txt"
{ printf 'A word of 246 bytes: '; printf 'x%.0s' {1..246}; printf ' and the end.\n'; } >"$in/word.txt"
{ printf 'Brackets: '; printf '(%.0s' {1..10000}; printf ' end.\n'; } >"$in/brackets.txt"
{ for i in {1..10000}; do printf '(a)'; done; } >"$in/labels.txt"
printf '<html><body>'"$(printf '<div>%.0s' {1..10000})"'nested lighthouse</body></html>' >"$in/nested.html"
printf '{"text":"One good record about a harbour.","id":1}\nnot json\n{"text":""}\n{"a":%s1%s}\n{"text":"Another good record about a pier."}\n' \
	"$(printf '[%.0s' {1..300})" "$(printf ']%.0s' {1..300})" >"$in/records.jsonl"
printf 'Section 9. The last neighbour is indexed too.\n' >"$in/z_last.txt"
name=$(printf 'new\nline\x1b[31m<img onerror=x>')
printf 'A name of odd bytes holds a text about buoys.\n' >"$in/$name.txt"

timeout 120 "$pincite" index -d "$t/ix" --report="$t/report.json" "$in" 2>"$t/err"
[ $? -eq 0 ] || bad "index: status $?"
for name in empty.txt white.txt binary.dat cut.txt.gz fifo link loop huge.txt; do
	grep -q "skipped: .*$name: " "$t/err" || bad "$name is not named"
done
grep -q 'records.jsonl: line 2: not JSON' "$t/err" || bad "line 2 of the records is not named"
grep -q 'records.jsonl: line 3: a record without text' "$t/err" || bad "line 3 of the records is not named"
grep -q 'records.jsonl: line 4: JSON nested' "$t/err" || bad "line 4 of the records is not named"
grep -q $'\x1b' "$t/err" && bad "a control byte reached the terminal"
python3 -c "import json,sys; r=json.load(open(sys.argv[1])); assert r['skipped']==9 and r['quarantined']==2, r" "$t/report.json" ||
	bad "report: counts differ"
"$pincite" export -d "$t/ix" >"$t/all.jsonl"
for word in lighthouse gzip 'judge read' 'wide court' 246 Brackets 'nested lighthouse' harbour pier 'last neighbour' buoys; do
	grep -q "$word" "$t/all.jsonl" || bad "the text with '$word' is not in the index"
done
python3 - "$t/all.jsonl" <<'P' || bad "export is not UTF-8 JSON"
import json, sys
for line in open(sys.argv[1], encoding="utf-8", errors="strict"):
    json.loads(line)
P
"$pincite" check -d "$t/ix" >"$t/check" || bad "check: $(cat "$t/check")"

# Paths that the user names.
"$pincite" index -d "$t/none" "$t/missing" 2>"$t/err"; [ $? -eq 66 ] || bad "missing path: status $?"
grep -q 'missing: No such file' "$t/err" || bad "the missing path is not named"
"$pincite" index -d "$t/none" "$in/fifo" 2>/dev/null; [ $? -eq 66 ] || bad "FIFO: status $?"
"$pincite" index -d "$t/none" "$in/empty.txt" 2>/dev/null; [ $? -eq 66 ] || bad "nothing to index: status $?"
"$pincite" index -d "$t/two" "$t/missing" "$in/a_first.txt" 2>/dev/null; [ $? -eq 66 ] || bad "missing beside good: status $?"
"$pincite" export -d "$t/two" | grep -q lighthouse || bad "the good path beside a missing one is not indexed"
"$pincite" check -d "$t/two" >/dev/null || bad "check of the second index"
"$pincite" index 2>/dev/null; [ $? -eq 2 ] || bad "no path: status $?"
"$pincite" index -d "$t/x" --map=txt=.text "$in" 2>"$t/err"; [ $? -eq 2 ] || bad "--map: status $?"
grep -q 'did you mean text' "$t/err" || bad "--map: no suggestion"
"$pincite" stats -d "$t/nowhere" 2>/dev/null; [ $? -eq 66 ] || bad "stats without index: status $?"
"$pincite" check -d "$t/nowhere" 2>/dev/null; [ $? -eq 66 ] || bad "check without index: status $?"

# Sections of an unnamed code that say the same are told apart by their numbers.
printf '{"number":"1-1%s","text":"Repealed."}\n' 01 02 >"$t/stubs.jsonl"
"$pincite" index -d "$t/stubs" "$t/stubs.jsonl" 2>"$t/err" || bad "stubs: status $?"
[ "$("$pincite" export -d "$t/stubs" | grep -o '"address":"/doc/[0-9a-f]*"' | sort -u | wc -l)" = 2 ] || bad "two stubs have one address: $(cat "$t/err")"

# More memory than allowed: this one is quarantined, its neighbour is not.
mkdir "$t/heavy" && printf 'A light text about the tide.\n' >"$t/heavy/light.txt"
seq 1 80000 | sed 's/.*/Keeper & of lighthouse & shall light lamp & at dusk, and see section &.100 of the code./' >"$t/heavy/heavy.txt"
"$pincite" index -d "$t/heavy_ix" --memory=64 "$t/heavy" 2>"$t/err" || bad "heavy: status $?: $(cat "$t/err")"
grep -q 'quarantined: .*heavy.txt: .*takes more memory' "$t/err" || bad "the heavy file is not named: $(cat "$t/err")"
"$pincite" export -d "$t/heavy_ix" | grep -q 'about the tide' || bad "the neighbour of the heavy file is not indexed"
"$pincite" index -d "$t/none" --memory=64 "$t/heavy/heavy.txt" 2>/dev/null; [ $? -eq 66 ] || bad "nothing but a heavy file: status $?"
"$pincite" check -d "$t/heavy_ix" >/dev/null || bad "check of the index beside the heavy file"

if [ "$(id -u)" -ne 0 ]; then
	mkdir "$in/shut" && chmod 000 "$in/shut"
	"$pincite" index -d "$t/ix" "$in" 2>"$t/err" || bad "a shut directory inside: status $?"
	grep -q 'shut: Permission denied' "$t/err" || bad "the shut directory is not named"
	"$pincite" index -d "$t/none" "$in/shut" 2>/dev/null; [ $? -eq 77 ] || bad "a shut directory: status $?"
	chmod 755 "$in/shut"
fi
exit $trouble
