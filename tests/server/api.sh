#!/usr/bin/env bash
# Every route of the API: the bytes are those of the command line; refusals have their codes.
set -u
. "$2/tests/server/common.bash"
index_corpus "$t/ix"
printf '%032d' 7 >"$t/key"
chmod 600 "$t/key"
start_tcp

untimed() { sed 's/"took_ms":[0-9.]*/"took_ms":0/'; }
same() { # NAME: $t/a against $t/b
	cmp -s "$t/a" "$t/b" || { bad "$1 differs from the command line"; diff "$t/a" "$t/b" | head -n 4 | cut -c 1-300; }
}
search() { # QUERY-STRING COMMAND-LINE-ARG...
	get "/v1/search?$1" | untimed >"$t/a"
	"$pincite" search -d "$t/ix" --format=json "${@:2}" | untimed >"$t/b"
	[ -s "$t/a" ] || bad "$1: empty"
	same "search $1"
}
search q=insurer+report 'insurer report'
search 'q=%22inquiry+file%22+AND+overruled&n=3&by=passage' -n 3 --by=passage '"inquiry file" AND overruled'
search 'q=harbor&sort=date&facets=kind,year&explain=1' --sort=date --facets=kind,year --explain harbor
search 'q=harbor&kind=opinion&after=2000&before=2020&offset=1&limit=2' --kind=opinion --after=2000 --before=2020 --offset=1 -n 2 harbor
search 'q=harbor&count=1&jurisdiction=us-fk&code=rsf' --count --jurisdiction=us-fk --code=rsf harbor
search 'q=record+%2Fs+closed&dialect=westlaw' --dialect=westlaw 'record /s closed'
search 'q=42+U.S.C.+1983' '42 U.S.C. 1983'

get /v1/stats >"$t/a"; "$pincite" stats -d "$t/ix" --format=json >"$t/b"; same stats
get '/v1/show?q=/us-fk/rsf/s14.030/2&outline=1&repairs=1&copies=1&original=1' >"$t/a"
"$pincite" show -d "$t/ix" --format=json --outline --repairs --copies --original /us-fk/rsf/s14.030/2 >"$t/b"; same show
cite() { # CITATION LIMIT
	get /v1/cite --get --data-urlencode "q=$1" --data "limit=$2" >"$t/a"
	"$pincite" cite -d "$t/ix" --format=json -n "$2" "$1" >"$t/b"
	[ -s "$t/a" ] || bad "cite $1: empty"
	same "cite $1"
}
cite /us-fk/rsf/s14.030 50
cite /us-fk/rsf/s14.030 1
cite '42 U.S.C. 1983' 10
cite '410 U.S. 113, 153' 10
for prefix in 'Frk. Rev. Stat. 14.0' 'harbor fre' zzzz; do
	get /v1/suggest --get --data-urlencode "q=$prefix" --data limit=5 >"$t/a"
	"$pincite" suggest -d "$t/ix" --format=json -n 5 "$prefix" >"$t/b"
	[ -s "$t/a" ] || bad "suggest $prefix: empty"
	same "suggest $prefix"
done
for file in "$src"/corpus/texts/*/*.txt; do
	get /v1/extract --data-binary @"$file" -H 'Content-Type: text/plain' >"$t/a"
	"$pincite" extract "$file" >"$t/b"
	same "extract ${file##*/}"
done
get '/v1/extract?plain=1' --data-binary 'See 42 U.S.C. § 1983.' >"$t/a"
echo -n 'See 42 U.S.C. § 1983.' | "$pincite" extract --plain - >"$t/b"; same 'extract plain'

# The description is the one in docs/, and each of its routes and parameters works.
get /openapi.json >"$t/a"; cp "$src/docs/openapi.json" "$t/b"; same openapi.json
python3 - "$t/a" >"$t/routes" <<'P' || bad "openapi.json does not parse"
import json, sys
for path, methods in json.load(open(sys.argv[1]))["paths"].items():
    for method, o in methods.items():
        print(path, method, *[p["name"] for p in o["parameters"]])
