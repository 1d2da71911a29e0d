#!/usr/bin/env bash
# Installs the Debian packages of packages.txt that are missing.
# Usage: scripts/install.sh [build|check]   what for; the default is check (everything)
#        PINCITE_NO_INSTALL=1 scripts/install.sh   only names what is missing
set -u
purpose=${1:-check}
list=$(dirname "$0")/packages.txt

# Names of the list that serve the purpose and that dpkg does not know as installed;
# "unless:COMMAND" in the third column: nor wanted where the command is there by other means.
missing() {
	local wanted have
	wanted=$(awk -v all="$purpose" '!/^ *(#|$)/ && ($2 == "" || all == "check") { print $1, $3 }' "$list" |
		while read -r name unless; do
			[ -n "$unless" ] && command -v "${unless#unless:}" >/dev/null || echo "$name"
		done | sort -u)
	have=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' 2>/dev/null | awk '$1 == "ii" { print $2 }' | sort -u)
	comm -23 <(printf '%s\n' "$wanted") <(printf '%s\n' "$have")
}

if ! command -v dpkg-query >/dev/null; then
	echo "install: no Debian packages here; what $list names has to be installed by other means" >&2
	exit 0
fi
mapfile -t need < <(missing)
if [ ${#need[@]} -eq 0 ]; then
	exit 0
fi
if [ -n "${PINCITE_NO_INSTALL:-}" ]; then
	echo "install: missing: ${need[*]}" >&2
	exit 1
fi

root=()
if [ "$(id -u)" -ne 0 ]; then
	command -v sudo >/dev/null || { echo "install: run as root, or install sudo, to get: ${need[*]}" >&2; exit 1; }
	root=(sudo)
fi
echo "Installing ${#need[@]} missing packages${root[0]:+ with sudo}: ${need[*]}"

apt() {
	"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o Acquire::Retries=2 -o DPkg::Lock::Timeout=120 "$@"
}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# The package lists may be absent or old: refresh them only when a first try fails, and once more after a pause.
for try in 1 2 3; do
	if [ "$try" -gt 1 ]; then
		[ "$try" -eq 2 ] || sleep 5
		apt update >>"$log" 2>&1
	fi
	if apt install -y --no-install-recommends "${need[@]}" >>"$log" 2>&1; then
		exit 0
	fi
done
tail -n 15 "$log" >&2
echo "install: these packages could not be installed: $(missing | tr '\n' ' ')" >&2
echo "install: the lines above are apt-get's; mend the cause, or install them by hand, and run this again" >&2
exit 1
