"""The rules between the plain equations and the update: the penalty on the weights, its pull, and clipping.

They happen everywhere at once, therefore in layer 0; γ and β are those of normalized layers. Their operations work on
vectors laid out like theta: `g` is the gradient of C that BP3 and BP4 left behind, `full` that of J = C + λ Σ Ω(w), and
`clipped` what is left of it. Biases have no penalty: `strengths` holds λ for every weight and 0 for every other
parameter. `trained` is 0 for what no update moves, which does not count in the length of the gradient.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.core import NOWHERE, Equivalents, Text
from engine.equations import Operation, Rule
from engine.options.options import OPTIONS, Options

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
        "Large weights add to the cost; λ sets how much. Biases are not penalized.",
        "大权重也会增加代价，λ 决定增加多少；偏置不受惩罚。",
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
    Text("Gradient of the penalty", "惩罚项的梯度"),
    Text(
        "The derivative of the penalty is added to each weight's gradient; the biases are unaffected.",
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
        "A gradient above the threshold is reduced, so that one steep spot cannot throw the parameters far away.",
        "超过阈值的梯度被截断或缩小，避免在陡峭处一步走得太远。",
    ),
)


class Transform(NamedTuple):
    """Transform of the gradient before an update takes its step: the rule that a setting asks for.

    Attributes
    ----------
    setting : str
        The option that asks for it.
    writes, letter : str
        The vector that it makes, and the letter before the names of its parts.
    rule : Rule
        Its rule, reading the gradient of C; `after` makes it read what a transform before it wrote.
    cost : Rule, optional
        What it adds to the cost.
    draws : tuple of (str, str, callable), optional
        A random vector that it reads, the letter before the names of its parts, and draw(rng, shape), which is done
        anew for each update, by the seed of the masks.
    elsewhere : Equivalents
        How other libraries do it, with the settings by their names, and `{record}` for what the record says that its
        setting names. PyTorch: the cost, where it adds to `{cost}`; else what is done to all `{parameters}`, or to the
        `{gradient}` of each, for which `{drawn}` was drawn. Keras: an argument of the dense layers, where it adds to
        the cost, else of the optimizer.
    """

    setting: str
    writes: str
    letter: str
    rule: Rule
    cost: Rule | None = None
    draws: tuple[str, str, Callable[[np.random.Generator, tuple[int, ...]], NDArray]] | None = None
    elsewhere: Equivalents = NOWHERE

    @property
    def label(self) -> Text:
        """Label of its setting."""
        return OPTIONS[self.setting].label


TRANSFORMS = (
    Transform(
        "regularizer",
        "full",
        "g",
        REGULARIZED,
        PENALTY,
        elsewhere=Equivalents(
            "{cost} + {strength} * sum({record} for w in (layer.weight for layer in layers))",
            "kernel_regularizer={record}",
        ),
    ),
    Transform("clip", "clipped", "c", CLIPPED, elsewhere=Equivalents("{record}", "{record}")),
)
DRAWN = {transform.draws[0]: transform.draws[2] for transform in TRANSFORMS if transform.draws}
VECTORS = {"g": "d"}  # and the letter before the names of their parts
VECTORS |= {transform.writes: transform.letter for transform in TRANSFORMS}
VECTORS |= {transform.draws[0]: transform.draws[1] for transform in TRANSFORMS if transform.draws}
SCALARS = ("penalty", "J", "norm")
EVERYWHERE = frozenset((*SCALARS, *VECTORS))
_GRADIENTS = {f"d{parameter}": parameter for parameter in ("W", "b", "gamma", "beta")}


def used_transforms(options: Options) -> tuple[Transform, ...]:
    """Return the transforms of the gradient that options ask for, in their order."""
    return tuple(transform for transform in TRANSFORMS if options.uses(transform.setting))


@cache
def after(rule: Rule, vector: str) -> Rule:
    """Return a rule that reads another vector in place of the gradient that BP3 and BP4 left behind."""
    letter = VECTORS[vector]
    operations = (replace(o, reads=tuple(vector if name == "g" else name for name in o.reads)) for o in rule.operations)
    return replace(
        rule,
        tex=rule.tex.replace("<d", f"<{letter}"),
        reads=tuple(letter + _GRADIENTS[name] if name in _GRADIENTS else name for name in rule.reads),
        operations=tuple(operations),
    )


def with_options(rules: Iterable[tuple[Rule, int]], options: Options) -> Iterator[tuple[Rule, int]]:
    """Yield the rules of a pass and, in their places, those that the options add."""
    used, vector = used_transforms(options), "g"
    for rule, l in rules:
        yield rule, l
        if rule.phase == "cost":
            yield from ((transform.cost, 0) for transform in used if transform.cost)
    for transform in used:
        yield transform.rule if vector == "g" else after(transform.rule, vector), 0
        vector = transform.writes


def last_gradient(options: Options) -> str:
    """Name of the vector that an update takes its step with."""
    return next((transform.writes for transform in reversed(used_transforms(options))), "g")


def is_drawn(options: Options) -> bool:
    """Whether options ask for a random transform, drawn anew for each update."""
    return any(transform.draws for transform in used_transforms(options))
