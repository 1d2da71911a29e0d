#!/usr/bin/env bash
# A document whose every field is an attack stays text: in pages, in JSON, in headers.
set -u
. "$2/tests/server/common.bash"
mkdir "$t/in"
name=$(printf 'x"><img src=x onerror=alert(1)>.jsonl')
python3 - "$t/in/$name" <<'P'
import json, sys
evil = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\u2028\u202e\u0000\u0007'\"><svg/onload=alert(3)> javascript:alert(4)"
with open(sys.argv[1], "w", encoding="utf-8") as f:
    for i in range(3):
        f.write(json.dumps({"text": f"Section {i}. lighthouse {evil}\n\n1. First {evil}\n\n2. See 42 U.S.C. § 1983{evil}.", "heading": evil, "number": f"9.{i}" + evil,
                            "court": evil, "date": evil, "docket": evil, "judge": evil, "url": "javascript:alert(5)", "cite": evil, "id": evil}) + "\n")
    f.write(json.dumps({"text": "9.7. lighthouse. —1. One.", "heading": "行政文書" * 60, "number": "9.7"}) + "\n") # no space to cut at
P
"$pincite" index -d "$t/ix" --map=text=.text,title=.heading,number=.number,court=.court,date=.date,docket=.docket,judge=.judge,url=.url,cite=.cite,id=.id \
	--set=jurisdiction=us-fk,code=rsf,kind=statute "$t/in" 2>"$t/index.log" || { cat "$t/index.log"; exit 1; }
start
text_only() { # WHAT FILE : no tag of the attack's, no attribute of the attack's, no direction override
	[ -s "$2" ] || bad "$1 is empty"
	grep -Eqi '<img|<svg|<script>|href="?javascript|"[^"=<>]*" on[a-z]+=' "$2" && bad "$1 has markup of the document"
	grep -q $'\xe2\x80\xae' "$2" && bad "$1 has a direction override"
	grep -qP '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]' "$2" && bad "$1 has control bytes"
}
get '/v1/search?q=lighthouse' >"$t/json"
grep -q '[<>&]' "$t/json" && bad "JSON has < > or & as they are"
grep -q $'\xe2\x80\xa8' "$t/json" && bad "JSON has U+2028 as it is"
python3 -c 'import json,sys; assert json.load(open(sys.argv[1]))["total"]["value"] >= 1' "$t/json" || bad "the attack is not found, or no JSON"
get '/?q=lighthouse' >"$t/page"
text_only 'page of hits' "$t/page"
grep -q '&lt;' "$t/page" || bad "the attack is not in the page at all"
grep -o 'href="/d/[^"#?]*' "$t/page" | sed 's/href="//' | sort -u >"$t/links"
[ -s "$t/links" ] || bad "no links to documents"
while read -r link; do
	for view in '' '?view=original' '?view=repairs' '?q=%3Cimg%20src=x%20onerror=alert(1)%3E'; do
		is "$link$view" "$(get "$link$view" -o "$t/page" -w '%{http_code}' --path-as-is)" 200
		text_only "$link$view" "$t/page"
	done
done <"$t/links"
for path in '/?q=%3Cscript%3Ealert(1)%3C/script%3E' '/?q=%22%3E%3Csvg%20onload=alert(1)%3E' '/d/%3Cimg%20src=x%3E' '/c/%3Cimg%20src=x%3E' \
	'/?q=lighthouse&sort=%3Cimg%20src=x%3E' '/?q=%22open' '/d/%E2%80%AEevil' '/?q=lighthouse&court=%22onfocus=alert(1)%20'; do
	get "$path" >"$t/page"
	text_only "$path" "$t/page"
done
get '/?q=9.7+lighthouse' | grep -q '>行政文書' || bad "a title without spaces is cut to nothing"
# What is sent comes back as text: a brief with its file name, what is asked for.
evil='<img src=x onerror=alert(1)></textarea><script>alert(2)</script>"><svg onload=alert(3)> v. <b>Roe</b>, 410 U.S. 113 (1973) "<i>quoted words of it</i>"'
printf '%s' "$evil" >"$t/<svg onload=alert(1)>.txt"
get /brief --form-string "text=$evil" >"$t/page"; text_only 'a brief' "$t/page"; grep -q '&lt;b&gt;Roe' "$t/page" || bad "the brief is not shown"
get /brief -F "file=@$t/<svg onload=alert(1)>.txt" >"$t/page"; text_only 'a brief as a file' "$t/page"
get /brief --data-urlencode "text=$evil" >"$t/page"; text_only 'a brief of a plain form' "$t/page"
for path in /authorities / /brief; do
	get "$path" --get --data-urlencode "q=$evil" >"$t/page"; text_only "$path" "$t/page"
done
for path in /v1/extract /v1/verify; do
	get "$path" --data-binary "$evil" >"$t/json"; grep -q '[<>&]' "$t/json" && bad "$path has < > or & as they are"
done
for path in /v1/search /v1/suggest /v1/cite /v1/show /v1/authorities; do
	get "$path" --get --data-urlencode "q=\"$evil" >"$t/json"; grep -q '[<>&]' "$t/json" && bad "$path has < > or & as they are"
done
get '/v1/search?q=a&%3Cscript%3E=1' | grep -q '[<>]' && bad "the name of a parameter is not escaped"
get '/c/x%0d%0aSet-Cookie:%20a=b' -D "$t/head" -o /dev/null
grep -qi '^Set-Cookie' "$t/head" && bad "a header of the attacker's"
# A browser gets errors as pages, a program as problem+json.
for path in '/%3Cscript%3Ealert(1)' '/?q=lighthouse&n=%3Cimg%20src=x%3E' '/d/%3Cimg%20src=x%3E'; do
	get "$path" -H 'Accept: text/html,*/*' -D "$t/head" >"$t/page"
	grep -qi '^Content-Type: text/html' "$t/head" || bad "$path: no page for a browser: $(head -n 1 "$t/head")"
	grep -qi "^Content-Security-Policy: default-src 'none'" "$t/head" || bad "$path: no content security policy"
	grep -q '<h1>' "$t/page" || bad "$path: no page"
	text_only "$path as a page" "$t/page"
done
# Neither the page's script nor anything else makes HTML of a string.
grep -nE 'innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function' "$src"/web/* && bad "a sink for HTML in web/"
bytes=$(cat "$src"/web/*.css "$src"/web/*.js "$src"/web/*.svg | wc -c)
[ "$bytes" -lt 100000 ] || bad "the page's files have $bytes bytes"
finish
