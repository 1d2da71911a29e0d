# Xapian's own tools take what the bulk builder writes.
set -eu
build=$1
for tool in xapian-check xapian-delve quest xapian-compact; do
	command -v $tool >/dev/null || { echo "skipped: $tool is missing (apt-get install xapian-tools)"; exit 77; }
done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
db=$dir/sample.glass
"$build/bin/test_bulk" --write "$db"

xapian-check "$db" | tee "$dir/check" | grep -q 'No errors found'
xapian-delve "$db" | grep -q 'number of documents = 400'
xapian-delve -r 1 "$db" | grep -q 'Term List for record #1'
term=$(xapian-delve -a1 "$db" | grep -a '^a[0-9]*$' | head -n 1)
xapian-delve -t "$term" "$db" | grep -aq "Posting List for term '$term'"
quest --stemmer=none --db="$db" "$term" >"$dir/quest"
grep -q 'MSet' "$dir/quest"

xapian-compact "$db" "$dir/compacted" >/dev/null
xapian-check "$dir/compacted" | grep -q 'No errors found'
xapian-delve -a -A '' "$db" >"$dir/terms"
xapian-delve -a -A '' "$dir/compacted" | cmp - "$dir/terms"
