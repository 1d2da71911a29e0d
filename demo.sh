#!/usr/bin/env bash
# Installs what is missing, builds pincite, indexes the demonstration corpus and shows what can be asked of it.
set -u
cd "$(dirname "$0")" || exit 2
stop() { echo "demo: $*" >&2; exit 1; }
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n%s\n' "$*"; }
# show COMMAND... : prints a command as one would type it, and runs it.
show() {
	printf '\n$'
	printf ' %q' "$@"
	printf '\n'
	"$@"
}

scripts/install.sh build || exit 1
mkdir -p build
if [ ! -f build/build.ninja ]; then
	say "Configuring build/"
	cmake -S . -B build -G Ninja >build/configure.log 2>&1 || { cat build/configure.log; stop "build/ could not be configured"; }
fi
say "Building pincite and pincite-index in build/bin/"
cmake --build build --target pincite pincite-index >build/build.log 2>&1 || { tail -n 60 build/build.log; stop "pincite does not build"; }
export PATH=$PWD/build/bin:$PATH

# has COMMAND: whether this pincite knows it.
has() { pincite --help | grep -q "^  $1 "; }
index=build/demo-index
for command in index search cite show; do
	has $command || { say "pincite $command is not part of this build; the demonstration ends here."; exit 0; }
done

say "1. Index a small corpus in every shape that legal texts come in: the law of the invented State of Franklin"
show pincite index -d $index --rebuild corpus/texts || stop "indexing failed"
show pincite index -d $index --map=text=.text,title=.heading,number=.number \
	--set=jurisdiction=us-fk,code=rsf,kind=statute corpus/records || stop "indexing failed"

say "2. Search: the answer is a subdivision, in its citation form"
show pincite search -d $index -n 3 'insurer may obtain complete incident report'

say "3. Look a citation up: its text, what it cites, who cites it"
show pincite cite -d $index 'Frk. Rev. Stat. § 14.030.2'

say "4. What was repaired in a bill that had lost every space (the first lines)"
pincite index --stage=repairs corpus/texts/damaged/hb-118-stripped.txt | head -n 4

say "Explore further:"
cat <<END
  export PATH=$PWD/build/bin:\$PATH PINCITE_INDEX=$PWD/$index
  pincite search '"inquiry file" AND overruled'
  pincite cite '42 U.S.C. § 1983'
  pincite cite 'Harb. Code § 303'
END
if has serve; then
	echo "  pincite serve --listen=127.0.0.1:8080      then open http://127.0.0.1:8080/"
fi
