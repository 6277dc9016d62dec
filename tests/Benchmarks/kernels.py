#!/usr/bin/env python3
"""Start-up, cell and memory cost of the lab's kernel beside IPython's, in one run on one machine.

    /usr/bin/python3 tests/Benchmarks/kernels.py <kernelspec name> [starts] [cells] [file.json]

Times are medians in milliseconds; memory is resident, in MB, as the system counts it.
Starts and cells of the two kernels alternate, so that what else the machine does hits both alike.
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


def start_python(side, name):
    """From nothing to the answer of a Python cell, and, for our kernel, how much of that is the interpreter's start."""
    began = time.perf_counter()
    manager, client = start_new_kernel(kernel_name=name)
    first = run(client, python(side, "1+1"))
    took = (time.perf_counter() - began) * 1e3
    stop(manager, client)
    return took, first


def python(side, code):
    """A Python cell in each: IPython's kernel knows nothing else."""
    return f"#!python\n{code}" if side == "ours" else code


def compiled(client):
    """What the runtime's own compiler has taken in this kernel so far, in ms."""
    shown = []
    client.execute_interactive(
        "System.Runtime.JitInfo.GetCompilationTime().TotalMilliseconds", timeout=60,
        output_hook=lambda message: shown.append(message["content"]["data"]["text/plain"]) if message["msg_type"] == "execute_result" else None)
    return float(shown[0])


def answered(client):
    """A question without code: what the protocol costs by itself."""
    began = time.perf_counter()
    client.kernel_info(reply=True, timeout=60)
    return (time.perf_counter() - began) * 1e3


def in_turns(kernels, count, ask):
    """Asks each kernel in turn, so that a noisy moment hits both; the times of each."""
    times = {side: [] for side in kernels}
    for number in range(count):
        for side, (_, client) in kernels.items():
            times[side].append(ask(client, number))
    return times


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
            for row, took in zip(("start to first Python cell", "first Python cell"), start_python(side, name)):
                rows[side].setdefault(row, []).append(took)

    charts = [first_chart(ours) for _ in range(starts)]
    kernels = {side: start(name)[1:] for side, name in names.items()}
    processes = {side: manager.provisioner.process.pid for side, (manager, _) in kernels.items()}
    before = {side: resident(pid) for side, pid in processes.items()}
    compiling = kernels["ours"][1]
    compiled(compiling)  # The first asking costs more than those that follow.
    jit = compiled(compiling)
    times = in_turns(kernels, cells, lambda client, number: run(client, f"{number}+1"))
    rows["ours"]["the runtime's compiler, a cell"] = [(compiled(compiling) - jit) / cells]
    after = {side: resident(pid) for side, pid in processes.items()}
    empty = in_turns(kernels, 200, lambda client, number: run(client, ""))
    for side, (_, client) in kernels.items():
        run(client, python(side, "x = 1"))
    in_python = {side: [] for side in kernels}
    for number in range(200):
        for side, (_, client) in kernels.items():
            in_python[side].append(run(client, python(side, f"{number}+1")))
    info = in_turns(kernels, 200, lambda client, number: answered(client))
    for side, (manager, client) in kernels.items():
        rows[side] |= {
            "cells 26 to 75": times[side][25:75],
            "last 50 cells": times[side][-50:],
            "resident after 1+1": [before[side]],
            "growth a cell": [(after[side] - before[side]) / cells],
            "kernel_info": info[side],
            "an empty cell": empty[side],
            "a Python cell": in_python[side],
        }
        stop(manager, client)

    print(f"{'':28}" + "".join(f"{side:>12}" for side in names))
    for row in rows["IPython"]:
        print(f"{row:28}" + "".join(f"{statistics.median(rows[side][row]):12.3f}" for side in names))
    rows["ours"]["first chart"], rows["ours"]["the same cell again"] = ([times[i] for times in charts] for i in (0, 1))
    for row in ("the runtime's compiler, a cell", "first chart", "the same cell again"):
        print(f"{row:28}{statistics.median(rows['ours'][row]):12.3f}")
    if len(sys.argv) > 4:
        pathlib.Path(sys.argv[4]).write_text(json.dumps(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
