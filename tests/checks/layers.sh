#!/usr/bin/env bash
# Who may include whom, what law may call, and that every public header stands alone.
# $1: build directory, $2: source directory.
set -u
build=$1
cd "$2" || exit 2
trouble=0
bad() { echo "$*"; trouble=1; }

# forbid WHY PATTERN FILE... : no line of the files may match the pattern.
forbid() {
	local why=$1 pattern=$2 hits
	shift 2
	hits=$(grep -nE "$pattern" "$@" /dev/null 2>/dev/null) && bad "$why:"$'\n'"$hits"
}
shopt -s nullglob
forbid "base uses nothing above it" '^#include "(law|store|indexer|searcher|bench)/' include/base/*.h lib/base/*
forbid "law uses base only" '^#include "(store|indexer|searcher|bench)/' include/law/*.h lib/law/*.[ch]
forbid "store uses base only" '^#include "(law|indexer|searcher|bench)/' include/store/*.h lib/store/*
forbid "the indexer does not know the searcher" '^#include "(searcher|bench)/' indexer/*.[ch]
forbid "the searcher does not know the indexer" '^#include "(indexer|bench)/' searcher/*.[ch]
for file in $(grep -lE '^#include <xapian' -r include lib indexer searcher bench tests --include='*.c' --include='*.cc' --include='*.h' --include='*.cpp'); do
	case $file in lib/store/xap*.cc|tests/unit/*_twin.cc|bench/peer_*.cc) ;; # twins and peers measure against it
	*) bad "$file: only lib/store/xap*.cc may include xapian.h" ;; esac
done
for file in $(find include lib indexer searcher bench -name '*.cc' -o -name '*.cpp' -o -name '*.hh'); do
	case $file in lib/store/xap*.cc|bench/peer_*.cc) ;; *) bad "$file: C++ lives in lib/store/xap*.cc alone" ;; esac
done

# law is pure: what its objects call tells more than what they include.
impure='(f|fd|p)?open(at|dir)?(64)?|creat|close|p?read(v|ahead|link)?|p?writev?|f(read|write|puts|putc|gets|getc|scanf|close|flush|seek)|getline'
impure+='|v?(f|d|)printf|puts|putchar|perror|stat|[fl]stat(at)?|mmap|ioctl|getenv|setenv|setlocale|time|clock(_gettime)?|gettimeofday'
impure+='|(local|gm)time(_r)?|s?rand(om)?(_r)?|exit|system|fork|socket|signal|sigaction|pthread_create|strtok|file_[a-z_]+'
if [ -f "$build/liblaw.a" ]; then
	calls=$(nm -A --undefined-only "$build/liblaw.a" 2>/dev/null | sed 's/@.*//; s/__\([a-z]*\)_chk$/\1/' | grep -E " U ($impure)\$")
	[ -z "$calls" ] || bad "law does no input or output and asks for no time, place or chance:"$'\n'"$calls"
fi

# One name, one function: two objects of the libraries with the same one would not link into one program.
twice=$(nm --defined-only "$build"/lib{base,law,store}.a 2>/dev/null | awk '$2 == "T" { print $3 }' | sort | uniq -d)
[ -z "$twice" ] || bad "defined twice in the libraries: $twice"

# A public header compiles by itself, and its guard names its path.
for header in include/*/*.h; do
	name=${header#include/}
	guard=$(echo "$name" | tr 'a-z/.' 'A-Z__')
	grep -q "^#ifndef $guard\$" "$header" || bad "$header: its guard is not $guard"
	printf '#include "%s"\n' "$name" | ${CC:-gcc} -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only -Iinclude -x c - ||
		bad "$header does not compile by itself"
done
[ $trouble -eq 0 ] && echo "layers: all includes and calls go the right way"
exit $trouble
