"""Notebooks that exercise what kernels do: run in an ordinary kernel and in a warm one, compared.

Each is a text in the percent format: `# %%` begins a cell, words after it are its tags.
"""

from __future__ import annotations

import re

HELPER = """\
import os

HERE = os.getcwd()


def fail(words):
    raise ValueError(f"no {words}")


def square(n):
    return n * n
"""
"""The module beside the notebooks, `beside.py`."""

TOO_SLOW = "a cell that takes too long"
"""Runs with a limit of a second a cell."""
MATPLOTLIB = "matplotlib"
"""Is left out where matplotlib is not installed: the workbench needs none."""

CASES = {
    "an error stops the notebook and leaves its traceback": """
def share(a, b):
    return a / b
# %%
print("before")
share(1, 0)
# %%
print("never")
""",
    "an error that is expected stops nothing": """
# %% raises-exception
{}["missing"]
# %%
print("goes on")
# %% skip-execution
print("is skipped")
""",
    "errors with causes, notes and groups": """
# %% raises-exception
try:
    int("seitsemän")
except ValueError as error:
    error.add_note("a note of ours")
    raise RuntimeError("no number") from error
# %% raises-exception
raise ExceptionGroup("two", [ValueError(1), TypeError("2")])
# %% raises-exception
assert 1 == 2, "a sentence"
""",
    "syntax errors": """
# %% raises-exception
x = = 1
# %% raises-exception
def f(:
# %% raises-exception
if True:
pass
# %% raises-exception
eval("1 +")
# %% raises-exception
print(unknown)
""",
    "errors in a module beside the notebook": """
import beside
# %% raises-exception
beside.fail("words")
# %%
%xmode Minimal
# %% raises-exception
beside.fail("more")
# %%
%xmode Context
%tb
""",
    "errors while something is shown": """
class Shy:
    def __repr__(self):
        raise ValueError("shy")
# %% raises-exception
Shy()
# %% raises-exception
class Half:
    def _repr_html_(self):
        raise ValueError("no html")
    def __repr__(self):
        return "half"
Half()
# %%
[1, "still here"]
""",
    "rich display": r"""
from IPython.display import (
    HTML, JSON, SVG, Image, IFrame, Javascript, Latex, Markdown, Math, Pretty, display,
)
display(HTML("<b>b</b>"), Markdown("*m*"), Latex("$x^2$"), Math(r"\frac{1}{2}"), Pretty("p"))
# %%
JSON({"a": [1, 2]}, expanded=True)
# %%
SVG('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>')
# %%
display(Javascript("1"), IFrame("about:blank", 10, 10))
# %%
Image(bytes.fromhex("89504e470d0a1a0a0000000d49484452"), format="png", width=3)
# %%
display({"text/plain": "raw", "application/x-own+json": {"a": 1}}, raw=True, metadata={"own": 1})
# %%
class Bundle:
    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": "b", "text/html": "<i>b</i>"}, {"text/html": {"isolated": True}}
Bundle()
""",
    "displays updated by their id": """
from IPython.display import display, update_display
handle = display("first", display_id="one")
display("other", display_id="two")
# %%
handle.update("second")
update_display({"a": 1}, display_id="two")
# %%
display("again", display_id="one")
# %%
own = display("named", display_id=True)
own.update("renamed")
""",
    "output cleared, at once and when more comes": """
from IPython.display import clear_output, display
print("gone")
display("gone too")
clear_output()
print("kept")
# %%
for n in range(5):
    clear_output(wait=True)
    print(n)
# %%
print("waits for nothing")
clear_output(wait=True)
""",
    "input is refused": """
# %% raises-exception
input("name? ")
# %% raises-exception
import getpass
getpass.getpass()
# %%
import sys
sys.stdin.read(), sys.stdin.isatty(), sys.stdin.fileno()
# %% raises-exception
breakpoint()
# %% raises-exception
%debug
""",
    "await at the top": """
import asyncio
await asyncio.sleep(0.01)
async def two():
    yield 1
    yield 2
[n async for n in two()]
# %%
async with asyncio.timeout(5):
    print(await asyncio.gather(asyncio.sleep(0, "a"), asyncio.to_thread(lambda: "b")))
# %% raises-exception
async with asyncio.timeout(0.01):
    await asyncio.sleep(5)
# %% raises-exception
asyncio.run(asyncio.sleep(0))
# %%
type(asyncio.get_running_loop()).__name__
""",
    "tasks that print later": """
import asyncio
async def later():
    for n in range(3):
        await asyncio.sleep(0.01)
        print("later", n)
task = asyncio.create_task(later())
print("first")
# %%
await task
print("then")
# %%
async def wrong():
    raise ValueError("in a task")
task = asyncio.create_task(wrong())
# %% raises-exception
await task
""",
    "widgets keep their state": """
import ipywidgets as w
slider = w.IntSlider(value=3, max=7, description="ä")
label = w.Label()
w.dlink((slider, "value"), (label, "value"), lambda n: f"n = {n}")
w.VBox([slider, label, w.Checkbox(True), w.Dropdown(options=[("a", 1), ("b", 2)])])
# %%
slider.observe(lambda change: print("changed to", change.new), "value")
slider.value = 5
# %%
w.Image(value=b"\\x89PNG", format="png")
# %%
len(w.Widget.widgets) if hasattr(w.Widget, "widgets") else None
""",
    "output widgets capture": """
import ipywidgets as w
out = w.Output()
out
# %%
with out:
    print("captured")
    display("shown")
# %% raises-exception
with out:
    1 / 0
# %%
out.append_stdout("appended")
out.clear_output(wait=True)
with out:
    print("last")
# %%
@w.interact(n=(0, 3), word=["a", "b"])
def show(n=2, word="b"):
    print(n, word)
""",
    "a widget of our own and a comm": """
import anywidget, traitlets
class Own(anywidget.AnyWidget):
    _esm = "export default {render({el}) { el.textContent = 'x' }}"
    n = traitlets.Int(1).tag(sync=True)
own = Own(n=2)
own
# %%
own.n = 3
# %%
from comm import create_comm
STATE = {"_model_name": "OwnModel", "_model_module": "own", "_model_module_version": "1"}
comm = create_comm(target_name="jupyter.widget", data={"state": STATE})
comm.send({"method": "update", "state": {"y": 1}})
comm.close()
""",
    "plotly figures": """
import plotly.express as px
import plotly.graph_objects as go
import plotly.io as pio
pio.renderers.default, pio.templates.default
# %%
figure = go.Figure(go.Bar(x=["a", "b"], y=[1, 2]))
figure
# %%
figure.show()
# %%
px.scatter({"x": [1, 2], "y": [3, 4]}, x="x", y="y")
# %% raises-exception
go.Bar(colour="red")
""",
    MATPLOTLIB: """
import matplotlib
import matplotlib.pyplot as plt
matplotlib.get_backend()
# %%
plt.plot([1, 2]);
""",
    "magics": """
%pwd
# %%
%env PATH
%env OWN=1
!echo $OWN
# %%
alpha, beta = 1, "b"
%who
%whos int
# %%
%%capture caught
print("caught")
import sys; print("err", file=sys.stderr)
alpha
# %%
caught.stdout, caught.stderr
# %%
%%capture
%timeit -n 1 -r 1 alpha
# %%
%%writefile written.py
print("written", __name__)
# %%
%run written.py
%cd -q ..
%pwd
# %%
%cd -
# %% raises-exception
%no_such_magic
# %%
%lsmagic
# %%
%precision 2
1 / 3
# %%
%%javascript
1
""",
    "the shell below": """
!echo out; echo err >&2
# %%
found = !printf 'a\\nb\\n'
found
# %%
import os, subprocess, sys
os.system("echo by system; sleep 2; exit 3")
# %%
print(subprocess.run([sys.executable, "-c", "import sys; print(sys.path[1:], sys.flags)"],
                     capture_output=True, text=True))
# %%
code = subprocess.run("echo straight; sleep 2", shell=True)
# %%
%%bash
echo "in bash"; echo wrong >&2
# %% raises-exception
%%bash
exit 4
# %%
!exit 5
_exit_code
# %%
!echo "$TERM $PAGER $GIT_PAGER $CLICOLOR"
""",
    "writing below Python": """
import ctypes, os, time
os.write(1, b"one\\n")
time.sleep(1.5)
# %%
os.write(2, "yksi ä\\n".encode())
time.sleep(1.5)
# %%
libc = ctypes.CDLL(None)
libc.puts(b"by C")
libc.fflush(None)
time.sleep(1.5)
# %%
import sys
sys.stdout.fileno() > 2, sys.__stdout__.fileno(), sys.stdout.isatty(), sys.stdout.encoding
""",
    "unicode": """
print("äöå \\N{ADULT}\\N{ZERO WIDTH JOINER}\\N{ADULT} 🧪 e\\u0301 \\N{HEBREW LETTER ALEF} \\x00")
# %%
"🧪", "a\\u0308", "\\u2028", b"\\xff"
# %%
öljy = {"ä": "\\N{SNOWMAN}"}
öljy
# %% raises-exception
raise ValueError("Ääni 🎧")
# %%
import sys
sys.getdefaultencoding(), sys.getfilesystemencoding(), "ä".encode().decode("utf-8")
""",
    "warnings": """
import warnings
warnings.warn("a warning")
warnings.warn("old", DeprecationWarning)
warnings.warn("soon", FutureWarning)
# %%
for n in range(2):
    warnings.warn("twice?")
# %%
import numpy as np
np.array([1.0]) / 0
# %%
import pandas as pd
pd.to_datetime(["1.2.2020", "x"], errors="coerce")
# %%
with warnings.catch_warnings(record=True) as kept:
    warnings.simplefilter("always")
    warnings.warn("kept")
[str(k.message) for k in kept], warnings.showwarning.__module__
# %% raises-exception
warnings.simplefilter("error")
warnings.warn("now an error")
# %%
x = 1
x is 1
""",
    "logging": """
import logging
logging.warning("to stderr")
logging.info("not shown")
# %%
logging.getLogger("own").error("from own")
log = logging.getLogger("b")
log.addHandler(logging.StreamHandler())
log.warning("handled")
# %%
root = logging.getLogger()
root.level, root.handlers, logging.lastResort.level, logging.getLogger("tornado").level
# %%
try:
    1 / 0
except ZeroDivisionError:
    logging.exception("with its traceback")
""",
    "five megabytes": """
print("x" * 5_000_000)
# %%
"y" * 1000
# %%
list(range(3000))
# %%
from IPython.display import HTML
HTML("<p>" + "z" * 5_000_000 + "</p>")
""",
    "many small prints": """
for n in range(20000):
    print(n, end=" ")
""",
    "two streams by turns": """
import sys
for n in range(20):
    print("out", n, flush=True)
    print("err", n, file=sys.stderr, flush=True)
# %%
print("a", end="")
print("b", file=sys.stderr)
print("c")
sys.stdout.write("d"), sys.stdout.writelines(["e", "f"])
# %%
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()) as kept:
    print("redirected")
kept.getvalue()
# %%
print("10%\\r20%\\r30%")
""",
    "a kernel that kills itself": """
print("so far", flush=True)
# %%
import os, signal, time
time.sleep(1.5)
os.kill(os.getpid(), signal.SIGKILL)
# %%
print("never")
""",
    "a kernel that exits": """
print("so far", flush=True)
# %%
import os, time
time.sleep(1.5)
os._exit(3)
""",
    "leaving by sys.exit": """
# %% raises-exception
import sys
sys.exit("bye")
# %% raises-exception
raise SystemExit(2)
# %%
print("still here")
# %%
exit(keep_kernel=True)
""",
    "interrupted": """
# %% raises-exception
raise KeyboardInterrupt
# %% raises-exception
import os, signal, time
os.kill(os.getpid(), signal.SIGINT)
time.sleep(5)
# %% raises-exception
import asyncio
asyncio.get_running_loop().call_later(0.1, os.kill, os.getpid(), signal.SIGINT)
await asyncio.sleep(5)
# %%
print("still here")
""",
    TOO_SLOW: """
print("so far", flush=True)
# %%
while True:
    pass
""",
    "threads": """
import threading
def work(n):
    print("thread", n)
threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]
for thread in threads:
    thread.start(); thread.join()
# %%
def wrong():
    raise ValueError("in a thread")
thread = threading.Thread(target=wrong, name="wrong")
thread.start(); thread.join()
# %%
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(2) as pool:
    print(sorted(pool.map(abs, [-1, 2])))
# %%
from IPython.display import display
thread = threading.Thread(target=display, args=("from a thread",))
thread.start(); thread.join()
# %%
import re
names = sorted(re.sub(r"\\d+", "n", t.name) for t in threading.enumerate())
names, threading.current_thread() is threading.main_thread()
""",
    "processes": """
import beside, multiprocessing, os
from concurrent.futures import ProcessPoolExecutor
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(pool.map(beside.square, [1, 2, 3]))
# %%
with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
    print(pool.submit(beside.square, 4).result())
# %%
def own(n):
    print("in a child", n, flush=True)
    return n + 1
with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
    print(pool.submit(own, 1).result())
# %% raises-exception
with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
    pool.submit(beside.fail, "luck").result()
# %%
multiprocessing.get_start_method(), multiprocessing.current_process().name
# %%
pid = os.fork()
if not pid:
    os._exit(7)
os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
""",
    "pandas tables": """
import pandas as pd
frame = pd.DataFrame([[n * m for m in range(30)] for n in range(100)])
frame
# %%
print(frame)
# %%
pd.options.display.max_columns, pd.options.display.max_rows, pd.options.display.width
# %%
pd.Series({"ä": 1.5, "b": None})
# %%
pd.DataFrame({"when": pd.to_datetime(["2020-01-31"]), "what": ["x" * 80]}).style.set_uuid("u")
# %% raises-exception
frame["missing"]
# %%
frame.describe().T.head(3)
""",
    "numbers": """
import random
random.seed(1)
random.random(), random.choice("abc")
# %%
import numpy as np
np.random.seed(1)
np.random.rand(2), np.random.default_rng(1).random(2)
# %%
np.geterr(), np.get_printoptions()
# %%
a = np.arange(400.0).reshape(20, 20)
np.linalg.det(a @ a.T + np.eye(20)), (a @ a).sum()
# %%
import decimal, gc, sys
decimal.getcontext(), gc.isenabled(), gc.get_threshold()
# %%
sys.getrecursionlimit(), sys.getswitchinterval(), sys.get_int_max_str_digits(), sys.flags
# %%
import scipy.stats, pandas as pd
scipy.stats.norm.rvs(size=2, random_state=1), pd.Series(range(9)).sample(3, random_state=1)
""",
    "where a kernel finds itself": """
import os, sys
sys.path, sys.argv, sys.orig_argv[1:]
# %%
os.getcwd(), __name__, sys.executable, sys.prefix, globals().get("__file__")
# %%
sorted(k for k in globals() if not k.startswith("_i"))
# %%
sys.modules["__main__"].__dict__ is globals(), sys.modules["__main__"].__doc__
# %%
import site, importlib.util
site.ENABLE_USER_SITE, importlib.util.find_spec("rfc3987_syntax").name
# %%
import multiprocessing.process
multiprocessing.process.ORIGINAL_DIR
""",
    "environment variables": """
import os
own = ("PYTEST_", "JPY_PARENT_PID")
for name, value in sorted(os.environ.items()):
    if not name.startswith(own):
        display(f"{name}={value}")
# %%
os.environ["JPY_PARENT_PID"] > "0"
# %%
os.environ["ÄÄNI"] = "ö"
!echo $ÄÄNI
""",
    "the shell of the notebook": """
shell = get_ipython()
[f"{t.__module__}.{t.__qualname__}" for t in type(shell).__mro__[:3]]
# %%
f"{type(shell.kernel).__module__}.{type(shell.kernel).__qualname__}"
# %%
"IPKernelApp" in shell.config, {k: v for k, v in shell.config.items() if v and k != "IPKernelApp"}
# %%
import ipykernel, os
os.path.basename(ipykernel.get_connection_file()).startswith("kernel-"), \\
    shell.config["IPKernelApp"]["connection_file"] == ipykernel.get_connection_file()
# %%
shell.starting_dir, shell.home_dir, shell.history_manager.hist_file, shell.colors
# %%
from ipykernel.kernelapp import IPKernelApp
app = IPKernelApp.instance()
app.kernel is shell.kernel, app.shell is shell, IPKernelApp.initialized(), app.log_level
# %%
len(shell.configurables), sorted({type(c).__name__ for c in shell.configurables})
# %%
shell.kernel.kernel_info["supported_features"], shell.kernel.shell_channel_thread is None
# %%
shell.kernel.debugger.debugpy_client.debugpy_stream is shell.kernel.debugpy_stream, \\
    shell.kernel.debugger.shell_socket is shell.kernel.debug_shell_socket
# %%
sorted(shell.user_ns_hidden)
""",
    "what was said before": """
6 * 7
# %%
_ + 1
# %%
In, Out
# %%
_1, _2, _i1, _ii
# %%
%history
# %%
_dh, _oh, len(_ih)
# %%
_ ; 5;
# %%
None
# %%
list(get_ipython().history_manager.get_range(0, 1, 3))
# %%
get_ipython().ast_node_interactivity = "all"
1
2
""",
    "temporary files": """
import os, tempfile
tempfile.gettempdir()
# %%
with tempfile.NamedTemporaryFile(prefix="own-") as file, tempfile.TemporaryDirectory() as folder:
    print(os.path.dirname(file.name), oct(os.stat(file.name).st_mode), oct(os.stat(folder).st_mode))
# %%
handle, path = tempfile.mkstemp()
os.close(handle); os.remove(path)
""",
    "language and time": """
import locale, time
locale.getlocale(), locale.getpreferredencoding(), locale.setlocale(locale.LC_ALL)
# %%
time.tzname, time.timezone, time.strftime("%A", time.gmtime(0))
# %%
import babel.dates, datetime
babel.dates.format_date(datetime.date(2010, 3, 1), locale="fi")
# %%
open("ä.txt", "w").encoding
""",
    "signals, limits and open files": """
import os, resource, signal
{s.name: str(signal.getsignal(s)).split(" at ")[0] for s in sorted(signal.valid_signals())
 if isinstance(s, signal.Signals)}
# %%
signal.pthread_sigmask(signal.SIG_BLOCK, []), signal.getitimer(signal.ITIMER_REAL)
# %%
{n: resource.getrlimit(getattr(resource, n)) for n in dir(resource) if n.startswith("RLIMIT_")}
# %%
os.getpgid(0) == os.getpid(), os.getsid(0) == os.getpid(), os.getpriority(os.PRIO_PROCESS, 0)
# %%
mask = os.umask(0); os.umask(mask)
mask, len(os.sched_getaffinity(0))
# %%
def opened(kind):
    links = (f"/proc/self/fd/{name}" for name in os.listdir("/proc/self/fd"))
    return sum(kind in os.readlink(link) for link in links if os.path.lexists(link))
opened("eventpoll"), opened("pipe:") - ("pipe" in os.readlink("/proc/self/fd/0"))
""",
    "files beside the notebook": """
with open("written.txt", "w") as file:
    file.write("ä")
open("written.txt").read(), open("beside.py").readline()
# %%
import beside
beside.HERE, beside.__file__, beside.square(3)
# %%
import importlib, pathlib
own = pathlib.Path("changing.py")
own.write_text("N = 1")
import changing
own.write_text("N = 1 + 1  # changed")
importlib.reload(changing).N
# %%
%load_ext autoreload
%autoreload 2
changing.N
""",
    "tqdm": """
from tqdm.auto import tqdm
for n in tqdm(range(3), bar_format="{desc}{n}/{total}", desc="ä "):
    pass
# %%
from tqdm import tqdm as plain
for n in plain(range(3), bar_format="{n}/{total}"):
    pass
# %%
tqdm.__module__
""",
    "the workbench": """
import workbench as wb
study = wb.load("..")
study
# %%
study.problems, study.folder
# %%
here = study.where(segment="esimiehet")
wb.crosstab(here, by="role")
# %%
wb.counts(here)
# %%
wb.quality(here).chart()
# %%
wb.quality(here).table
# %% raises-exception
study.where(segment="esimihet")
# %% raises-exception
wb.unknown
# %% raises-exception
wb.load("nowhere")
""",
    "objects of the notebook": """
import dataclasses, inspect, pickle
@dataclasses.dataclass
class Point:
    x: int
def twice(n):
    '''Double a number.'''
    return 2 * n
print(inspect.getsource(twice))
pickle.loads(pickle.dumps(Point(3))), Point.__module__
# %%
help(twice)
# %%
twice?
# %%
import contextvars
own = contextvars.ContextVar("own", default=1)
own.set(2);
# %%
own.get()
# %%
lambda: 1
# %%
type(get_ipython), type(display), type(open), open.__module__, type(exit).__name__
""",
    "cells that are no code": """
# %% markdown
*words*
# %%

# %% raw
raw
# %%
# a comment only
# %%
print("end")
""",
}


def cells(text: str) -> list[tuple[str, list[str]]]:
    """Return the cells of a case: source and tags."""
    head, *rest = re.split(r"^# %%", text, flags=re.MULTILINE)
    found = [(head, [])] if head.strip() else []
    for part in rest:
        tags, _, source = part.partition("\n")
        found.append((source, tags.split()))
    return [(source.strip("\n"), tags) for source, tags in found]
