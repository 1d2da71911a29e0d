#!/usr/bin/env python3
"""What an update costs beside a full build: processor seconds, user and system, the least of several runs.

  bench/update.py build/bin/pincite-index FILE.jsonl [--changed=1000] [--runs=3] [--text=text] [-- options of index]

FILE is JSON Lines. Into a scratch directory it is copied and indexed; then, each time from a copy of that index:
nothing changed; so many lines, chosen by a fixed seed, with a sentence more; so many dropped; one file with one line more.
"""
import json, os, random, resource, shutil, subprocess, sys, tempfile

def main():
    args = sys.argv[1:]
    rest = args[args.index("--") + 1:] if "--" in args else []
    args = args[:args.index("--")] if "--" in args else args
    given = dict(a[2:].split("=", 1) for a in args if a.startswith("--") and "=" in a)
    files = [a for a in args if not a.startswith("--")]
    if len(files) != 2:
        sys.exit(__doc__)
    index, source = os.path.abspath(files[0]), os.path.abspath(files[1])
    changed, runs, text = int(given.get("changed", 1000)), int(given.get("runs", 3)), given.get("text", "text")

    def timed(name):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([index, "--progress=never", "-d", name, "--prune", *rest, "in"], check=True, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def least(change):
        best = None
        for _ in range(runs):
            shutil.rmtree("in")
            os.mkdir("in")
            change()
            shutil.rmtree("again", ignore_errors=True)
            if os.path.exists("base"):
                shutil.copytree("base", "again")
            cpu = timed("again")
            best = cpu if best is None else min(best, cpu)
        return best

    with open(source, encoding="utf-8") as f:
        lines = f.read().splitlines()
    picked = set(random.Random(1).sample(range(len(lines)), min(changed, len(lines))))

    def write(make):
        with open("in/lines.jsonl", "w", encoding="utf-8") as f:
            f.writelines(l + "\n" for l in (make(i, l) for i, l in enumerate(lines)) if l is not None)

    def longer(line):
        record = json.loads(line)
        record[text] = (record.get(text) or "") + " The keeper shall record it."
        return json.dumps(record, ensure_ascii=False)

    def one_more():
        write(lambda i, l: l)
        with open("in/more.jsonl", "w", encoding="utf-8") as f:
            f.write(longer(lines[0]) + "\n")

    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        os.mkdir("in")
        full = least(lambda: write(lambda i, l: l))
        os.rename("again", "base")
        rows = [("full build", full),
                ("nothing changed", least(lambda: write(lambda i, l: l))),
                (f"{len(picked)} lines changed", least(lambda: write(lambda i, l: longer(l) if i in picked else l))),
                (f"{len(picked)} lines dropped", least(lambda: write(lambda i, l: None if i in picked else l))),
                ("one file more", least(one_more))]
        os.chdir("/")
    print(f"{len(lines)} lines, {os.path.getsize(source) / 1e6:.1f} MB; CPU seconds, least of {runs}")
    for name, cpu in rows:
        print(f"{name:24} {cpu:7.2f} {cpu / full:7.3f}")

main()
