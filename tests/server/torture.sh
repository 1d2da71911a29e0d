#!/usr/bin/env bash
# Bytes that are not HTTP as it is spoken here: each gets its status, and the connection is closed.
set -u
. "$2/tests/server/common.bash"
index_corpus "$t/ix"
start_tcp
n=0
# raw STATUS BYTES : BYTES as for printf's %b; STATUS 000: closed without an answer, or at once.
raw() {
	n=$((n + 1))
	exec 3<>"/dev/tcp/127.0.0.1/$port" || { bad "no connection"; return; }
	printf '%b' "$2" >&3 2>/dev/null
	local line=
	IFS= read -rt 10 line <&3 2>/dev/null
	line=${line:-HTTP/1.1 000}
	[ "${line:9:3}" = "$1" ] || bad "$(printf '%.70s' "$2"): ${line:0:40}, wanted $1"
	# A refusal ends the connection: what follows is the rest of the answer, then the end.
	[ "$1" = 200 ] || timeout 10 cat <&3 >/dev/null || bad "$(printf '%.70s' "$2"): still open"
	exec 3>&- 3<&-
}
ok='GET /v1/stats HTTP/1.1\r\nHost: localhost\r\n'
x=$(printf 'x%.0s' {1..9000})
raw 200 "$ok\r\n"
raw 200 "GET /v1/stats HTTP/1.0\r\nHost: localhost\r\n\r\n"
raw 200 "GET /v1/stats HTTP/1.1\r\nhOsT: LOCALHOST\r\n\r\n"
raw 200 "HEAD /v1/stats HTTP/1.1\r\nHost: localhost\r\n\r\n"
raw 200 "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc"
raw 200 "${ok}Content-Length: 0\r\n\r\n"
raw 400 "GET /v1/stats HTTP/1.1\r\n\r\n"
raw 400 "GET /v1/stats HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"
raw 400 "${ok}Content-Length: 5\r\n\r\nhello"
raw 400 "${ok}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
raw 400 "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc"
raw 400 "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: identity\r\n\r\n"
raw 400 "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc"
raw 400 "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc"
for length in -1 +3 0x3 3,3 '3 3' 99999999999999999999999 a ''; do
	raw 400 "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nContent-Length: $length\r\n\r\nabc"
done
raw 413 "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048577\r\n\r\n"
raw 400 "GET /v1/stats HTTP/1.1\nHost: localhost\n\n"
raw 400 "${ok}X: a\n\r\n"
raw 400 "${ok} folded\r\n\r\n"
raw 400 "${ok}X: a\r\n\tfolded\r\n\r\n"
raw 400 "${ok}X : a\r\n\r\n"
raw 400 "${ok}: a\r\n\r\n"
raw 400 "${ok}no colon\r\n\r\n"
raw 400 "${ok}X: a\x00b\r\n\r\n"
raw 400 "${ok}X: a\x01b\r\n\r\n"
raw 400 "${ok}X\x00Y: a\r\n\r\n"
raw 400 "${ok}X: a\rb\r\n\r\n"
raw 400 "G\x00T /v1/stats HTTP/1.1\r\nHost: localhost\r\n\r\n"
raw 400 "GET  /v1/stats HTTP/1.1\r\nHost: localhost\r\n\r\n"
raw 400 "GET /v1/stats  HTTP/1.1\r\nHost: localhost\r\n\r\n"
raw 400 "GET /v1/st ats HTTP/1.1\r\nHost: localhost\r\n\r\n"
raw 400 "GET /v1/stats\r\nHost: localhost\r\n\r\n"
raw 400 " GET /v1/stats HTTP/1.1\r\nHost: localhost\r\n\r\n"
raw 400 "GET v1/stats HTTP/1.1\r\nHost: localhost\r\n\r\n"
raw 400 "GET http://localhost/v1/stats HTTP/1.1\r\nHost: localhost\r\n\r\n"
raw 505 "GET /v1/stats HTTP/2.0\r\nHost: localhost\r\n\r\n"
raw 400 "GET /v1/stats HTTP/1.1x\r\nHost: localhost\r\n\r\n"
raw 405 "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
raw 405 "DELETE /v1/stats HTTP/1.1\r\nHost: localhost\r\n\r\n"
raw 405 "TRACE /v1/stats HTTP/1.1\r\nHost: localhost\r\n\r\n"
raw 405 "CONNECT localhost HTTP/1.1\r\nHost: localhost\r\n\r\n"
raw 414 "GET /$x HTTP/1.1\r\nHost: localhost\r\n\r\n"
raw 431 "${ok}X: $x\r\nY: $x\r\n\r\n"
raw 431 "$ok$(printf 'X: a\\r\\n%.0s' {1..70})\r\n"
raw 421 "GET /v1/stats HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
raw 421 "GET /v1/stats HTTP/1.1\r\nHost: localhost.evil.example\r\nConnection: close\r\n\r\n"
for host in 'local host' a/b localhost@evil 'localhost,evil' localhost:80:80 localhost:x 'localhost:-1' 127.0.0.1:123456 '[::1]evil' '[::1' \
	'[::1]]' '[localhost@x]' 'localhost?' 'localhost%00' "localhost'" '\xc3\xa9'; do
	raw 400 "GET /v1/stats HTTP/1.1\r\nHost: $host\r\n\r\n"
done
for host in localhost: localhost:1 127.0.0.1:65535 '[::1]' '[::1]:8080'; do
	raw 200 "GET /v1/stats HTTP/1.1\r\nHost: $host\r\n\r\n"
done
for name in Transfer-Encoding TRANSFER-ENCODING transfer-encoding; do
	for value in chunked ' chunked' 'xchunked' 'chunked, identity' '"chunked"' ''; do
		raw 400 "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\n$name:$value\r\nContent-Length: 3\r\n\r\nabc"
	done
done
for line in 'Transfer-Encoding : chunked' 'Transfer\xff-Encoding: chunked' ' Transfer-Encoding: chunked' 'Content-Length : 3' 'Content_Length\t: 3'; do
	raw 400 "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\n$line\r\n\r\nabc"
done
raw 421 "GET /v1/stats HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n"
raw 404 "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
raw 400 "GET /v1/search?q=%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
raw 400 "GET /v1/search?q=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
raw 400 "GET /v1/search?q=%c0%af HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
raw 400 "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"
raw 400 "\r\n\r\n\r\n\r\n"
# A second request hidden in the first one's body is not answered.
exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nContent-Length: 44\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/stats HTTP/1.1\r\nHost: localhost\r\n\r\n' >&3
is 'smuggled' "$(timeout 10 cat <&3 | grep -c '^HTTP/1.1')" 1
exec 3>&- 3<&-
[ $n -ge 100 ] || bad "only $n cases"
is 'after all of it' "$(code /v1/stats)" 200
finish
