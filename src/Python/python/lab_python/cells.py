"""Makes a cell's text a module that other processes can import.

All cells share one namespace, that of __main__. What a cell defines says that it comes from a module of its own, cell_3
for example. In this process that module gives the definitions of that cell, also once a later cell has defined the same
names anew. For others there is a file cell_3.py: it runs the cell's definitions, and nothing else of the cell, with
the values that they use as they were when the function was sent.
"""
import __future__

import ast
import builtins
import contextlib
import importlib
import linecache
import os
import pickle
import sys
import types

VALUE = "__lab_value__"
MOST_BYTES = 1 << 26
_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
_IS_COROUTINE = 0x80
_folder = None
_paths = []


def begin(folder, temporary):
    """Makes the namespace of all cells. Modules beside the notebook, and in its folder python, can be imported."""
    global _folder
    _folder = temporary
    helpers = os.path.join(folder, "python")
    _paths[:] = [folder, helpers] if os.path.isdir(helpers) else [folder]
    # The first is where this program lies, whose own modules are none of a cell's.
    sys.path[:1] = [*_paths, temporary, sys.path[0]]
    main = types.ModuleType("__main__")
    main.__dict__.update(__builtins__=builtins, __annotations__={})
    sys.modules["__main__"] = main
    return main.__dict__


class Text:
    """A cell's text and the module that it becomes."""

    def __init__(self, number, source):
        self.label, self.source = f"Cell {number}", source
        self.module = f"cell_{number}"
        repeat = 1
        while self.module in sys.modules:
            repeat += 1
            self.module = f"cell_{number}_{repeat}"
        _quotable(self.label, source)

    def compile(self):
        """The code of the cell, which leaves the value of a last expression under a name of its own."""
        tree = compile(self.source, self.label, "exec", ast.PyCF_ONLY_AST | _AWAIT, dont_inherit=True)
        sys.modules[self.module] = CellModule(self.module, sys.modules["__main__"].__dict__, _defined(tree.body))
        call = f"from lab_python import cells\ncells.define(globals(), {self.label!r}, {self.source!r}, {_paths!r})\n"
        _write(self.module + ".py", call)
        if tree.body and isinstance(tree.body[-1], ast.Expr) and not self.source.rstrip().endswith(";"):
            last = tree.body[-1]
            name = ast.copy_location(ast.Name(VALUE, ast.Store()), last)
            tree.body[-1] = ast.copy_location(ast.Assign([name], last.value), last)
        # Cells are the program, whatever module their definitions say they come from.
        tree = _MainName().visit(tree)
        return compile(tree, self.label, "exec", _AWAIT, dont_inherit=True)

    @staticmethod
    def awaits(code):
        return bool(code.co_flags & _IS_COROUTINE)


def ended(text):
    """Keeps what a cell defined, before another defines it anew."""
    module = sys.modules.get(text.module)
    if module is not None:
        module.keep()


def sendable(function):
    """Where another interpreter finds a function of a cell: the cell's file, with the values that it uses written beside it."""
    module = sys.modules.get(getattr(function, "__module__", None))
    if not isinstance(module, CellModule):
        return {}
    getattr(module, function.__name__)
    return {"folder": _folder, "module": module.__name__, "name": function.__name__}


class CellModule(types.ModuleType):
    """What a cell defined. To pickle a function is to look it up here: the moment to write down the values that it uses."""

    def __init__(self, name, namespace, names):
        super().__init__(name)
        self.__dict__.update(_namespace=namespace, _names=names, _kept={}, _written=None)

    def keep(self):
        self._kept.update({name: self._namespace[name] for name in {*self._names, *self._names.calls} if self._is_ours(name)})

    def __getattr__(self, name):
        if name in self._kept:
            value = self._kept[name]
        elif name in self._namespace and (self._is_ours(name) or name in self._names):
            value = self._namespace[name]
        else:
            raise AttributeError(f"{self.__name__} defines no {name}")
        if not name.startswith("__"):
            self._write_values()
        return value

    def _is_ours(self, name):
        # Asked of what is defined, not of its instances, which have their class's module.
        value = self._namespace.get(name)
        return getattr(value, "__module__", None) == self.__name__ and getattr(value, "__name__", None) == name

    def _write_values(self):
        # A namedtuple, say, which comes from this cell and has no class statement.
        made = {name for name in self._names.calls if self._is_ours(name)}
        wanted = self._names.used.union(*(self._names.calls[name] for name in made)) - made - self._names.keys()
        used = {name: self._namespace[name] for name in wanted if name in self._namespace}
        identity = made, {name: id(value) for name, value in used.items()}
        if identity == self._written:
            return
        self.__dict__["_written"] = identity  # First: a value may be a function that uses this very cell.
        with _not_spawning():
            values = {name: pair for name, value in used.items() if (pair := _packed(value))}
        _write(self.__name__ + ".values", pickle.dumps((values, made)))


