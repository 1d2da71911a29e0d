#!/usr/bin/env bash
# Builds pincite with every compiler and runs every test.
#   build/        gcc, warnings are errors: all tests
#   build-clang/  clang, warnings are errors: compiled only
#   build-asan/   address and undefined behaviour sanitizers: unit tests
# Ends with "N passed, N failed, N skipped"; status 1 when a test failed, 2 when something did not build.
set -u
cd "$(dirname "$0")" || exit 2
started=$SECONDS
say() { printf '\n== %s (%d s)\n' "$*" $((SECONDS - started)); }
stop() { echo "check: $*" >&2; exit 2; }

# build DIR CONFIGURE-OPTION... : configures DIR when it is new, then builds it; quiet unless it fails.
build() {
	local dir=$1 log
	shift
	log=$(mktemp)
	{ [ -f "$dir/build.ninja" ] || cmake -S . -B "$dir" -G Ninja "${launcher[@]}" "$@"; } >"$log" 2>&1 &&
		cmake --build "$dir" >>"$log" 2>&1 || { tail -n 60 "$log"; rm -f "$log"; stop "$dir does not build"; }
	rm -f "$log"
}
# count ATTRIBUTE FILE: a figure of ctest's JUnit report.
count() { sed -n "/<testsuite/,/>/ s/.*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }
passed=0 failed=0 skipped=0
# run DIR CTEST-OPTION... : runs tests of DIR and adds to the counts.
run() {
	local dir=$1 report=$PWD/$1/tests.xml all bad off
	shift
	rm -f "$report"
	ctest --test-dir "$dir" -j2 --output-on-failure --no-tests=error --output-junit "$report" "$@"
	[ -f "$report" ] || stop "ctest left no report in $dir"
	all=$(count tests "$report") bad=$(count failures "$report") off=$(count skipped "$report")
	failed=$((failed + bad)) skipped=$((skipped + off)) passed=$((passed + all - bad - off))
}

launcher=()
if command -v ccache >/dev/null; then
	launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
fi
scripts/install.sh check || exit 2
say "Building with gcc in build/"
build build -DCMAKE_C_COMPILER=gcc -DCMAKE_CXX_COMPILER=g++
say "Building with clang in build-clang/"
build build-clang -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_BUILD_TYPE=Debug
say "Running all tests"
run build
say "Building with sanitizers in build-asan/"
build build-asan -DCMAKE_C_COMPILER=gcc -DCMAKE_CXX_COMPILER=g++ -DSANITIZE=ON
say "Running the unit tests under sanitizers"
run build-asan -R '^unit_'
say "Done"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
