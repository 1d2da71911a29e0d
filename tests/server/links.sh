#!/usr/bin/env bash
# Links of citations lead to the text: federal sections and subdivisions, cases, pages inside of them; a redirect, then the passage itself.
set -u
. "$2/tests/server/common.bash"
mkdir "$t/in"
cat >"$t/in/usc42.txt" <<'E'
-CITE-
    42 USC Sec. 1983                                            01/15/2013

-EXPCITE-
    TITLE 42 - THE PUBLIC HEALTH AND WELFARE
    CHAPTER 21 - CIVIL RIGHTS

-HEAD-
    Sec. 1983. Civil action for deprivation of rights

-STATUTE-
      Every person who, under color of any statute, subjects any citizen to
    the deprivation of any rights shall be liable to the party injured.

-CITE-
    42 USC Sec. 1988                                            01/15/2013

-EXPCITE-
    TITLE 42 - THE PUBLIC HEALTH AND WELFARE
    CHAPTER 21 - CIVIL RIGHTS

-HEAD-
    Sec. 1988. Proceedings in vindication of civil rights

-STATUTE-
    (a) Applicability of statutory and common law
      The jurisdiction in civil matters shall be exercised in conformity with law.
    (b) Attorney's fees
      In any action to enforce section 1983 of this title the court may allow a fee.
E
cat >"$t/in/doe.txt" <<'E'
SUPREME COURT OF THE UNITED STATES

DOE v. ROAN

410 U.S. 113

No. 70-18

Decided January 22, 1973

Mr. Justice Quill delivered the opinion of the Court.

The appellant sued under 42 U.S.C. § 1983.

*114 The question is one of standing. *115 We affirm.
E
cat >"$t/in/later.txt" <<'E'
SUPREME COURT OF THE UNITED STATES

POE v. HOLT

415 U.S. 200

No. 72-9

Decided March 4, 1974

Mr. Justice Quill delivered the opinion of the Court.

Standing is a question for the court. Doe v. Roan, 410 U.S. 113, 115 (1973). See 42 U.S.C. § 1988(b).
E
"$pincite" index -d "$t/ix" "$t/in" 2>"$t/index.log" || { cat "$t/index.log"; exit 1; }
start
leads() { # TO CITATION : path encoded as a browser would
	local path
	path=$(printf '%s' "$2" | sed 's/ /%20/g; s/§/%C2%A7/g')
	is "/c/$2" "$(get "/c/$path" -o /dev/null -w '%{http_code} %{redirect_url}')" "302 http://localhost/d$1"
	get "/c/$path" -L -o "$t/page" # what stands behind it
	local id=${1#*#}
	[ "$id" = "$1" ] || grep -q "id=\"$id\"" "$t/page" || bad "/c/$2 leads to no place of its page"
	grep -q '<div class=law>' "$t/page" || bad "/c/$2 leads to no text"
}
leads /us/usc/t42/s1983 '42 U.S.C. 1983'
leads /us/usc/t42/s1983 '42 U.S.C. § 1983'
leads /us/usc/t42/s1983 '42 USC 1983'
leads /us/usc/t42/s1983 us/usc/t42/s1983
leads '/us/usc/t42/s1988#b' '42 U.S.C. § 1988(b)'
leads '/us/usc/t42/s1988#b' us/usc/t42/s1988/b
leads /case/us/410/113 '410 U.S. 113'
leads /case/us/410/113 us/410/113
leads /case/us/410/113 'Doe v. Roan, 410 U.S. 113 (1973)'
leads '/case/us/410/113#p115' '410 U.S. 113, 115'
leads '/case/us/410/113#p114' '410 U.S. 114'
leads /case/us/410/113 '410 U.S. 113, 150'
for path in 18%20U.S.C.%201 999%20U.S.%201 us/410/9999 'nothing%20at%20all'; do
	is "/c/$path" "$(code "/c/$path")" 404
done
# A citation inside a text leads to the page that it pinpoints, a section's to its subdivision.
get /d/case/us/415/200 >"$t/page"
grep -q 'href="/c/case/us/410/113/p115"' "$t/page" || bad "the pinpoint is not in the link: $(grep -o 'href="/c[^"]*"' "$t/page" | tr '\n' ' ')"
is 'the pinpoint' "$(get /c/case/us/410/113/p115 -o /dev/null -w '%{redirect_url}')" 'http://localhost/d/case/us/410/113#p115'
is 'a pinpoint without a mark' "$(code /c/case/us/410/113/p999)" 302
grep -q 'href="/c/us/usc/t42/s1988/b"' "$t/page" || bad "the subdivision is not in the link"
finish
