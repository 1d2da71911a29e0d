#!/usr/bin/env bash
# The completions of bash load and complete commands, options, values, fields;
# those of zsh and fish load where these shells are.
set -eu
bin=$1/bin
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
PATH=$bin:$PATH
bad() { echo "$*"; exit 1; }
for shell in bash zsh fish; do
	pincite completions $shell >"$tmp/$shell"
	grep -q rsmo "$tmp/$shell" && grep -q ca1 "$tmp/$shell" && grep -q 'title:' "$tmp/$shell" || bad "$shell: courts, codes or fields are missing"
	! command -v $shell >/dev/null || $shell -n "$tmp/$shell" || bad "$shell does not load its completions"
done
got=0; pincite completions tcsh >/dev/null 2>&1 || got=$?
[ $got = 2 ] || bad "completions for tcsh: status $got"
. "$tmp/bash"
complete -p pincite | grep -q _pincite || bad "bash has no completion for pincite"
gives() { # WANTED WORD... : the last is being typed
	local wanted=$1; shift
	COMP_WORDS=(pincite "$@") COMP_CWORD=$#
	_pincite || true
	printf '%s\n' ${COMPREPLY[@]+"${COMPREPLY[@]}"} | grep -qxF -- "$wanted" || bad "pincite $*: no $wanted in: ${COMPREPLY[*]-}"
}
for verb in $(pincite --help | sed -n '/^Commands:/,/^$/ s/^  \([a-z]*\) .*/\1/p'); do gives "$verb" "${verb:0:2}"; done
gives --court= search --cou
gives --prune index --pr
gives ca1 search --court = ca
gives ca1 search --court ca
gives ca1 search --court =
gives statute search kind : sta
gives rsmo search --code = rs
gives jsonl search --format = j
gives json stats --format = j
gives title: search water ti
COMP_WORDS=(pincite stats --format = jsonl) COMP_CWORD=4; _pincite || true
[ -z "${COMPREPLY[*]-}" ] || bad "stats --format=jsonl is offered, which it refuses"
# fish is asked what it would offer; zsh loads its function for the command.
if command -v fish >/dev/null; then
	for line in 'pincite sea=search' 'pincite search --cou=--court' 'pincite search --court ca=ca1' 'pincite search --kind sta=statute' \
		'pincite search --code rs=rsmo' 'pincite search tit=title:' 'pincite export --di=--dialect'; do
		HOME=$tmp fish --no-config -c "source $tmp/fish; complete -C '${line%=*}'" | cut -f1 | grep -qxF -- "${line##*=}" || bad "fish, ${line%=*}: no ${line##*=}"
	done
fi
if command -v zsh >/dev/null; then
	mkdir "$tmp/functions"; cp "$tmp/zsh" "$tmp/functions/_pincite"
	loaded=$(zsh -f -c "fpath=($tmp/functions \$fpath); autoload -U compinit; compinit -u -d $tmp/dump; autoload +X -U _pincite && print -- \$_comps[pincite]")
	[ "$loaded" = _pincite ] || bad "zsh does not load its completions"
fi
