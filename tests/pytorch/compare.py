"""Loads a run's model.safetensors into PyTorch and compares its probabilities with those of nin predict.

Usage: compare.py RUN PICTURE... (grey PNG files of the model's size); NIN names the command, ./nin when unset.
"""
import json
import os
import struct
import subprocess
import sys

import numpy as np
import torch
from PIL import Image
from torch import nn


def tensors(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    header.pop("__metadata__", None)
    return {name: torch.from_numpy(np.frombuffer(data[t["data_offsets"][0]:t["data_offsets"][1]], "<f4").reshape(t["shape"]).copy()) for name, t in header.items()}


def build(architecture):
    layers, channels = [], architecture["input"]["channels"]
    for layer in architecture["layers"]:
        kind = layer["type"]
        if kind == "mlpconv":
            block = []
            for i, width in enumerate(layer["widths"]):
                first = i == 0
                block.append(nn.Conv2d(channels, width, layer["kernel"] if first else 1, layer["stride"] if first else 1, layer["padding"] if first else 0))
                channels = width
                if i == len(layer["widths"]) - 1 and not layer["final_relu"]:
                    break
                block += [nn.BatchNorm2d(width), nn.ReLU()] if layer["batch_norm"] else [nn.ReLU()]
            layers.append(nn.Sequential(*block))
        elif kind == "max_pool":
            layers.append(nn.MaxPool2d(layer["kernel"], layer["stride"], layer["padding"], ceil_mode=layer["ceil"]))
        elif kind == "average_pool":
            layers.append(nn.AvgPool2d(layer["kernel"], layer["stride"], layer["padding"], ceil_mode=layer["ceil"], count_include_pad=False))
        elif kind == "dropout":
            layers.append(nn.Dropout(layer["rate"]))
        elif kind == "global_average_pool":
            layers.append(nn.AdaptiveAvgPool2d(1))
        else:
            sys.exit(f"{kind} is not built here")
    return nn.Sequential(*layers)


run, pictures = sys.argv[1], sys.argv[2:]
config = json.load(open(os.path.join(run, "config.json")))
network = build(config["architecture"]).eval()
missing = network.load_state_dict(tensors(os.path.join(run, "model.safetensors")), strict=False)
assert not missing.unexpected_keys and all(key.endswith("num_batches_tracked") for key in missing.missing_keys), missing

pixels = torch.stack([torch.from_numpy(np.array(Image.open(picture).convert("L"), dtype=np.float32) / 255)[None] for picture in pictures])
with torch.no_grad():
    images = (pixels - torch.tensor(config["mean"]).reshape(1, -1, 1, 1)) / torch.tensor(config["std"]).reshape(1, -1, 1, 1)
    expected = network(images.float()).flatten(1).softmax(1)

command = os.environ.get("NIN", "./nin").split() + ["predict", os.path.join(run, "model.onnx"), *pictures, "--top", str(config["num_classes"]), "--json"]
largest = 0.0
for picture, row in zip(json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["predictions"], expected):
    for scored in picture["topk"]:
        largest = max(largest, abs(scored["probability"] - row[scored["index"]].item()))
print(f"{len(pictures)} pictures: probabilities differ by up to {largest:.1e}")
sys.exit(0 if largest <= 1e-4 else 6)
