#!/usr/bin/env bash
# The brief checker and tables of authorities: the API's bytes are the command line's; the pages work as plain forms.
set -u
. "$2/tests/server/common.bash"
index_corpus "$t/ix"
start --log
cat >"$t/brief.txt" <<'B'
The record must be opened. Mudflat Preservation League v. Port of Larkspur, 150 Frk. 88, 91 (Frk. 1987).
Gull Rock v. Port of Larkspur, 150 Frk. 88 (Frk. 1988), holds that "no words of this kind are anywhere". Id. at 290.
See also Frk. Rev. Stat. § 14.030.2(1); Frk. Rev. Stat. § 14.030.99; 42 U.S.C. § 1983; Roe v. Wade, 410 U.S. 113, 153 (1973).
<script>alert("brief")</script> and Doe v. <img src=x onerror=alert(1)>, 12 Frk. 34 (Frk. 1950).
B
same() { cmp -s "$t/a" "$t/b" || { bad "$1 differs from the command line"; diff "$t/a" "$t/b" | head -n 4 | cut -c 1-300; }; }
for toa in '' '?toa=1'; do
	get "/v1/verify$toa" --data-binary @"$t/brief.txt" -H 'Content-Type: text/plain' >"$t/a"
	"$pincite" verify -d "$t/ix" ${toa:+--toa} --format=json "$t/brief.txt" >"$t/b"
	[ -s "$t/a" ] || bad "verify: empty"
	same "verify $toa"
done
: | get /v1/verify --data-binary @- >"$t/a"
: | "$pincite" verify -d "$t/ix" --format=json - >"$t/b"; same 'verify of nothing'
for document in '214 Frk. 331' /us-fk/rsf/s14.030 '150 Frk. 90'; do
	get /v1/authorities --get --data-urlencode "q=$document" >"$t/a"
	"$pincite" authorities -d "$t/ix" --format=json "$document" >"$t/b"
	[ -s "$t/a" ] || bad "authorities of $document: empty"
	same "authorities of $document"
done
is 'verify by GET' "$(code /v1/verify)" 405
is 'authorities by POST' "$(code /v1/authorities --data-binary x)" 405
is 'authorities of what is not here' "$(code '/v1/authorities?q=/us/usc/t99/s9')" 404
is 'authorities of nonsense' "$(code '/v1/authorities?q=nonsense')" 400
is 'body too large' "$(code /v1/verify -X POST -H 'Expect:' -H 'Content-Length: 1048577')" 413

# The page: a form with GET; the same findings whatever way the text comes.
get /brief >"$t/page"
grep -q '<form [^>]*action=/brief method=post enctype=multipart/form-data>' "$t/page" || bad "no form"
page() { # WHAT CURL-OPTION...
	get /brief -D "$t/head" "${@:2}" >"$t/page"
	grep -q '^HTTP/1.1 200' "$t/head" || bad "$1: $(head -n 1 "$t/head")"
	grep -qi "^Content-Security-Policy: default-src 'none'" "$t/head" || bad "$1: no content security policy"
	grep -qi '^Cache-Control: no-store' "$t/head" || bad "$1: may be stored"
	grep -o '<strong class=[a-z]*>[^<]*</strong>' "$t/page" >"$t/verdicts.$1"
	cmp -s "$t/verdicts.text" "$t/verdicts.$1" || bad "$1: other findings than as text"
	grep -Eqi '<img|<script>' "$t/page" && bad "$1: markup of the brief in the page"
}
page text -F "text=<$t/brief.txt"
is findings "$(wc -l <"$t/verdicts.text")" "$("$pincite" verify -d "$t/ix" --format=json "$t/brief.txt" | grep -o '"verdict"' | wc -l)"
for word in Found Differs 'Not in the corpus'; do grep -q ">$word<" "$t/verdicts.text" || bad "nothing is '$word'"; done
says() { sed 's/<[^>]*>//g' "$t/page" | grep -qF "$1" || bad "the page does not say: $1"; }
says 'the brief has Gull Rock v. Port of Larkspur, the corpus MUDFLAT PRESERVATION LEAGUE v. PORT OF LARKSPUR'
says 'the brief has 1988, the corpus 1987'
says 'no words of this kind are anywhere is not in the text cited'
grep -q '<h2 id=toa>Table of authorities' "$t/page" || bad "no table of authorities of the brief"
grep -q 'href="/c/us-fk/rsf/s14.030/2/1"' "$t/page" || bad "no link to the section found"
page file -F "file=@$t/brief.txt"
page both -F "text=nothing" -F "file=@$t/brief.txt;type=application/octet-stream"
page encoded --data-urlencode "text@$t/brief.txt"
is 'no text' "$(code /brief -F text=)" 400
is 'no form' "$(code /brief --data-binary 'x' -H 'Content-Type: text/plain')" 400
is 'a broken form' "$(code /brief --data-binary 'x' -H 'Content-Type: multipart/form-data; boundary=b')" 400
printf 'PK\003\004\000\000' >"$t/brief.docx"
is 'a word processor file' "$(code /brief -F "file=@$t/brief.docx")" 400
is 'a form too large' "$(code /brief -X POST -H 'Expect:' -H 'Content-Length: 1048577')" 413
page() { get "/authorities?q=$1" >"$t/page"; }
page 214+Frk.+331
grep -q '<ul class=toa>' "$t/page" || bad "no table"
is 'authorities listed' "$(grep -c 'class=authority' "$t/page")" "$("$pincite" authorities -d "$t/ix" --format=json '214 Frk. 331' | grep -o '"mentions"' | wc -l)"
is 'its form' "$(code /authorities)" 200
is 'page of nonsense' "$(code '/authorities?q=nonsense')" 400
is 'page of what is not here' "$(code '/authorities?q=999+U.S.+999')" 404

# A brief of citations alone: answered, and in time.
for ((i = 0; i < 8000; i++)); do echo "$((i % 900 + 1)) U.S. $((i / 900 * 37 + 1));"; done >"$t/long"
is 'a long brief' "$(code '/v1/verify?timeout_ms=5000' --data-binary @"$t/long")" 200
is 'a long brief in the page' "$(code '/brief' -F "file=@$t/long")" 200
# Nothing of any of it is in the log.
grep -Eq 'Mudflat|Gull|larkspur|150 Frk' "$t/log" && bad "the brief is in the log"
grep -q 'route=verify status=200' "$t/log" || bad "no line in the log"
finish
