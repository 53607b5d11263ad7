#!/usr/bin/python3
"""The program against scipy, on files of OR-Library and on problems of our own: both solve the same in this run.

tests/matching/orlib.py PROGRAM        Prints TAP. Wants Debian's python3-scipy.
"""
import json
import os
import subprocess
import sys
import tempfile

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "assignment")
# Optima that are known and fit the files: everything else is asked of scipy alone.
KNOWN = {("assign100", -1): -769, ("assign100", 1): 19735, ("assignp800", -1): -2239}


def ask(program, *options):
    said = subprocess.run([program, "match", *options], capture_output=True, text=True, check=False)
    if said.returncode:
        raise RuntimeError(said.stderr.strip())
    return json.loads(said.stdout)


def numbers(name):
    with open(os.path.join(DATA, name + ".txt"), encoding="ascii") as f:
        return np.array(f.read().split(), dtype=np.int64)


# ---- one problem, both ways ----

def by_matrix(program, work, matrix):
    path = os.path.join(work, "m.npy")
    np.save(path, matrix)
    return ask(program, "--matrix", path)


def by_edges(program, work, pairs, places=None):
    """Names of one width: their order is that of the numbers."""
    path = os.path.join(work, "e.csv")
    with open(path, "w", encoding="ascii") as f:
        f.writelines(f"a{i:05d},b{j:05d},{s}\n" for i, j, s in pairs)
    options = ["--edges", path]
    if places is not None:
        with open(os.path.join(work, "c.csv"), "w", encoding="ascii") as f:
            f.writelines(f"b{j:05d},{n}\n" for j, n in enumerate(places))
        options += ["--capacity", f.name]
    return ask(program, *options)


def all_pairs(matrix):
    return [(i, j, int(matrix[i, j])) for i in range(matrix.shape[0]) for j in range(matrix.shape[1])]


def best_dense(matrix, places=None):
    if places is not None:
        matrix = np.repeat(matrix, places, axis=1)
    i, j = linear_sum_assignment(matrix, maximize=True)
    return len(i), int(matrix[i, j].sum())


def best_sparse(n, pairs):
    """Shifted above nothing: scipy takes a stored zero for no pair."""
    i, j, score = (np.array(x) for x in zip(*pairs))
    shift = 1 - int(score.min())
    m = csr_matrix((score + shift, (i, j)), shape=(n, n))
    a, b = min_weight_full_bipartite_matching(m, maximize=True)
    return len(a), int(np.asarray(m[a, b]).sum()) - shift * len(a)


# ---- the problems ----

def dense_files(program, work):
    for name in ("assign100", "assign200"):
        given = numbers(name)
        n = int(given[0])
        for sign in (1, -1):
            matrix = sign * given[1:].reshape(n, n)
            known = KNOWN.get((name, sign))
            yield f"{name}, {'most' if sign > 0 else 'least'}", by_matrix(program, work, matrix), best_dense(matrix), known
        yield f"{name} as a list", by_edges(program, work, all_pairs(matrix)), best_dense(matrix), KNOWN.get((name, -1))


def sparse_files(program, work):
    given = numbers("assignp800")
    n = int(given[0])
    pairs = given[1:].reshape(-1, 3)
    for sign in (1, -1):
        signed = [(int(i) - 1, int(j) - 1, sign * int(c)) for i, j, c in pairs]
        yield (f"assignp800, {'most' if sign > 0 else 'least'}", by_edges(program, work, signed), best_sparse(n, signed),
               KNOWN.get(("assignp800", sign)))


def made(program, work):
    random = np.random.default_rng(1)
    for n in (100, 200, 400, 800):
        some = {"wide": random.integers(-10**6, 10**6, (n, n)),
                "few values": random.integers(0, 4, (n, n)),
                "popular": random.integers(0, 60, (n, n)) + random.integers(0, 40, n),
                "more mentees": random.integers(0, 1000, (n, n // 2)),
                "more mentors": random.integers(0, 1000, (n // 2, n)).astype(np.int32)}
        for name, matrix in some.items():
            yield f"{name}, {n}", by_matrix(program, work, matrix), best_dense(matrix), None
        places = random.integers(0, 6, n // 3)
        matrix = random.integers(0, 200, (n, n // 3))
        yield f"places, {n}", by_edges(program, work, all_pairs(matrix), places), best_dense(matrix, places), None
        pairs = [(i, j, int(random.integers(-500, 500))) for i in range(n)
                 for j in sorted(set(random.integers(0, n, 9).tolist() + [i]))]
        yield f"a list, {n}", by_edges(program, work, pairs), best_sparse(n, pairs), None


def main():
    program, count, bad = sys.argv[1], 0, 0
    with tempfile.TemporaryDirectory() as work:
        for family in (dense_files, sparse_files, made):
            for name, ours, theirs, known in family(program, work):
                count += 1
                same = (ours["matched"], ours["total"]) == theirs and known in (None, ours["total"])
                bad += not same
                print(f"{'ok' if same else 'not ok'} {count} - {name}: {ours['matched']} pairs, {ours['total']}"
                      + ("" if same else f"; scipy says {theirs}" + (f", known is {known}" if known is not None else "")))
    print(f"1..{count}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
