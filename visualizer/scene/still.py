"""One step of a pass, found by its address, as a picture that stands still: notebooks show it as SVG."""

from typing import NamedTuple

from engine import InputError, Text, Trace
from engine.core import LANGUAGES, lookup, names
from visualizer.lecture import GRANULARITIES
from visualizer.scene.scene import scene_builder
from visualizer.scene.styles import Scene
from visualizer.scene.svg import scene_svg


class Picture(NamedTuple):
    """A drawing that a notebook shows by itself; `svg` is its source."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg


def step_scene(
    trace: Trace, step: str | int, granularity: str = "layer", lang: str = "en", sample: int = 0
) -> tuple[Scene, str]:
    """Scene of one step of a pass, and the step's title; the parameters are those of `picture`."""
    lookup(Text("granularity", "步进单位"), GRANULARITIES, granularity)
    lookup(Text("language", "语言"), LANGUAGES, lang)
    if sample not in range(trace.m):
        raise InputError(
            Text("no such sample", "没有这个样本"), Text(f"0 … {trace.m - 1}", f"0 … {trace.m - 1}"), sample
        )
    builder = scene_builder(trace, granularity, lang, sample)
    position = builder.lecture.position(str(step))
    if position is None:
        raise InputError(Text("no such step", "没有这一步"), names(known.address for known in trace.steps), step)
    at = builder.lecture.moment(position).step
    title = trace.steps[at].rule.title.format(l=trace.steps[at].layer)(lang) if at >= 0 else ""
    return builder.scene(position), title


def picture(
    trace: Trace,
    step: str | int = 0,
    granularity: str = "layer",
    lang: str = "en",
    sample: int = 0,
    theme: str = "light",
) -> Picture:
    """Picture of one step of a pass, which a notebook shows as SVG.

    Parameters
    ----------
    trace : Trace
    step : str or int
        The step's address, such as `bp2.1`, or how many have happened: 0 is what was given.
    granularity : str
        A name in `visualizer.lecture.GRANULARITIES`.
    lang : str
        A name in `engine.core.text.LANGUAGES`, for the words that tell what is drawn.
    sample : int
        Which sample is drawn, from 0.
    theme : str
        As in `visualizer.scene.svg.scene_svg`.

    Examples
    --------
    >>> from engine import Dense, Network, trace
    >>> t = trace(Network((Dense([[0.5, -0.3]], [0.1], "sigmoid"),)), [1, 2], [0])
    >>> picture(t, "bp1").svg[:38]
    '<svg xmlns="http://www.w3.org/2000/svg'
    """
    scene, _ = step_scene(trace, step, granularity, lang, sample)
    return Picture(scene_svg(scene, theme))
