#!/usr/bin/python3
"""How long a user waits for the first answer of a chapter, in what create.py made, without a network.

    /usr/bin/python3 tests/Container/open.py FOLDER [times] [chapters, by the beginning of their names]

Each time is in seconds, from starting the kernel (by name, as a front end does) to the end of the chapter's first cell
of code. The last line gives the median and the longest of all.
"""
import json
import os
import pathlib
import statistics
import sys
import time

import container


def first_code(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))
    return cells["metadata"]["kernelspec"]["name"], next("".join(cell["source"]) for cell in cells["cells"] if cell["cell_type"] == "code")


def opened(notebook):
    from jupyter_client.manager import start_new_kernel  # Reads HOME when it is imported.

    kernel, code = first_code(notebook)
    began = time.perf_counter()
    manager, client = start_new_kernel(kernel_name=kernel, cwd=str(notebook.parent), startup_timeout=60)
    try:
        reply = client.execute_interactive(code, timeout=60, output_hook=lambda message: None)
        took = time.perf_counter() - began
        assert reply["content"]["status"] == "ok", f"{notebook.name}: {reply['content']}"
        return took
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main():
    if len(sys.argv) < 2:
        raise SystemExit("usage: tests/Container/open.py FOLDER [times] [chapters]")
    folder = pathlib.Path(sys.argv[1]).resolve()
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    chapters = sys.argv[3:] or [""]
    environment = container.environment(folder / "home")
    cut = container.cut_off()
    if cut and not container.is_user_root():
        os.setgroups([])
        os.setgid(container.USER)
        os.setuid(container.USER)
    os.chdir(folder / "workspace")
    for name in [name for name in os.environ if name.startswith("JUPYTER")]:
        del os.environ[name]
    os.environ.update(environment)

    notebooks = [path for path in sorted((folder / "workspace" / "notebooks").glob("*.ipynb")) if path.name.startswith(tuple(chapters))]
    every = []
    for notebook in notebooks:
        took = [opened(notebook) for _ in range(times)]
        every += took
        print(f"{notebook.stem:40} {statistics.median(took):6.2f}   {min(took):6.2f} to {max(took):.2f}", flush=True)
    print(f"{'without' if cut else 'WITH'} a network: median {statistics.median(every):.2f} s, longest {max(every):.2f} s of {len(every)}")


if __name__ == "__main__":
    main()
