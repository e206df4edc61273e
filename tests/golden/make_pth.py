#!/usr/bin/env python3
"""State dicts as PyTorch saves them: what Nin's reader of .pth files is held against.

    /usr/bin/python3 tests/golden/make_pth.py         (PyTorch 1.13, Debian's python3-torch)

Writes pth/ beside itself:
    tensors.pth, tensors-legacy.pth          the same dictionary in both forms: every dtype, shape and stride that people save
    checkpoint.pth, checkpoint-legacy.pth    nested: a state dict, an optimizer with momentum, numbers, text, None, a list of losses
    tensors.json, checkpoint.json            what must be read from them: dtype, shape and values of every tensor by its path
    net.pth, net.json                        the state dict of a small network; a picture, 0 to 255, and its classes' probabilities at mean 0.5 and deviation 0.25
    module.pth, command.pth                  what must be refused: a whole module, and an object whose pickle runs a command
"""

import json
import os
from collections import OrderedDict
from pathlib import Path

import torch
from torch import nn

HERE = Path(__file__).parent / "pth"
DTYPES = {
    torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16",
    torch.int64: "I64", torch.int32: "I32", torch.uint8: "U8", torch.bool: "BOOL",
}


class Command:
    def __reduce__(self):
        return os.system, ("touch nin-was-here",)


def tensors() -> OrderedDict:
    base = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4) / 7
    shared = torch.arange(12, dtype=torch.float32)
    entries = OrderedDict((f"dtype.{name.lower()}", torch.tensor([[0, 1], [2, 3]]).to(dtype)) for dtype, name in DTYPES.items())
    entries.update({
        "single": torch.tensor(2.5),
        "steps": torch.tensor(12345678901),
        "empty": torch.zeros(0, 3),
        "transposed": base.transpose(0, 2),
        "columns": base[:, :, 1:3],
        "view": shared[4:],
        "reshaped": shared[:6].reshape(2, 3),
        "tied": shared,
        "channels_last": torch.arange(48, dtype=torch.float32).reshape(2, 3, 2, 4).contiguous(memory_format=torch.channels_last),
        "parameter": nn.Parameter(torch.tensor([1.5, -0.25])),
    })
    return entries


def checkpoint() -> dict:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU()), nn.Conv2d(2, 3, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    net(torch.randn(2, 1, 6, 6)).sum().backward()
    optimizer.step()
    return {
        "epoch": 3, "best": 0.875, "huge": 1 << 40, "name": "Netzwerk Ω", "nothing": None, "done": False, "losses": [2.3, 1.9, 1.5],
        "state_dict": net.state_dict(), "optimizer": optimizer.state_dict(), "rng": torch.arange(8, dtype=torch.uint8),
    }


def net() -> tuple[dict, dict]:
    torch.manual_seed(1)
    net = nn.Sequential(nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU()), nn.Conv2d(2, 3, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    net(torch.randn(8, 1, 6, 6))
    picture = torch.arange(36) * 37 % 256
    with torch.no_grad():
        probabilities = net.eval()((picture.reshape(1, 1, 6, 6) / 255 - 0.5) / 0.25).softmax(1)
    return net.state_dict(), {"picture": picture.tolist(), "probabilities": probabilities.flatten().tolist()}


def paths(value, path: str = ""):
    if isinstance(value, torch.Tensor):
        yield path, {"dtype": DTYPES[value.dtype], "shape": list(value.shape), "values": [float(v) for v in value.detach().double().flatten()]}
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, (list, tuple)) else ()
    for key, item in items:
        yield from paths(item, f"{path}.{key}" if path else str(key))


def main() -> None:
    HERE.mkdir(exist_ok=True)
    for name, entries in ("tensors", tensors()), ("checkpoint", checkpoint()):
        torch.save(entries, HERE / f"{name}.pth")
        torch.save(entries, HERE / f"{name}-legacy.pth", _use_new_zipfile_serialization=False)
        (HERE / f"{name}.json").write_text("{\n" + ",\n".join(f" {json.dumps(path)}: {json.dumps(entry)}" for path, entry in paths(entries)) + "\n}\n")
    weights, said = net()
    torch.save(weights, HERE / "net.pth")
    (HERE / "net.json").write_text(json.dumps(said) + "\n")
    torch.save(nn.Sequential(nn.Linear(2, 2)), HERE / "module.pth")
    torch.save({"weight": torch.zeros(2), "extra": Command()}, HERE / "command.pth")


if __name__ == "__main__":
    main()
