"""Exit quiz for notebook 12, A network."""

from micrograd import nn
from micrograd.graph import trace
from tools.classroom.quiz import ask

model = nn.MLP(3, [4, 1], seed=1)
small = nn.MLP(2, [2, 1], seed=1)
layer = nn.Layer(2, 5, seed=1)


def equal_gradients():
    equal = nn.MLP(2, [3, 1], activation="tanh", seed=1)
    for parameter in equal.parameters():
        parameter.data = 0.5
    equal([2.0, -3.0]).backward()
    return [parameter.grad for parameter in equal.layers[0].parameters()]


def values_for(examples):
    return len(trace(sum(small([float(i), 2.0]) for i in range(1, examples + 1)))[0])


X, W, B = (1.0, 2.0), (1.0, -2.0), 0.5
before_activation = sum(x * w for x, w in zip(X, W, strict=True)) + B
gradients = equal_gradients()
one, five = len(trace(small([1.0, 2.0]))[0]), values_for(5)
shared = len(small.parameters())

QUESTIONS = [
    ask("12.q1", "How many parameters has `nn.MLP(3, [4, 1])`: four neurons with three inputs "
        "each, and one with four?",
        (len(model.parameters()), "4 times 3 + 1, and 4 + 1."),
        (3 * 4 + 4 * 1, "Those are the weights. Each neuron has a bias as well."),
        (3 * 4 + 1 + 4 * 1 + 1, "Each neuron has a bias of its own, not the layer."),
        (4 + 1, "Those are the neurons.")),
    ask("12.q2", "A layer of five neurons is called with a list of two inputs. How many numbers "
        "does it give back?",
        (len(layer([1.0, 2.0])), "One for each neuron."),
        (2, "Each neuron sees both inputs and gives one number."),
        (2 * 5, "Those are the weights."),
        (1, "A neuron gives one number. Here are five.")),
    ask("12.q3", "In a network of three tanh neurons and one behind them, *all* parameters are "
        "0.5. The inputs are 2 and -3. After `backward()`, how many different numbers are among "
        "the nine gradients of the three neurons?",
        (len(set(gradients)), "The three neurons get the same gradients: one for each of the two "
                              "weights, one for the bias."),
        (len(gradients), "The neurons see the same inputs and are used alike."),
        (1, "The neurons are alike, but a weight's gradient has its input as a factor."),
        (2, "The bias has a gradient, too.")),
    ask("12.q4", "A neuron has the weights 1 and -2, the bias 0.5 and a relu. What does it give "
        "for the inputs 1 and 2?",
        (max(0.0, before_activation), "The weighted sum is -2.5, and relu makes 0 of it."),
        (before_activation, "That is the sum, before the activation."),
        (before_activation - B, "That is the sum without the bias, before the activation."),
        (abs(before_activation), "relu makes 0 of what is negative, and does not turn it round.")),
    ask("12.q5", "A network is called for five examples, and its five scores are added up. Its "
        f"graph for a single example has {one} values, {shared} of them parameters. How many "
        "values has the graph of the sum?",
        (five,
         "The parameters are shared. All the rest is there five times, and there are the sums."),
        (5 * one, "The parameters are there only once."),
        (one, "The parameters are shared, but all the rest is made anew for each example."),
        (5 * shared, "The parameters are there only once. It is the rest that is made anew.")),
]
