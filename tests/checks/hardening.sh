#!/usr/bin/env bash
# The programs are position independent, with read-only relocations, no executable stack, and stack canaries.
# $1: build directory, $2: source directory.
set -u
command -v readelf >/dev/null || { echo "skipped: readelf is missing"; exit 77; }
trouble=0
bad() { echo "$*"; trouble=1; }
for program in "$1"/bin/pincite "$1"/bin/pincite-index; do
	grep -q args_parse "$program" || continue
	header=$(readelf -hW "$program") segments=$(readelf -lW "$program") dynamic=$(readelf -dW "$program") symbols=$(readelf --dyn-syms -W "$program")
	grep -q 'Type: *DYN' <<<"$header" || bad "$program: not position independent"
	grep -q 'GNU_RELRO' <<<"$segments" || bad "$program: no read-only relocations"
	grep -qE 'BIND_NOW|FLAGS_1.*NOW' <<<"$dynamic" || bad "$program: symbols are bound late, so relocations stay writable"
	grep -E 'GNU_STACK' <<<"$segments" | grep -q 'RWE' && bad "$program: executable stack"
	grep -q '__stack_chk_fail' <<<"$symbols" || bad "$program: no stack canaries"
	grep -qE 'RUNPATH|RPATH' <<<"$dynamic" && bad "$program: looks for libraries in a path of its own"
	if ! grep -q '__asan_' <<<"$symbols"; then
		grep -qE '_chk@' <<<"$symbols" || bad "$program: built without _FORTIFY_SOURCE"
	fi
done
[ $trouble -eq 0 ] && echo "hardening: as it should be"
exit $trouble
