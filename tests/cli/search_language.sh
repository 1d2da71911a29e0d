#!/usr/bin/env bash
# The query language, form by form: for each query of tests/queries/language.tsv, in each dialect that knows it,
# the echo of the parse and exactly the documents that it finds among the small ones of that file.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
exec python3 - "$1/bin/pincite" "$2/tests/queries/language.tsv" "$tmp" ${3:-} <<'P'
import json, subprocess, sys
pincite, table, tmp = sys.argv[1:4]
show = len(sys.argv) > 4          # prints what is found instead, to be read before it is believed
rows = [l.rstrip('\n').split('\t') for l in open(table) if l.strip() and not l.startswith('#')]
letters, bad, cases = {}, 0, 0
with open(tmp + '/documents.jsonl', 'w') as out:
    for r in (r for r in rows if r[0] == 'doc'):
        number = '1.%d' % (len(letters) + 1)
        letters['/us-fk/rsf/s' + number] = r[1]
        d = dict(zip(('title', 'date', 'judge', 'court', 'text'), r[2:]), number=number)
        d['text'] = d['text'].replace('\\n', '\n').replace('{more}', 'Some more is said. ' * 150)
        out.write(json.dumps({k: v for k, v in d.items() if v}) + '\n')
fields = ','.join('%s=.%s' % (k, k) for k in ('text', 'title', 'number', 'date', 'judge', 'court'))
subprocess.run([pincite, 'index', '-d', tmp + '/index', '--map=' + fields, '--set=jurisdiction=us-fk,code=rsf,kind=statute',
                tmp + '/documents.jsonl'], check=True, capture_output=True)
for r in (r for r in rows if r[0] != 'doc'):
    dialect, query, echo, want = (r + ['', ''])[:4]
    options = ['--dialect=' + dialect.split()[0]] + dialect.split()[1:]
    p = subprocess.run([pincite, 'search', '-d', tmp + '/index', '--format=json', '-n100', *options, '--', query],
                       capture_output=True, text=True)
    if p.returncode > 1:
        got = ['refused', p.stderr.split('\n')[0].removeprefix('pincite: ')]
    else:
        a = json.loads(p.stdout)
        got = [a['query']['parsed'], ''.join(sorted(letters[h['address'].split('@')[0]] for h in a['hits'])) or '-']
    cases += 1
    if show:
        print('\t'.join([dialect, query] + got))
    elif got != [echo, want]:
        bad += 1
        print('%s: %s\n  gives %s, found %s\n  not   %s, found %s' % (dialect, query, *got, echo, want))
if not show and (bad or cases < 100 or len(letters) < 20):
    sys.exit('%d of %d queries differ' % (bad, cases))
P
