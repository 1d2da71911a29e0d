#!/usr/bin/env bash
# The four real inputs: four files become one opinion, one order, one section
# with its repeats as copies, and a bill with the sections it enacts; and each
# gives its source back byte for byte.
# $1: build directory, $2: source directory.
set -u
seeds=$2/../shared/seeds
[ -d "$seeds" ] || { echo "skipped: no ../shared/seeds beside the source"; exit 77; }
pincite=$1/bin/pincite
t=$(mktemp -d) trouble=0
trap 'rm -rf "$t"' EXIT
bad() { echo "$*"; trouble=1; }
cp "$seeds"/*.txt "$t/" && cd "$t" || exit 2
"$pincite" index -d ix ./*.txt 2>err || bad "index: $(cat err)"
python3 - "$pincite" <<'P' || trouble=1
import json, subprocess, sys
docs = [json.loads(l) for l in subprocess.run([sys.argv[1], "export", "-d", "ix", "--outline"], capture_output=True).stdout.splitlines()]
ok = True
def expect(cond, what):
    global ok
    if not cond:
        ok = False
        print(what)
by = {d["address"]: d for d in docs}
of = lambda n: [d for d in docs if d["source"]["path"].startswith(n)]
expect([d["kind"] for d in of("000")] == ["opinion"], f"000: {[(d['address'], d['kind']) for d in of('000')]}")
expect([d["kind"] for d in of("001")] == ["order"], f"001: {[(d['address'], d['kind']) for d in of('001')]}")
expect([d["address"] for d in of("003")] == ["/us-mo/rsmo/s610.100"], f"003: {[d['address'] for d in of('003')]}")
expect(by["/us-mo/rsmo/s610.100"]["copies"] == 3, "610.100 does not count its repeats as copies")
bill = "/us-mo/bill/102/1/hb562"
expect({bill, bill + "/s37.717", bill + "/s210.152", bill + "/s610.021"} == {d["address"] for d in of("004")}, f"004: {[d['address'] for d in of('004')]}")
def units(u):
    yield u
    for c in u["children"]:
        yield from units(c)
addresses = {u["address"] for u in units(by["/us-mo/rsmo/s610.100"]["outline"])}
for sub in ["1", "1/1", "1/3/a", "1/3/c", "1/5", "2", "4", "7"]:
    expect("/us-mo/rsmo/s610.100/" + sub in addresses, "610.100 has no unit " + sub)
for d in docs:
    path = d["source"]["path"]
    got = subprocess.run([sys.argv[1], "show", "-d", "ix", "--original", d["address"]], capture_output=True).stdout
    want = open(path, "rb").read()
    if d["address"] != bill:
        want = want[d["source"]["beg"]:d["source"]["end"]]
    expect(got == want, f"{d['address']}: --original differs from {path}")
sys.exit(not ok)
P
"$pincite" show -d ix 'Mo. Rev. Stat. § 610.100.4' >shown || bad "show by citation: status $?"
grep -q '^4. Any person, including a family member' shown || bad "show by citation: $(head -3 shown)"
[ "$("$pincite" show -d ix /us-mo/rsmo/s610.100/1/3/b --format=json | python3 -c 'import json,sys; print(json.load(sys.stdin)["text"][:14])')" = "(b) Expiration" ] ||
	bad "show of a subdivision as JSON"
"$pincite" show -d ix /us-mo/rsmo/s610.100 --repairs | grep -q 'repeated-page' || bad "the repeats are not in the log"
"$pincite" show -d ix '410 U.S. 113' >/dev/null 2>&1; [ $? -eq 1 ] || bad "a case that is not there: not status 1"
"$pincite" show -d ix 'good morning' >/dev/null 2>&1; [ $? -eq 2 ] || bad "no citation: not status 2"

# The stages, in source bytes.
for f in ./*.txt; do
	for stage in text repairs outline passages citations; do
		"$pincite" index --stage=$stage "$f" >$stage.jsonl || bad "--stage=$stage $f: status $?"
	done
	python3 - "$f" <<'P' || trouble=1
import json, sys
src = open(sys.argv[1], "rb").read()
read = lambda n: [json.loads(l) for l in open(n + ".jsonl")]
(text,) = read("text")
clean = text["text"].encode()
assert all(clean[c:c + n] == src[s:s + n] for c, s, n in text["map"]), "map of " + sys.argv[1]
for e in read("repairs"):
    assert src[e["beg"]:e["end"]].decode() == e["before"], e
beg = -1
for c in read("citations"):
    assert c["beg"] >= beg, c
    beg = c["beg"]
    first, last = c["text"].split()[0], c["text"].split()[-1]
    if "004" not in sys.argv[1]:
        assert src[c["beg"]:c["end"]].decode().startswith(first[:5]) and src[c["beg"]:c["end"]].decode().endswith(last[-3:]), c
for p in read("passages"):
    assert clean[p["clean_beg"]:p["clean_end"]].decode() == p["text"], p
P
done
"$pincite" index --stage=duplicates ./*.txt >dup.jsonl
[ "$(grep -c '"keep":"003' dup.jsonl)" -eq 2 ] || bad "--stage=duplicates: $(cut -c1-200 dup.jsonl)"
"$pincite" stats -d ix --format=json | python3 -c 'import json,sys; s=json.load(sys.stdin); assert s["documents"]==7, s' || bad "stats"
"$pincite" check -d ix >/dev/null || bad "check"
exit $trouble
