#!/usr/bin/env bash
# Kills the writer of an index, tears its writes, cuts its power and fails its
# calls, one call at a time, and looks at what is served then (sweep.c). A seeded choice of the
# calls; FAULTS=all: every one of them, with every errno (some minutes).
set -u
build=$1
dir=$(mktemp -d "$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")/pincite-faults-XXXXXX")
trap 'rm -rf "$dir"' EXIT
# A sanitizer's library must come first of all.
asan=$(ldd "$build/bin/fault-sweep" | awk '$1 ~ /^lib(asan|tsan|clang_rt)/ { print $3; exit }')
export ASAN_OPTIONS=detect_leaks=0:${ASAN_OPTIONS:-}

shallow=45
[ -z "$asan" ] || shallow=150 # each fork takes long there
[ "${FAULTS:-}" = all ] && shallow=1
sweep() {
	mkdir "$dir/run" &&
		LD_PRELOAD="${asan:+$asan }$build/bin/libfi.so" "$build/bin/fault-sweep" "$dir/run" "$@" || exit 1
	rm -rf "$dir/run"
}
for builder in api bulk; do
	sweep $builder kill 0 0 $shallow
	sweep $builder torn 0 0 $shallow
	sweep $builder power 1 0 $shallow # what was not synced is lost in part
	sweep $builder err 28 1 $shallow # the disk is full, and stays so
	sweep $builder err 5 0 $shallow
	sweep $builder err 24 0 $shallow # no descriptor left, once
	# No memory left, once; a sanitizer has an allocator of its own.
	[ -n "$asan" ] || sweep $builder malloc 12 0 $((shallow * 5)) 2>"$dir/said"
	[ "${FAULTS:-}" = all ] || continue
	for seed in 2 3 4 5 6 7 8 9 10; do sweep $builder power $seed 0 1; done
	sweep $builder err 28 0 1
	sweep $builder err 5 1 1
	sweep $builder err 24 1 1
	sweep $builder err 12 0 1
	sweep $builder err 12 1 1
done
