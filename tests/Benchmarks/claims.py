#!/usr/bin/env python3
"""How often each claim of the book holds on this machine, and how long the chapters take.

    python3 tests/Benchmarks/claims.py [runs] [notebook ...]

Runs the book so many times (10), each time from top to bottom, and writes a Markdown table to artifacts/benchmarks/claims.md: for each claim in how many
runs it held, the lowest, middle and highest figure, and the bound. Takes minutes a run; leave the machine alone.
"""
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

CLAIMS = "application/vnd.concurrencylab.claims+json"
ROOT = Path(__file__).resolve().parents[2]


def claims_of(notebook):
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            if CLAIMS in output.get("data", {}):
                yield from output["data"][CLAIMS]["claims"]


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    chapters = sys.argv[2:]
    lab = ["dotnet", "run", "--project", str(ROOT / "src" / "Lab"), "-c", "Release"]
    subprocess.run(["dotnet", "build", str(ROOT / "src" / "Lab"), "-c", "Release", "-v", "quiet", "--nologo"], check=True)
    held, texts, seconds = defaultdict(list), {}, defaultdict(list)
    for number in range(1, runs + 1):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([*lab, "--no-build", "--", "run", *(chapters or ["--all"]), "-o", folder], cwd=ROOT, capture_output=True, text=True)
            for chapter, took in re.findall(r"\] (\S+): (?:done in|failed after) ([\d.]+) s", done.stdout):
                seconds[chapter].append(float(took))
            for line in re.findall(r"\] (\S+: failed after .*)", done.stdout):
                print(f"run {number}: {line}", file=sys.stderr)
            for notebook in sorted(Path(folder).glob("*.ipynb")):
                for place, claim in enumerate(claims_of(notebook)):
                    key = (notebook.stem, place)
                    texts[key] = claim
                    held[key].append(claim)
        print(f"run {number} of {runs}: " + ", ".join(f"{name[:2]} {took[-1]:.0f} s" for name, took in seconds.items()), file=sys.stderr, flush=True)
        report(runs, texts, held, seconds)


def report(runs, texts, held, seconds):
    lines = [f"{os.cpu_count()} cores, {runs} runs asked for", "", "| chapter | claim | held | lowest | middle | highest | bound |", "|---|---|---|---|---|---|---|"]
    for key in sorted(texts):
        all_of_it = held[key]
        figures = [float(re.sub(r"[^\d.eE+-]", "", claim["measured"].split(" ")[0].replace(",", "")) or "nan") for claim in all_of_it if claim["measured"][0].isdigit() or claim["measured"][0] == "-"]
        low, middle, high = (min(figures), statistics.median(figures), max(figures)) if figures else ("", "", "")
        lines.append(f"| {key[0][:2]} | {texts[key]['text']} | {sum(claim['holds'] for claim in all_of_it)} of {len(all_of_it)} | {low} | {middle} | {high} | {all_of_it[-1]['bound']} |")
    lines += ["", "| chapter | seconds, median | highest |", "|---|---|---|"]
    lines += [f"| {name} | {statistics.median(took):.1f} | {max(took):.1f} |" for name, took in seconds.items()]
    target = ROOT / "artifacts" / "benchmarks"
    target.mkdir(parents=True, exist_ok=True)
    (target / "claims.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
