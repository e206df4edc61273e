#!/usr/bin/env python3
"""Small pictures of every kind, and what Pillow makes of them: what Nin's decoder is compared with.

    /usr/bin/python3 tests/Nin.Images.Tests/Pictures/make_pictures.py      (Pillow 9.4, NumPy 1.24: Debian's python3-pil, python3-numpy)

Writes the pictures and expected.json beside itself: for each picture its upright width and height, the RGB bytes [H, W, 3] and the
luma bytes [H, W] in base64, transparent parts on white. 16 bits are cut to their high byte (Pillow itself would clip grey ones).
"""

import base64
import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

HERE = Path(__file__).parent
WIDTH, HEIGHT = 24, 16
expected = {}


def colours() -> np.ndarray:
    """[H, W, 3]: smooth, and different in each corner."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.stack([x * 255 // (WIDTH - 1), y * 255 // (HEIGHT - 1), (255 - x * 5 - y * 7) % 256], axis=2).astype(np.uint8)


def flatten(image: Image.Image) -> Image.Image:
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert("RGB")


def remember(name: str, rgb: Image.Image) -> None:
    text = lambda image: base64.b64encode(image.tobytes()).decode()
    expected[name] = {"width": rgb.width, "height": rgb.height, "rgb": text(rgb), "grey": text(rgb.convert("L"))}


def save(name: str, image: Image.Image, **options) -> None:
    image.save(HERE / name, **options)
    remember(name, flatten(Image.open(HERE / name)))


def png(name: str, colour_type: int, samples: np.ndarray, shown: np.ndarray) -> None:
    """A PNG of 16 bits a sample, which Pillow does not write in colour."""
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in samples)
    chunk = lambda kind, body: struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    header = struct.pack(">IIBBBBB", samples.shape[1], samples.shape[0], 16, colour_type, 0, 0, 0)
    (HERE / name).write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    remember(name, Image.fromarray(shown).convert("RGB"))


def main() -> None:
    pixels = colours()
    image = Image.fromarray(pixels)
    alpha = np.dstack([pixels, np.linspace(0, 255, WIDTH).astype(np.uint8)[None, :].repeat(HEIGHT, 0)])

    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        save(f"orientation-{orientation}.jpg", image, quality=95, subsampling=0, exif=exif)
    exif = Image.Exif()
    exif[0x0112] = 6
    save("orientation-6.png", image, exif=exif)
    save("orientation-6.webp", image, lossless=True, exif=exif)

    save("colour.png", image)
    save("colour.bmp", image)
    save("colour.webp", image, lossless=True, exact=True)
    save("subsampled.jpg", image, quality=90)
    save("progressive.jpg", image, quality=90, progressive=True)
    save("cmyk.jpg", image.convert("CMYK"), quality=95)
    save("grey.jpg", image.convert("L"), quality=95)
    save("grey.png", image.convert("L"))
    save("grey-alpha.png", Image.fromarray(alpha).convert("LA"))
    save("black-and-white.png", image.convert("1"))
    save("palette.png", image.quantize(16))
    save("palette.gif", image.quantize(16))
    save("palette.bmp", image.quantize(16))
    save("palette-transparent.png", image.quantize(16), transparency=3)
    save("palette-transparent.gif", image.quantize(16), transparency=3)
    save("transparent.png", Image.fromarray(alpha))
    save("transparent.webp", Image.fromarray(alpha), lossless=True, exact=True)
    frames = [image, image.rotate(180)]
    frames[0].save(HERE / "animated.gif", save_all=True, append_images=frames[1:])
    remember("animated.gif", flatten(Image.open(HERE / "animated.gif")))

    deep = pixels.astype(np.uint16) * 256 + 200
    png("colour-16-bits.png", 2, deep.reshape(HEIGHT, -1).reshape(HEIGHT, WIDTH, 3), pixels)
    png("grey-16-bits.png", 0, deep[:, :, 0], pixels[:, :, 0])

    (HERE / "expected.json").write_text(json.dumps(expected, indent=1, sort_keys=True) + "\n")


main()
