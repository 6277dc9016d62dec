"""Values on their way to another language, and from it: what JSON can carry."""
import dataclasses
import json


def get(namespace, name):
    """A variable of the cells as JSON."""
    if name not in namespace:
        return {"error": f"There is no Python variable {name}."}
    value = namespace[name]
    try:
        # Once more through text: what cannot be written is found here, not on the way.
        return {"value": json.loads(json.dumps(plain(value), allow_nan=False))}
    except (TypeError, ValueError, RecursionError) as error:
        why = "it contains itself or is nested too deeply" if isinstance(error, RecursionError) or "Circular" in str(error) else str(error)
        kind = type(value).__qualname__
        return {"error": f"The Python variable {name} ({kind}) cannot cross: {why}; numbers, texts, lists, records and tables can."}


def set_value(namespace, name, value):
    """Sets a variable of the cells."""
    import keyword

    if not name.isidentifier() or keyword.iskeyword(name):
        return {"error": f"{name} cannot be the name of a Python variable."}
    namespace[name] = value
    return {}


def names(namespace):
    """The variables of the cells: name, type, beginning of its text."""
    import types

    hidden = (types.ModuleType, types.FunctionType, type)
    return {"names": [[name, type(value).__qualname__] for name, value in sorted(namespace.items()) if not name.startswith("_") and not isinstance(value, hidden)]}


def plain(value):
    """The value as what JSON has."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise ValueError(f"JSON has no {value}")
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: plain(each) for key, each in value._asdict().items()}
    if isinstance(value, (list, tuple, set, frozenset, range)):
        return [plain(each) for each in value]
    if hasattr(value, "items") and hasattr(value, "keys") and not hasattr(value, "columns"):
        wrong = next((key for key in value.keys() if not isinstance(key, (str, int))), None)
        if wrong is not None:
            raise TypeError(f"its key {wrong!r} is no text")
        return {str(key): plain(each) for key, each in value.items()}
    if hasattr(value, "columns") and hasattr(value, "to_dict"):  # a table of pandas or polars
        return [plain(row) for row in (value.to_dicts() if hasattr(value, "to_dicts") else value.to_dict("records"))]
    if hasattr(value, "tolist") and hasattr(value, "dtype"):  # numpy, pandas
        return plain(value.tolist())
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(f"a {type(value).__qualname__} has no JSON")
