#!/usr/bin/env python3
"""Golden values from NumPy: what Nin's preprocessing is compared with.

    /usr/bin/python3 tests/golden/make_preprocessed.py      (NumPy 1.24: Debian's python3-numpy)

Writes preprocessed.json beside itself. The images are not stored: 40 images [3, 4, 5] of bytes; value i of them all, flattened in the order
[N, C, H, W], is (fmix32(i) >> 24) with a gradient of 8 a column on top, at most 255 (fmix32: the finaliser of MurmurHash3). The last image is of
one colour. All is computed in float64 from values in 0..1.

gcn   every image minus its mean, times 55 / its length; what has no length stays.
zca   of those: (x - mean) E diag(1 / sqrt(v + bias)) E^T; E and v of the covariance (divided by N), the largest directions whose
      eigenvalues sum up to at least "keep" of all, and of those only the ones above 1e-7 of the largest.
lcn   every channel by itself: minus the Gaussian mean of a 5 x 5 window (deviation 5/4; at the border over what lies inside), divided by the
      window's deviation, or the channel's mean deviation where that is larger, or 1e-3.
"""

import json
from pathlib import Path

import numpy as np

SHAPE = (40, 3, 4, 5)
SCALE = 55.0


def images() -> np.ndarray:
    h = np.arange(np.prod(SHAPE), dtype=np.uint32)
    h ^= h >> np.uint32(16)
    h *= np.uint32(0x85EBCA6B)
    h ^= h >> np.uint32(13)
    h *= np.uint32(0xC2B2AE35)
    h ^= h >> np.uint32(16)
    values = (h >> np.uint32(24)).astype(np.int64).reshape(SHAPE) + 8 * np.arange(SHAPE[3])
    values[-1] = 77
    return np.minimum(values, 255) / 255.0


def gcn(x: np.ndarray, scale: float = SCALE) -> np.ndarray:
    rows = x.reshape(len(x), -1)
    rows = rows - rows.mean(axis=1, keepdims=True)
    length = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    return rows * np.where(length < 1e-4, 1.0, scale / np.maximum(length, 1e-4))


def zca(rows: np.ndarray, bias: float, keep: float) -> tuple[np.ndarray, int]:
    mean = rows.mean(axis=0)
    v, e = np.linalg.eigh((rows - mean).T @ (rows - mean) / len(rows))
    kept, total = 0, 0.0
    wanted = keep * np.maximum(v, 0).sum()
    for value in v[::-1]:
        if value <= 1e-7 * v[-1] or (keep < 1 and total >= wanted):
            break
        kept, total = kept + 1, total + value
    v, e = v[len(v) - kept :], e[:, e.shape[1] - kept :]
    return (rows - mean) @ (e / np.sqrt(v + bias)) @ e.T, kept


def local_mean(plane: np.ndarray, side: int) -> np.ndarray:
    line = np.exp(-0.5 * ((np.arange(side) - side // 2) * 4 / side) ** 2)
    window, half = np.outer(line, line), side // 2
    result = np.empty_like(plane)
    for y in range(plane.shape[0]):
        for x in range(plane.shape[1]):
            top, bottom, left, right = max(0, y - half), min(plane.shape[0], y + half + 1), max(0, x - half), min(plane.shape[1], x + half + 1)
            weights = window[top - y + half : bottom - y + half, left - x + half : right - x + half]
            result[y, x] = (weights * plane[top:bottom, left:right]).sum() / weights.sum()
    return result


def lcn(x: np.ndarray, side: int) -> np.ndarray:
    result = np.empty_like(x)
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            centred = x[n, c] - local_mean(x[n, c], side)
            deviation = np.sqrt(local_mean(centred**2, side))
            result[n, c] = centred / np.maximum(np.maximum(deviation, deviation.mean()), 1e-3)
    return result


def main() -> None:
    x = images()
    cases = [{"kind": "gcn", "values": gcn(x)}]
    for bias, keep in ((0.1, 1.0), (0.0, 1.0), (0.0, 0.9)):
        values, kept = zca(gcn(x), bias, keep)
        cases.append({"kind": "gcn-zca", "zca_bias": bias, "zca_keep": keep, "kept": kept, "values": values})
    cases.append({"kind": "lcn", "window": 5, "values": lcn(x, 5)})
    some = [0, 1, 17, 39]
    for case in cases:
        case["values"] = [float(f"{value:.7g}") for value in np.asarray(case["values"]).reshape(len(x), -1)[some].ravel()]
    (Path(__file__).parent / "preprocessed.json").write_text(json.dumps({"made_by": f"NumPy {np.__version__}", "images": some, "cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main()
