#!/usr/bin/env bash
# Installs what is missing, builds pincite, indexes the demonstration corpus and shows what can be asked of it.
set -u
cd "$(dirname "$0")" || exit 2
stop() { echo "demo: $*" >&2; exit 1; }
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n%s\n' "$*"; }
# show COMMAND... : prints a command as one would type it, and runs it.
show() {
	local word line='$'
	for word in "$@"; do
		case $word in
		*[!a-zA-Z0-9_./=:,-]*) line+=" '$word'" ;;
		*) line+=" $word" ;;
		esac
	done
	printf '\n%s\n' "$line"
	"$@" || stop "that was not to be expected"
}

scripts/install.sh build || exit 1
mkdir -p build
if [ ! -f build/build.ninja ]; then
	say "Configuring build/"
	cmake -S . -B build -G Ninja >build/configure.log 2>&1 || { cat build/configure.log; stop "build/ could not be configured"; }
fi
say "Building pincite and pincite-index in build/bin/"
cmake --build build --target pincite pincite-index >build/build.log 2>&1 || { tail -n 60 build/build.log; stop "pincite does not build"; }
export PATH=$PWD/build/bin:$PATH PINCITE_INDEX=build/demo-index PINCITE_PAGER=cat

say "1. Index a small corpus in every shape that legal texts come in: the law of the invented State of Franklin"
echo "   (the warnings: two damaged texts differ from what stands at the same address, so both are kept)"
show pincite index --rebuild corpus/texts
show pincite index --map=text=.text,title=.heading,number=.number --set=jurisdiction=us-fk,code=rsf,kind=statute corpus/records

say "2. Search: the answer is a subdivision or a paragraph, in its citation form"
show pincite search -n 2 'insurer may obtain a complete incident report'
show pincite search -n 2 'overrul! /s Mudflat'

say "3. Look a citation up: its text, what it cites, and who cites it or anything below it"
show pincite cite 'Frk. Rev. Stat. § 14.030.2(2)'

say "4. A bill that came with every space lost: as it came, and as it is read"
show pincite show --original /us-fk/bill/48/1/hb118/s14.090@2
show pincite show /us-fk/bill/48/1/hb118/s14.090@2

say "5. A code in the federal form: the tree of its citable units"
show pincite show --outline 'Harb. Code § 303'

say "Explore further:"
cat <<END
  export PATH=$PWD/build/bin:\$PATH PINCITE_INDEX=$PWD/build/demo-index
  pincite serve                          then open http://127.0.0.1:8080/
  pincite search --cites='5 U.S.C. § 552' strike
  pincite cite '150 Frk. 88'             a case that was overruled in part
  pincite show --repairs /us-fk/rsf/s14.030@2
  pincite extract --format=text corpus/texts/opinions/harbor-freight-v-tides-2011.txt
END
