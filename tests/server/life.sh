#!/usr/bin/env bash
# From start to end: no index yet, sockets stale, live and handed over, new and damaged generations, drain.
set -u
. "$2/tests/server/common.bash"

# No index: alive, not ready; it is served as soon as it is there.
patience=0
start
is 'ready without index' "$(code /readyz)" 503
is 'search without index' "$(code '/v1/search?q=harbor')" 503
get /readyz | grep -q '"code":"no_index"' || bad "readyz does not say why"
index_corpus "$t/ix"
ready() { get /readyz | grep -q '^ready'; }
await ready || bad "the index is not taken"
patience=30
is 'search' "$(code '/v1/search?q=harbor')" 200

# A live socket is not taken; a stale one is.
got=0; timeout 10 "$pincite" serve -d "$t/ix" --listen="unix:$t/s.sock" 2>"$t/err" || got=$?
is 'live socket' "$got" 73
kill -KILL "$server"; wait "$server" 2>/dev/null; server=
[ -S "$t/s.sock" ] || bad "the killed server's socket is gone"
start
is 'after a stale socket' "$(code '/v1/search?q=harbor')" 200

# New generations while requests run: none fails, none is empty, SIGHUP or not.
ask() {
	while [ ! -e "$t/enough" ]; do
		get '/v1/search?q=harbor&limit=2' -w '\n%{http_code}\n' >>"$t/answers" || echo lost >>"$t/answers"
	done
}
ask & asker=$!
for i in {1..4}; do
	"$pincite" index --rebuild -d "$t/ix" "$src/corpus/texts" 2>"$t/index.log" || bad "indexing beside the server: $(tail -n 2 "$t/index.log")"
	[ $((i % 2)) = 0 ] && kill -HUP "$server"
done
newest=$(sed 's/[^0-9]//g; s/^0*//' "$t/ix/CURRENT")
served() { get /v1/stats | grep -q "\"generation\":$newest,"; }
await served || bad "generation $newest is not served"
: >"$t/enough"; wait $asker
is 'statuses while generations changed' "$(grep -Ec '^(lost|[0-9]{3})$' "$t/answers")" "$(grep -c '^200$' "$t/answers")"
grep -q '"total":{"value":0' "$t/answers" && bad "an empty answer while generations changed"
[ "$(grep -o '"generation":[0-9]*' "$t/answers" | sort -u | wc -l)" -ge 2 ] || bad "only one generation was seen"

# Clients that take every connection and say nothing, and come back as soon as they are cut off, keep nobody out.
python3 - "$t/s.sock" "$t/enough.idle" <<'P' &
import os, select, socket, sys
def dial():
    s = socket.socket(socket.AF_UNIX)
    try:
        s.connect(sys.argv[1])
        return s
    except OSError:
        return None
held = [s for s in (dial() for _ in range(300)) if s]
open(sys.argv[2] + ".held", "w").close()
while not os.path.exists(sys.argv[2]):
    ended, _, _ = select.select(held, [], [], 0.05)
    held = [s for s in held if s not in ended] + [s for s in (dial() for _ in ended) if s]
P
idle=$!
await test -e "$t/enough.idle.held"
answered() { local patience=0; [ "$(code '/v1/search?q=harbor&limit=1')" = 200 ]; }
for i in {1..10}; do await answered || bad "idle clients keep others out"; done
: >"$t/enough.idle"; wait $idle

# A damaged one is refused: the last good one is served, and readyz says so.
cp -r "$t/ix" "$t/good"
"$pincite" index --rebuild -d "$t/ix" "$src/corpus/texts" 2>/dev/null
served_before=$(get /v1/stats | grep -o '"generation":[0-9]*')
stop
[ "$status" = 0 ] || bad "status $status"
rm -rf "$t/ix"; cp -r "$t/good" "$t/ix"
start
served_before=$(get /v1/stats | grep -o '"generation":[0-9]*')
name=$(cat "$t/ix/CURRENT")
number=$(echo "$name" | sed 's/[^0-9]//g; s/^0*//')
next=$(echo "$name" | sed "s/[0-9]\{1,\}/$(printf '%06d' $((number + 1)))/")
cp -r "$t/ix/$name" "$t/ix/$next"
for shard in "$t/ix/$next"/*.glass; do truncate -s 1000 "$shard"; done
echo "$next" >"$t/ix/CURRENT.new" && mv "$t/ix/CURRENT.new" "$t/ix/CURRENT"
failed() { local patience=0; get /readyz | grep -q '"code":"reload_failed"'; }
await failed || bad "readyz does not tell of a damaged generation: $(get /readyz)"
is 'search beside a damaged generation' "$(code '/v1/search?q=harbor')" 200
is 'generation served' "$(get /v1/stats | grep -o '"generation":[0-9]*')" "$served_before"
echo "$name" >"$t/ix/CURRENT.new" && mv "$t/ix/CURRENT.new" "$t/ix/CURRENT"
rm -rf "${t:?}/ix/$next"
mended() { local patience=0; ready; }
await mended || bad "not ready again after the mend: $(get /readyz)"

# Drain: what is under way is answered, the socket is gone, the status is 0.
patience=0
for i in {1..8}; do get '/v1/search?q=harbor+OR+record&limit=100' -o /dev/null -w '%{http_code}\n' >>"$t/drained" 2>/dev/null & done
stop
is 'status after SIGTERM' "$status" 0
wait
grep -v -e '^200$' -e '^503$' -e '^000$' "$t/drained" && bad "a broken answer while draining"
patience=30
[ -e "$t/s.sock" ] && bad "the socket is left behind"

# systemd is told when the server is ready and when it stops (NOTIFY_SOCKET).
python3 - "$t/notify.sock" "$t/notified" <<'P' &
import os, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1] + ".new"); os.rename(sys.argv[1] + ".new", sys.argv[1])
with open(sys.argv[2], "w") as f:
    for _ in range(2):
        print(s.recv(4096).decode().strip(), file=f, flush=True)
P
listening=$!
await test -S "$t/notify.sock"
NOTIFY_SOCKET=$t/notify.sock start
await grep -q '^READY=1' "$t/notified" || bad "READY=1 was not said"
stop
wait $listening
is 'what systemd was told' "$(tr '\n' ' ' <"$t/notified")" 'READY=1 STOPPING=1 '

# A socket handed over as systemd does: LISTEN_FDS, LISTEN_PID, descriptor 3.
if command -v systemd-socket-activate >/dev/null; then
	systemd-socket-activate --listen="$t/s.sock" "$pincite" serve -d "$t/ix" 2>"$t/log" &
	server=$!
	await test -S "$t/s.sock"
	is 'socket activation' "$(code '/v1/search?q=harbor')" 200
	stop
	is 'status after activation' "$status" 0
	grep -q 'at 1 socket of systemd' "$t/log" || bad "it says: $(cat "$t/log")"
else
	echo "not tried: systemd-socket-activate is missing"
fi

start
finish
