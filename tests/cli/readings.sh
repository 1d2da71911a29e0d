#!/usr/bin/env bash
# A word that may be two stays as it is written, and is found by both readings, marks and phrases included.
set -eu
bin=$1/bin
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
cat >"$tmp/lease.txt" <<'TEXT'
SMITH v. JONES

The tenant kept the walks free of snow, as the lease required, and the landlord inspected them each winter.

The court finds that the housing benefitplan was explained to the tenant before the lease was signed.
TEXT
"$bin/pincite" index --stage=repairs "$tmp/lease.txt" >"$tmp/log"
grep -q '"rule":"other-reading".*"before":"benefitplan","after":"benefit plan"' "$tmp/log" || { echo "no other reading in the log"; cat "$tmp/log"; exit 1; }
"$bin/pincite" index --stage=text "$tmp/lease.txt" | grep -q 'housing benefitplan was' || { echo "the text was changed"; exit 1; }
"$bin/pincite" index -d "$tmp/index" "$tmp/lease.txt" >/dev/null 2>&1
for query in benefitplan '"benefitplan"' plan benefit plans '"housing benefit"' '"plan was explained"' 'benefit /2 explained'; do
	"$bin/pincite" search -d "$tmp/index" --format=json "$query" >"$tmp/out" || { echo "not found: $query"; exit 1; }
	grep -q '"t": *"benefitplan", *"m": *1' "$tmp/out" || { echo "not marked: $query"; cat "$tmp/out"; exit 1; }
done
if "$bin/pincite" search -d "$tmp/index" '"plan benefit"' >"$tmp/out" 2>&1; then echo "found backwards"; cat "$tmp/out"; exit 1; fi
"$bin/pincite" check -d "$tmp/index" >/dev/null
