"""The kernel in classic Jupyter Notebook, as a user does: a real server, a real browser, the page's own buttons."""
import contextlib
import ctypes
import json
import os
import queue
import re
import secrets
import shutil
import signal
import subprocess
import sys
import threading

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

TIMEOUT = 60  # Seconds for anything to happen: a busy machine is slow, a broken kernel is still broken after a minute.
NOTEBOOK = "coffee.ipynb"
CELLS = ("var kept = 42;", "kept + 1", "display(HTML(\"<b class='served'>served</b>\"));")
KEPT, VALUE, SHOWN = range(3)


def write_notebook(kernel):
    cells = [
        {"cell_type": "code", "execution_count": None, "id": f"cell{index}", "metadata": {}, "outputs": [], "source": source}
        for index, source in enumerate(CELLS)
    ]
    spec = {"name": kernel, "display_name": kernel, "language": "C#"}
    with open(NOTEBOOK, "w", encoding="utf-8") as file:
        json.dump({"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}, file)


@contextlib.contextmanager
def server(token):
    """Jupyter Notebook on a port of its own; gives its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--NotebookApp.token={token}"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    addresses = queue.Queue()

    def read():
        # To the end, so that the pipe never fills.
        for line in process.stderr:
            sys.stderr.write(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                addresses.put(found[0])

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        yield addresses.get(timeout=TIMEOUT)
    finally:
        process.terminate()
        process.wait(TIMEOUT)
        reader.join(TIMEOUT)


@contextlib.contextmanager
def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=1200,1000",
        "--user-data-dir=" + os.path.abspath("chromium"),
    ):
        options.add_argument(flag)
    driver = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)
    try:
        yield driver
    finally:
        driver.quit()


class Page:
    """The notebook's page."""

    def __init__(self, driver, address):
        self.driver = driver
        driver.get(address)
        self.until_ready()

    def until(self, condition, what):
        try:
            return WebDriverWait(self.driver, TIMEOUT, poll_frequency=0.05).until(lambda _: condition())
        except Exception as error:
            seen = self.driver.execute_script("return document.body ? document.body.innerText : ''")
            raise AssertionError(f"Not seen in the page: {what}. The page says:\n{seen}") from error

    def until_ready(self):
        self.until(lambda: self.driver.execute_script(
            "const notebook = window.Jupyter && Jupyter.notebook;"
            "return !!notebook && notebook._fully_loaded && !!notebook.kernel && notebook.kernel.is_connected()"
            " && notebook.kernel.info_reply.status === 'ok' && !notebook.kernel_busy;"), "a kernel that is ready")

    def cell(self, index):
        return self.driver.find_elements(By.CSS_SELECTOR, "#notebook-container > .cell")[index]

    def output(self, index):
        return self.driver.execute_script("return arguments[0].querySelector('.output').innerText", self.cell(index))

    def see(self, index, text):
        self.until(lambda: text in self.output(index), f"{text!r} below cell {index}")

    def until_idle(self):
        self.until(lambda: self.driver.find_elements(By.CSS_SELECTOR, "#kernel_indicator_icon.kernel_idle_icon")
                   and not self.driver.execute_script("return Jupyter.notebook.get_cells().some(cell => cell.input_prompt_number === '*')"),
                   "an idle kernel")

    def count(self, index):
        return self.driver.execute_script("return Jupyter.notebook.get_cell(arguments[0]).input_prompt_number", index)

    def run_all(self):
        self.driver.find_element(By.LINK_TEXT, "Cell").click()
        entry = self.driver.find_element(By.CSS_SELECTOR, "#run_all_cells a")
        self.until(entry.is_displayed, "the menu's Run All")
        entry.click()

    def press(self, action):
        self.driver.find_element(By.CSS_SELECTOR, f"#maintoolbar button[data-jupyter-action='jupyter-notebook:{action}']").click()

    def edit(self, index, source):
        """Types over a cell, as a user does, and runs it."""
        self.cell(index).find_element(By.CSS_SELECTOR, ".CodeMirror-lines").click()
        keys = ActionChains(self.driver)
        keys.key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(source).perform()
        typed = self.driver.execute_script("return Jupyter.notebook.get_cell(arguments[0]).get_text()", index)
        assert typed == source, f"typed {source!r}, the page has {typed!r}"
        ActionChains(self.driver).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()


def read_as_a_learner(page):
    page.run_all()
    page.see(VALUE, "43")
    page.until(lambda: page.cell(SHOWN).find_elements(By.CSS_SELECTOR, ".output b.served"), "the displayed HTML, as an element")
    page.until_idle()
    assert [page.count(index) for index in range(len(CELLS))] == [1, 2, 3]

    page.edit(VALUE, "kept * 3")
    page.see(VALUE, "126")
    page.until_idle()

    # It speaks first: an interrupt before the loop began would prove nothing.
    page.edit(SHOWN, 'Console.WriteLine("brewing"); while (true);')
    page.see(SHOWN, "brewing")
    assert page.driver.find_elements(By.CSS_SELECTOR, "#kernel_indicator_icon.kernel_busy_icon"), "an endless cell, and the page shows no busy kernel"
    page.press("interrupt-kernel")
    page.see(SHOWN, "The cell was interrupted; variables keep their values.")
    page.until_idle()
    page.edit(VALUE, "kept * 5")
    page.see(VALUE, "210")
    page.until_idle()

    page.driver.execute_script("window.restarted = false; Jupyter.notebook.events.one('kernel_ready.Kernel', () => { window.restarted = true; });")
    page.press("confirm-restart-kernel")
    confirm = page.until(lambda: next((button for button in page.driver.find_elements(By.CSS_SELECTOR, ".modal .btn-danger") if button.is_displayed()), None),
                         "the question whether to restart")
    confirm.click()
    page.until(lambda: page.driver.execute_script("return window.restarted"), "a kernel that has restarted")
    page.until(lambda: not page.driver.find_elements(By.CSS_SELECTOR, ".modal"), "the question gone")
    page.until_ready()
    page.edit(VALUE, "kept * 7")
    page.see(VALUE, "CS0103")
    page.see(VALUE, "'kept'")
    page.until_idle()
    page.edit(KEPT, "var kept = 6;")
    page.until_idle()
    page.edit(VALUE, "kept * 11")
    page.see(VALUE, "66")
    page.until_idle()
    assert page.count(VALUE) == 3, "a restarted kernel counts from one"


def adopt_orphans():
    """Makes every process that this one starts, however far down, a child of this one when its own parent ends."""
    set_child_subreaper = 36
    if ctypes.CDLL(None, use_errno=True).prctl(set_child_subreaper, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def descendants():
    parents = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            with open(f"/proc/{entry}/stat", encoding="utf-8", errors="replace") as file:
                parents[int(entry)] = int(file.read().rpartition(")")[2].split()[1])
    found = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in found and child not in found}:
        found |= more
    return found - {os.getpid()}


def command(process):
    with contextlib.suppress(OSError), open(f"/proc/{process}/cmdline", encoding="utf-8", errors="replace") as file:
        return file.read().replace("\0", " ")[:200]
    return "?"


def await_the_end_of_all():
    """Returns when every process that came of this one has ended; kills and names those that do not."""
    def give_up(*_):
        raise TimeoutError

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(TIMEOUT // 2)
    try:
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)
        signal.alarm(0)
    except TimeoutError:
        left = {process: command(process) for process in descendants()}
        for process in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        raise AssertionError(f"These processes were left: {left}") from None


def end_with_the_tests():
    """When the program that started this one ends, however it does, the input ends: then this one ends in order, too."""
    # Not by sys.stdin, whose lock would be held when the interpreter ends.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main(kernel):
    adopt_orphans()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    threading.Thread(target=end_with_the_tests, daemon=True).start()
    os.environ.update(
        JUPYTER_RUNTIME_DIR=os.path.abspath("runtime"), TMPDIR=os.getcwd(), no_proxy="127.0.0.1,localhost", NO_PROXY="127.0.0.1,localhost")
    write_notebook(kernel)
    token = secrets.token_hex(16)
    try:
        with server(token) as address, browser() as driver:
            read_as_a_learner(Page(driver, f"{address}notebooks/{NOTEBOOK}?token={token}"))
            # The server, the kernel, the driver, the browser and its renderer: or the wait below would wait for nothing.
            assert len(descendants()) >= 5
    finally:
        await_the_end_of_all()
    print("OK")


if __name__ == "__main__":
    main(sys.argv[1])
