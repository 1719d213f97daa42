"""What documents are searched and read beside. `make knowledge` runs it.

    peers.py scifact FOLDER OUT    the public set, a zip of tables, in BEIR's form
    peers.py book OUT              a PDF of 500 pages of 45 lines
    peers.py pages FILE...         pypdf's time
    peers.py vectors               numpy's and faiss's time for the nearest hundred of 10,000 vectors, on one thread
"""
import csv
import io
import json
import os
import re
import sys
import time
import zipfile
from pathlib import Path

for library in ("OMP", "OPENBLAS"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

WORDS = "roof repair from of and inspection price each our team gutter window with days clean flat tile house new".split()
# A sentence of an abstract, as numpy writes it in a list.
SENTENCE = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""", re.DOTALL)


def scifact(folder, out):
    folder, out = Path(folder), Path(out)
    out.mkdir(parents=True, exist_ok=True)
    csv.field_size_limit(1 << 30)
    with zipfile.ZipFile(folder / "scifact_allenai_csv.zip") as packed, open(out / "corpus.jsonl", "w") as corpus:
        name = next(name for name in packed.namelist() if name.endswith("corpus_train.csv"))
        for row in csv.DictReader(io.TextIOWrapper(packed.open(name), "utf-8")):
            escaped = {"n": "\n", "t": "\t"}
            sentences = ("".join(found) for found in SENTENCE.findall(row["abstract"]))
            sentences = (re.sub(r"\\(.)", lambda m: escaped.get(m[1], m[1]), text, flags=re.DOTALL) for text in sentences)
            text = " ".join(filter(None, map(str.strip, sentences)))
            corpus.write(json.dumps({"_id": row["doc_id"], "title": row["title"], "text": text}) + "\n")
    (out / "queries.jsonl").write_bytes((folder / "queries.jsonl").read_bytes())
    (out / "qrels.tsv").write_bytes((folder / "qrels_test.tsv").read_bytes())


def book(out):
    kids = " ".join(f"{4 + 2 * page} 0 R" for page in range(500))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count 500>>"]
    objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    for page in range(500):
        lines = (" ".join(WORDS[(page + line * 7 + word * 3) % len(WORDS)] for word in range(13)) for line in range(45))
        drawn = "\n".join(f"BT /F 11 Tf 60 {760 - 16 * at} Td ({line}) Tj ET" for at, line in enumerate(lines))
        resources = f"/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * page} 0 R"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]{resources}>>")
        objects.append(f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream")
    file, table = "%PDF-1.7\n", f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    for number, content in enumerate(objects, 1):
        table += f"{len(file):010} 00000 n \n"
        file += f"{number} 0 obj\n{content}\nendobj\n"
    trailer = f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(file)}\n%%EOF\n"
    Path(out).write_text(file + table + trailer)


def quickest(times, work):
    best = float("inf")
    for _ in range(times):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def pages(files):
    import pypdf

    for file in files:
        count = len(pypdf.PdfReader(file).pages)
        took = quickest(3, lambda: [page.extract_text() for page in pypdf.PdfReader(file).pages])
        print(f"{Path(file).name}: {count} pages in {took:.3f} s, {count / took:.0f} a second (pypdf {pypdf.__version__})")


def vectors():
    import faiss
    import numpy as np

    faiss.omp_set_num_threads(1)
    drawn = np.random.default_rng(0)
    for dimensions in (64, 384):
        points = drawn.standard_normal((10_000, dimensions)).astype(np.float32)
        points /= np.linalg.norm(points, axis=1, keepdims=True)
        asked = points[:300] + drawn.standard_normal((300, dimensions)).astype(np.float32) / 10
        index = faiss.IndexFlatIP(dimensions)
        index.add(points)
        ways = {
            f"numpy {np.__version__}": lambda point: np.argpartition(-(points @ point), 100)[:100],
            f"faiss {faiss.__version__}": lambda point: index.search(point[None], 100),
        }
        for name, search in ways.items():
            took = sorted(quickest(5, lambda: search(point)) * 1e3 for point in asked)
            print(f"{dimensions} dimensions, {name}: median {took[150]:.2f} ms, 95 of 100 within {took[285]:.2f} ms")


ways = {"scifact": scifact, "book": book, "pages": lambda *files: pages(files), "vectors": vectors}
ways[sys.argv[1]](*sys.argv[2:])
