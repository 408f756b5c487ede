#===- make-golden.py - Trajectories of PyTorch's optimizers --------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# Writes trajectories.txt and schedules.txt beside this file, which the tests
# compare with. Not run by the tests: it needs PyTorch, of the version that the
# files name. In an environment of its own,
#
#   pip install torch==2.9.1 numpy && python make-golden.py
#
# Five parameters follow the gradient a (p - b) + c s(t) for 200 steps. All of its
# constants are short binary fractions and its operations are rounded one by one,
# so that any implementation of IEEE arithmetic gets the same gradient from the
# same parameters. The fifth gradient is always zero. ATEN_CPU_CAPABILITY is
# "default", or PyTorch would contract products and sums. PyTorch has no Lion: its
# trajectories come from algorithm 2 of the paper, written down with numpy below.
#
#===----------------------------------------------------------------------===#

import os

os.environ["ATEN_CPU_CAPABILITY"] = "default"

import pathlib
import warnings

import numpy as np
import torch

warnings.filterwarnings("ignore")
torch.set_num_threads(1)

HERE = pathlib.Path(__file__).parent
STEPS = 200
STORED = (1, 2, 3, 10, 50, 100, 200)

A = [1.0, 0.25, 2.0, 0.0625, 0.0]
B = [0.5, -1.5, 0.125, 3.0, 0.0]
C = [0.5, 1.0, 0.25, 0.125, 0.0]
START = [1.5, -0.75, 2.0, -1.0, 0.625]


def wave(step):
    """s(t) for t = 1, 2, ...: short binary fractions in (-1, 1)."""
    return ((step * 37) % 64 - 31.5) / 32


def torch_variants():
    o = torch.optim
    return {
        "sgd": lambda p: o.SGD(p, lr=0.05),
        "sgd_decay": lambda p: o.SGD(p, lr=0.05, weight_decay=0.1),
        "sgd_momentum": lambda p: o.SGD(p, lr=0.02, momentum=0.9),
        "sgd_dampening": lambda p: o.SGD(p, lr=0.1, momentum=0.9, dampening=0.5),
        "sgd_nesterov": lambda p: o.SGD(
            p, lr=0.02, momentum=0.8, nesterov=True, weight_decay=0.01
        ),
        "adagrad": lambda p: o.Adagrad(p, lr=0.1),
        "adagrad_decay": lambda p: o.Adagrad(
            p, lr=0.1, lr_decay=0.01, weight_decay=0.1
        ),
        "adagrad_initial": lambda p: o.Adagrad(
            p, lr=0.1, initial_accumulator_value=0.5, eps=1e-3
        ),
        "adadelta": lambda p: o.Adadelta(p),
        "adadelta_decay": lambda p: o.Adadelta(
            p, lr=2.0, rho=0.95, eps=1e-4, weight_decay=0.1
        ),
        "rmsprop": lambda p: o.RMSprop(p),
        "rmsprop_decay": lambda p: o.RMSprop(p, weight_decay=0.1, eps=1e-4),
        "rmsprop_momentum": lambda p: o.RMSprop(p, lr=0.002, momentum=0.9),
        "rmsprop_centered": lambda p: o.RMSprop(p, lr=0.002, alpha=0.9, centered=True),
        "rmsprop_centered_momentum": lambda p: o.RMSprop(
            p, lr=0.001, alpha=0.9, centered=True, momentum=0.5
        ),
        "adam": lambda p: o.Adam(p, lr=0.01),
        "adam_default": lambda p: o.Adam(p),
        "adam_amsgrad": lambda p: o.Adam(p, lr=0.01, betas=(0.9, 0.9), amsgrad=True),
        "adam_decay": lambda p: o.Adam(p, lr=0.01, weight_decay=0.1),
        "adam_eps": lambda p: o.Adam(p, lr=0.01, betas=(0.8, 0.99), eps=1e-2),
        "adamw": lambda p: o.AdamW(p, lr=0.01),
        "adamw_amsgrad": lambda p: o.AdamW(
            p, lr=0.01, betas=(0.9, 0.9), weight_decay=0.1, amsgrad=True
        ),
        "adamax": lambda p: o.Adamax(p, lr=0.01),
        "adamax_decay": lambda p: o.Adamax(p, betas=(0.8, 0.95), weight_decay=0.1),
        "nadam": lambda p: o.NAdam(p, lr=0.01),
        "nadam_decay": lambda p: o.NAdam(p, weight_decay=0.1, momentum_decay=0.1),
        "nadam_decoupled": lambda p: o.NAdam(
            p, weight_decay=0.1, decoupled_weight_decay=True
        ),
        "radam": lambda p: o.RAdam(p, lr=0.01),
        "radam_decay": lambda p: o.RAdam(p, betas=(0.8, 0.9), weight_decay=0.1),
        "radam_decoupled": lambda p: o.RAdam(
            p, weight_decay=0.1, decoupled_weight_decay=True
        ),
        "adam_clip_norm": lambda p: o.Adam(p, lr=0.01),
        "sgd_clip_value": lambda p: o.SGD(p, lr=0.05),
        "adamw_groups": lambda p: o.AdamW(
            [
                {"params": [p[0]], "lr": 0.02},
                {"params": [p[1]], "weight_decay": 0.5},
            ],
            lr=0.01,
        ),
    }


