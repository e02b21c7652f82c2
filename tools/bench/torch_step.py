"""One training step of the moons network in PyTorch: shown in notebook 14, run by `make bench`."""

import torch


def tensors(layers):
    """PyTorch's parameters from a list of layers, each a pair of NumPy arrays (weights, biases)."""
    return [[torch.tensor(p, requires_grad=True) for p in layer] for layer in layers]


def loss_of(layers, points, labels):
    x = points
    for weights, biases in layers[:-1]:
        x = torch.relu(x @ weights + biases)
    weights, biases = layers[-1]
    margins = 1 - (x @ weights + biases) * labels.reshape(-1, 1)
    size = sum((p * p).sum() for layer in layers for p in layer)
    return torch.relu(margins).mean() + 1e-4 * size


def step(layers, points, labels, learning_rate):
    loss = loss_of(layers, points, labels)
    parameters = [p for layer in layers for p in layer]
    for p in parameters:
        p.grad = None
    loss.backward()
    with torch.no_grad():
        for p in parameters:
            p -= learning_rate * p.grad
    return loss.item()
