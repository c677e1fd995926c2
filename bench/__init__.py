"""Benchmarks: CPU milliseconds a request, as ratios to a reference page in the same run."""
