"""lingua on the texts of `bench langid`: prints how many it tells of each kind and language, as JSON.

It chooses among the languages that it is given, as the others do."""

import json
import sys
from pathlib import Path

from lingua import IsoCode639_1, LanguageDetectorBuilder

folder, kinds, codes = Path(sys.argv[1]), sys.argv[2].split(","), sys.argv[3].split(",")
isos = {code: getattr(IsoCode639_1, code.upper()) for code in codes}
detector = LanguageDetectorBuilder.from_iso_codes_639_1(*isos.values()).build()
right = {}
for kind in kinds:
    for code in codes:
        texts = [text for text in (folder / f"{code}_{kind}.txt").read_text().split("\n") if text.strip()]
        told = detector.detect_languages_in_parallel_of(texts)
        right[f"{kind} {code}"] = sum(each is not None and each.iso_code_639_1 == isos[code] for each in told)
json.dump(right, sys.stdout)
