#!/usr/bin/env bash
# The dispatcher: help, version, statuses, unknown names, programs beside it.
set -eu
bin=$1/bin
"$bin/pincite" --help | grep -q '^Usage: pincite COMMAND'
"$bin/pincite" --version | grep -Eq '^pincite [0-9.]+, index format [0-9]+$'
fails() { # STATUS WORDS ARG...
	local want=$1 words=$2 got=0; shift 2
	"$bin/pincite" "$@" >/dev/null 2>"$tmp/err" || got=$?
	[ "$got" = "$want" ] && grep -q "$words" "$tmp/err" || { cat "$tmp/err"; echo "pincite $*: $got, wanted $want"; exit 1; }
}
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
fails 2 "no command given"
fails 2 "did you mean 'index'" indx
fails 2 "no command 'zzzzzzzz'" zzzzzzzz
fails 2 "no command '../x'" ../x
# A full disk and a closed pipe are trouble with the output: 74, and no signal.
if [ -w /dev/full ]; then
	got=0; "$bin/pincite" --help >/dev/full 2>"$tmp/err" || got=$?
	[ "$got" = 74 ] && grep -q 'standard output' "$tmp/err"
fi
printf '#!/bin/sh\necho "ran $*"\n' >"$tmp/pincite-hello"; chmod +x "$tmp/pincite-hello"
PATH="$tmp:$PATH" "$bin/pincite" hello a b | grep -qx 'ran a b'
