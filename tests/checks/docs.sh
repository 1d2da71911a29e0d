#!/usr/bin/env bash
# Help, man pages and README tell the same; no path or host of one machine stands in the tree.
# $1: build directory, $2: source directory.
set -u
bin=$1/bin
cd "$2" || exit 2
trouble=0
bad() { echo "$*"; trouble=1; }
# words FILE: a man page as plain text.
plain() { mandoc -T utf8 "$1" | col -b | tr -s ' \n' ' '; }

if command -v mandoc >/dev/null; then
	complaints=$(mandoc -T lint -W warning docs/man/*.1) || bad "mandoc complains:"$'\n'"$complaints"
fi

# Every command that `pincite --help` lists has a page with every option of its own help.
commands=$("$bin/pincite" --help | sed -n '/^Commands:/,/^$/ s/^  \([a-z]*\) .*/\1/p')
[ -n "$commands" ] || bad "pincite --help lists no command"
for command in $commands; do
	page=docs/man/pincite-$command.1
	help=$("$bin/pincite" "$command" --help 2>/dev/null)
	[ -n "$help" ] || { [ -x "$bin/pincite-$command" ] && bad "pincite $command --help prints nothing"; continue; }
	[ -f "$page" ] || { bad "$page is missing"; continue; }
	grep -q "pincite-$command" docs/man/pincite.1 || bad "docs/man/pincite.1 does not name $command"
	command -v mandoc >/dev/null || continue
	text=$(plain "$page")
	for option in $(grep -oE '^ +(-[a-zA-Z], )?--[a-z-]+' <<<"$help" | grep -oE -- '--[a-z-]+|-[a-zA-Z]\b' | sort -u); do
		grep -qE -- "(^|[^-a-z])$option([^-a-z]|\$)" <<<"$text" || bad "$page does not tell of $option"
	done
done
# Summaries are in one style: a verb in lower case, no period, and they fit beside their command.
while IFS= read -r line; do
	[[ $line =~ ^\ \ [a-z]+\ +[a-z].*[^.]$ ]] || bad "pincite --help: not in the style of the others: $line"
	[ ${#line} -le 85 ] || bad "pincite --help: longer than 70 columns: $line"
done < <("$bin/pincite" --help | sed -n '/^Commands:/,/^$/ { /^  /p }')
# A page tells of no command that is not there.
for page in docs/man/pincite-*.1; do
	name=${page##*/pincite-} name=${name%.1}
	grep -qx "$name" <<<"$commands" || bad "$page: pincite --help has no $name"
done
# Commands in README and in the corpus notes exist.
for name in $(grep -ohE '^( +(\$ )?|show )pincite [a-z]+' README.md corpus/README.md demo.sh | awk '{ print $NF }' | sort -u); do
	grep -qx "$name" <<<"$commands" || bad "README.md, corpus/README.md or demo.sh shows 'pincite $name', which is no command"
done

# The table of README is the list of --help.
for name in $commands; do
	grep -q "^| \`pincite $name\` |" README.md || bad "README's table of commands does not have $name"
done

# Nothing of the machine it was written on.
here=tests/checks/docs.sh
hits=$(git grep -nIE '/work/|/tmp/corp|/tmp/[a-z]-|registry\.npmjs|deb\.debian\.org|pypi\.org|proxy\.golang|localhost:[0-9]{4}' -- . ":!$here" 2>/dev/null)
[ -z "$hits" ] || bad "paths or hosts of one machine:"$'\n'"$hits"
[ $trouble -eq 0 ] && echo "docs: help, man pages and README agree"
exit $trouble
