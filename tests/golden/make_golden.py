#!/usr/bin/env python3
"""Golden values from PyTorch: what Nin's engines are compared with.

    /usr/bin/python3 tests/golden/make_golden.py      (PyTorch 1.13, Debian's python3-torch; about 15 seconds)

Writes logits.json, steps.json and windows.json beside itself; running it again on the same machine gives the same bytes.

Networks    Written as JSON in Nin's own format, and built from it as nested nn.Sequential, so that state-dict keys are Nin's.
Values      Weights and images are not stored. Value i of tensor t is u = (fmix32(t * 1000003 + i) & 0xFFFF) / 65536 - 0.5, in 32-bit
            unsigned arithmetic, then offset + scale * u in float32: one multiplication, one addition, each rounded.
Numbering   t is the tensor's place in state-dict order, from 0; num_batches_tracked takes a number but is always 0. Images are 9999.
Scales      weights of convolutions and fully connected layers sqrt(24 / fan_in), that is variance 2 / fan_in; biases 0.1.
            Batch norm: weight 1 + 0.2 u, bias 0.1 u, running_mean 0.1 u, running_var 1 + 0.5 u. Images 0.5 + u, in [0, 1).
Logits      "eval": module.eval(). "train": batch statistics in batch norm, dropout off; only where there is batch norm, with the running
            statistics after that one pass in "statistics". Batches of 2 images, [N, K] flattened.
Pooling     Averages do not count padding (count_include_pad=False).
Windows     How many windows max pooling fits along a side, for every small size, kernel, stride, padding and rounding; 0 where refused.
Steps       Two optimizer steps on the same batch of 4; cross-entropy with label smoothing 0.1, mean over the batch; weight decay only
            on tensors of more than one dimension, for all three optimizers; "losses" are those before each step, "state" after both.
"""

import json
import math
import re
from pathlib import Path

import numpy as np
import torch
from torch import nn

HERE = Path(__file__).parent
IMAGES = 9999


# Values


def fmix32(h: np.ndarray) -> np.ndarray:
    """The finaliser of MurmurHash3 (public domain), on uint32."""
    h = h ^ (h >> np.uint32(16))
    h = h * np.uint32(0x85EBCA6B)
    h = h ^ (h >> np.uint32(13))
    h = h * np.uint32(0xC2B2AE35)
    return h ^ (h >> np.uint32(16))


def fill(number: int, count: int, scale: float, offset: float = 0.0) -> np.ndarray:
    start = np.uint32(number * 1000003 % 2**32)
    hashed = fmix32(start + np.arange(count, dtype=np.uint32))
    u = (hashed & np.uint32(0xFFFF)).astype(np.float32) / np.float32(65536) - np.float32(0.5)
    return np.float32(offset) + np.float32(scale) * u


def images(shape: dict, batch: int) -> torch.Tensor:
    size = (batch, shape["channels"], shape["height"], shape["width"])
    return torch.from_numpy(fill(IMAGES, math.prod(size), 1.0, 0.5)).reshape(size)


def fill_state(net: nn.Module) -> list[dict]:
    """Sets every tensor of the state dict; returns how, for the JSON."""
    norms = {name for name, module in net.named_modules() if isinstance(module, nn.BatchNorm2d)}
    tensors = []
    for number, (name, tensor) in enumerate(net.state_dict().items()):
        owner, _, leaf = name.rpartition(".")
        if leaf == "num_batches_tracked":
            continue
        offset, scale = {
            "bias": (0.0, 0.1),
            "running_mean": (0.0, 0.1),
            "running_var": (1.0, 0.5),
            "weight": (1.0, 0.2) if owner in norms else (0.0, math.sqrt(24 / math.prod(tensor.shape[1:]))),
        }[leaf]
        tensor.copy_(torch.from_numpy(fill(number, tensor.numel(), scale, offset)).reshape(tensor.shape))
        tensors.append({"number": number, "name": name, "shape": list(tensor.shape), "offset": short(offset), "scale": short(scale)})
    return tensors


