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
