"""Coverage-guided fuzzing of everything that reads what came from the network: `make fuzz`.

    seeds.py ──► one.py (atheris) ──► targets.py ──► findings/ ──► repeat.py

A target states a promise about any bytes; `one` looks for bytes that break it; `repeat` shows what a finding does, and
needs nothing but this project. A finding that was mended moves into `mended/`, which the tests go through.
"""
