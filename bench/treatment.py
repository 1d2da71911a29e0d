"""A random sample of what --stage=treatment found, each with its words in context, to be judged by eye.

pincite index --stage=treatment DIR | python3 bench/treatment.py SEED [COUNT]
"""
import json
import random
import sys

findings = [json.loads(line) for line in sys.stdin]
others = [f for f in findings if f["kind"] != "cert_denied"]
random.seed(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
print(len(findings), "findings,", len(others), "without cert. denied")
count = int(sys.argv[2]) if len(sys.argv) > 2 else 100
for number, f in enumerate(random.sample(others, min(count, len(others))), 1):
    sentence, words = " ".join(f["sentence"].split()), " ".join(f["words"].split())
    at = max(sentence.find(words), 0)
    marks = (" in part" if f["in_part"] else "") + (" on other grounds" if f["other_grounds"] else "")
    print(f"{number}. {f['kind']}{marks}: {f['case']} by {f['by'] or 'nobody cited'}")
    print(f"   {sentence[max(0, at - 140):at]}[{words}]{sentence[at + len(words):at + len(words) + 90]}\n")
