"""Search for the causes of a wrong number, on drawn networks: how often the true cause is found, and how fast.

    python benchmarks/causes.py [networks]

Each mistake is made in each network, one of the numbers that it changes is drawn and typed with seven significant
digits, and the search is asked. Mistakes that give the same number cannot be told apart by it: the search names them
together as one explanation, as the page shows it; how often the true one stands first by itself is printed too. Then
right numbers are given with one digit changed, for which no cause should be named. Times are process times of a whole
search, miscopied numbers and pairs included.
"""

import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from engine.core import agrees
from engine.equations import Ref
from engine.mistakes import MISTAKES
from engine.settings import Model
from engine.studies import Cause, Place, Search, causes, mistaken

DIGITS = 7
KINDS = (
    ("sigmoid", "sigmoid", "quadratic"),
    ("tanh", "sigmoid", "binary_cross_entropy"),
    ("relu", "softmax", "cross_entropy"),
)
KINDS += (("tanh", "tanh", "mse"), ("sigmoid", "linear", "squared_error"))
SIZES = ((2, 2, 2), (2, 2, 2), (2, 3, 2), (3, 2, 2))


def drawn(seed: int) -> Model:
    """A network as an exercise has it: weights, inputs and targets with one or two decimals."""
    rng, sizes = np.random.default_rng(seed), SIZES[seed % len(SIZES)]
    hidden, output, loss = KINDS[seed % len(KINDS)]
    made = Model.drawn(sizes, (hidden, output), "xavier_uniform", 1)
    m = 1 + seed % 2
    y = (
        np.eye(sizes[-1])[rng.integers(sizes[-1], size=m)]
        if loss.endswith("entropy")
        else rng.uniform(0.05, 0.95, (m, sizes[-1]))
    )
    net = np.round(rng.uniform(-1, 1, made.network().theta.size), 2)
    x, y = (tuple(map(tuple, np.round(rows, 2).tolist())) for rows in (rng.uniform(-1, 1, (m, sizes[0])), y))
    return replace(made, net=tuple(net.tolist()), x=x, y=y, loss=loss, eta=float(rng.choice([0.1, 0.5, 0.3])))


def places(model: Model) -> list[Place]:
    """All numbers of a pass that a reader may have."""
    trace, found = model.trace(), []
    for l in range(1, len(model.sizes)):
        for name in ("z", "a", "delta", "dW", "db", "W_new", "b_new"):
            found += [Place(Ref(name, l), tuple(map(int, at))) for at in np.ndindex(trace.value(name, l).shape)]
    return [*found, Place(Ref("C", len(model.sizes) - 1))]


def searched(model: Model, place: Place, typed: str) -> tuple[Search, float]:
    """The search and the seconds that it took."""
    start = time.process_time()
    return causes(model, place, typed), time.process_time() - start


def rank_of(search: Search, name: str) -> tuple[int, int]:
    """Rank of the explanation that names the true cause, and rank of that cause by itself; 0 where it is not named."""
    explanations = [[named(cause) for cause in causes_] for causes_ in search.explanations]
    rank = next((place for place, names in enumerate(explanations, 1) if name in names), 0)
    by_itself = next((place for place, cause in enumerate(search.named, 1) if named(cause) == name), 0)
    return rank, by_itself


def named(cause: Cause) -> str:
    """Name of a single mistake; none of a slip, and none of two mistakes."""
    return getattr(cause.parts[0], "name", "") if len(cause.parts) == 1 else ""


def main() -> None:
    """Print the shares of true causes that are first or among three, and of right numbers that are given no cause."""
    networks = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    rng = np.random.default_rng(0)
    took, times = with_mistakes(networks, rng), miscopied(networks, rng)
    print(f"one search: median {np.median(took) * 1e3:.0f} ms; with all that is tried where nothing fits: ", end="")
    print(f"median {np.median(times):.2f} s, slowest {max(times):.2f} s")


def with_mistakes(networks: int, rng: np.random.Generator) -> list[float]:
    """Make each mistake in each network and print how often it is found; give the seconds of the searches."""
    took: list[float] = []
    ranks: Counter[int] = Counter()
    alone: Counter[int] = Counter()
    missed: Counter[str] = Counter()
    together = 0
    for seed in range(networks):
        model = drawn(seed)
        right, offered = model.trace(), places(model)
        for name, mistake in MISTAKES.items():
            wrong = mistaken(model, (mistake,))
            typed = {place: f"{place.of(wrong):.{DIGITS - 1}e}" for place in offered}
            changed = [p for p in offered if p.of(wrong) and not agrees(typed[p], p.of(right))]
            if not changed:
                continue
            place = changed[rng.integers(len(changed))]
            search, seconds = searched(model, place, typed[place])
            rank, by_itself = rank_of(search, name)
            ranks[min(rank, 4) if rank else 0] += 1
            alone[min(by_itself, 4) if by_itself else 0] += 1
            missed[name] += rank != 1
            together += len(search.explanations[0]) > 1 if rank == 1 else 0
            took.append(seconds)
    total = ranks.total()
    print(f"{networks} networks, {len(MISTAKES)} mistakes, {total} numbers that a mistake changes")
    print(f"true cause first {ranks[1] / total:.1%}, in the first three {sum(ranks[r] for r in (1, 2, 3)) / total:.1%}")
    print(f"first by itself {alone[1] / total:.1%}, in the first three {sum(alone[r] for r in (1, 2, 3)) / total:.1%}")
    print(f"explanations with several causes: {together / total:.1%}")
    print(f"not first most often: {dict(missed.most_common(5))}")
    return took


def miscopied(networks: int, rng: np.random.Generator) -> list[float]:
    """Give right numbers with one digit changed, and print how often no cause is named; give the seconds."""
    wrongly, times = 0, []
    for seed in range(networks):
        model = drawn(seed)
        trace, offered = model.trace(), places(model)
        place = next(p for p in (offered[i] for i in rng.permutation(len(offered))) if abs(p.of(trace)) > 1e-6)
        signs = list(f"{place.of(trace):.{DIGITS - 1}e}")
        at = rng.choice([i for i, sign in enumerate(signs[: signs.index("e")]) if sign.isdigit()])
        signs[at] = str(rng.choice([d for d in "0123456789" if d != signs[at] and not (d == "0" and at < 2)]))
        search, seconds = searched(model, place, "".join(signs))
        wrongly += bool(search.named)
        times.append(seconds)
    print(f"right numbers with one digit changed: no cause named for {1 - wrongly / networks:.1%}")
    return times


if __name__ == "__main__":
    main()