def short(value: float) -> float:
    """The shortest decimal that reads back as the same float32."""
    return float(str(np.float32(value)))


def numbers(tensor: torch.Tensor) -> list[float]:
    return [short(value) for value in tensor.detach().flatten().numpy()]


# Networks: Nin's layers as JSON, and as modules


def shape(channels: int, height: int, width: int) -> dict:
    return {"channels": channels, "height": height, "width": width}


def layer(kind: str, **fields) -> dict:
    return {"type": kind, **fields}


def mlpconv(widths: list[int], kernel: int, **fields) -> dict:
    return layer("mlpconv", widths=widths, kernel=kernel, **fields)


def pool(kind: str, kernel: int, stride: int, **fields) -> dict:
    return layer(kind, kernel=kernel, stride=stride, **fields)


def architecture(name: str, input_shape: dict, layers: list[dict]) -> dict:
    return {"name": name, "input": input_shape, "layers": layers}


class Maxout(nn.Module):
    def __init__(self, pieces: int):
        super().__init__()
        self.pieces = pieces

    def forward(self, x):  # [N, C, H, W] -> [N, C / pieces, H, W]
        return x.unflatten(1, (x.shape[1] // self.pieces, self.pieces)).amax(2)


class Flatten(nn.Module):
    def forward(self, x):  # [N, C, H, W] -> [N, C * H * W, 1, 1]
        return x.flatten(1)[:, :, None, None]


class Linear(nn.Linear):
    def forward(self, x):  # [N, In, 1, 1] -> [N, Out, 1, 1]
        return super().forward(x.flatten(1))[:, :, None, None]


class Builder:
    """Follows the shape of the maps by running them, so that no rule of Nin's planner is repeated here."""

    def __init__(self, input_shape: dict):
        self.x = torch.zeros(1, input_shape["channels"], input_shape["height"], input_shape["width"])

    def add(self, module: nn.Module) -> nn.Module:
        with torch.no_grad():
            self.x = module.eval()(self.x)
        return module

    def convolution(self, width, kernel, stride=1, padding=0) -> nn.Module:
        return self.add(nn.Conv2d(self.x.shape[1], width, kernel, stride, padding))

    def norm(self) -> nn.Module:
        return self.add(nn.BatchNorm2d(self.x.shape[1]))

    def build(self, spec: dict) -> nn.Module:
        spec = dict(spec)
        return getattr(self, "build_" + spec.pop("type"))(**spec)

    def build_mlpconv(self, widths, kernel, stride=1, padding=0, batch_norm=False, final_relu=True):
        modules = []
        for i, width in enumerate(widths):
            modules.append(self.convolution(width, kernel, stride, padding) if i == 0 else self.convolution(width, 1))
            if i == len(widths) - 1 and not final_relu:
                break
            modules += [self.norm()] * batch_norm + [nn.ReLU()]
        return nn.Sequential(*modules)

    def build_convolution(self, width, kernel, stride=1, padding=0, batch_norm=False, relu=True):
        modules = [self.convolution(width, kernel, stride, padding)]
        if batch_norm:
            modules.append(self.norm())
        if relu:
            modules.append(nn.ReLU())
        return modules[0] if len(modules) == 1 else nn.Sequential(*modules)

    def build_batch_normalisation(self):
        return self.norm()

    def build_relu(self):
        return nn.ReLU()

    def build_max_pool(self, kernel, stride, padding=0, ceil=False):
        return self.add(nn.MaxPool2d(kernel, stride, padding, ceil_mode=ceil))

    def build_average_pool(self, kernel, stride, padding=0, ceil=False):
        return self.add(nn.AvgPool2d(kernel, stride, padding, ceil_mode=ceil, count_include_pad=False))

    def build_dropout(self, rate=0.5):
        return nn.Dropout(rate)

    def build_local_response_normalisation(self, size=5, alpha=1e-4, beta=0.75, k=2.0):
        return nn.LocalResponseNorm(size, alpha, beta, k)

    def build_maxout(self, pieces):
        return self.add(Maxout(pieces))

    def build_global_average_pool(self):
        return self.add(nn.AdaptiveAvgPool2d(1))

    def build_flatten(self):
        return self.add(Flatten())

    def build_fully_connected(self, width, relu=False):
        linear = self.add(Linear(self.x.shape[1], width))
        return nn.Sequential(linear, nn.ReLU()) if relu else linear


def build(net: dict) -> nn.Sequential:
    builder = Builder(net["input"])
    return nn.Sequential(*[builder.build(spec) for spec in net["layers"]])


GAP = layer("global_average_pool")
DROPOUT = layer("dropout", rate=0.5)
CEIL_MAX = pool("max_pool", 3, 2, ceil=True)


def cifar(name: str, classes: int, second: dict = CEIL_MAX) -> dict:
    return architecture(name, shape(3, 32, 32), [
        mlpconv([192, 160, 96], 5, padding=2), CEIL_MAX, DROPOUT,
        mlpconv([192, 192, 192], 5, padding=2), second, DROPOUT,
        mlpconv([192, 192, classes], 3, padding=1), GAP])


def catalogue() -> list[dict]:
    """Written from the publications, not from Nin's catalogue, so that one checks the other."""
    fast = {"batch_norm": True, "padding": 1}
    return [
        architecture("nin-fast", shape(1, 28, 28), [
            mlpconv([32, 32, 32], 3, **fast), pool("max_pool", 2, 2),
            mlpconv([64, 64, 64], 3, **fast), pool("max_pool", 2, 2),
            mlpconv([128, 128, 10], 3, **fast, final_relu=False), GAP]),
        cifar("nin-cifar10", 10),
        cifar("nin-cifar100", 100),
        architecture("nin-svhn", shape(3, 32, 32), [
            mlpconv([128, 96, 64], 5, padding=2), CEIL_MAX, DROPOUT,
            mlpconv([320, 256, 128], 5, padding=2), CEIL_MAX, DROPOUT,
            mlpconv([384, 256, 10], 5, padding=2), GAP]),
        architecture("nin-mnist", shape(1, 28, 28), [
            mlpconv([96, 64, 48], 5, padding=2), CEIL_MAX, DROPOUT,
            mlpconv([128, 96, 48], 5, padding=2), CEIL_MAX, DROPOUT,
            mlpconv([128, 96, 10], 5, padding=2), GAP]),
        architecture("nin-imagenet", shape(3, 224, 224), [
            mlpconv([96, 96, 96], 11, stride=4), CEIL_MAX,
            mlpconv([256, 256, 256], 5, padding=2), CEIL_MAX,
            mlpconv([384, 384, 384], 3, padding=1), CEIL_MAX, DROPOUT,
            mlpconv([1024, 1024, 1000], 3, padding=1), GAP]),
        cifar("nin-cifar10-caffe", 10, pool("average_pool", 3, 2, ceil=True)),
        architecture("nin-d2l", shape(1, 224, 224), [
            mlpconv([96, 96, 96], 11, stride=4), pool("max_pool", 3, 2),
            mlpconv([256, 256, 256], 5, padding=2), pool("max_pool", 3, 2),
            mlpconv([384, 384, 384], 3, padding=1), pool("max_pool", 3, 2), DROPOUT,
            mlpconv([10, 10, 10], 3, padding=1), GAP]),
        architecture("nin-course", shape(3, 224, 224), [
            mlpconv([96, 96, 96], 5, padding=2), pool("max_pool", 2, 2),
            mlpconv([256, 256, 256], 5, padding=2), pool("max_pool", 2, 2),
            mlpconv([384, 384, 10], 3, padding=1), GAP]),
    ]


def synthetic() -> list[dict]:
    """Small nets that show each kind of layer; sides differ, so that height and width cannot be swapped unseen."""
    return [
        architecture("mlpconv-batch-norm", shape(3, 13, 10), [
            mlpconv([8, 6], 3, padding=1, batch_norm=True), pool("max_pool", 3, 2, ceil=True),
            mlpconv([8, 5], 3, stride=2, padding=1, batch_norm=True), GAP]),
        architecture("linear-end", shape(2, 9, 11), [
            mlpconv([6, 6], 3, padding=1, batch_norm=True), pool("max_pool", 2, 2),
            mlpconv([7, 4], 3, padding=1, batch_norm=True, final_relu=False), GAP]),
        architecture("convolution-batch-norm", shape(3, 12, 9), [
            layer("convolution", width=6, kernel=5, stride=2, padding=2, batch_norm=True),
            layer("convolution", width=8, kernel=3, padding=1, batch_norm=True, relu=False),
            pool("max_pool", 3, 2, padding=1), layer("relu"),
            layer("convolution", width=4, kernel=1, relu=False), layer("batch_normalisation"), GAP]),
        architecture("local-response", shape(3, 11, 14), [
            layer("convolution", width=12, kernel=3), layer("local_response_normalisation", size=5, alpha=1e-4, beta=0.75, k=2),
            pool("max_pool", 3, 2), layer("local_response_normalisation", size=3, alpha=0.5, beta=0.5, k=1),
            mlpconv([8, 5], 3, padding=1), GAP]),
        architecture("maxout", shape(3, 10, 12), [
            layer("convolution", width=12, kernel=3, padding=1, relu=False), layer("maxout", pieces=3), pool("max_pool", 2, 2),
            layer("convolution", width=10, kernel=3, padding=1, batch_norm=True, relu=False), layer("maxout", pieces=2), GAP]),
        architecture("average-ceil", shape(3, 14, 11), [
            mlpconv([6, 6], 3), pool("average_pool", 3, 2, ceil=True), DROPOUT,
            mlpconv([8, 6], 3, padding=1), pool("average_pool", 3, 2, padding=1, ceil=True), mlpconv([5, 5], 1), GAP]),
        architecture("fully-connected-head", shape(2, 10, 7), [
            layer("convolution", width=6, kernel=3, padding=1), pool("max_pool", 3, 2, ceil=True), layer("flatten"),
            layer("fully_connected", width=16, relu=True), DROPOUT, layer("fully_connected", width=5)]),
        architecture("fully-connected-after-mean", shape(2, 8, 9), [
            mlpconv([6, 8], 3, padding=1), GAP, layer("fully_connected", width=3)]),
    ]


# What is recorded


def net_entry(net: dict) -> dict:
    module = build(net)
    entry = {"architecture": net, "parameters": sum(p.numel() for p in module.parameters()), "tensors": fill_state(module), "batch": 2}
    x = images(net["input"], 2)
    with torch.no_grad():
        entry["eval"] = numbers(module.eval()(x))
        if any(isinstance(part, nn.BatchNorm2d) for part in module.modules()):
            module.train()
            for part in module.modules():
                if isinstance(part, nn.Dropout):
                    part.eval()
            entry["train"] = numbers(module(x))
            entry["statistics"] = {name: numbers(value) for name, value in module.state_dict().items() if "running_" in name}
    assert np.std(entry["eval"]) > 0, net["name"]
    print(f"{net['name']:28} {entry['parameters']:>10,} parameters, logits {min(entry['eval']):.4g} to {max(entry['eval']):.4g}")
    return entry


STEP_NET = architecture("step", shape(1, 8, 6), [
    mlpconv([4, 4], 3, padding=1, batch_norm=True), pool("max_pool", 2, 2), layer("dropout", rate=0.0),
    mlpconv([6, 3], 3, padding=1, batch_norm=True, final_relu=False), GAP])
LABELS = [0, 2, 1, 0]
OPTIMIZERS = {
    "sgd": (torch.optim.SGD, {"lr": 0.1, "momentum": 0.9, "nesterov": True}, 5e-4),
    "adam": (torch.optim.Adam, {"lr": 0.01, "betas": (0.9, 0.999), "eps": 1e-8}, 0.01),
    "adamw": (torch.optim.AdamW, {"lr": 0.01, "betas": (0.9, 0.999), "eps": 1e-8}, 0.01),
}


def step_entry(name: str) -> dict:
    kind, options, weight_decay = OPTIMIZERS[name]
    module = build(STEP_NET)
    fill_state(module)
    module.train()
    groups = [
        {"params": [p for p in module.parameters() if p.ndim > 1], "weight_decay": weight_decay},
        {"params": [p for p in module.parameters() if p.ndim <= 1], "weight_decay": 0.0},
    ]
    optimizer = kind(groups, **options)
    x, labels = images(STEP_NET["input"], len(LABELS)), torch.tensor(LABELS)
    losses = []
    for _ in range(2):
        loss = nn.functional.cross_entropy(module(x).flatten(1), labels, label_smoothing=0.1)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(short(loss.item()))
    print(f"{name:28} losses {losses}")
    return {
        "optimizer": name,
        "learning_rate": options["lr"],
        "weight_decay": weight_decay,
        "momentum": options.get("momentum", 0.0),
        "nesterov": options.get("nesterov", False),
        "losses": losses,
        "state": {name: numbers(value) for name, value in module.state_dict().items() if not name.endswith("num_batches_tracked")},
    }


def formula_checks() -> list[dict]:
    """First values of a few tensors; 9999 * 1000003 does not fit 32 bits."""
    cases = [(0, 1.0, 0.0), (1, 0.1, 0.0), (7, math.sqrt(24 / 75), 0.0), (4, 0.2, 1.0), (IMAGES, 1.0, 0.5)]
    return [
        {"number": number, "scale": short(scale), "offset": short(offset), "values": [short(v) for v in fill(number, 8, scale, offset)]}
        for number, scale, offset in cases
    ]


def windows() -> list[list[int]]:
    """[size, kernel, stride, padding, ceil, windows]; 0 windows where PyTorch refuses."""
    rows = []
    for size in range(1, 13):
        x = torch.zeros(1, 1, size, size)
        for kernel in range(1, 6):
            for stride in range(1, 6):
                for padding in range(kernel // 2 + 1):
                    for ceil in (False, True):
                        try:
                            count = nn.functional.max_pool2d(x, kernel, stride, padding, ceil_mode=ceil).shape[3]
                        except RuntimeError:
                            count = 0
                        rows.append([size, kernel, stride, padding, int(ceil), count])
    return rows


def write(name: str, document: dict) -> None:
    """Indented, but with a list of numbers on one line."""
    text = json.dumps(document, indent=1)
    text = re.sub(r"\[[-+.\deE,\s]*\]", lambda found: "[" + " ".join(found[0][1:-1].split()) + "]", text)
    (HERE / name).write_text(text + "\n")


def main() -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    torch.use_deterministic_algorithms(True)
    made_by = f"PyTorch {torch.__version__}, make_golden.py"
    write("logits.json", {"made_by": made_by, "formula": formula_checks(), "nets": [net_entry(net) for net in catalogue() + synthetic()]})
    step_module = build(STEP_NET)
    write("steps.json", {
        "made_by": made_by, "architecture": STEP_NET, "tensors": fill_state(step_module), "batch": len(LABELS), "labels": LABELS,
        "label_smoothing": 0.1, "steps": 2, "cases": [step_entry(name) for name in OPTIMIZERS]})
    write("windows.json", {"made_by": made_by, "rows": windows()})


if __name__ == "__main__":
    main()
