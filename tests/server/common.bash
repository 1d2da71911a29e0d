# For tests of a running server: source it with $1 the build directory, $2 the source directory.
# start ARG... starts `pincite serve` with a Unix socket at $t/s.sock and waits until it answers.
command -v curl >/dev/null || { echo "skipped: curl is missing"; exit 77; }
pincite=$1/bin/pincite src=$2
t=$(mktemp -d) trouble=0 server=
bad() { echo "bad: $*" | cut -c 1-300; trouble=1; }
stop() { # the server's status in $status
	status=0
	[ -n "$server" ] && { kill -TERM "$server" 2>/dev/null; wait "$server" || status=$?; }
	server=
}
trap 'stop; rm -rf "$t"' EXIT
await() { # COMMAND... : until it succeeds, for 20 s
	local end=$((SECONDS + 20))
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $end ] || return 1
		read -rt 0.02 <> <(:) || :
	done
}
# A machine that is busy with other tests may make requests wait too long for a worker: a 503 is asked again, $patience times.
# finish() allows few_retries of them in a test: more is trouble in the server.
patience=30 few_retries=12
get() { # PATH [CURL OPTION...]
	local path=$1 try got=0 mine=$t/got.$BASHPID
	shift
	for ((try = 0; try <= patience; try++)); do
		got=0
		: >"$mine.head"
		curl -sS --max-time 20 --unix-socket "$t/s.sock" -D "$mine.head" "$@" "http://localhost$path" >"$mine" || got=$?
		grep -q '^HTTP/1.1 503' "$mine.head" || break
		[ $patience = 0 ] || echo "$path" >>"$t/retried"
	done
	cat "$mine"
	return $got
}
code() { get "$1" -o /dev/null -w '%{http_code}' "${@:2}"; }
is() { [ "$2" = "$3" ] || bad "$1: '$2', wanted '$3'"; }
start() {
	"$pincite" serve -d "$t/ix" --listen="unix:$t/s.sock" "$@" 2>"$t/log" &
	server=$!
	await get /healthz || { cat "$t/log"; echo "the server does not answer"; exit 1; }
}
# start_tcp ARG... : the same with a port of 127.0.0.1 in $port.
start_tcp() {
	for try in {1..20}; do
		port=$((20000 + (RANDOM * 7 + try) % 20000))
		start --listen="127.0.0.1:$port" "$@" && return
	done
}
index_corpus() { # DIR
	"$pincite" index -d "$1" --rebuild "$src/corpus/texts" 2>"$t/index.log" || { cat "$t/index.log"; exit 1; }
	"$pincite" index -d "$1" --map=text=.text,title=.heading,number=.number \
		--set=jurisdiction=us-fk,code=rsf,kind=statute "$src/corpus/records" 2>>"$t/index.log" || exit 1
}
# Ends a test: the index is whole, the server ended well.
finish() {
	stop
	[ "$status" = 0 ] || bad "the server ended with $status: $(tail -n 20 "$t/log")"
	"$pincite" check -d "$t/ix" >"$t/check" 2>&1 || bad "check: $(cat "$t/check")"
	[ ! -e "$t/retried" ] || [ "$(wc -l <"$t/retried")" -le $few_retries ] || bad "$(wc -l <"$t/retried") answers were 503 and asked again"
	exit $trouble
}
