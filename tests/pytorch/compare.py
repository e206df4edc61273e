"""Builds a model's network in PyTorch, loads its weights and compares its logits with those of nin predict.

Usage: compare.py MODEL PICTURE... (a run's folder, or an ONNX file with its weights and config.json beside it; pictures of the size of its data).
NIN names the command, ./nin when unset. Exit code 6: the logits differ by more than 1e-4.
"""
import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image

sys.path.append(str(Path(__file__).parents[1] / "golden"))
from make_golden import build
from make_preprocessed import gcn, lcn


def tensors(path):
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header, data = json.loads(content[8 : 8 + length]), content[8 + length :]
    header.pop("__metadata__", None)
    return {name: torch.from_numpy(np.frombuffer(data[slice(*t["data_offsets"])], "<f4").reshape(t["shape"]).copy()) for name, t in header.items()}


def read(picture, channels):
    with Image.open(picture) as image:
        pixels = np.array(image.convert("L" if channels == 1 else "RGB"), dtype=np.float32) / 255
    return torch.from_numpy(pixels.reshape(*pixels.shape[:2], channels).transpose(2, 0, 1).copy())


def preprocess(images, options):
    if options["kind"] == "lcn":
        return lcn(images, options["window"])
    rows = gcn(images, options["scale"])
    if options["kind"] == "gcn-zca":
        whitening = tensors(model.with_name("whitening.safetensors"))
        rows = (rows - whitening["mean"].numpy()) @ whitening["whitening"].numpy()
    return rows.reshape(images.shape)


model, pictures = Path(sys.argv[1]), sys.argv[2:]
if model.is_dir():
    model /= "model.onnx"
config = json.loads(model.with_name("config.json").read_text())
network = build(config["architecture"]).eval()
keys = network.load_state_dict(tensors(model.with_suffix(".safetensors")), strict=False)
assert not keys.unexpected_keys and all(key.endswith("num_batches_tracked") for key in keys.missing_keys), keys

size = config["input_size"]
images = torch.stack([read(picture, size["channels"]) for picture in pictures])
images = (images - torch.tensor(config["mean"])[:, None, None]) / torch.tensor(config["std"])[:, None, None]
if images.shape[2:] != (size["height"], size["width"]):
    images = torch.nn.functional.interpolate(images, (size["height"], size["width"]), mode="bilinear", antialias=True)
if config["preprocessing"]["kind"] != "none":
    images = torch.from_numpy(preprocess(images.double().numpy(), config["preprocessing"])).float()
with torch.no_grad():
    expected = network(images).flatten(1)

command = [*os.environ.get("NIN", "./nin").split(), "predict", str(model), *pictures, "--json"]
answer = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
actual = torch.tensor([picture["logits"] for picture in answer["predictions"]])
largest = (actual - expected).abs().max().item()
print(f"{len(pictures)} pictures: logits differ by up to {largest:.1e}")
sys.exit(0 if largest <= 1e-4 else 6)