P
value() { # PARAMETER PATH
	case $1 in
	q) [[ $2 = /v1/show || $2 = /v1/cite || $2 = /v1/authorities ]] && echo /us-fk/rsf/s14.030 || echo harbor ;;
	n | limit | offset) echo 1 ;; by) echo passage ;; sort) echo date ;; dialect) echo plain ;; court) echo ca1 ;; kind) echo statute ;;
	jurisdiction) echo us-fk ;; code) echo rsf ;; year) echo 2018 ;; after | before) echo 2001-02-03 ;; cites) echo /us-fk/rsf/s14.030 ;;
	toa) echo 1 ;; facets) echo kind ;; timeout_ms) echo 1000 ;; cursor) get '/v1/search?q=harbor&limit=1' | sed 's/.*"next":"\([^"]*\)".*/\1/' ;;
	*) echo 1 ;;
	esac
}
while read -r path method names; do
	post=()
	[ "$method" = post ] && post=(--data-binary 'See 42 U.S.C. § 1983.')
	base=
	case " $names " in *' q '*) base="q=$(value q "$path")&" ;; esac
	is "$method $path" "$(code "$path?$base" "${post[@]}")" 200
	for name in $names; do
		[ "$name" = q ] || is "$path $name" "$(code "$path?$base$name=$(value "$name" "$path")" "${post[@]}")" 200
	done
done <"$t/routes"
[ "$(wc -l <"$t/routes")" -ge 8 ] || bad "too few routes in openapi.json"

# Refusals: problem+json with a stable code.
problem() { # STATUS CODE PATH CURL-OPTION...
	local got
	got=$(get "$3" "${@:4}" -w '\n%{http_code} %{content_type}' | sed -n 's/.*"code":"\([^"]*\)".*/\1/p; $p' | tr '\n' ' ')
	is "${3:0:60} ${*:4:2}" "$got" "$2 $1 application/problem+json"
}
problem 400 unknown_parameter '/v1/search?q=a&nonsense=1'
problem 400 unknown_parameter '/v1/search?q=a&q=b'
problem 400 missing_parameter '/v1/search'
problem 400 bad_parameter '/v1/search?q=harbor&n=0x10'
problem 400 bad_parameter '/v1/search?q=harbor&offset=-1'
problem 400 bad_parameter '/v1/search?q=harbor&limit=1000000000'
problem 400 bad_parameter '/v1/search?q=harbor&limit='
problem 400 bad_parameter '/v1/search?q=harbor&sort=nonsense'
problem 400 bad_parameter '/v1/search?q=%ff'
problem 400 bad_parameter '/v1/search?q=harbor&timeout_ms=1'
problem 400 bad_query '/v1/search?q=%22open'
problem 400 bad_query '/v1/search?q=harbor&cursor=1-2-3'
problem 400 query_too_long "/v1/search?q=$(printf 'a%.0s' {1..2100})"
problem 400 bad_query '/v1/show?q=nonsense'
problem 400 bad_query '/v1/cite?q=nonsense'
problem 400 bad_parameter '/v1/cite?q=/us-fk/rsf/s14.030&limit=0'
problem 404 not_found '/v1/show?q=/us/usc/t99/s9999'
problem 404 no_such_path /v2/search
problem 404 no_such_path /../../etc/passwd --path-as-is
problem 405 method_not_allowed /v1/search?q=a -X POST
problem 405 method_not_allowed /v1/extract
problem 405 method_not_allowed /v1/stats -X DELETE
problem 413 body_too_large /v1/extract -X POST -H 'Expect:' -H 'Content-Length: 99999999'
problem 414 uri_too_long "/v1/search?q=$(printf 'a%.0s' {1..9000})"
problem 431 header_too_large /v1/stats -H "X: $(printf 'a%.0s' {1..17000})"
# Whoever reads HTML gets every refusal as a page.
shown() { # STATUS PATH CURL-OPTION...
	is "$2 in a browser" "$(get "$2" -H 'Accept: text/html,*/*;q=0.8' "${@:3}" -w '\n%{http_code} %{content_type}' | sed -n 's/.*<h1>.*/page/p; $p' | tr '\n' ' ')" "page $1 text/html; charset=utf-8"
}
shown 400 '/v1/search?q=a&nonsense=1'
shown 400 '/?q=harbor&n=x'
shown 404 /nonsense
shown 405 / -X POST
is 'a foreign Host in a browser' "$(curl -s -H 'Accept: text/html' -H 'Host: evil.example' -o /dev/null -w '%{http_code} %{content_type}' "http://127.0.0.1:$port/")" '421 text/html; charset=utf-8'
get /v1/extract -o /dev/null -D "$t/head"; grep -qi '^Allow: POST' "$t/head" || bad "405 without Allow"

