#!/usr/bin/env bash
# Kills pincite-index at calls spread over a run, tears its writes, and fails it with a full disk: what was
# served before still is, the check is clean, and running again gives the hashes of an uninterrupted run.
# $1: build directory, $2: source directory. FAULTS=all: a hundred points in place of a few.
set -u
build=$1 source=$2
dir=$(mktemp -d "$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")/pincite-kill-XXXXXX")
trap 'rm -rf "$dir"' EXIT
# A sanitizer's library must come first of all.
asan=$(ldd "$build/bin/pincite-index" | awk '$1 ~ /^lib(asan|tsan|clang_rt)/ { print $3; exit }')
export ASAN_OPTIONS=detect_leaks=0:${ASAN_OPTIONS:-}
fail() { echo "FAILED: $*"; exit 1; }
index() { "$build/bin/pincite-index" -d "$dir/$1" --rebuild "$2" >"$dir/said" 2>&1; }
injected() { # the same, with what FI_* say
	LD_PRELOAD="${asan:+$asan }$build/bin/libfi.so" "$build/bin/pincite-index" -d "$dir/$1" --rebuild "$2" >"$dir/said" 2>&1
}
hashes() { grep -oh '"entries_xxh128":"[0-9a-f]*"' "$dir/$1/$(cat "$dir/$1/CURRENT")/manifest.json"; }
clean() { "$build/bin/pincite" check -d "$dir/$1" >"$dir/said" 2>&1 || fail "$2: check: $(cat "$dir/said")"; }
left() { find "$dir/work" -maxdepth 1 \( -name 'build-*' -o -name 'trash-*' -o -name '*.tmp' \); }

index base "$source/corpus/texts/damaged" || fail "the first run: $(cat "$dir/said")"
index whole "$source/corpus" || fail "an uninterrupted run: $(cat "$dir/said")"
base=$(hashes base) whole=$(hashes whole)
cp -r "$dir/base" "$dir/count"
FI_MODE=count FI_OUT=$dir/n injected count "$source/corpus" || fail "the counted run: $(cat "$dir/said")"
calls=$(cat "$dir/n")
[ "$calls" -gt 100 ] || fail "only $calls calls counted"
parts=6
[ -z "$asan" ] || parts=3
[ "${FAULTS:-}" = all ] && parts=100
for mode in kill torn err; do
	for ((i = 1; i < parts; i++)); do
		at=$((calls * i / parts)) what="$mode at call $((calls * i / parts)) of $calls"
		rm -rf "$dir/work" && cp -r "$dir/base" "$dir/work"
		{ FI_MODE=$mode FI_N=$at FI_ERR=28 FI_STICKY=1 injected work "$source/corpus"; } 2>/dev/null # "Killed"
		status=$? served=$(hashes work)
		case $mode in
		err) [ $status -eq 75 ] || fail "$what: status $status: $(cat "$dir/said")" ;;
		*) [ $status -gt 128 ] || [ "$served" = "$whole" ] || fail "$what: status $status, and nothing published" ;;
		esac
		[ "$served" = "$base" ] || [ "$served" = "$whole" ] || fail "$what: something else is served"
		clean work "$what"
		index work "$source/corpus" || fail "$what: again: $(cat "$dir/said")"
		[ "$(hashes work)" = "$whole" ] || fail "$what: running again gives other hashes"
		clean work "$what, again"
		[ -z "$(left)" ] || fail "$what: left behind: $(left)"
	done
done
echo "$calls calls a run, failed at $((3 * (parts - 1))) of them: all well"
