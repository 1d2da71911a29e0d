#!/usr/bin/env bash
# The four real inputs, mended: key sentences read right, no margin number stands in them.
# $1: build directory, $2: source directory.
set -u
seeds=$2/../shared/seeds
[ -d "$seeds" ] || { echo "skipped: no ../shared/seeds beside the source"; exit 77; }
python3 - "$1/bin/pincite" "$seeds" <<'P'
import glob, json, re, subprocess, sys
want = {
    "000": ["forensic interview of one of Torres' children, identified as S.T.", "Mo. Rev. Stat. § 210.150.2(5)."],
    "001": ["the Court held a further scheduling conference at the request of counsel\n(Doc. 31). (Doc. 32).",
            'petitions seeking "prior police records, juvenile court records, school\nrecords, mental and medical health records',
            "produced only records which were held by the court without\ncomment", "third-party agencies[1]. Thus, counsel intend to seek\nclarification",
            "In re Elijah S., 125 Cal.App.4th 1532, 1549 (2005)"],
    "003": ["shall be available to public--closed records, when", "or by his or her submission to the custody of the officer, under authority of a warrant",
            "maintain records of all incidents reported to the agency, investigations", "agency. All incident reports and arrest reports shall be open records. Notwithstanding",
            "may obtain a complete unaltered and unedited incident report", "may obtain access to other records closed by a law enforcement agency"],
    "004": ["INTRODUCED BY REPRESENTATIVE SAULS.", "three new sections enacted in lieu thereof, to be known as sections 37.717, 210.152, and 610.021, to read as follows:",
            "create a safety reporting system in which employees of the children's division may report information",
            "for the filing of a report by a person required to report, identifying information", "eighteen years from the date of the report and then"],
}
never = {"001": r"\n\d+\t|</?su[pb]>|fur rther", "003": r"Statutes > Missouri", "004": r"\b(sections|as|of) \d \w|\b\d+[a-z]{4,}"}
trouble = False
for name, sentences in want.items():
    (path,) = glob.glob(f"{sys.argv[2]}/{name}_*")
    out = subprocess.run([sys.argv[1], "index", "--stage=text", path], capture_output=True, check=True).stdout
    text = json.loads(out.splitlines()[0])["text"]
    for s in sentences:
        if s not in text:
            trouble = True
            print(name, "does not read:", s)
    found = re.search(never[name], text) if name in never else None
    if found:
        trouble = True
        print(name, "left in the text:", text[max(0, found.start() - 30):found.end() + 30])
sys.exit(trouble)
P
