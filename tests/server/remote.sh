#!/usr/bin/env bash
# pincite search --server: the output of a local search, in every format; errors say what to do.
set -u
. "$2/tests/server/common.bash"
index_corpus "$t/ix"
start_tcp
untimed() { sed -E 's/"took_ms":[0-9.]+/"took_ms":0/; s/, [0-9.]+ ms/, 0 ms/'; }
both() { # ARG... : out, err and status of a local search and of one by a server
	local got=0 want=0 where
	"$pincite" search -d "$t/ix" "$@" >"$t/b.out" 2>"$t/b.err" || want=$?
	for where in "unix:$t/s.sock" "http://127.0.0.1:$port"; do
		for ((try = 0; try < patience; try++)); do # a busy machine may keep a request waiting too long
			got=0
			"$pincite" search --server="$where" "$@" >"$t/a.out" 2>"$t/a.err" || got=$?
			[ $got = 75 ] || break
		done
		is "status of $where $*" "$got" "$want"
		cmp -s <(untimed <"$t/a.out") <(untimed <"$t/b.out") || { bad "$where $*: other output"; diff "$t/a.out" "$t/b.out" | head -n 4 | cut -c 1-300; }
		cmp -s "$t/a.err" "$t/b.err" || { bad "$where $*: other messages"; diff "$t/a.err" "$t/b.err" | head -n 4 | cut -c 1-300; }
	done
}
for format in text json jsonl tsv vimgrep md; do
	both --format=$format 'insurer report'
	both --format=$format --by=passage -n 3 '"inquiry file" AND overruled'
	both --format=$format '42 U.S.C. 1983'
	both --format=$format 'Frk. Rev. Stat. 14.030.2'
done
grep -q ':[0-9]*:[0-9]*:' <("$pincite" search --server="unix:$t/s.sock" --format=vimgrep harbor) || bad "vimgrep has no places"
both --count harbor
both --count --facets=kind,year harbor
both --explain -n 2 'harbor record'
both --facets=kind,year,court,cites,citedby --sort=date --kind=opinion --after=2000 --before=2020 --offset=1 harbor
both --jurisdiction=us-fk --code=rsf --cites=/us-fk/rsf/s14.030 harbor
both --dialect=westlaw 'record /s closed'
both --dialect=lexis --lexis-windows 'record w/s closed'
both --any 'harbor freight zzzzq tides record'
both harbour
both nothinglikethis
both '"open'
both --facets=nonsense harbor
both 'q=%26&+ harbor "a b" — § 14'
both --format=tsv -0 harbor
next=$("$pincite" search -d "$t/ix" --format=json -n 2 harbor | sed -n 's/.*"next":"\([^"]*\)".*/\1/p')
both -n 2 --cursor="$next" --format=jsonl harbor
echo 'harbor freight' >"$t/query"
"$pincite" search --server="unix:$t/s.sock" --format=tsv - <"$t/query" >"$t/a.out" || bad "a query from standard input"
[ -s "$t/a.out" ] || bad "a query from standard input finds nothing"

says() { # STATUS WORDS WHERE ARG...
	local got=0
	timeout 20 "$pincite" search --server="$3" "${@:4}" harbor >"$t/a.out" 2>"$t/a.err" || got=$?
	is "status of $3" "$got" "$1"
	grep -q -- "$2" "$t/a.err" || bad "$3 does not say '$2': $(cat "$t/a.err")"
	[ -s "$t/a.out" ] && bad "$3: output beside an error"
}
says 66 "no server at unix:$t/none.sock: No such file or directory; start one" "unix:$t/none.sock"
says 66 'no server at http://127.0.0.1:1: Connection refused; start one' http://127.0.0.1:1
says 2 'must be unix:PATH or http://HOST:PORT' localhost:80
says 2 'must be unix:PATH or http://HOST:PORT' http://localhost
says 2 'timeout_ms must be a whole number' "unix:$t/s.sock" --timeout=1
stop
# What is no server of ours, or an old one, is told from trouble with the query.
fake() { # BYTES
	python3 - "$t/fake.sock" "$1" <<'P' &
import os, socket, sys
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1] + ".new"); s.listen(1); os.rename(sys.argv[1] + ".new", sys.argv[1])
c, _ = s.accept(); c.recv(65536)
c.sendall(sys.argv[2].encode().decode("unicode_escape").encode()); c.close()
P
	fake=$!
	await test -S "$t/fake.sock"
}
answer() { printf 'HTTP/1.1 %s x\\r\\nContent-Length: %s\\r\\n\\r\\n%s' "$1" "${#2}" "$2"; }
for reply in '' 'SSH-2.0\r\n' 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort' 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n' "$(answer 404 '<html>')"; do
	fake "$reply"; says 74 'is no pincite server' "unix:$t/fake.sock"; wait $fake; rm -f "$t/fake.sock"
done
for reply in "$(answer 200 '{}')" "$(answer 200 '[1]')" "$(answer 200 '{"schema":2,"hits":[]}')" "$(answer 200 nonsense)"; do
	fake "$reply"; says 74 'does not speak schema 1' "unix:$t/fake.sock"; wait $fake; rm -f "$t/fake.sock"
done
fake "$(answer 400 '{"code":"unknown_parameter","detail":"any is unknown"}')"
says 2 'is older than this program: any is unknown' "unix:$t/fake.sock"; wait $fake; rm -f "$t/fake.sock"
fake "$(answer 503 '{"code":"busy","detail":"come back"}')"
says 75 'says: come back' "unix:$t/fake.sock"; wait $fake; rm -f "$t/fake.sock"
fake "$(answer 200 '{"schema":1,"hits":[{"passages":[{"snippet":7,"cites":[1,null]}],"breadcrumb":{}},3,null],"facets":[],"query":0,"total":true}')"
"$pincite" search --server="unix:$t/fake.sock" harbor >/dev/null 2>"$t/a.err"; [ $? -le 1 ] || bad "a strange answer: $(cat "$t/a.err")"
wait $fake
start
finish
