#!/usr/bin/env bash
# A brief over corpus/ with 30 planted mistakes between statements that are right: each is found, and none besides.
# One paragraph a row: what is wrong with it, a bar, the text; "right" has nothing wrong.
set -eu
bin=$1/bin src=$2
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
export PINCITE_INDEX=$tmp/index
"$bin/pincite" index "$src/corpus" >/dev/null 2>&1
cat >"$tmp/rows" <<'ROWS'
right|The question has been settled. Mudflat Preservation League v. Port of Larkspur, 150 Frk. 88 (1987).
name|The penalty is civil. Mudflat Conservation League v. Port of Larkspur, 150 Frk. 88 (1987).
year|The penalty is civil. Mudflat Preservation League v. Port of Larkspur, 150 Frk. 88 (1986).
right|Silence is consent. Harbor Freight Coop. v. Dep't of Tides, 214 Frk. 331, 335 (2011).
name|Silence is consent. Harbor Fright Coop. v. Dep't of Tides, 214 Frk. 331, 335 (2011).
name|Silence is consent. Harbor Freight Coop. v. Dep't of Rivers, 214 Frk. 331, 335 (2011).
year|Silence is consent. Harbor Freight Coop. v. Dep't of Tides, 214 Frk. 331, 335 (2012).
court|Silence is consent. Harbor Freight Coop. v. Dep't of Tides, 214 Frk. 331, 335 (Frk. Ct. App. 2011).
page|Silence is consent. Harbor Freight Coop. v. Dep't of Tides, 214 Frk. 331, 330 (2011).
not in the corpus|Silence is consent. Harbor Freight Coop. v. Dep't of Tides, 241 Frk. 331 (2011).
page|Silence is consent. Harbor Freight Coop. v. Dep't of Tides, 214 Frk. 333 (2011).
right|"We can think of no plainer way to say it." Harbor Freight Coop. v. Dep't of Tides, 214 Frk. 331 (2011).
quotation|"We can think of no plainer way to put it." Harbor Freight Coop. v. Dep't of Tides, 214 Frk. 331 (2011).
quotation|"The question was a new one in this court, and the department's reading was not foolish." Harbor Freight Coop. v. Dep't of Tides, 214 Frk. 331 (2011).
right|"The question was a new one in this court, and the department's reading . . . was not foolish." Harbor Freight Coop. v. Dep't of Tides, 214 Frk. 331 (2011).
right|"[T]he port holds the inquiry into whether they were in place." Larkspur Ferry Co. v. Port of Larkspur, 219 Frk. 40, 42 (2015).
quotation|"[T]he port holds the inquiry into whether they were in place." Larkspur Ferry Co. v. Port of Larkspur, 219 Frk. 40, 41 (2015).
quotation|"We need not decide more." Larkspur Ferry Co. v. Port of Larkspur, 219 Frk. 40, 41-42 (2015).
right|"We need not decide more." Larkspur Ferry Co. v. Port of Larkspur, 219 Frk. 40, 43 (2015).
name|The rule was abandoned. Larkspur Ferry Co. v. City of Ternstone, 219 Frk. 40 (2015).
year|The rule was abandoned. Larkspur Ferry Co. v. Port of Larkspur, 219 Frk. 40 (2016).
court|The rule was abandoned. Larkspur Ferry Co. v. Port of Larkspur, 219 Frk. 40 (9th Cir. 2015).
page|The rule was abandoned. Larkspur Ferry Co. v. Port of Larkspur, 219 Frk. 40, 140 (2015).
right|The authority has twenty days. Frk. Rev. Stat. § 14.030.2(2).
page|The authority has twenty days. Frk. Rev. Stat. § 14.030.2(7).
page|The authority has twenty days. Frk. Rev. Stat. § 14.030.9.
not in the corpus|The authority has twenty days. Frk. Rev. Stat. § 14.930.2(2).
right|The statute has it: "Provide the records." Frk. Rev. Stat. § 14.030.2(2)(a).
right|The court may ask "[w]hether the same facts can be had from another source." Frk. Rev. Stat. § 14.030.3(3).
quotation|"Whether the same facts can be had from another source." Frk. Rev. Stat. § 14.030.3(2).
quotation|"The court may look at the file in private before it decides." Frk. Rev. Stat. § 14.030.4.
quotation|"[M]ay obtain, upon written request, a complete and unaltered incident report." Frk. Rev. Stat. § 14.030.2.
right|"[M]ay obtain, upon written request, a complete and unaltered incident report." Frk. Rev. Stat. § 14.030.1.
impossible|The standard is settled. Smith v. Jones, 602 F. Supp. 3d 97 (D. Mass. 2010).
impossible|Privacy is protected. Roe v. Wade, 410 U.S. 113 (1873).
not in the corpus|Privacy is protected. Roe v. Wade, 410 U.S. 113 (1973).
impossible|The rule is old. Somebody v. Another, 300 F.3d 12 (8th Cir. 1994).
not in the corpus|The rule is old. Somebody v. Another, 300 F.3d 12 (8th Cir. 2002).
name|Summary judgment was right. Wrong Name v. Catrett, 477 U.S. 317 (1986).
right|The word includes mutual associations. Beacon Press v. Harbor Police of Larkspur, 88 Frk. App. 12 (Frk. Ct. App. 2018).
name|The word includes mutual associations. Deacon Press v. Harbor Police of Larkspur, 88 Frk. App. 12 (Frk. Ct. App. 2018).
court|The word includes mutual associations. Beacon Press v. Harbor Police of Larkspur, 88 Frk. App. 12 (Frk. 2018).
year|The word includes mutual associations. Beacon Press v. Harbor Police of Larkspur, 88 Frk. App. 12 (Frk. Ct. App. 1918).
not in the corpus|The word includes mutual associations. Beacon Press v. Harbor Police of Larkspur, 89 Frk. App. 12 (Frk. Ct. App. 2018).
right|"We need not decide more." Mudflat Preservation League v. Port of Larkspur, 150 Frk. 88 (1987); Larkspur Ferry Co. v. Port of Larkspur, 219 Frk. 40, 43 (2015).
quotation|"We need not say one word." Mudflat Preservation League v. Port of Larkspur, 150 Frk. 88 (1987); Larkspur Ferry Co. v. Port of Larkspur, 219 Frk. 40, 43 (2015).
ROWS
cut -d'|' -f2- "$tmp/rows" | sed 'a\\' >"$tmp/brief"
status=0
"$bin/pincite" verify "$tmp/brief" >"$tmp/out" || status=$?
[ $status = 1 ] || { echo "status $status, wanted 1"; exit 1; }
# Per line of the brief what verify says is wrong, each once.
awk 'BEGIN { FS = ": " }
	/^[0-9]+: / { line = $1; if ($2 == "not in the corpus" || $2 == "impossible") say(line, $2) }
	/^    (name|year|court) differs/ { split($1, w, " "); say(line, w[1]) }
	/^    page (differs|outside)/ { say(line, "page") }
	/^    quotation / { say(line, "quotation") }
	function say(l, what) { if (index(seen[l], what) == 0) seen[l] = seen[l] (seen[l] ? "+" : "") what }
	END { for (l in seen) print l "|" seen[l] }' "$tmp/out" | sort -n >"$tmp/found"
awk -F'|' '$1 != "right" { print NR * 2 - 1 "|" $1 }' "$tmp/rows" | sort -n >"$tmp/want"
planted=$(wc -l <"$tmp/want")
[ "$planted" -ge 30 ] || { echo "only $planted mistakes are planted"; exit 1; }
# An absent case also shows by what others call it; that is evidence of the same mistake.
sed -i 's/not in the corpus+name/not in the corpus/' "$tmp/found"
diff "$tmp/want" "$tmp/found" >"$tmp/diff" || { echo "planted and found differ:"; cat "$tmp/diff" "$tmp/out"; exit 1; }
