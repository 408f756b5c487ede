#===- torch_loader.py - Samples from PyTorch's loader --------------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# usage: torch_loader.py <samples> <batch size>
#
# A unit is one shuffled pass over samples of 64 floats and a label, in this
# process, as in ../loader.cpp.
#
#===----------------------------------------------------------------------===#

import sys

import torch
from contestant import take_turns

samples, batch_size = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(1)
torch.manual_seed(1)
loader = torch.utils.data.DataLoader(
    torch.utils.data.TensorDataset(
        torch.rand(samples, 64), torch.zeros(samples, dtype=torch.int32)
    ),
    batch_size=batch_size,
    shuffle=True,
)


def epoch():
    for _ in loader:
        pass


take_turns(epoch)
