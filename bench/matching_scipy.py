#!/usr/bin/python3
"""scipy on an instance of bench/matching; it knows no places, so mentors with several are copied, within its time.

matching_scipy.py lsa|mwfbm FILE
"""
import sys
import time

import numpy as np
import scipy
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching


def read(path):
    with open(path, "rb") as f:
        n, m, pairs, width, has_places = np.fromfile(f, np.int64, 5).tolist()
        places = np.fromfile(f, np.int32, m) if has_places else None
        if pairs:
            row = np.fromfile(f, np.int64, n + 1)
            mentor = np.fromfile(f, np.int32, pairs)
            return n, m, places, row, mentor, np.fromfile(f, np.int64, pairs)
        return n, m, places, None, None, np.fromfile(f, np.uint8 if width == 1 else np.int32, n * m).reshape(n, m)


def copied_columns(n, places, row, mentor, score):
    """Each pair once for every place of its mentor."""
    first = np.concatenate(([0], np.cumsum(places)))
    times = places[mentor]
    pair = np.repeat(np.arange(len(mentor)), times)
    copy = np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)
    ends = np.concatenate(([0], np.cumsum(times)))
    return ends[row], (first[mentor[pair]] + copy).astype(np.int32), score[pair], int(first[-1])


def dense(n, places, score):
    """In the type it comes in: what it is turned into is scipy's affair."""
    if places is not None:
        score = np.repeat(score, places, axis=1)
    i, j = linear_sum_assignment(score, maximize=True)
    return len(i), int(score[i, j].astype(np.int64).sum())


def sparse(n, m, places, row, mentor, score):
    """A stored zero is no pair to scipy, so scores move up by one."""
    if row is None:
        if places is not None:
            score, m = np.repeat(score, places, axis=1), int(places.sum())
        matrix = csr_matrix(score.astype(np.float64) + 1)
    else:
        if places is not None:
            row, mentor, score, m = copied_columns(n, places, row, mentor, score)
        matrix = csr_matrix((score.astype(np.float64) + 1, mentor, row), shape=(n, m))
    i, j = min_weight_full_bipartite_matching(matrix, maximize=True)
    return len(i), int(np.asarray(matrix[i, j]).sum()) - len(i)


def peak_mb():
    with open("/proc/self/status", encoding="ascii") as f:
        return next(int(line.split()[1]) * 1024 / 1e6 for line in f if line.startswith("VmHWM"))


def main():
    n, m, places, row, mentor, score = read(sys.argv[2])
    print("ready", flush=True)
    best, turn = 1e9, 0
    while turn < 5 and (turn == 0 or best < 0.2):
        began = time.perf_counter()
        if sys.argv[1] == "lsa":
            matched, total = dense(n, places, score)
        else:
            matched, total = sparse(n, m, places, row, mentor, score)
        best = min(best, time.perf_counter() - began)
        turn += 1
    print(f"{best:.6f} {matched} {total} {peak_mb():.1f} scipy {scipy.__version__}")


main()
