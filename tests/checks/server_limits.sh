#!/usr/bin/env bash
# docs/server-limits.md says what searcher/server_limits.c does.
set -eu
src=$2
code=$(sed -n 's/.*= { "\([^"]*\)", \([0-9]*\), "\([^"]*\)", "\([^"]*\)" },.*/| \1 | \2 | \3 | \4 |/p' "$src/searcher/server_limits.c")
page=$(grep '^| [a-z].*[0-9]' "$src/docs/server-limits.md")
[ -n "$code" ] || { echo "no rows found in searcher/server_limits.c"; exit 1; }
diff <(echo "$code") <(echo "$page") || { echo "docs/server-limits.md differs from the table (above)"; exit 1; }
echo "$(echo "$code" | wc -l) limits agree"
