#!/usr/bin/env bash
# Sizes and densities, against the budgets of the table below. $1: build directory, $2: source directory.
set -u
build=$1
cd "$2" || exit 2
command -v ctags >/dev/null && ctags --version | grep -q Universal || { echo "skipped: universal-ctags is missing"; exit 77; }

# What is held (fails beyond it) and what is the budget to reach, where they differ. Lengths are in lines; densities are lines
# with a comment per line with code.
limits() {
	cat <<-'TABLE'
	function_median       12
	function_p90          30
	function_longest      60
	function_parameters   5
	function_nesting      3
	file_lines            500
	main_lines            100
	headers_least         0.80
	bodies_least          0.15
	bodies_most           0.35
	mutable_globals       0
	TABLE
}
limit() { limits | awk -v k="$1" '$1 == k { print $2 }'; }
goal() { limits | awk -v k="$1" '$1 == k { print $NF }'; }
trouble=0
# beyond NAME FIGURE BOUND: whether the figure is worse than the bound.
beyond() {
	case $1 in
	*_least) awk -v f="$2" -v m="$3" 'BEGIN { exit !(f < m) }' ;;
	*) awk -v f="$2" -v m="$3" 'BEGIN { exit !(f > m) }' ;;
	esac
}
# judge NAME FIGURE [DETAILS]: prints a figure beside its budget; beyond it, the details too.
judge() {
	local name=$1 figure=$2 details=${3:-} word=ok
	beyond "$name" "$figure" "$(goal "$name")" && word=far
	beyond "$name" "$figure" "$(limit "$name")" && word=OVER trouble=1
	printf '%-4s %-22s %8s (held %s, budget %s)\n' $word "$name" "$figure" "$(limit "$name")" "$(goal "$name")"
	[ $word = ok ] || printf '%s\n' "$details"
}

