"""Facts of an opened link or file, as plain numbers and words under flat names: no class, no digest, no order.

All that the corpus knows of the product is in this file, so that it alone has to follow where a module moves.
"""

from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import numpy as np

from engine import check_gradients, read_weights
from visualizer import scene_builder
from visualizer.address import current, opened
from visualizer.address.address import SHOWN
from visualizer.exercises import exercise
from visualizer.lab import Lab, experiment_in, lab_from_file, lab_from_query, outside_from_query
from visualizer.landscape import Origin, known_surface, landscape_from_query, network_surface
from visualizer.reference import entries, search
from visualizer.runs import labels
from visualizer.state import from_file, lesson_of, open_stop
from visualizer.state.importing import ENDINGS, is_saved_state
from visualizer.teaching import FORMAT, from_lesson_file

LANGUAGES = ("en", "zh")
RENAMED = {"% for validation": "% held out", "验证集 ": "留出 ", "均匀分布": "均匀", "批量归一化": "批归一化"}


def of_link(page, address):
    """The facts of a page at an address, which is what stands behind the question mark."""
    query = dict(parse_qsl(address, keep_blank_values=True))
    spec, own, problems = opened(page, query, "en")
    facts = {f"stage.{name}": fact for name, fact in _stage(spec).items()} | _told(problems)
    if "own" in query:
        facts |= _lesson(lesson_of(spec.view))
    if page in SHOWN:
        return facts | _shown(page, own, spec)
    return facts | (_lab(page, query) if page != "stage" else {})


def of_file(name, held):
    """The facts of a file of that name."""
    if name.endswith(tuple(f".{ending}" for ending in ENDINGS)) and not is_saved_state(held):
        return _weights(read_weights(held, name))
    text = held.decode("utf-8")
    if f'"{FORMAT}"' in text:
        return _lesson(from_lesson_file(text))
    if '"backprop-stage-runs"' in text:
        task, plans, problems = lab_from_file(text)
        return _task(task) | _trained(_restored(task, tuple(plans), task)) | _told(problems)
    spec, problems = from_file(text, "en")
    return _stage(spec) | _told(problems)


def _lesson(lesson):
    """A lesson as it is given: every slide with its words, and what it shows."""
    facts: dict[str, Any] = {"lesson": f"{lesson.label.en} | {lesson.label.zh} | {lesson.minutes} | {lesson.level.en}"}
    for number, stop in enumerate(lesson.stops, 1):
        spec = open_stop(lesson, number, "en")
        shown = _stage(spec)
        facts |= {f"slide.{number}.{name}": shown[name] for name in ("loss", "given.sizes", "given.sum", "position")}
        facts[f"slide.{number}.note"] = f"{stop.name} | {stop.note.en} | {stop.note.zh}"
        facts[f"slide.{number}.shows"] = f"{stop.chosen} {stop.equation} {stop.minutes} {spec.view.granularity}"
        if stop.ask:
            choices = ", ".join(f"{choice.en}/{choice.zh}" for choice in stop.ask.choices)
            facts[f"slide.{number}.ask"] = f"{stop.ask.question.en} | {stop.ask.question.zh} | {choices}"
            facts[f"slide.{number}.right"] = f"{stop.ask.right} {stop.ask.hidden}"
    return facts


def _told(problems):
    return {f"problem.{i}": str(problem.received) for i, problem in enumerate(problems)}


def _network(network, name):
    """A network by sums that every one of its numbers has a part in."""
    theta = np.asarray(network.theta, float)
    places = np.arange(1, theta.size + 1)
    return {
        f"{name}.sizes": "-".join(map(str, network.sizes)),
        f"{name}.activations": "-".join(network.activations),
        f"{name}.sum": float(np.abs(theta).sum()),
        f"{name}.weighted": float((places * np.abs(theta)).sum() / theta.size),
    }


def _stage(spec):
    model, view = spec.model, spec.view
    trace = model.trace()
    right = model.right.trace() if model.mistakes else None
    builder = scene_builder(trace, view.granularity, view.lang, view.sample - 1, view.unfolded, right)
    position = builder.lecture.position(view.step) or 0
    return {
        "loss": trace.loss,
        "right.loss": right.loss if right else trace.loss,
        **_network(trace.given, "given"),
        **_network(trace.network, "updated"),
        "samples": len(model.x),
        "x": float(np.sum(np.arange(1, np.size(model.x) + 1) * np.ravel(model.x))),
        "y": float(np.sum(np.arange(1, np.size(model.y) + 1) * np.ravel(model.y))),
        "iteration": model.iteration,
        "memory": float(sum(np.abs(part).sum() for part in trace.state.values())),
        "step": view.step,
        "position": f"{position} / {len(builder.lecture)}",
        "view": f"{view.granularity} {view.lang} {view.sample} {view.unfolded} {view.digits} {view.pixels}",
        "lesson": f"{view.lesson} {view.stop} {view.chosen}",
        "picture": builder.scene(position).alt,
    }


