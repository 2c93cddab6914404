"""The parts of a session, a page each where a page has something of its own, and who writes them when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from engine import InputError, Text
from engine.settings import Model
from engine.studies import MOST_SEEDS, Place, Progress, RunRecord, SearchProgress
from engine.studies import Survey as Surveyed
from visualizer.findings import Tested
from visualizer.landscape import LandscapeSettings, LossSurface
from visualizer.runs import Look
from visualizer.state import Portions


@dataclass
class Held:
    """State of a field, as `held` makes it.

    Only the runs of its own session touch it. One that has been overtaken may still be ending while the next begins; at
    worst it counts a field that nobody sees.

    Attributes
    ----------
    value : object
        The value in the session's state while nobody but this field changes it.
    shown : object
        The content of the field.
    number : int
        The number of fields that have stood in this place before.
    name : str
        The key of the one that stands there, where it is read later.
    problem : InputError or None
        Why what stands there could not be used.
    """

    value: Any
    shown: Any
    number: int = 0
    name: str = ""
    problem: InputError | None = None


class Drawn(NamedTuple):
    """Network, chunk of keyframes and problems for which a page has been drawn."""

    model: Model
    keyframes: str
    problems: Sequence[InputError]


@dataclass(slots=True)
class Stage:
    """The stage page: how far it and its drawing in the browser have followed each other.

    The callbacks of the drawing write the first two, drawing the page the others.

    Attributes
    ----------
    ack : int
        The number of the last event that the drawing sent and that has been carried out.
    gone_on : bool
        Whether the panel has stepped on, and all of the page has to be drawn.
    drawn : Drawn or None
        What the whole page was drawn for last.
    dragged : Model or None
        The network with the number that is being dragged, until it is let go.
    drags : bool
        Whether a number has been dragged since the stage was drawn.
    slider : tuple of str and float
        The element that can be dragged, and how far.
    came : tuple of Model and sequence of Text, or None
        The moment of a training that was put on the stage, and what the stage does not show of it.
    rendering : dict of str, InputError or None
        The rendering that was asked for last, as `mount_renderings` has it, or why it cannot be made.
    """

    ack: int = 0
    gone_on: bool = False
    drawn: Drawn | None = None
    dragged: Model | None = None
    drags: bool = False
    slider: tuple[str, float] = ("", 0.0)
    came: tuple[Model, Sequence[Text]] | None = None
    rendering: dict[str, str] | InputError | None = None


@dataclass(frozen=True)
class Tables:
    """The tables of all numbers; drawing them begins another edition, typing into them says what is wrong there.

    Attributes
    ----------
    model : Model
        What the tables have led to; another one makes another edition of them.
    edition : int
    wrong : mapping of dict of InputError
        By table the places where no number was typed, and why.
    """

    model: Model
    edition: int = 0
    wrong: Mapping[str, dict[str, InputError]] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """The last answer to a question of *Predict, then reveal*.

    Attributes
    ----------
    key : str
        The question.
    place : str
        The address of the step at which it is said how the answer was.
    outcome : str
        `right`, `wrong`, `shown` or `rubbish`.
    typed : str
    words : tuple of Text
    """

    key: str
    place: str
    outcome: str
    typed: str
    words: tuple[Text, ...]


@dataclass(frozen=True)
class Quiz:
    """The questions about one network; asking about another one begins anew, and callbacks bring the answer.

    Attributes
    ----------
    network : Model
        Of iteration 1.
    place : str
        Where among the drafts the outcomes stand.
    answer : Answer or None
    """

    network: Model
    place: str
    answer: Answer | None = None


@dataclass(slots=True)
class Causes:
    """The search for why a number differs: drawing the page begins it, its ticking part goes on, a press cancels it.

    Attributes
    ----------
    sought : tuple or None
        What it was begun for: the network, the place of the number, and the number as typed.
    running : Portions or None
        None where it was cancelled.
    """

    sought: tuple[Model, Place, str] | None = None
    running: Portions[SearchProgress] | None = None


@dataclass(slots=True)
class Survey:
    """Many seeds at many rates: fields write what is asked for, the ticking part of the page what is found.

    Attributes
    ----------
    seeds, rates : str, str or None
        As they were typed; None until there are settings to take the rate from.
    running : Portions or None
    found : Surveyed or None
        What came of the last one that was not cancelled.
    """

    seeds: str = str(MOST_SEEDS)
    rates: str | None = None
    running: Portions[Progress] | None = None
    found: Surveyed | None = None


@dataclass(slots=True)
class Tries:
    """The trainings that decide why a run ended as it did: a press begins them, the ticking part of the page ends them.

    Attributes
    ----------
    of : RunRecord or None
        The run that they are about.
    running : Portions or None
    found : Tested or None
        What came of them.
    """

    of: RunRecord | None = None
    running: Portions[Tested] | None = None
    found: Tested | None = None


@dataclass(slots=True)
class Digits:
    """The digits of the Train page, written by its fields; drawing it says what a new drawing is taken for.

    Attributes
    ----------
    ink : str
        The drawing, a character for each cell.
    meant, meant_for : int, str or None
        The digit that a drawing is meant to be, and which drawing.
    image : int
        Which image of the set is looked at, from 1.
    """

    ink: str = ""
    meant: int = 0
    meant_for: str | None = None
    image: int = 1


@dataclass(slots=True)
class Train:
    """The Train page around its lab. Callbacks write it, after the lab has done as a whole what they ask of it.

    Attributes
    ----------
    look : Look
        What is drawn over what, and which run and moment are looked at; `look_at` replaces it.
    story : str
        The experiment that was chosen last.
    held : bool
        Whether its runs wait for the reader's prediction.
    notes : sequence of Text
        What the last change of a setting has changed beside it.
    began : tuple of float and int, or None
        When the training was set going, and after how many epochs.
    tests_rates : bool
        Whether a learning rate is searched for.
    leaves : bool
        Whether a moment has been put on the stage, and the page is to be left for it.
    asks, fetches : bool
        Whether it is asked where images come from, and whether they are being fetched.
    board : int
        How often what was drawn on the board of points was refused: the board then shows what trains.
    others : dict of str
        By the kind of points the table that was left for the other kind, to which the reader may return.
    logs : int
        How many times files of curves from outside have been taken; the next ones come into another field.
    sliders : dict of tuple
        By the key of an epoch slider the run for which it was set, and its last epoch.
    """

    look: Look = field(default_factory=Look)
    story: str = ""
    held: bool = False
    notes: Sequence[Text] = ()
    began: tuple[float, int] | None = None
    tests_rates: bool = False
    leaves: bool = False
    asks: bool = False
    fetches: bool = False
    board: int = 0
    others: dict[str, str] = field(default_factory=dict)
    logs: int = 0
    sliders: dict[str, tuple[int, int]] = field(default_factory=dict)
    digits: Digits = field(default_factory=Digits)
    survey: Survey = field(default_factory=Survey)
    tries: Tries = field(default_factory=Tries)


@dataclass(slots=True)
class Landscape:
    """The Landscape page. Fields write the settings, drawing the page the rest of it in one statement.

    Attributes
    ----------
    settings : LandscapeSettings or None
        The settings; None until the page is opened.
    surface, problem : LossSurface or None, InputError or None
        What is computed, or why there is no such landscape.
    wanted : tuple or None
        What that was computed for.
    """

    settings: LandscapeSettings | None = None
    surface: LossSurface | None = None
    problem: InputError | None = None
    wanted: tuple[Any, ...] | None = None