def _packed(value):
    """The name of a module, or a value's bytes; None for what cannot be sent, of which Python says there that there is no such name."""
    if isinstance(value, types.ModuleType):
        return value.__name__, None
    try:
        data = pickle.dumps(value)
    except Exception:
        return None  # A lock, a pool, a file.
    return (None, data) if len(data) <= MOST_BYTES else None


@contextlib.contextmanager
def _not_spawning():
    """While a process is spawned, locks and pipes can be pickled, for that process alone; what is written here is for all."""
    context = sys.modules.get("multiprocessing.context")
    popen = context and context.get_spawning_popen()
    if context:
        context.set_spawning_popen(None)
    try:
        yield
    finally:
        if context:
            context.set_spawning_popen(popen)


class _Names(dict):
    """What a cell defines, by name; the names that this uses; and those it gives to what calls make, with what these use."""

    def __init__(self):
        super().__init__()
        self.used, self.calls = set(), {}


def _defined(body):
    names = _Names()
    for node in _definitions(body, calls := {_name_of_call(node) for node in body} - {None}):
        used = {*_names_in(compile(ast.Module([node], []), "", "exec", _AWAIT, dont_inherit=True))}
        if isinstance(node, ast.Assign):
            names.calls[_name_of_call(node)] = used
        else:
            names[node.name] = node
            names.used |= used
    return names


def _definitions(body, made=()):
    """Functions and classes, also where they stand under an if or a try; and calls that make what these names mean."""
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) or _name_of_call(node) in made:
            yield node
        elif isinstance(node, (ast.If, ast.Try, ast.With, ast.For, ast.While)):
            for part in ("body", "handlers", "orelse", "finalbody"):
                for inner in getattr(node, part, ()):
                    yield from _definitions(inner.body if isinstance(inner, ast.ExceptHandler) else [inner])


def _name_of_call(node):
    """The x of x = call(...)."""
    is_one = isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Name)
    return node.targets[0].id if is_one else None


def _names_in(code):
    yield from (name for name in code.co_names if not name.startswith("__"))
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _names_in(constant)


def define(namespace, label, source, paths):
    """What the file of a cell does where it is imported: defines what the cell defines."""
    sys.path += [path for path in paths if path not in sys.path]
    _quotable(label, source)
    here = os.path.dirname(namespace["__file__"])
    try:
        with open(os.path.join(here, namespace["__name__"] + ".values"), "rb") as file:
            values, made = pickle.load(file)
    except FileNotFoundError:
        values, made = {}, ()
    tree = compile(source, label, "exec", ast.PyCF_ONLY_AST | _AWAIT, dont_inherit=True)
    # Twice: some are made of what is only defined between.
    missing = _unpack(values, namespace)
    flags = _AWAIT
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            for feature in node.names:
                flags |= getattr(__future__, feature.name).compiler_flag
    exec(compile(ast.Module(list(_definitions(tree.body, made)), []), label, "exec", flags, dont_inherit=True), namespace)
    for name, error in _unpack({name: values[name] for name in missing}, namespace).items():
        print(f"[{label}: {name} did not come over: {type(error).__name__}: {error}]", file=sys.stderr)


def _unpack(values, namespace):
    failed = {}
    for name, (module, data) in values.items():
        try:
            namespace[name] = importlib.import_module(module) if data is None else pickle.loads(data)
        except Exception as error:
            failed[name] = error
    return failed


def _quotable(label, source):
    """Lets tracebacks quote the lines of a cell, which is no file."""
    linecache.cache[label] = len(source), None, source.splitlines(True), label


class _MainName(ast.NodeTransformer):
    def visit_Name(self, node):
        is_name = node.id == "__name__" and isinstance(node.ctx, ast.Load)
        return ast.copy_location(ast.Constant("__main__"), node) if is_name else node

    def _leave(self, node):
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = visit_Lambda = _leave


def _write(name, content):
    path = os.path.join(_folder, name)
    draft = f"{path}.{os.getpid()}"
    with open(draft, "wb") as file:
        file.write(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    os.replace(draft, path)
