#!/usr/bin/env bash
# As index_kill.sh, for an update that links a shard, buries entries in it and adds a small one: killed at calls
# spread over the run, its writes torn, its disk full. What is served is the index before or the one after,
# the check is clean, and running again gives the one after.
# $1: build directory. FAULTS=all: a hundred points in place of a few.
set -u
build=$1
dir=$(mktemp -d "$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")/pincite-update-XXXXXX")
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 2
# A sanitizer's library must come first of all.
asan=$(ldd "$build/bin/pincite-index" | awk '$1 ~ /^lib(asan|tsan|clang_rt)/ { print $3; exit }')
export ASAN_OPTIONS=detect_leaks=0:${ASAN_OPTIONS:-}
fail() { echo "FAILED: $*"; exit 1; }
index() { "$build/bin/pincite-index" -j1 -d "$1" --prune in >said 2>&1; }
injected() { LD_PRELOAD="${asan:+$asan }$build/bin/libfi.so" index "$1"; }
shown() { "$build/bin/pincite" export -d "$1" --copies | sort | sha256sum; }
clean() { "$build/bin/pincite" check -d "$1" >said 2>&1 || fail "$2: check: $(cat said)"; }
left() { find work -maxdepth 1 \( -name 'build-*' -o -name 'trash-*' -o -name '*.tmp' \); }

mkdir in
for i in {1..60}; do
	printf '{"number":"%d.100","jurisdiction":"us-mo","code":"rsmo","kind":"statute","text":"1. The lamp of pier %d is lit at dusk.\\n2. See section %d.100."}\n' "$i" "$i" $((i + 1))
done >in/code.jsonl
index base || fail "the first run: $(cat said)"
before=$(shown base)
sed -i '7s/lamp/lantern/; 20d; 1i {"number":"99.100","jurisdiction":"us-mo","code":"rsmo","kind":"statute","text":"1. A section on top."}' in/code.jsonl
cp -r base after && index after || fail "an uninterrupted update: $(cat said)"
after=$(shown after)
grep -q '"name":"shard-000.glass".*"dead":3.*"name":"shard-001.glass"' "after/$(cat after/CURRENT)/manifest.json" || # the changed one, the dropped one, one that is cited less
	fail "no shard was linked: $(cat "after/$(cat after/CURRENT)/manifest.json")"
[ "$(stat -c %i after/gen-000001/shard-000.glass)" = "$(stat -c %i after/gen-000002/shard-000.glass)" ] || fail "copied, not linked"
cp -r base count
FI_MODE=count FI_OUT=$dir/n injected count || fail "the counted run: $(cat said)"
calls=$(cat n)
parts=8
[ -z "$asan" ] || parts=3
[ "${FAULTS:-}" = all ] && parts=100
for mode in kill torn err; do
	for ((i = 1; i < parts; i++)); do
		at=$((calls * i / parts)) what="$mode at call $((calls * i / parts)) of $calls"
		rm -rf work && cp -r base work
		{ FI_MODE=$mode FI_N=$at FI_ERR=28 FI_STICKY=1 injected work; } 2>/dev/null # "Killed"
		status=$? served=$(shown work)
		case $mode in
		err) [ $status -eq 75 ] || [ "$status $served" = "0 $after" ] || fail "$what: status $status: $(cat said)" ;;
		*) [ $status -gt 128 ] || [ "$served" = "$after" ] || fail "$what: status $status, and nothing published" ;;
		esac
		[ "$served" = "$before" ] || [ "$served" = "$after" ] || fail "$what: something else is served"
		clean work "$what"
		index work || fail "$what: again: $(cat said)"
		[ "$(shown work)" = "$after" ] || fail "$what: running again gives another index"
		clean work "$what, again"
		[ -z "$(left)" ] || fail "$what: left behind: $(left)"
	done
done
echo "$calls calls an update, failed at $((3 * (parts - 1))) of them: all well"
