"""The program of a notebook's Python: checks the version, in words that every Python understands, and begins."""
import sys

if sys.version_info < (3, 9):
    sys.stdout.write('{"refused": "is Python %d.%d; cells need 3.9 or newer"}\n' % sys.version_info[:2])
elif not hasattr(__import__("os"), "fork"):
    sys.stdout.write('{"refused": "runs on Windows, where Python cells need WSL: they rest on fork and signals"}\n')
else:
    from lab_python import keeper

    keeper.main(sys.argv[1], sys.argv[2])
