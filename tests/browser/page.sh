#!/usr/bin/env bash
# The page in Chromium: keyboard, deep links, phone, dark, print, no JavaScript, accessibility (axe-core).
# PICTURES=DIRECTORY keeps screenshots.
set -u
for program in chromium node; do
	command -v $program >/dev/null || { echo "skipped: $program is missing"; exit 77; }
done
. "$2/tests/server/common.bash"
index_corpus "$t/ix"
start_tcp
# axe-core from the npm registry, once for a build directory.
axe=$1/axe/node_modules/axe-core/axe.min.js
if [ ! -f "$axe" ] && command -v npm >/dev/null; then
	timeout 60 npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$1/axe" axe-core@4 >/dev/null 2>&1
fi
[ -f "$axe" ] || { echo "not tried: accessibility, for axe-core could not be had"; axe=; }
timeout 150 node "$2/tests/browser/drive.mjs" "http://127.0.0.1:$port" "$axe" ${PICTURES:+"$PICTURES"} || trouble=1
finish
