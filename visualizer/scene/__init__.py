"""Scenes: the drawing at one moment with its styles; keyframes of a lecture, and figures of the network."""

from visualizer.scene.beside import scene_beside
from visualizer.scene.figure_parts import faint
from visualizer.scene.keyframes import Keyframes, all_keyframes, chunk_of, keyframes
from visualizer.scene.network_figure import network_figure, step_figure
from visualizer.scene.packed import PackedKeyframes, gzipped_json, json_text, packed_keyframes
from visualizer.scene.plan import Plan
from visualizer.scene.scene import SceneBuilder, scene_builder
from visualizer.scene.still import picture
from visualizer.scene.styles import EdgeStyle, NodeStyle, Scene
from visualizer.scene.svg import PAGE, scene_svg

__all__ = [
    "PAGE",
    "EdgeStyle",
    "Keyframes",
    "NodeStyle",
    "PackedKeyframes",
    "Plan",
    "Scene",
    "SceneBuilder",
    "all_keyframes",
    "chunk_of",
    "faint",
    "gzipped_json",
    "json_text",
    "keyframes",
    "network_figure",
    "packed_keyframes",
    "picture",
    "scene_beside",
    "scene_builder",
    "scene_svg",
    "step_figure",
]
