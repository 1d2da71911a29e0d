#!/usr/bin/env bash
# Load on a server of its own over a Unix socket: closed loop, overload, slow clients, new generations, leaks.
# usage: bench/load.sh BUILD-DIR INDEX [SECONDS [REQUESTS]]     prints figures for bench/RESULTS.md
set -u
[ $# -ge 2 ] || { sed -n 2,3p "$0" >&2; exit 2; }
bin=$1/bin index=$2 seconds=${3:-5} requests=${4:-100000}
t=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" && wait "$server"; rm -rf "$t"' EXIT
here=$(dirname "$0")
# Words, phrases, connectors, citations and documents, as a reader mixes them.
sed -n '/^__TARGETS__$/,$ { /^__TARGETS__$/d; p }' "$0" >"$t/targets"
"$bin/pincite" serve -d "$index" --listen="unix:$t/s.sock" 2>"$t/log" &
server=$!
until curl -s --unix-socket "$t/s.sock" http://localhost/readyz | grep -q '^ready'; do kill -0 $server || exit 1; done
load() { "$bin/pincite-bench" load --socket="$t/s.sock" --paths="$t/targets" --seconds="$seconds" --json="$t/json" "$@"; }
figure() { sed -n "s/.*\"$1\":\([0-9.]*\).*/\1/p" "$t/json"; }
fds() { ls /proc/$server/fd | wc -l; }
rss() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' /proc/$server/status; }

load --clients=8 >/dev/null # warm
echo "== one client (unloaded)"; load --clients=1
echo "== closed loop, as many clients as workers and their queue hold: the engine's capacity"; load --clients=8
capacity=$(figure rate)
echo "== closed loop, 32 clients"; load --clients=32
echo "== open loop at 4 times capacity"; load --clients=200 --rate="$(awk -v c="$capacity" 'BEGIN { print int(4 * c) + 1 }')"
echo "goodput: $(awk -v g="$(figure rate)" -v c="$capacity" 'BEGIN { printf "%.0f", 100 * g / c }') % of capacity"
echo "== 150 connections that send a byte now and then, beside 8 good ones"
"$bin/pincite-bench" load --socket="$t/s.sock" --paths="$t/targets" --seconds="$seconds" --clients=8 --slow=150 --json="$t/json"
echo "== SIGHUP three times while 8 clients ask"
( for i in 1 2 3; do kill -HUP $server; sleep 1; done ) &
load --clients=8
echo "== leaks: a tenth against all of $requests requests"
"$bin/pincite-bench" load --socket="$t/s.sock" --paths="$t/targets" --clients=8 --requests=$((requests / 10)) --seconds=600 >/dev/null
before="$(fds) descriptors, $(rss) kB"
"$bin/pincite-bench" load --socket="$t/s.sock" --paths="$t/targets" --clients=8 --requests=$((requests - requests / 10)) --seconds=600
echo "after a tenth: $before; after all: $(fds) descriptors, $(rss) kB"
exit 0
__TARGETS__
/v1/search?q=qualified+immunity
/v1/search?q=arrest+report
/v1/search?q=%22clear+and+present+danger%22
/v1/search?q=arrest!+/s+record
/v1/search?q=disclosure+/5+report
/v1/search?q=42+U.S.C.+1983
/v1/search?q=cites(42+U.S.C.+1983)&n=3
/v1/search?q=610.100
/v1/search?q=summary+judgment+negligence&court=ca1
/v1/search?q=insurer+AND+(premium+OR+policy)+NOT+life
/v1/search?q=school+district+bonds&kind=statute
/v1/search?q=habeas+corpus&sort=date
/v1/show?q=/us-mo/rsmo/s610.100
/v1/stats
/?q=arrest+report
/d/us-mo/rsmo/s610.100?q=arrest
