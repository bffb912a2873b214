"""Benchmarks, each measured beside its peer in one run: python -m tests.benchmarks [NAME…].

A benchmark is a module here that holds BENCHMARK (see measure.py). pytest collects none of it.
"""
