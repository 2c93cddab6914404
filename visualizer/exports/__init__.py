"""Every way out of the stage as a file: one record each."""

from engine import Text
from visualizer.export import stage_html
from visualizer.exports.documents import html, latex, markdown
from visualizer.exports.keras_code import keras_code
from visualizer.exports.numpy_code import numpy_code
from visualizer.exports.subject import Export, Subject
from visualizer.exports.tables import costs_csv, iteration_csv, step_csv
from visualizer.exports.torch_code import torch_code
from visualizer.saved import to_file

__all__ = ["EXPORTS", "GROUPS", "Export", "Subject"]

GROUPS = {
    "stage": Text("Stage", "舞台"),
    "solution": Text("Worked solution", "完整解答"),
    "numbers": Text("Numbers", "数值"),
    "code": Text("Code", "代码"),
}
EXPORTS = {
    record.name: record
    for record in (
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
        ),
        Export(
            "html",
            "stage",
            Text("Animated stage (HTML)", "动画舞台（HTML）"),
            Text("One file that steps and plays without a server.", "一个文件，无需服务器即可逐步播放。"),
            "backprop-stage.html",
            "text/html",
            lambda subject: stage_html(subject.hand, digits=subject.spec.view.digits),
        ),
        Export(
            "solution_md",
            "solution",
            Text("Markdown", "Markdown"),
            Text("For notes and notebooks; formulas between dollar signs.", "用于笔记与笔记本；公式写在美元符号之间。"),
            "solution.md",
            "text/markdown",
            markdown,
        ),
        Export(
            "solution_html",
            "solution",
            Text("HTML", "HTML"),
            Text("One file to read in a browser or to print.", "一个文件，可在浏览器中阅读或打印。"),
            "solution.html",
            "text/html",
            html,
        ),
        Export(
            "solution_tex",
            "solution",
            Text("LaTeX", "LaTeX"),
            Text("For XeLaTeX or LuaLaTeX.", "用 XeLaTeX 或 LuaLaTeX 编译。"),
            "solution.tex",
            "application/x-tex",
            latex,
        ),
        Export(
            "step_csv",
            "numbers",
            Text("This step (CSV)", "这一步（CSV）"),
            Text("All that the present step reads and writes.", "当前步骤读取与写入的全部数值。"),
            "step.csv",
            "text/csv",
            step_csv,
        ),
        Export(
            "iteration_csv",
            "numbers",
            Text("This iteration (CSV)", "这次迭代（CSV）"),
            Text("Every number of every step.", "每一步的每个数值。"),
            "iteration.csv",
            "text/csv",
            iteration_csv,
        ),
        Export(
            "costs_csv",
            "numbers",
            Text("Costs (CSV)", "代价（CSV）"),
            Text("The cost of every iteration so far.", "至今每次迭代的代价。"),
            "costs.csv",
            "text/csv",
            costs_csv,
        ),
        Export(
            "numpy",
            "code",
            Text("NumPy", "NumPy"),
            Text("The equations one by one, as they are executed here.", "逐条公式，与此处执行的相同。"),
            "backprop_numpy.py",
            "text/x-python",
            lambda subject: numpy_code(subject.right),
        ),
        Export(
            "torch",
            "code",
            Text("PyTorch", "PyTorch"),
            Text("The same iteration with autograd.", "用自动求导完成同一次迭代。"),
            "backprop_torch.py",
            "text/x-python",
            lambda subject: torch_code(subject.right),
        ),
        Export(
            "keras",
            "code",
            Text("Keras", "Keras"),
            Text("The same iteration with Keras 3.", "用 Keras 3 完成同一次迭代。"),
            "backprop_keras.py",
            "text/x-python",
            lambda subject: keras_code(subject.right),
        ),
    )
}
