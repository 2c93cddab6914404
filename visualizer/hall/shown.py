"""State that a lecturer shows, as followers read it: keyframes, numbers and words, in each language on demand."""

from dataclasses import dataclass, field
from functools import cached_property, partial
from threading import Lock
from typing import Any, NamedTuple

from engine import Text, Trace
from visualizer.equations import numeric, symbolic
from visualizer.exports import moment_words, step_words
from visualizer.scene import PackedKeyframes, SceneBuilder, chunk_of, packed_keyframes, scene_builder
from visualizer.slides import Lesson, Stop, slide_words
from visualizer.state import Choice, Question, Spec, View, choices, question
from visualizer.writing import mathml, network_words, note_html

WINDOW = 8  # positions whose words travel together
_PLACE = Text("{} · slide {} of {}", "{} · 第 {} 页，共 {} 页")


class LessonStop(NamedTuple):
    """Stop of a lesson: the lesson, and the number of its slide."""

    lesson: Lesson
    number: int

    @property
    def slide(self) -> Stop:
        """The slide."""
        return self.lesson.stops[self.number - 1]

    @property
    def following(self) -> Stop | None:
        """The next slide, if any."""
        return self.lesson.stops[self.number] if self.number < len(self.lesson.stops) else None

    @property
    def step(self) -> str:
        """The address of the step that the slide shows."""
        return self.lesson.query(self.number).get("step", View.step)

    def place(self, lang: str) -> str:
        """Return the lesson and the slide in words."""
        return _PLACE.format(self.lesson.label, self.number, len(self.lesson.stops))(lang)


@dataclass(frozen=True)
class Shown:
    """State of a lecturer's stage.

    Attributes
    ----------
    spec : Spec
    asking : bool
        Whether the next value is asked for before it is shown.
    lecture : str
        The lecture as the lecturer's browser calls it.
    position : int
        Where the server of the lecturer's pages is; the browser may be further.
    stop : LessonStop or None
        Where a lesson is.
    """

    spec: Spec
    asking: bool
    lecture: str
    position: int = field(compare=False)
    stop: LessonStop | None = None
    _made: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    _lock: Any = field(default_factory=Lock, compare=False, repr=False)

    def keyframes(self, lang: str, chunk: int) -> PackedKeyframes:
        """Return a chunk of keyframes."""
        chunk = min(max(0, chunk), chunk_of(self.last))
        return self._once(("keyframes", lang, chunk), partial(packed_keyframes, self.builder(lang).plan, chunk))

    def body(self, lang: str, position: int) -> dict[str, Any]:
        """Return all that a follower needs at a position, but for the keyframes, which are named."""
        chunk = chunk_of(min(position, self.last))
        return self._once(("body", lang, chunk), partial(self._body, lang, chunk))

    def _body(self, lang: str, chunk: int) -> dict[str, Any]:
        made, view = self.keyframes(lang, chunk), self.spec.view
        ways = self.spec.model.iteration, view.granularity, view.sample, view.unfolded, self.asking
        return {
            "keyframes": made.id,
            "chunk": chunk,
            "marks": str(ways),
            "values": made.needs.numbers(self.builder(lang).values),
            "last": self.last,
            "chosen": view.chosen,
            "iteration": self.spec.model.iteration,
            "network": network_words(self.trace, lang),
            "note": note_html(self.stop.slide.note(lang)) if self.stop else "",
        }

    def desk(self, lang: str) -> dict[str, Any]:
        """Return the part of a lesson that the lecturer's second window shows."""
        stop = self.stop
        if stop is None:
            return {"place": "", "note": "", "following": "", "asks": False}
        following = note_html(stop.following.note(lang)) if stop.following else ""
        note, asks = note_html(stop.slide.note(lang)), stop.slide.ask is not None
        return {"place": stop.place(lang), "note": note, "following": following, "asks": asks}

    def words(self, lang: str, window: int) -> list[dict[str, Any]]:
        """Return the words of some positions, `WINDOW` of them unless the lecture ends."""
        window = min(max(0, window), self.last // WINDOW)
        return self._once(("words", lang, window), partial(self._words, lang, window))

    def question(self, position: int) -> Question | None:
        """Return the question for the next value."""
        builder = self.builder("en")
        return question(builder.lecture, min(position, self.last), self._chosen(builder), builder.sample)

    @cached_property
    def trace(self) -> Trace:
        """The pass."""
        return self.spec.model.trace()

    @property
    def last(self) -> int:
        """The last position."""
        return len(self.builder("en").lecture)

    def builder(self, lang: str) -> SceneBuilder:
        """Return the scene builder in a language."""
        return self._once(("builder", lang), partial(self._builder, lang))

    def _once(self, key: Any, make: Any) -> Any:
        with self._lock:
            if key in self._made:
                return self._made[key]
        made = make()
        with self._lock:
            return self._made.setdefault(key, made)

    def _builder(self, lang: str) -> SceneBuilder:
        model, view = self.spec.model, self.spec.view
        right = model.right.trace() if model.mistakes else None
        return scene_builder(self.trace, view.granularity, lang, view.sample - 1, view.unfolded, right, self.asking)

    def _chosen(self, builder: SceneBuilder) -> Choice | None:
        return choices(builder.drawing).get(self.spec.view.chosen)

    def _words(self, lang: str, window: int) -> list[dict[str, Any]]:
        stop = min(self.last + 1, (window + 1) * WINDOW)
        return [self._at(self.builder(lang), position) for position in range(window * WINDOW, stop)]

    def _at(self, builder: SceneBuilder, position: int) -> dict[str, Any]:
        """Return the words of a position: of the slide there, the latest step, or the next one where that is asked."""
        instead = self._of_slide(builder, position)
        return {**self._of_step(builder, position), **instead}

    def _of_slide(self, builder: SceneBuilder, position: int) -> dict[str, str]:
        """Return the words that the slide shows in place of those of its step; its question is asked beside them."""
        if self.stop is None or builder.lecture.position(self.stop.step) != position:
            return {}
        return slide_words(self.stop.slide, builder.lang, asks=False)

    def _of_step(self, builder: SceneBuilder, position: int) -> dict[str, Any]:
        if self.asking and builder.lecture.asks(position):
            return self._asked(builder, position)
        return moment_words(builder, position, self.spec.view.digits, self._chosen(builder))

    def _asked(self, builder: SceneBuilder, position: int) -> dict[str, str]:
        now, then = builder.lecture.moment(position), builder.lecture.moment(position + 1)
        step, asked = builder.trace.steps[then.step], self.question(position)
        known, layer = partial(builder.lecture.happened, now), asked.element.ref.layer if asked else 0
        numbers = mathml(numeric(builder.trace, step, layer, known, self.spec.view.digits))
        return {
            **step_words(builder, step),
            "symbols": mathml(symbolic(builder.trace, step)),
            "numbers": numbers,
            "worked": "",
        }