def _shown(page, own, spec):
    """The values of a page's own parameters; of some the numbers that the page makes of them."""
    facts: dict[str, Any] = {f"shown.{name}": str(current(name, own, spec.model)) for name in SHOWN[page]}
    if page == "exercises":
        made = exercise(own.get("level", "neuron"), int(own.get("seed", "1")))
        values = [made.value(cell) for _, cells in made.cells() for cell in cells]
        facts |= {"cells": len(values), "cells.sum": float(np.abs(values).sum())}
    if page == "reference":
        facts["section"] = ", ".join(entry.name for entry in entries(current("section", own, spec.model)))
        facts["found"] = ", ".join(entry.name for _, entry in search(own.get("find", "")))
    if page == "check" and facts["shown.view"] == "gradients":
        trace = spec.model.trace()
        facts["passed"] = check_gradients(trace.given, spec.model.x, spec.model.y, trace.loss_name).passed
    return facts


def _task(task):
    samples = task.samples()
    return {
        **_network(task.network(), "task"),
        "task.rows": len(samples[0]),
        "task.data": float(sum(np.abs(part).sum() for part in samples)),
        "task.rate": f"{task.optimizer} {task.eta} {task.batch} {task.epochs} {task.schedule}",
        "task.loss": task.loss,
    }


def _lab(page, query):
    task, plans, problems = lab_from_query(query)
    now = _restored(task, tuple(plans), None if experiment_in(query) else task)
    facts = _task(task) | _trained(now) | _told(problems)
    curves, more = outside_from_query(query)
    facts |= _outside(curves) | (_told(more) if more else {})
    return facts | (_landscape(query, now) if page == "landscape" else {})


def _outside(curves):
    """Curves from outside by sums that every one of their numbers has a part in."""
    facts: dict[str, Any] = {}
    for i, curve in enumerate(curves):
        facts[f"outside.{i}"] = f"{curve.name} {curve.hidden} {curve.axis}"
        for j, line in enumerate(curve.lines):
            places = np.arange(1, len(line.values) + 1)
            facts |= {f"outside.{i}.{j}.points": len(line.values)}
            finite = np.where(np.isfinite(line.values), line.values, 0)
            facts |= {f"outside.{i}.{j}.sum": float((places * finite).sum())}
            facts |= {f"outside.{i}.{j}.along": float(np.sum(line.along(curve.axis)))}
    return facts


@cache
def _restored(task, plans, afterwards):
    """A lab when all that it was given has been trained; of settings alone, one epoch."""
    lab = Lab(task)
    if plans:
        lab.queue(plans, afterwards)
    else:
        lab.one_epoch()
    while lab.advance():
        pass
    return lab.snapshot()


def _trained(now):
    facts: dict[str, Any] = {"runs": len(now.runs)}
    for i, run in enumerate(now.runs):
        if np.isfinite(run.trial.loss[-1]):
            facts |= _network(run.trial.network_at(run.trial.epochs), f"runs.{i}")
        facts |= {f"runs.{i}.epochs": run.trial.epochs, f"runs.{i}.name": run.name}
        facts |= {f"runs.{i}.loss": float(run.trial.loss[-1]), f"runs.{i}.first": float(run.trial.loss[0])}
        facts |= {f"runs.{i}.{lang}": _as_it_was_said(labels(now.runs, lang)[i]) for lang in LANGUAGES}
    return facts


def _as_it_was_said(label):
    """The name of a run in the words of when it was recorded, where others are used for the same things now."""
    for now, then in RENAMED.items():
        label = label.replace(now, then)
    return label


def _landscape(query, now):
    last = now.runs[-1].trial
    settings, problems = landscape_from_query(query, last.network_at(last.epochs))
    of_network = settings.ground == "network"
    surface = network_surface(settings, Origin(now.task, now.runs)) if of_network else known_surface(settings)
    while surface.advance():
        pass
    facts: dict[str, Any] = {f"ground.{side}.{i}": float(getattr(surface, side)[i]) for side in "xy" for i in (0, -1)}
    facts |= {f"ground.name.{i}": " | ".join(name) for i, name in enumerate(surface.names)}
    for i, path in enumerate(surface.paths):
        facts |= {f"path.{i}": " | ".join(path.label), f"path.{i}.end": float(path.heights[-1])}
    known = surface.cost[np.isfinite(surface.cost)]
    low, high = float(known.min()), float(known.max())
    return facts | _told(problems) | {"ground.low": low, "ground.high": high, "ground.points": int(surface.cost.size)}


def _weights(weights):
    return {
        "sizes": "-".join(map(str, weights.sizes)),
        "order": ", ".join(weights.order),
        "activations": "-".join(str(name) for name in weights.activations),
        **_network(weights.network(["tanh"] * len(weights.parts)), "network"),
    }