def torch_trajectory(name, make, dtype):
    # The product of NAdam's momenta is a tensor of the default type.
    torch.set_default_dtype(dtype)
    cuts = [slice(0, 2), slice(2, 5)] if name == "adamw_groups" else [slice(0, 5)]
    a, b, c, start = (torch.tensor(x, dtype=dtype) for x in (A, B, C, START))
    blocks = [start[cut].clone().requires_grad_() for cut in cuts]
    optimizer = make(blocks)
    for step in range(1, STEPS + 1):
        for cut, p in zip(cuts, blocks):
            p.grad = a[cut] * (p.detach() - b[cut]) + c[cut] * wave(step)
        if name == "adam_clip_norm":
            torch.nn.utils.clip_grad_norm_(blocks, 0.75)
        if name == "sgd_clip_value":
            torch.nn.utils.clip_grad_value_(blocks, 0.5)
        optimizer.step()
        if step in STORED:
            yield step, [float(x) for p in blocks for x in p.detach()]


def lion_trajectory(dtype, lr, beta1, beta2, decay):
    a, b, c, p = (np.array(x, dtype=dtype) for x in (A, B, C, START))
    m = np.zeros_like(p)
    for step in range(1, STEPS + 1):
        g = a * (p - b) + c * dtype(wave(step))
        update = np.sign(dtype(beta1) * m + dtype(1 - beta1) * g)
        p = p * dtype(1 - lr * decay) - dtype(lr) * update
        m = dtype(beta2) * m + dtype(1 - beta2) * g
        if step in STORED:
            yield step, [float(x) for x in p]


def lbfgs_trajectory(dtype):
    """Without a line search, on a convex function: one line an iteration."""
    torch.set_default_dtype(dtype)
    a = torch.tensor([1.0, 0.25, 2.0, 0.5, 4.0], dtype=dtype)
    b = torch.tensor(B, dtype=dtype)
    p = torch.tensor(START, dtype=dtype).requires_grad_()
    optimizer = torch.optim.LBFGS(
        [p], lr=0.5, max_iter=1, tolerance_grad=0, tolerance_change=0, history_size=4
    )

    def closure():
        d = p.detach() - b
        p.grad = a * d + d * d * d
        return (a * d * d / 2 + d * d * d * d / 4).sum()

    for step in range(1, 13):
        optimizer.step(closure)
        yield step, [float(x) for x in p.detach()]


