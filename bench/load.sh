#!/usr/bin/env bash
# Load on a server of its own: the workers' own rate, closed and open loop in turn, slow clients, new generations, leaks.
# usage: bench/load.sh BUILD-DIR INDEX [SECONDS [REQUESTS [ROUNDS]]]     prints figures for bench/RESULTS.md
# Rates are of the clock and differ on a shared machine; the CPU time of an answer hardly does. INDEX is copied, not changed.
set -u
[ $# -ge 2 ] || { sed -n 2,4p "$0" >&2; exit 2; }
bin=$1/bin seconds=${3:-5} requests=${4:-100000} rounds=${5:-5}
t=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" && wait "$server"; rm -rf "$t"' EXIT
# Words, phrases, connectors, citations and documents, as a reader mixes them.
sed -n '/^__TARGETS__$/,$ { /^__TARGETS__$/d; p }' "$0" >"$t/targets"
cp -r "$2" "$t/index"
ticks=$(getconf CLK_TCK)
start() { # ARG...
	"$bin/pincite" serve -d "$t/index" --listen="unix:$t/s.sock" "$@" 2>"$t/log" &
	server=$!
	until curl -s --unix-socket "$t/s.sock" http://localhost/readyz | grep -q '^ready'; do kill -0 $server || exit 1; done
}
cpu() { awk -v t="$ticks" '{ print ($14 + $15) * 1000 / t }' /proc/$server/stat; } # ms of the server so far
figure() { sed -n "s/.*\"$1\":\([0-9.]*\).*/\1/p" "$t/json"; }
fds() { ls /proc/$server/fd | wc -l; }
rss() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' /proc/$server/status; }
# load NAME ARG... : one run; its rate, p50, p99, 503s and the server's CPU time an answer go to $t/NAME, a line each run.
load() {
	local name=$1 before; shift
	before=$(cpu)
	"$bin/pincite-bench" load --socket="$t/s.sock" --paths="$t/targets" --seconds="$seconds" --json="$t/json" "$@" >"$t/said" || exit 1
	echo "$(figure rate) $(figure p50_ms) $(figure p99_ms) $(figure refused) $(figure refused_p99_ms) $(figure lost)" \
		"$(awk -v a="$before" -v b="$(cpu)" -v n="$(figure answered)" 'BEGIN { print n ? (b - a) / n : 0 }')" >>"$t/$name"
}
median() { # COLUMN NAME
	cut -d ' ' -f "$1" "$t/$2" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}
row() { # NAME WHAT
	printf '| %s | %.0f | %.1f | %.0f | %.2f | %.0f | %.1f | %.0f |\n' "$2" "$(median 1 "$1")" "$(median 2 "$1")" "$(median 3 "$1")" "$(median 7 "$1")" \
		"$(awk -v n="$(median 4 "$1")" -v s="$seconds" 'BEGIN { print n / s }')" "$(median 5 "$1")" "$(median 6 "$1")"
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.0f %%", b ? 100 * a / b : 0 }'; }

start
load warm --clients=8
for ((i = 0; i < rounds; i++)); do
	"$bin/pincite-bench" engine -d "$t/index" --paths="$t/targets" --seconds="$seconds" --json="$t/json" >"$t/said" || exit 1
	echo "$(figure rate) 0 0 0 0 0 $(figure cpu_ms)" >>"$t/engine"
	load one --clients=1
	load eight --clients=8
	capacity=$(tail -n 1 "$t/eight" | cut -d ' ' -f 1)
	load many --clients=32
	load over --clients=200 --rate="$(awk -v c="$capacity" 'BEGIN { print int(4 * c) + 1 }')"
	load slow --clients=8 --slow=500
done
echo "medians of $rounds rounds of $seconds s each, in turn; $(nproc) cores, $(awk '/MemTotal/ { print int($2 / 1e6 + .5) }' /proc/meminfo) GB, load average $(cut -d ' ' -f 1 /proc/loadavg)"
echo
echo '| what | answered/s | p50 ms | p99 ms | CPU ms an answer | 503/s | 503 p99 ms | lost |'
echo '|---|---|---|---|---|---|---|---|'
row engine 'the workers alone, two threads'
row one 'one client (unloaded)'
row eight 'closed loop, 8 clients (capacity)'
row many 'closed loop, 32 clients that wait 20 ms after a 503'
row over 'open loop, 4 times capacity'
row slow '8 clients beside 500 slow ones'
echo
echo "32 clients: $(ratio "$(median 1 many)" "$(median 1 engine)") of the workers' own rate; by CPU time $(ratio "$(median 7 engine)" "$(median 7 many)")"
echo "4 times capacity: goodput $(ratio "$(median 1 over)" "$(median 1 eight)") of capacity; by CPU time $(ratio "$(median 7 eight)" "$(median 7 over)")"

kill $server; wait $server; server=
port=$((20000 + RANDOM % 20000))
start --listen="127.0.0.1:$port"
echo "== one good client over TCP, alone and beside 1,500 bad ones in a process of their own"
load tcp_warm --clients=8
for ((i = 0; i < rounds; i++)); do
	good=(--port="$port" --clients=1)
	"$bin/pincite-bench" load "${good[@]}" --paths="$t/targets" --seconds="$seconds" --json="$t/json" >"$t/said"
	alone=$(figure p99_ms) base=$(rss)
	"$bin/pincite-bench" load "${good[@]}" --paths="$t/targets" --slow=1500 --seconds=$((seconds + 3)) >"$t/slow" & bad=$!
	read -rt 1 <> <(:)
	"$bin/pincite-bench" load "${good[@]}" --paths="$t/targets" --seconds="$seconds" --json="$t/json" >"$t/said"
	echo "p99 alone $alone ms, beside them $(figure p99_ms) ms; lost $(figure lost); memory $base kB, then $(rss) kB"
	wait $bad
done
echo "== new generations while 8 clients ask"
mkdir "$t/new"
( for i in 1 2 3 4 5 6; do
	printf 'IN THE SUPREME COURT\n\nDoe v. Roe %s\n\nNo. 2020-%s\n\nThe arrest report of case %s is an open record.\n' $i $i $i >"$t/new/$i.txt"
	"$bin/pincite" index -d "$t/index" "$t/new" >"$t/indexed" 2>&1 || cat "$t/indexed"
done; : >"$t/published" ) & indexing=$!
load generations --clients=8 --seconds=600 --until="$t/published"
wait $indexing
row generations "six new generations, 8 clients" | cut -d '|' -f 3,4,5,9
cat "$t/said"; curl -s --unix-socket "$t/s.sock" http://localhost/readyz
kill $server; wait $server; server=
start
echo "== leaks: a tenth against all of $requests requests"
load tenth --clients=8 --requests=$((requests / 10)) --seconds=600
before="$(fds) descriptors, $(rss) kB"
load rest --clients=8 --requests=$((requests - requests / 10)) --seconds=600
echo "after a tenth: $before; after all: $(fds) descriptors, $(rss) kB; lost $(median 6 rest)"
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
