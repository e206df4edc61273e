#!/usr/bin/env python3
"""Golden pictures from Pillow: what Nin's resizing is compared with.

    /usr/bin/python3 tests/golden/make_resized.py      (Pillow 9.4, NumPy 1.24: Debian's python3-pil, python3-numpy)

Writes resized.json beside itself. The picture is not stored: its value in channel c, row y, column x is
128 + 80 sin((c + 1) x / 9) + 47 cos((c + 2) y / 7), rounded down, and inverted where x / 4 + y / 4 is odd (sharp edges, so that
antialiasing shows). "crop" takes the largest part of the wanted aspect ratio from the middle. Pixels are [H, W, 3] in base64.
"""

import base64
import json
from pathlib import Path

import numpy as np
from PIL import Image

CASES = [(97, 61, 32, 32), (97, 61, 20, 30), (61, 97, 28, 28), (300, 200, 64, 64), (40, 40, 39, 39), (16, 24, 50, 40), (128, 128, 32, 32), (5, 3, 8, 8)]


def picture(width: int, height: int) -> Image.Image:
    y, x = np.mgrid[0:height, 0:width]
    planes = [np.floor(128 + 80 * np.sin((c + 1) * x / 9) + 47 * np.cos((c + 2) * y / 7)).astype(np.int64) for c in range(3)]
    values = np.stack(planes, axis=2)
    odd = ((x // 4 + y // 4) % 2 == 1)[:, :, None]
    return Image.fromarray(np.where(odd, 255 - values, values).astype(np.uint8))


def middle(width: int, height: int, to_width: int, to_height: int) -> tuple[float, float, float, float]:
    ratio = to_height / to_width
    part_width, part_height = (width, width * ratio) if height > width * ratio else (height / ratio, height)
    left, top = (width - part_width) / 2, (height - part_height) / 2
    return left, top, left + part_width, top + part_height


def main() -> None:
    cases = []
    for width, height, to_width, to_height in CASES:
        for fit in ("stretch", "crop"):
            box = (0, 0, width, height) if fit == "stretch" else middle(width, height, to_width, to_height)
            resized = picture(width, height).resize((to_width, to_height), Image.BILINEAR, box=box)
            cases.append({"width": width, "height": height, "to_width": to_width, "to_height": to_height, "fit": fit, "pixels": base64.b64encode(resized.tobytes()).decode()})
    (Path(__file__).parent / "resized.json").write_text(json.dumps({"made_by": f"Pillow {Image.__version__}", "cases": cases}, indent=1) + "\n")


main()