def trajectories():
    types = ("float", torch.float32, np.float32), ("double", torch.float64, np.float64)
    for name, make in torch_variants().items():
        for text, dtype, _ in types:
            for step, p in torch_trajectory(name, make, dtype):
                yield name, text, step, p
    for text, dtype, numpy_type in types:
        for step, p in lion_trajectory(numpy_type, 0.01, 0.9, 0.99, 0.0):
            yield "lion", text, step, p
        for step, p in lion_trajectory(numpy_type, 0.003, 0.95, 0.98, 0.5):
            yield "lion_decay", text, step, p
        for step, p in lbfgs_trajectory(dtype):
            yield "lbfgs", text, step, p


def schedules():
    torch.set_default_dtype(torch.float64)
    s = torch.optim.lr_scheduler
    makers = {
        "step_decay": lambda o: s.StepLR(o, 30),
        "multi_step": lambda o: s.MultiStepLR(o, [10, 50, 51], gamma=0.5),
        "exponential": lambda o: s.ExponentialLR(o, 0.97),
        "linear_warmup": lambda o: s.LinearLR(o, total_iters=20),
        "polynomial": lambda o: s.PolynomialLR(o, total_iters=100, power=2.0),
        "cosine": lambda o: s.CosineAnnealingLR(o, 120, eta_min=0.1),
        "cosine_restarts": lambda o: s.CosineAnnealingWarmRestarts(o, 25),
        "cosine_restarts_doubling": lambda o: s.CosineAnnealingWarmRestarts(
            o, 10, T_mult=2, eta_min=0.05
        ),
        "one_cycle": lambda o: s.OneCycleLR(o, 1.0, total_steps=121),
        "one_cycle_linear": lambda o: s.OneCycleLR(
            o, 1.0, total_steps=121, pct_start=0.25, anneal_strategy="linear"
        ),
        "sequence": lambda o: s.SequentialLR(
            o,
            [s.LinearLR(o, total_iters=10), s.CosineAnnealingLR(o, 111)],
            [10],
        ),
        "chain": lambda o: s.ChainedScheduler(
            [s.LinearLR(o, total_iters=10), s.ExponentialLR(o, 0.99)], o
        ),
    }
    for name, make in makers.items():
        o = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
        schedule = make(o)
        for step in range(121):
            yield name, step, o.param_groups[0]["lr"]
            o.step()
            if step < 120:
                schedule.step()


def plateau_metric(step):
    """Falls, stops, falls again, with short binary fractions."""
    return (64 - min(step, 20) - max(0, min(step - 60, 10))) / 64 + step % 3 / 4096


def plateaus():
    s = torch.optim.lr_scheduler
    makers = {
        "plateau": lambda o: s.ReduceLROnPlateau(o, patience=4, eps=0),
        "plateau_cooldown": lambda o: s.ReduceLROnPlateau(
            o, factor=0.5, patience=2, cooldown=6, min_lr=0.05, eps=0
        ),
        "plateau_absolute": lambda o: s.ReduceLROnPlateau(
            o, factor=0.5, patience=3, threshold=0.02, threshold_mode="abs", eps=0
        ),
        "plateau_largest": lambda o: s.ReduceLROnPlateau(
            o, mode="max", patience=7, eps=0
        ),
    }
    for name, make in makers.items():
        o = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
        schedule = make(o)
        for step in range(121):
            schedule.step(plateau_metric(step))
            yield name, step, o.param_groups[0]["lr"]


def main():
    head = f"# torch {torch.__version__.split('+')[0]}, numpy {np.__version__}\n"
    with open(HERE / "trajectories.txt", "w", encoding="ascii") as file:
        file.write(head + "# optimizer, type, step, parameters\n")
        for name, text, step, p in trajectories():
            file.write(f"{name} {text} {step} {' '.join(x.hex() for x in p)}\n")
    with open(HERE / "schedules.txt", "w", encoding="ascii") as file:
        file.write(head + "# schedule, step, factor\n")
        last = None
        for name, step, factor in [*schedules(), *plateaus()]:
            # A factor that stays the same is written once.
            if (name, factor) != last:
                file.write(f"{name} {step} {float(factor).hex()}\n")
            last = name, factor


if __name__ == "__main__":
    main()
