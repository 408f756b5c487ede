#===- jax_digits.py - An epoch of a small network in JAX -----------------===#
#
# Part of the Retrograd project, under the Apache License v2.0 with LLVM
# Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
# usage: jax_digits.py samples|mean|scan <digits.csv> <batch size>
#
# The unit of ../digits.cpp, on one thread. `samples` compiles a step with
# jit(vmap(grad)) of the loss of one image, as one is written here, too. `mean`
# compiles one with the gradient of the mean loss of a batch, which takes
# products of matrices. `scan` compiles an epoch of these into one program: it
# leaves Python once an epoch instead of once a step. Nothing that compiles is
# measured.
#
#===----------------------------------------------------------------------===#

import os
import sys

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = (
    os.environ.get("XLA_FLAGS", "") + " --xla_cpu_multi_thread_eigen=false"
)

import jax
import jax.numpy as jnp
import numpy
from contestant import take_turns
from digits_network import RATE, first_weights, read_images

form, path, batch = sys.argv[1], sys.argv[2], int(sys.argv[3])
assert form in ("samples", "mean", "scan"), form
pixels, digits = map(jnp.asarray, read_images(path))
first = tuple(map(jnp.asarray, first_weights()))
count = len(digits)


def loss_of_image(weights, x, digit):
    w1, b1, w2, b2 = weights
    score = jnp.tanh(w1 @ x + b1) @ w2 + b2
    return jax.nn.logsumexp(score) - score[digit]


def loss_of_batch(weights, x, digit):
    w1, b1, w2, b2 = weights
    score = jnp.tanh(x @ w1.T + b1) @ w2 + b2
    right = jnp.take_along_axis(score, digit[:, None], axis=1)[:, 0]
    return (jax.nn.logsumexp(score, axis=1) - right).mean()


def gradient_by_samples(weights, x, digit):
    each = jax.vmap(jax.value_and_grad(loss_of_image), in_axes=(None, 0, 0))
    losses, gradients = each(weights, x, digit)
    mean = jax.tree_util.tree_map(lambda g: g.mean(axis=0), gradients)
    return losses.mean(), mean


def step(state, rows):
    weights, total = state
    gradient_of = (
        gradient_by_samples
        if form == "samples"
        else jax.value_and_grad(loss_of_batch)
    )
    loss, gradient = gradient_of(weights, pixels[rows], digits[rows])
    weights = jax.tree_util.tree_map(lambda w, g: w - RATE * g, weights, gradient)
    return weights, total + loss * len(rows)


def epoch_of_scan(state, order):
    full = count // batch * batch
    state, _ = jax.lax.scan(
        lambda s, rows: (step(s, rows), None),
        state,
        order[:full].reshape(-1, batch),
    )
    return step(state, order[full:]) if full < count else state


compiled_step, compiled_epoch = jax.jit(step), jax.jit(epoch_of_scan)


def epoch(order):
    """Returns the mean loss of the images, each before its step."""
    state = first, jnp.float32(0)
    if form == "scan":
        state = compiled_epoch(state, order)
    else:
        for begin in range(0, count, batch):
            state = compiled_step(state, order[begin : begin + batch])
    _, total = jax.block_until_ready(state)
    return float(total) / count


random = numpy.random.default_rng(1)
in_order = numpy.arange(count, dtype=numpy.int32)
take_turns(lambda: epoch(random.permutation(in_order)), epoch(in_order))
