"""The subject of an export, a state of the stage, and the registry entry of an export."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import inf

from engine import Text, Trace
from visualizer.scene import SceneBuilder, scene_builder
from visualizer.state import Spec
from visualizer.writing import network_words, settings_words

_ITERATION = Text("iteration {}", "第 {} 次迭代")


@dataclass(frozen=True)
class Subject:
    """State of the stage to be exported."""

    spec: Spec
    stage: "Subject | None" = None  # the state with its mistakes, where this one has been rid of them

    @cached_property
    def builder(self) -> SceneBuilder:
        """Scene builder of the state."""
        view, model = self.spec.view, self.spec.model
        right = model.right.trace() if model.mistakes else None
        return scene_builder(model.trace(), view.granularity, view.lang, view.sample - 1, view.unfolded, right)

    @property
    def right(self) -> "Subject":
        """State without mistakes: code that is handed out makes none, and names those left out."""
        model = self.spec.model
        return Subject(self.spec._replace(model=model.right), self) if model.mistakes else self

    @property
    def trace(self) -> Trace:
        """Pass of the present iteration."""
        return self.builder.trace

    @property
    def address(self) -> str:
        """Address of the step that happened last, whatever the granularity; `0` before the first."""
        moment = self.builder.lecture.moment(self.position)
        return "0" if moment.step < 0 else self.trace.steps[moment.step].address

    @property
    def position(self) -> int:
        """The present position."""
        return self.builder.lecture.position(self.spec.view.step) or 0

    @property
    def lang(self) -> str:
        """The reader's language."""
        return self.spec.view.lang

    @property
    def title(self) -> str:
        """The network in words."""
        return network_words(self.trace, self.lang)

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings in words."""
        return (*settings_words(self.trace, self.lang), _ITERATION.format(self.spec.model.iteration)(self.lang))


@dataclass(frozen=True)
class Export:
    """Registry entry of an export.

    Attributes
    ----------
    name : str
        The key in `EXPORTS`.
    group : str
        A name in `GROUPS`.
    label, why : Text
        The name that a reader sees, and one sentence on its use.
    file : str
        The name of the file.
    mime : str
        Its media type.
    make : callable
        make(subject): the text of the file.
    order : float
        The rank among the others; without one the entry comes last.
    """

    name: str
    group: str
    label: Text
    why: Text
    file: str
    mime: str
    make: Callable[[Subject], str]
    order: float = inf