# Validators, compression, HEAD.
get '/v1/search?q=harbor' -D "$t/head" -o /dev/null
etag=$(sed -n 's/^ETag: \([^\r]*\).*/\1/p' "$t/head")
[ -n "$etag" ] || bad "no ETag"
is 'ETag' "$(code '/v1/search?q=harbor' -H "If-None-Match: $etag")" 304
is 'another ETag' "$(code '/v1/search?q=harbor' -H 'If-None-Match: "other"')" 200
is 'ETag in a list' "$(code '/v1/search?q=harbor' -H "If-None-Match: \"other\", $etag")" 304
is 'ETag of another path' "$(code '/v1/search?q=record' -H "If-None-Match: $etag")" 200
is 'ETag and an unknown parameter' "$(code '/v1/search?q=harbor&x=1' -H "If-None-Match: $etag")" 400
get /app.css -H 'Accept-Encoding: gzip' -D "$t/head" | gzip -dc | cmp - "$src/web/app.css" || bad "the style is not the one in web/"
is 'ETag of the style' "$(code /app.css -H "If-None-Match: $(sed -n 's/^ETag: \([^\r]*\).*/\1/p' "$t/head")")" 304
get '/v1/search?q=harbor' | untimed >"$t/a"
get '/v1/search?q=harbor' -H 'Accept-Encoding: gzip' -D "$t/head" -o "$t/gz"
grep -qi '^Content-Encoding: gzip' "$t/head" || bad "not compressed"
gzip -dc "$t/gz" | untimed >"$t/b"; same gzip
[ "$(wc -c <"$t/gz")" -lt "$(wc -c <"$t/a")" ] || bad "gzip does not make it smaller"
get '/v1/search?q=harbor' -H 'Accept-Encoding: gzip;q=0' -D "$t/head" -o /dev/null
grep -qi '^Content-Encoding' "$t/head" && bad "compressed although refused"
get '/v1/stats' -I >"$t/head"; grep -q '^HTTP/1.1 200' "$t/head" || bad "HEAD"
grep -qi "^Content-Length: $(get /v1/stats | wc -c)" "$t/head" || bad "HEAD says another length than GET"
for field in 'X-Content-Type-Options: nosniff' 'Referrer-Policy: no-referrer' 'X-Request-Id: [0-9]' "Date: $(LC_ALL=C date -u '+%a, %d %b %Y') [0-9:]* GMT"; do
	grep -qi "^$field" "$t/head" || bad "no $field"
done
get / -D "$t/head" -o /dev/null
grep -q "^Content-Security-Policy: default-src 'none'; script-src 'self'" "$t/head" || bad "no content security policy"

# Pages of one hit to the end: each document once, as many as the total.
next= n=0
: >"$t/seen"
while :; do
	get "/v1/search?q=harbor&limit=3${next:+&cursor=$next}" >"$t/page"
	grep -o '"rank":[0-9]*,"score":[^,]*,"address":"[^"]*"' "$t/page" | sed 's/.*"address"://' >>"$t/seen"
	next=$(sed -n 's/.*"next":"\([^"]*\)".*/\1/p' "$t/page")
	n=$((n + 1))
	[ -n "$next" ] && [ $n -lt 100 ] || break
