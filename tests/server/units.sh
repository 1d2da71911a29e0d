#!/usr/bin/env bash
# The systemd units: as little authority as they can do with, and what the server does is allowed by them. There is no systemd to run
# them where tests run; so the server is started as the socket unit starts it, and its system calls are held against the unit's filter.
set -u
. "$2/tests/server/common.bash"
unit=$src/examples/pincite.service
for program in systemd-analyze systemd-socket-activate strace; do
	command -v $program >/dev/null || { echo "skipped: $program is missing"; exit 77; }
done
systemd-analyze security --offline=yes --no-pager "$unit" >"$t/exposure" 2>&1
exposure=$(sed -n 's/.*Overall exposure level for .*: \([0-9.]*\).*/\1/p' "$t/exposure")
awk -v e="${exposure:-9}" 'BEGIN { exit !(e <= 0.5) }' || bad "exposure '$exposure', wanted 0.5 at most: $(tail -n 2 "$t/exposure")"

# members GROUP... : the calls of groups, groups within them taken apart.
members() {
	local name
	for name in "$@"; do
		case $name in
		@*) members $(systemd-analyze syscall-filter "$name" | sed -n '1d; s/^ *\([@a-z0-9_-]*\).*/\1/p') ;;
		*) echo "$name" ;;
		esac
	done
}
members $(sed -n 's/^SystemCallFilter=\([^~].*\)/\1/p' "$unit") | sort -u >"$t/allowed"
members $(sed -n 's/^SystemCallFilter=~//p' "$unit") | sort -u >"$t/denied"
[ "$(wc -l <"$t/allowed")" -gt 100 ] || { echo "skipped: the groups of system calls could not be read"; exit 77; }

index_corpus "$t/ix"
systemd-socket-activate --listen="$t/s.sock" sh -c "echo \$\$ >'$t/pid'; exec '$pincite' serve -d '$t/ix'" 2>"$t/log" &
server=$!
await test -S "$t/s.sock"
is 'start' "$(code /healthz)" 200
strace -f -qq -p "$(cat "$t/pid")" -o "$t/calls" 2>"$t/strace" & tracer=$!
traced() { get /healthz >/dev/null; grep -q epoll "$t/calls"; }
await traced || { echo "skipped: this machine lets no process be traced: $(cat "$t/strace")"; exit 77; }
for path in / '/?q=harbor' '/v1/search?q=harbor+/s+record' /d/us-fk/rsf/s14.030 '/v1/cite?q=/us-fk/rsf/s14.030' '/authorities?q=214+Frk.+331' /metrics; do
	is "$path" "$(code "$path" -H 'Accept-Encoding: gzip')" 200
done
is 'a brief' "$(code /brief -F 'text=See 214 Frk. 331.')" 200
mkdir "$t/more"
printf '# Harbor notes\n\nA record of the lighthouse.\n' >"$t/more/notes.md"
"$pincite" index -d "$t/ix" "$t/more" 2>"$t/index.log"
kill -HUP "$(cat "$t/pid")"
newest() { get /readyz | grep -q 'generation=3'; }
await newest || bad "the new generation is not taken: $(get /readyz)"
stop
wait $tracer
# What a start needs that was over before it could be traced.
timeout 10 strace -f -qq -o "$t/start" "$pincite" serve -d "$t/ix" --listen=nonsense 2>/dev/null
sed 's/^[0-9]* *//; s/(.*//' "$t/calls" "$t/start" | grep -E '^[a-z0-9_]+$' | sort -u >"$t/used"
[ "$(wc -l <"$t/used")" -gt 25 ] || bad "too few calls were seen: $(tr '\n' ' ' <"$t/used")"
comm -23 "$t/used" "$t/allowed" | grep . && bad "the unit does not allow these"
comm -12 "$t/used" "$t/denied" | grep . && bad "the unit forbids these"
grep -E 'socket\(AF_INET|PROT_WRITE\|PROT_EXEC' "$t/calls" "$t/start" && bad "the unit forbids this"
finish