layers="base law store indexer searcher"
shopt -s nullglob
headers=(include/*/*.h)
bodies=(lib/*/*.c lib/*/*.h lib/store/*.cc indexer/*.[ch] searcher/*.[ch])
tags=$(mktemp)
trap 'rm -f "$tags"' EXIT
ctags --languages=C,C++ --langmap=C:.c.h,C++:.cc --kinds-C=f --kinds-C++=f --fields=+neS -x \
	--_xformat=$'%{end}\t%n\t%F\t%N\t%S' -f - include/*/*.h "${bodies[@]}" |
	awk -F '\t' '{ print $1 - $2 + 1 "\t" $3 ":" $2 "\t" $4 "\t" $5 }' | sort -n >"$tags"

judge function_median "$(awk -F '\t' '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }' "$tags")"
judge function_p90 "$(awk -F '\t' '{ v[NR] = $1 } END { print v[int(NR * 0.9 + 0.5)] }' "$tags")"
judge function_longest "$(tail -n 1 "$tags" | cut -f 1)" "$(awk -F '\t' -v m="$(limit function_longest)" '$1 > m' "$tags")"

# Commas of the signature outside of inner brackets, plus one.
parameters=$(awk -F '\t' '{
	depth = 0; n = 1
	for (i = 1; i <= length($4); i++) {
		c = substr($4, i, 1)
		if (c == "(" || c == "[") depth++
		else if (c == ")" || c == "]") depth--
		else if (c == "," && depth == 1) n++
	}
	print n "\t" $2 "\t" $3
}' "$tags" | sort -n)
judge function_parameters "$(echo "$parameters" | tail -n 1 | cut -f 1)" \
	"$(echo "$parameters" | awk -F '\t' -v m="$(goal function_parameters)" '$1 > m')"

# Nesting is read off the tabs of a statement's first line: continuation lines
# (inside brackets, after an operator) are aligned at will and do not count.
nesting=$(awk '
	FNR == 1 { paren = 0; last = ""; comment = 0 }
	{
		line = $0
		gsub(/\\./, "", line); gsub(/"[^"]*"/, "s", line); gsub(/'"'[^']*'"'/, "c", line)
		if (comment) { if (line !~ /\*\//) next; sub(/.*\*\//, "", line); comment = 0 }
		gsub(/\/\*([^*]|\*[^\/])*\*\//, "", line); sub(/\/\/.*/, "", line)
		if (line ~ /\/\*/) { comment = 1; sub(/\/\*.*/, "", line) }
		bare = line; sub(/[ \t]+$/, "", bare)
		if (bare ~ /^[ \t]*$/ || bare ~ /^#/) next
		match(line, /^\t*/)
		starts = last ~ /[;{}:)]$/ || last ~ /(else|do)$/
		if (paren == 0 && starts && bare !~ /^\t* *[&|+?:*.,<>=%-]/ && RLENGTH > 0)
			print RLENGTH - 1 "\t" FILENAME ":" FNR
		n = gsub(/\(/, "(", bare); m = gsub(/\)/, ")", bare)
		paren += n - m; if (paren < 0) paren = 0
		last = bare
	}' $(ls "${bodies[@]}" | grep -v '\.h$') | sort -n)
judge function_nesting "$(echo "$nesting" | tail -n 1 | cut -f 1)" \
	"$(echo "$nesting" | awk -F '\t' -v m="$(limit function_nesting)" '$1 > m' | cut -f 2 | cut -d : -f 1 | uniq -c)"

files=$(wc -l "${headers[@]}" "${bodies[@]}" tests/unit/*.c bench/*.c | grep -v ' total$' | sort -n)
judge file_lines "$(echo "$files" | tail -n 1 | awk '{ print $1 }')" "$(echo "$files" | awk -v m="$(limit file_lines)" '$1 > m')"
mains=$(wc -l indexer/main.c searcher/main.c | grep -v ' total$' | sort -n)
judge main_lines "$(echo "$mains" | tail -n 1 | awk '{ print $1 }')" "$mains"

# Lines with a comment and lines with code of every file, blank lines and lone braces left out: "FILE comments code".
densities=$(awk '
	FNR == 1 { inside = 0; file[++files] = FILENAME }
	{
		line = $0; gsub(/\\./, "", line); gsub(/"[^"]*"/, "s", line)
		has = inside
		if (inside && line ~ /\*\//) { sub(/.*\*\//, "", line); inside = 0 } else if (inside) line = ""
		if (gsub(/\/\*([^*]|\*[^\/])*\*\//, "", line)) has = 1
		if (sub(/\/\/.*/, "", line)) has = 1
		if (line ~ /\/\*/) { has = 1; inside = 1; sub(/\/\*.*/, "", line) }
		gsub(/[ \t]/, "", line)
		if (has) comments[FILENAME]++
		if (line != "" && line !~ /^[{}]+;?$/) code[FILENAME]++
	}
	END { for (i = 1; i <= files; i++) print file[i], comments[file[i]] + 0, code[file[i]] + 0 }' "${headers[@]}" "${bodies[@]}")
# density FOLDER ENDING: comments for a line of code in all files there.
density() {
	awk -v like="^$1/[^/]*[.]($2)\$" '$1 ~ like { comments += $2; code += $3 } END { printf "%.2f", code ? comments / code : 0 }' <<<"$densities"
}
# densest FOLDER ORDER: its dozen bodies with the least (n) or the most (nr) comments.
densest() {
	awk -v like="^$1/[^/]*[.]cc?\$" '$1 ~ like && $3 { printf "%s=%.2f\n", $1, $2 / $3 }' <<<"$densities" |
		sort -t = -k "2$2" | head -n 12 | tr '\n' ' '
}
for layer in base law store; do
	judge headers_least "$(density include/$layer h)" "headers of $layer explain too little"
done
for layer in $layers; do
	folder=lib/$layer
	[ -d $folder ] || folder=$layer
	figure=$(density $folder 'cc?')
	judge bodies_least "$figure" "bodies of $layer say too little of why: $(densest $folder n)"
	judge bodies_most "$figure" "bodies of $layer say too much: $(densest $folder nr)"
done

# Symbols in writable sections of our objects. What a signal handler sets has to be one: it is listed by name.
allowed='^stop_signal$'
globals=$(find "$build/CMakeFiles" -path '*/tests/*' -prune -o -name '*.o' ! -path '*/bench/*' -print0 |
	xargs -0 nm -A -f sysv 2>/dev/null | tr -d ' ' | awk -F '|' -v ok="$allowed" '
		($4 == "OBJECT" || $4 == "TLS") && $7 ~ /^(\.t?data|\.t?bss|\.data\.rel(\.local)?|\*COM\*)/ && $7 !~ /\.ro/ {
			name = $1
			sub(/.*:/, "", name)
			if (name !~ /^(__|DW\.|\.L)/ && name !~ ok) { sub(/.*\//, "", $1); print $1 " in " $7 }
		}' | sort -u)
judge mutable_globals "$(printf '%s' "$globals" | grep -c .)" "$globals"
exit $trouble
