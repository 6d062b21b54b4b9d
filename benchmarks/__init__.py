"""Benchmarks: how fast and how right, on this machine, printed as one JSON line each. `make bench`, `make bench-full`.

Belongs here: measuring what the application does, beside a plain way of doing the same (the peer). Not here: tests.
No benchmark passes or fails; each states its goal beside its figure.
"""
