"""Formats of renderings: moving pictures, and pages with one picture each."""

from engine import Text
from visualizer.rendering.record import Rendering

FORMATS = (
    Rendering(
        "gif",
        Text("GIF", "GIF"),
        Text("Animated image for slides, chats and web pages.", "动图，适合幻灯片、聊天与网页。"),
        "gif",
        "gif",
        order=1,
    ),
    Rendering(
        "webm",
        Text("Video (WebM)", "视频（WebM）"),
        Text("Smooth and small; for slides and video platforms.", "流畅、体积小，适合幻灯片与视频平台。"),
        "webm",
        "webm",
        "VideoEncoder",
        order=2,
    ),
    Rendering(
        "pdf",
        Text("PDF", "PDF"),
        Text("One page for each step or slide.", "每一步或每一页讲解占一页。"),
        "pdf",
        "pdf",
        order=3,
    ),
    Rendering(
        "png",
        Text("PNG images (ZIP)", "PNG 图片（ZIP）"),
        Text("One image for each step or slide, numbered.", "每一步或每一页讲解一张图，按顺序编号。"),
        "zip",
        "zip",
        order=4,
    ),
)
