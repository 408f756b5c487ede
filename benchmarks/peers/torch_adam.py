#===- torch_adam.py - Steps of PyTorch's Adam ----------------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# usage: torch_adam.py <single|foreach|fused> <tensors> <size of a tensor>
#
# A unit is one step over all parameters, float, on one thread: what ../adam.cpp
# does with one arena. PyTorch has three implementations. `single` is what it
# takes on the CPU by default.
#
#===----------------------------------------------------------------------===#

import sys

import torch
from contestant import take_turns

form, tensors, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
assert form in ("single", "foreach", "fused"), form
torch.set_num_threads(1)
torch.manual_seed(1)
parameters = [torch.nn.Parameter(torch.rand(size) * 2 - 1) for _ in range(tensors)]
for parameter in parameters:
    parameter.grad = torch.rand(size) * 2 - 1
optimizer = torch.optim.Adam(
    parameters, foreach=form == "foreach", fused=form == "fused"
)
take_turns(optimizer.step)
