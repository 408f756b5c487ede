#===- torch_digits.py - An epoch of a small network in PyTorch -----------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# usage: torch_digits.py <digits.csv> <batch size>
#
# The unit of ../digits.cpp, on one thread: a network of two layers, the cross
# entropy and torch.optim.SGD as they come, from images in memory. There is no
# data loader, which would cost more than the network.
#
#===----------------------------------------------------------------------===#

import sys

import torch
from contestant import take_turns
from digits_network import RATE, first_weights, read_images

path, batch = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(1)
torch.manual_seed(1)
pixels, digits = map(torch.from_numpy, read_images(path))
digits = digits.long()
w1, b1, w2, b2 = map(torch.from_numpy, first_weights())
first = [w1, b1, w2.T.contiguous(), b2]
network = torch.nn.Sequential(
    torch.nn.Linear(64, 32), torch.nn.Tanh(), torch.nn.Linear(32, 10)
)
loss_of = torch.nn.CrossEntropyLoss()


def epoch(order):
    """Returns the mean loss of the images, each before its step."""
    with torch.no_grad():
        for parameter, value in zip(network.parameters(), first):
            parameter.copy_(value)
    optimizer = torch.optim.SGD(network.parameters(), lr=RATE)
    total = torch.zeros(())
    for rows in order.split(batch):
        optimizer.zero_grad()
        loss = loss_of(network(pixels[rows]), digits[rows])
        loss.backward()
        optimizer.step()
        total += loss.detach() * len(rows)
    return total.item() / len(order)


take_turns(
    lambda: epoch(torch.randperm(len(digits))), epoch(torch.arange(len(digits)))
)
