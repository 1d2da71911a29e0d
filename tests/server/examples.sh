#!/usr/bin/env bash
# The examples work as they stand: the client in C, a curl line for each route.
set -u
. "$2/tests/server/common.bash"
index_corpus "$t/ix"
start
compiler=$(command -v cc || command -v gcc || command -v clang) || { echo "skipped: no C compiler"; exit 77; }
"$compiler" -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror -o "$t/client" "$src/examples/client.c" || bad "client.c does not compile"
client() { # STATUS TARGET
	local got=0
	"$t/client" "$t/s.sock" "$2" >"$t/a" 2>"$t/err" || got=$?
	is "client $2" "$got" "$1"
}
client 0 '/v1/show?q=/us-fk/rsf/s14.030/2'
"$pincite" show -d "$t/ix" --format=json /us-fk/rsf/s14.030/2 >"$t/b"
cmp -s "$t/a" "$t/b" || bad "the client prints something else than pincite show: $(head -c 200 "$t/a")"
client 1 '/v1/show?q=/us/usc/t99/s9999'
grep -q '"code":"not_found"' "$t/a" || bad "the client does not print a refusal"
got=0; "$t/client" "$t/none.sock" /v1/stats >"$t/a" 2>"$t/err" || got=$?
is 'client without a server' "$got" 2

got=0; bash "$src/examples/curl.sh" "$t/s.sock" >"$t/a" 2>"$t/err" || got=$?
is 'curl.sh' "$got" 0
[ -s "$t/err" ] && bad "curl.sh: $(head -n 3 "$t/err")"
is 'curl.sh, refusals' "$(grep -c '"type":"about:blank"' "$t/a")" 0
is 'curl.sh, pages' "$(grep -cE '^(200 [1-9]|302 http)' "$t/a")" 5
# Each route of the table has its line, and each line is of a route.
sed -n 's/^	{ "\([^"]*\)", .*/\1/p' "$src/searcher/service_routes.c" | grep -v -e '^/app\.' -e '^/favicon' | sed 's/\*$//' >"$t/routes"
[ "$(wc -l <"$t/routes")" -ge 15 ] || bad "the table of routes was not read"
while read -r route; do
	case $route in ?*/) like="$route[a-z]" ;; *) like="$route([ '?]|\$)" ;; esac
	grep -qE "http://localhost$like" "$src/examples/curl.sh" || bad "curl.sh has no line for $route"
done <"$t/routes"
finish
