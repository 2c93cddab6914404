"""The rules between the plain equations and the update: the penalty on the weights, its pull, and clipping.

They happen everywhere at once, therefore in layer 0; γ and β are those of normalized layers. Their operations work on
vectors laid out like theta: `g` is the gradient of C that BP3 and BP4 left behind, `full` that of J = C + λ Σ Ω(w), and
`clipped` what is left of it. Biases have no penalty: `strengths` holds λ for every weight and 0 for every other
parameter. `trained` is 0 for what no update moves, which does not count in the length of the gradient.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from engine.options import Options
from engine.rules import Operation, Rule
from engine.text import Text

PENALIZE = Operation(
    "penalty", ("regularizer", "theta", "strengths"), lambda omega, theta, s: (omega.value(theta) * s).sum(axis=-1)
)
ADD = Operation("J", ("C", "penalty"), lambda C, penalty: C + penalty)
PULL = Operation(
    "full", ("g", "regularizer", "theta", "strengths"), lambda g, omega, theta, s: g + omega.slope(theta) * s
)
MEASURE = Operation("norm", ("g", "trained"), lambda g, trained: np.sqrt((g * trained * g).sum(axis=-1)))
CUT = Operation(
    "clipped", ("g", "clip", "clip_at", "norm"), lambda g, clip, c, norm: clip.clipped(g, c, norm[..., None])
)

PENALTY = Rule(
    "penalty",
    "J",
    "cost",
    r"<penalty> = \lambda \sum {Omega:<W>}" + "\n" + r"<J> = <C> + <penalty>",
    ("C", "W"),
    ("penalty", "J"),
    (PENALIZE, ADD),
    Text("Penalty on the weights", "权重的惩罚项"),
    Text(
        "Large weights cost something too: λ says how much. Biases are free.",
        "大权重也要付出代价，λ 决定多少；偏置不受惩罚。",
    ),
)
REGULARIZED = Rule(
    "regularize",
    "∇J",
    "backward",
    r"<gW> = <dW> + \lambda\, {slope:<W>}",
    ("W", "dW", "db", "dgamma", "dbeta"),
    ("gW", "gb", "ggamma", "gbeta"),
    (PULL,),
    Text("The pull of the penalty", "惩罚项的拉力"),
    Text(
        "The gradient of each weight gets the slope of its penalty; that of a bias stays as it is.",
        "每个权重的梯度加上其惩罚项的斜率；偏置的梯度不变。",
    ),
)
CLIPPED = Rule(
    "clip",
    "clip",
    "backward",
    r"<cW> = {clip:<dW>}",
    ("dW", "db", "dgamma", "dbeta"),
    ("cW", "cb", "cgamma", "cbeta", "norm"),
    (MEASURE, CUT),
    Text("Clipping of the gradient", "梯度裁剪"),
    Text(
        "A gradient above the limit is cut down, so that one steep place cannot throw the network far away.",
        "超过上限的梯度被削减，陡峭之处便不会把网络抛得太远。",
    ),
)
CLIPPED_OF_J = replace(
    CLIPPED,
    tex=r"<cW> = {clip:<gW>}",
    reads=tuple("g" + name[1:] for name in CLIPPED.reads),
    operations=tuple(
        replace(operation, reads=tuple("full" if name == "g" else name for name in operation.reads))
        for operation in CLIPPED.operations
    ),
)
VECTORS = {"g": "d", "full": "g", "clipped": "c"}  # and the letter before the names of their parts
SCALARS = ("penalty", "J", "norm")
EVERYWHERE = frozenset((*SCALARS, *VECTORS))


def with_options(rules: Iterable[tuple[Rule, int]], options: Options) -> Iterator[tuple[Rule, int]]:
    """Yield the rules of a pass and, in their places, those that the options add."""
    for rule, l in rules:
        yield rule, l
        if rule.phase == "cost" and options.regularized:
            yield PENALTY, 0
    if options.regularized:
        yield REGULARIZED, 0
    if options.clipped:
        yield (CLIPPED_OF_J if options.regularized else CLIPPED), 0


def last_gradient(options: Options) -> str:
    """Name of the vector that an update takes its step with."""
    return "clipped" if options.clipped else "full" if options.regularized else "g"