done
is 'documents paged' "$(sort -u "$t/seen" | wc -l)" "$(sed 's/.*"total":{"value":\([0-9]*\).*/\1/' "$t/page")"
is 'documents twice' "$(sort "$t/seen" | uniq -d | wc -l)" 0

# Links of citations: an address, its tail, a citation of a subdivision, a page inside a case.
leads() { # PATH TO
	is "/c/$1" "$(get "/c/$1" -o /dev/null -w '%{http_code} %{redirect_url}')" "302 http://localhost/d$2"
}
leads 'Frk.%20Rev.%20Stat.%20%C2%A7%2014.030.2(1)' '/us-fk/rsf/s14.030#2/1'
leads 'Frk.%20Harb.%20Code%20%C2%A7%20303(a)(1)' '/us-fk/harb/s303#a/1'
leads 'section%2014.030,%20RSF' /us-fk/rsf/s14.030
leads 214%20Frk.%20331 /case/frk/214/331
leads 214%20Frk.%20335 /case/frk/214/331
leads frk/214/331 /case/frk/214/331
leads case/frk-app/88/12 /case/frk-app/88/12
for path in /c/42%20U.S.C.%201983 /c/us/usc/t42/s1983 /c/nonsense /c/; do
	is "$path" "$(code "$path")" 404
done
is '/c/ address' "$(get /c/us-fk/rsf/s14.030/2/1 -o /dev/null -w '%{http_code} %{redirect_url}')" '302 http://localhost/d/us-fk/rsf/s14.030#2/1'
is '/c/ unknown' "$(code '/c/99%20U.S.C.%20123456')" 404

# The reading view has what cites a subdivision, with its sentence, and nothing that only cites a range about it.
get /d/us-fk/rsf/s14.030 >"$t/a"
grep -q '<details class=cited><summary>Cited [0-9]* time' "$t/a" || bad "no citing sentences in the reading view"
grep -q 'As used in sections 14.010 to 14.110' "$t/a" && bad "a range cites a subdivision"

# Host, health, metrics.
is 'Host' "$(curl -s -o /dev/null -w '%{http_code}' -H 'Host: evil.example' "http://127.0.0.1:$port/v1/stats")" 421
is 'Host localhost' "$(curl -s -o /dev/null -w '%{http_code}' "http://localhost:$port/v1/stats")" 200
get /readyz | grep -q '^ready generation=2' || bad "readyz"
get /metrics | grep -q '^pincite_answers_total{class="4xx"} [1-9]' || bad "metrics"
grep -q insurer "$t/log" && bad "query text in the log"
stop
[ "$status" = 0 ] || bad "status $status"

# A key: needed for everything but /healthz; a bad one is refused, too many are 429.
start --key-file="$t/key" --log
is 'no key' "$(code /v1/stats)" 401
is 'wrong key' "$(code /v1/stats -H 'Authorization: Bearer nonsense')" 401
is 'key' "$(code /v1/stats -H "Authorization: Bearer $(cat "$t/key")")" 200
is 'healthz' "$(code /healthz)" 200
# One connection, so that a busy machine does not spread them over the seconds that are counted.
curl -s --unix-socket "$t/s.sock" -w '%{http_code}\n' -o /dev/null 'http://localhost/v1/stats?x=[1-300]' | grep -q 429 || bad "wrong keys are never too many"
get '/v1/search?q=secretword' -H "Authorization: Bearer $(cat "$t/key")" >/dev/null
grep -q 'route=search status=200' "$t/log" || bad "no line in the log"
grep -q secretword "$t/log" && bad "query text in the log"
stop
refused() { # STATUS ARG...
	local got=0
	timeout 10 "$pincite" serve -d "$t/ix" "${@:2}" 2>"$t/err" || got=$?
	is "serve ${*:2}" "$got" "$1"
}
refused 2 --listen=0.0.0.0:0
refused 2 --listen=nonsense
chmod 644 "$t/key"; refused 77 --key-file="$t/key"
echo short >"$t/short"; chmod 600 "$t/short"; refused 2 --key-file="$t/short"
start
finish
