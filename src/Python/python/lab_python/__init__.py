"""The Python side of a notebook's Python cells; docs/python.md is its page. Standard library only, Python 3.9 or newer."""
