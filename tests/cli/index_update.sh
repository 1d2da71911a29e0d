#!/usr/bin/env bash
# The same input gives the same index, whatever -j is and however it came in:
# in one run, in several, after a run that was killed.
# $1: build directory, $2: source directory.
set -u
pincite=$1/bin/pincite
t=$(mktemp -d) trouble=0
trap 'rm -rf "$t"' EXIT
bad() { echo "$*"; trouble=1; }
cd "$t" || exit 2
mkdir -p in/opinions in/code
for i in $(seq 1 12); do
	printf 'No. 24-%d. The keeper of lighthouse %d sued the harbour board of pier %d over lamp %d.\n\nThe judgment is affirmed.\n' \
		"$i" "$i" $((i * 7)) $((i * 13)) >"in/opinions/case$i.txt"
	printf '{"number":"%d.100","heading":"Lamp %d","text":"1. The lamp of pier %d is lit at dusk by its keeper.\\n2. See section %d.100."}\n' \
		"$i" "$i" "$i" $((i + 1)) >>in/code/code.jsonl
done
cp in/opinions/case3.txt in/opinions/copy_of_case3.txt
index() { "$pincite" index --progress=never "$@" 2>"$t/err"; }
hashes() { python3 -c "import json,glob,sys; m=json.load(open(sorted(glob.glob(sys.argv[1]+'/gen-*/manifest.json'))[-1]))
print([s['entries_xxh128'] for s in m['shards']], m['documents'])" "$1"; }
well() { "$pincite" check -d "$1" >"$t/check" || bad "$1: $(cat "$t/check")"; }
docs() { "$pincite" export -d "$1" --copies | sort; }
# What a user sees of an index: documents with their sources, counts, answers.
seen() {
	docs "$1"
	"$pincite" stats -d "$1" --format=json | python3 -c "import json,sys; d=json.load(sys.stdin); [d.pop(k,None) for k in list(d) if k in ('generation','bytes','index','path','shards','files')]; print(json.dumps(d,sort_keys=True))"
	for q in lighthouse '"lamp of pier"' 'keeper w/s dusk' 'cites(/us/x/s2.100)' 'lamp OR buoys' 'title:lamp'; do
		"$pincite" search -d "$1" -n 100 --format=json "$q" | python3 -c "import json,sys; d=json.load(sys.stdin); print(d.get('total'), sorted((h.get('address'),h.get('score'),h.get('cited_by')) for h in d.get('hits',[])))"
	done
}
same() { [ "$(seen "$1")" = "$(seen "$2")" ] || bad "$3: $(diff <(seen "$1") <(seen "$2") | head -c 2000)"; }

index -d one -j1 in || bad "first run: $(cat err)"
index -d four -j4 in || bad "-j4: $(cat err)"
[ "$(hashes one)" = "$(hashes four)" ] || bad "-j1 and -j4 differ: $(hashes one) $(hashes four)"
index -d shards -j3 --shards=3 in && index -d shards1 -j1 --shards=3 in
[ "$(hashes shards)" = "$(hashes shards1)" ] || bad "three shards differ by -j"
[ "$(docs one)" = "$(docs shards)" ] || bad "one shard and three hold different documents"
index -d api --builder=api in || bad "--builder=api: $(cat err)"
[ "$(hashes one)" = "$(hashes api)" ] || bad "the builders differ"

# In two runs, the second part first; then all of it again.
index -d parts in/opinions && index -d parts in/code || bad "in parts: $(cat err)"
same one parts "in parts"
generations() { ls -d parts/gen-*; }
before=$(generations)
index -d parts in || bad "again"
[ "$before" = "$(generations)" ] && grep -q 'nothing has changed' err || bad "a generation in which nothing is new: $(cat err)"
same one parts "the same input again"

# A copy is folded, and comes to the fore when the first of the two goes.
"$pincite" export -d one --copies | grep -q copy_of_case3 || bad "the copy is not among the sources"
[ "$("$pincite" export -d one | wc -l)" -eq 24 ] || bad "not 24 documents"
printf 'No. 24-3. This text is quite another one, about buoys and bells.\n' >in/opinions/case3.txt
index -d parts in/opinions/case3.txt || bad "a changed file: $(cat err)"
"$pincite" export -d parts | grep -q 'buoys and bells' || bad "the new text is missing"
"$pincite" export -d parts | grep -q 'lighthouse 3 sued' || bad "the copy went with its first source"
index -d fresh in
same fresh parts "a changed file"

# A file that is gone stays until --prune; other paths are left alone.
rm in/opinions/case5.txt
index -d parts in/opinions
"$pincite" export -d parts | grep -q 'lighthouse 5 sued' || bad "gone without --prune"
index -d parts --prune in/opinions || bad "--prune: $(cat err)"
"$pincite" export -d parts | grep -q 'lighthouse 5 sued' && bad "still there after --prune"
"$pincite" export -d parts | grep -q 'lamp of pier 5' || bad "--prune took what it was not asked for"
index -d parts --rebuild in/code
[ "$("$pincite" export -d parts | wc -l)" -eq 12 ] || bad "--rebuild did not start empty"

# An emptied directory, pruned, leaves an empty index that is sound.
mkdir empty_later && cp in/opinions/case1.txt empty_later/ && index -d last empty_later && rm empty_later/*
index -d last --prune empty_later || bad "pruning all: status $?: $(cat err)"
[ -z "$("$pincite" export -d last)" ] || bad "not empty after all was pruned"

# Killed in the middle: what was served is served; the next run goes through.
# (In the foreground: else timeout signals child and group, and a second SIGINT leaves at once.)
for after in 0.005 0.02 0.05 0.1; do
	timeout -s KILL "$after" "$pincite" index -d one -j2 --progress=never in/code >/dev/null 2>&1
	"$pincite" check -d one >/dev/null || bad "killed after $after s: damaged"
done
index -d one in || bad "after kills: $(cat err)"
for after in 0.005 0.02 0.05; do
	timeout --foreground -s INT "$after" "$pincite" index -d one --rebuild in >/dev/null 2>&1
	"$pincite" check -d one >/dev/null || bad "interrupted after $after s: damaged"
done
ls -d one/build-* 2>/dev/null && bad "an interrupted run left its build directory"

# The working directory itself: names stand alone, for each file of it.
(cd in/opinions && "$pincite" index -d ../../here . 2>/dev/null) || bad "index of .: status $?"
[ "$("$pincite" export -d here | grep -c '"path":"case')" -ge 1 ] || bad "names below . are wrong: $("$pincite" export -d here | grep -o '"path":"[^"]*"' | sort -u)"
"$pincite" export -d here | grep -o '"path":"[^"]*/' && bad "a directory in a name below ."

# Two texts with one address: said when they come in, not at every run.
printf '{"number":"9.100","jurisdiction":"us-mo","code":"rsmo","kind":"statute","text":"1. %s"}\n' "The tide is high." "A quite different rule about anchors and chains." >twice.jsonl
index -d twice twice.jsonl
grep -q 's9.100@2' err || bad "two texts with one address: nothing said: $(cat err)"
index -d twice in/opinions/case1.txt
grep -q '@2' err && bad "said again: $(cat err)"
"$pincite" export -d twice | grep -q '"address":"/us-mo/rsmo/s9.100@2"' || bad "the second text lost its number"
index -d twice --builder=api in/opinions/case2.txt
grep -q "through Xapian's API" err || bad "the builder is not named: $(cat err)"

# Only one writer.
exec 8>one/lock
if flock -n 8; then
	index -d one in; [ $? -eq 73 ] || bad "a second writer: not status 73"
	flock -u 8
fi
for d in one four shards api parts fresh last here; do well "$d"; done
exit $trouble
