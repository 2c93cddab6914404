from visualizer.lecture import RIGHT
from visualizer.scene import EdgeStyle, NodeStyle
from visualizer.scene.styles import told


def test_a_wrong_number_is_told_beside_the_right_one():
    assert told(EdgeStyle("w", "0.5", "#000000", 1.0, False, "")) == "0.5"
    assert told(NodeStyle("a", "0.5", "", "", "", right="0.25")) == f"0.5 ({RIGHT} 0.25)"
