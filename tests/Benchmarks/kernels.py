#!/usr/bin/env python3
"""Start-up, cell and memory cost of the lab's kernel beside IPython's, in one run on one machine.

    /usr/bin/python3 tests/Benchmarks/kernels.py <kernelspec name> [starts] [cells] [file.json]

Times are medians in milliseconds; memory is resident, in MB, as the system counts it.
Starts of the two kernels alternate, so that what else the machine does hits both alike.
"""
import json
import pathlib
import statistics
import sys
import time

from jupyter_client.manager import start_new_kernel

NOTEBOOKS = pathlib.Path(__file__).resolve().parents[2] / "notebooks"
FIRST_CHART = """var brewing = await Compare.Runs("4 orders, each waits 5 ms",
    Run.As("sequential", () => { foreach (var order in Enumerable.Range(1, 4)) Thread.Sleep(5); }),
    Run.As("parallel", () => Parallel.For(0, 4, order => Thread.Sleep(5))));
brewing"""


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) / 1e3 for line in status if line.startswith("VmRSS"))


def run(client, code):
    began = time.perf_counter()
    reply = client.execute_interactive(code, timeout=60, output_hook=lambda message: None)
    assert reply["content"]["status"] == "ok", reply["content"]
    return (time.perf_counter() - began) * 1e3


def start(name):
    began = time.perf_counter()
    manager, client = start_new_kernel(kernel_name=name)
    run(client, "1+1")
    return (time.perf_counter() - began) * 1e3, manager, client


def answered(client):
    """A question without code: what the protocol costs by itself."""
    began = time.perf_counter()
    client.kernel_info(reply=True, timeout=60)
    return (time.perf_counter() - began) * 1e3


def first_chart(name):
    """From the kernel being up to the chart of a chapter's first cell and a small comparison, and its measuring alone."""
    manager, client = start_new_kernel(kernel_name=name, cwd=str(NOTEBOOKS))
    chapter = json.loads(next(NOTEBOOKS.glob("00-*.ipynb")).read_text())
    opening = next("".join(cell["source"]) for cell in chapter["cells"] if cell["cell_type"] == "code")
    took = run(client, opening) + run(client, FIRST_CHART)
    again = run(client, FIRST_CHART)
    stop(manager, client)
    return took, again


def stop(manager, client):
    client.stop_channels()
    manager.shutdown_kernel()


def main():
    ours = sys.argv[1]
    starts = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    cells = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    names = {"ours": ours, "IPython": "python3"}
    rows = {side: {"start to first 1+1": []} for side in names}
    for _ in range(starts):
        for side, name in names.items():
            took, manager, client = start(name)
            rows[side]["start to first 1+1"].append(took)
            stop(manager, client)

    charts = [first_chart(ours) for _ in range(starts)]
    for side, name in names.items():
        _, manager, client = start(name)
        pid = manager.provisioner.process.pid
        before = resident(pid)
        times = [run(client, f"{number}+1") for number in range(cells)]
        after = resident(pid)
        rows[side] |= {
            "cells 26 to 75": times[25:75],
            "last 50 cells": times[-50:],
            "resident after 1+1": [before],
            "growth a cell": [(after - before) / cells],
            "kernel_info": [answered(client) for _ in range(200)],
            "an empty cell": [run(client, "") for _ in range(200)],
        }
        stop(manager, client)

    print(f"{'':24}" + "".join(f"{side:>12}" for side in names))
    for row in rows["ours"]:
        print(f"{row:24}" + "".join(f"{statistics.median(rows[side][row]):12.3f}" for side in names))
    rows["ours"]["first chart"], rows["ours"]["the same cell again"] = ([times[i] for times in charts] for i in (0, 1))
    for row in ("first chart", "the same cell again"):
        print(f"{row:24}{statistics.median(rows['ours'][row]):12.3f}")
    if len(sys.argv) > 4:
        pathlib.Path(sys.argv[4]).write_text(json.dumps(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
