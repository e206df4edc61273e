"""Training steps of PyTorch, for ./bench: as tutorials write them (float32), or with autocast and channels_last (bfloat16).

Reads the case as one line of JSON and answers "ready <threads> <version>" or "missing <why>"; then answers each number of steps with
the seconds they took and the peak resident memory of this process in bytes.
"""
import json
import resource
import sys
import time

try:
    import torch
    from torch import nn
except ImportError as error:
    sys.stdin.readline()
    print(f"missing {error} for {sys.executable}; on Debian: apt-get install python3-torch", flush=True)
    sys.exit()

MODULES = {
    "ConvolutionOperation": lambda o: nn.Conv2d(o["in"], o["out"], o["kernel"], o["stride"], o["padding"]),
    "BatchNormOperation": lambda o: nn.BatchNorm2d(o["channels"]),
    "ReluOperation": lambda o: nn.ReLU(),
    "MaxPoolOperation": lambda o: nn.MaxPool2d(o["kernel"], o["stride"], o["padding"], ceil_mode=o["ceil"]),
    "DropoutOperation": lambda o: nn.Dropout(o["rate"]),
    "GlobalAverageOperation": lambda o: nn.AdaptiveAvgPool2d(1),
}
BATCHES = 4  # in memory, used in turn

bfloat16 = sys.argv[1] == "bfloat16"
case = json.loads(sys.stdin.readline())
batch = case["batch"]
model = nn.Sequential(*[MODULES[operation["type"]](operation) for operation in case["operations"]], nn.Flatten())
for parameter in model.parameters():
    if parameter.dim() == 4:
        nn.init.kaiming_normal_(parameter, nonlinearity="relu")
images = torch.randn(BATCHES * batch, *case["input"])
labels = torch.randint(case["classes"], (BATCHES * batch,))
if bfloat16:
    model = model.to(memory_format=torch.channels_last)
    images = images.to(memory_format=torch.channels_last)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=1e-3, momentum=0.9)
model.train()


def step(number):
    first = number % BATCHES * batch
    x, y = images[first:first + batch], labels[first:first + batch]
    optimizer.zero_grad()
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
        loss = criterion(model(x), y)
    loss.backward()
    optimizer.step()


print(f"ready {torch.get_num_threads()} PyTorch {torch.__version__}", flush=True)
for line in sys.stdin:
    started = time.perf_counter()
    for number in range(int(line)):
        step(number)
    seconds = time.perf_counter() - started
    kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(seconds, kibibytes * 1024, flush=True)
