#!/usr/bin/env bash
# The tour of README.md, word for word: each command runs, and prints the lines shown below it. "[...]" stands for what is
# left out: alone for lines, at a line's end for the rest of the line. An option that a line ends on goes on in the next.
# $1: build directory, $2: source directory.
set -u
command -v python3 >/dev/null || { echo "no python3"; exit 77; }
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
src=$(cd "$2" && pwd)
ln -s "$src/corpus" "$tmp/corpus"
export PATH=$(cd "$1/bin" && pwd):$PATH
cd "$tmp" && python3 - "$src/README.md" <<'PY'
import re, subprocess, sys
tour = open(sys.argv[1]).read().split('\n## A tour\n')[1].split('\n## ')[0]
steps = []
for line in tour.split('\n'):
    if not line.startswith('    '):
        continue
    line = line[4:]
    if line.startswith('$ '):
        steps.append([line[2:], []])
    elif steps[-1][0].endswith('\\'):
        steps[-1][0] = steps[-1][0][:-1] + line.strip()
    else:
        steps[-1][1].append(line)
assert len(steps) >= 8, 'no tour found in README.md'
trouble = False
for command, shown in steps:
    ran = subprocess.run(command, shell=True, capture_output=True, text=True)
    # The report of a run goes to stderr; seconds are the machine's.
    text = re.sub(r'in \d+\.\d s', 'in 0.0 s', ran.stdout + ran.stderr)
    lines, at, gap = [' '.join(l.split()) for l in text.split('\n') if l.strip()], 0, True
    if ran.returncode:
        print(f'README: $ {command}: status {ran.returncode}'); trouble = True
    for want in shown:
        if want.strip() == '[...]':
            gap = True
            continue
        start = want.endswith('[...]')
        w = ' '.join((want[:-5] if start else want).split())
        end = len(lines) if gap else min(at + 1, len(lines))
        found = next((k for k in range(at, end) if (lines[k].startswith(w) if start else lines[k] == w)), None)
        if found is None:
            print(f'README: $ {command}\n  does not print where it should: {want}'); trouble = True
            break
        at, gap = found + 1, False
sys.exit(trouble)
PY
