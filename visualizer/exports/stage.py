"""Exports of the stage itself: the state to be opened again, and the whole lecture as one page."""

from engine import Text
from visualizer.exports.export import stage_html
from visualizer.exports.subject import Export
from visualizer.state import to_file

STAGE = (
    Export(
        "project",
        "stage",
        Text("Project file (JSON)", "项目文件（JSON）"),
        Text(
            "Network, numbers and step; opened again, every bit is the same.",
            "网络、数值与步骤；再次打开时每一位都相同。",
        ),
        "backprop-stage.json",
        "application/json",
        lambda subject: to_file(subject.spec),
        order=1,
    ),
    Export(
        "html",
        "stage",
        Text("Animated page (HTML)", "动画网页（HTML）"),
        Text("One file that steps and plays without a server.", "一个文件，无需服务器即可逐步播放。"),
        "backprop-stage.html",
        "text/html",
        lambda subject: stage_html(subject.builder, digits=subject.spec.view.digits),
        order=1,
    ),
)
