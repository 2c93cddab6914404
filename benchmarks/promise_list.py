"""The promises, a record each: what is promised, the goal, and the command whose output has the figure."""

from dataclasses import dataclass
from typing import Literal

from engine.core import Text


@dataclass(frozen=True)
class Promise:
    """Promise that a command measures.

    Attributes
    ----------
    name : str
        Under which the last measurement is kept.
    what : Text
        What is promised.
    goal : float or None
        The bound of the figure; none where the command itself decides, by the way it ends.
    side : {"at most", "at least"}
        The side of the goal on which the promise is kept.
    unit : str
        What stands behind the figure.
    command : str
        The arguments of Python; promises with the same command are measured by one run of it.
    figure : str
        A pattern whose group is the figure in the output.
    in_readme : bool
        Whether the README has it.
    """

    name: str
    what: Text
    command: str
    figure: str = ""
    goal: float | None = None
    side: Literal["at most", "at least"] = "at most"
    unit: str = "×"
    in_readme: bool = False

    def kept(self, figure: float | None, ended_well: bool) -> bool:
        """Whether a figure is on the right side of the goal."""
        if self.goal is None:
            return ended_well
        return figure is not None and (figure <= self.goal if self.side == "at most" else figure >= self.goal)


SPEED = "benchmarks/training_speed.py"
LATENCY = "benchmarks/latency.py"
MUTATION = "benchmarks/mutation.py --minutes 3 --nice 0"  # drawn with a fixed seed, as many as there is time for
EXACT = "engine/equations engine/catalogue engine/optimizers"
OF_A_BARE_PAGE = r".*?([\d.]+) of a bare page"
TASKS = {
    "XOR": (Text("XOR 2-2-1", " XOR 2-2-1"), 1.3, 8.0),
    "spirals": (Text("spirals 2-8-8-1", "螺旋 2-8-8-1"), 1.1, 11.0),
    "digits": (Text("digits 64-32-10", "手写数字 64-32-10"), 1.1, None),
}
ACTS = {
    "step": (Text("a step", "走一步"), (1.0, 1.0, 1.3)),
    "edit": (Text("a typed weight", "输入一个权重"), (1.2, 1.3, 1.8)),
    "first picture": (Text("the first picture", "首次显示图形"), (1.3, 1.3, 1.3)),
}
NETWORKS = ("Mazur", "8-16-16-4", "784-128-128-10")


def _speeds():
    for name, (task, of_hand, of_torch) in TASKS.items():
        what = Text(
            f"Time to train {task.en}, relative to hand-written NumPy",
            f"训练{task.zh} 的用时，与手写 NumPy 之比",
        )
        yield Promise(f"train {name}", what, SPEED, rf"{name}.*train [\d,]+ ms \(([\d.]+)×\)", of_hand, in_readme=True)
        if of_torch:
            what = Text(f"Speed of training {task.en}, relative to PyTorch", f"训练{task.zh} 的速度，与 PyTorch 之比")
            pattern = rf"{name}.*PyTorch takes ([\d.]+) times"
            yield Promise(f"torch {name}", what, SPEED, pattern, of_torch, "at least", in_readme=True)


def _latencies():
    for act, (said, goals) in ACTS.items():
        for network, goal in zip(NETWORKS, goals, strict=True):
            what = Text(
                f"Time of {said.en} with {network}, relative to a bare Streamlit page",
                f"{network}：{said.zh}的用时，与空白 Streamlit 页面之比",
            )
            pattern = rf"{network} +{act}{OF_A_BARE_PAGE}"
            yield Promise(f"{act} {network}", what, LATENCY, pattern, goal, in_readme=network == "Mazur")


def _crowds():
    for readers, goal in ((60, 0.5), (100, 1.0)):
        what = Text(
            f"{readers} readers stepping at once: p95 of a step, relative to as many on a bare page",
            f"{readers} 人同时逐步播放：一步的 p95，与同样多人使用空白页面之比",
        )
        command = f"benchmarks/soak.py readers --count {readers} --minutes 1 --bare"
        yield Promise(f"readers {readers}", what, command, r"p95 of a step ([\d.]+)", goal, in_readme=readers == 100)


def _mutants():
    goals = {
        "engine/equations/*": (100, EXACT, Text("the equations and layer rules", "方程与各层规则")),
        "engine/catalogue/*": (100, EXACT, Text("activations, losses and the like", "激活函数、损失函数等")),
        "engine/optimizers/*": (100, EXACT, Text("the optimizers", "优化器")),
        "engine/*": (95, "engine", Text("the rest of the engine", "引擎其余部分")),
        "visualizer/*": (90, "visualizer", Text("the visualizer", "可视化部分")),
    }
    for goal, (least, folders, part) in goals.items():
        what = Text(f"Mutants of {part.en} that the tests kill", f"{part.zh}的变异体被测试发现的比例")
        pattern = rf"goal {goal.replace('*', '[*]')}: .*?(\d+)%"
        yield Promise(f"mutants {goal}", what, f"{MUTATION} {folders}", pattern, least, "at least", "%")


PROMISES = {
    promise.name: promise
    for promise in (
        Promise(
            "gradients",
            Text("Gradients equal those of PyTorch to 1e-10", "梯度与 PyTorch 一致，误差不超过 1e-10"),
            "-m pytest -q -n0 tests/engine/passes/test_against_torch.py",
            in_readme=True,
        ),
        *_speeds(),
        *_latencies(),
        *_crowds(),
        Promise(
            "visits",
            Text(
                "Time of a step after 300 sessions have come and gone, relative to before",
                "300 个会话来去之后走一步的用时，与之前之比",
            ),
            "benchmarks/soak.py visits",
            r"come and gone is ([\d.]+)",
            1.2,
        ),
        Promise(
            "trained",
            Text("Memory after 40 trainings, relative to that after ten", "40 次训练之后的内存，与 10 次之后之比"),
            "benchmarks/soak.py trained",
            r"trainings is ([\d.]+)",
            1.05,
        ),
        Promise(
            "steps",
            Text("Growth of memory from step 200 to step 2,000", "从第 200 步到第 2000 步内存的增长"),
            "benchmarks/memory.py",
            r"MiB, ([+-][\d.]+) %",
            5.0,
            unit="%",
            in_readme=True,
        ),
        Promise(
            "room",
            Text(
                "A room of 100: p95 from the lecturer’s step to a follower’s, none lost",
                "100 人的课堂：从讲者走一步到听众收到的 p95，且无丢失",
            ),
            "benchmarks/hall.py",
            r"to a follower's: median \d+ ms, p95 (\d+) ms",
            300,
            unit=" ms",
            in_readme=True,
        ),
        Promise(
            "beside a training",
            Text(
                "Time of a step while another session trains, relative to an idle server",
                "另一会话训练时走一步的用时，与空闲时之比",
            ),
            "benchmarks/training_beside.py",
            r"([\d.]+) times idle",
            2.0,
        ),
        Promise(
            "storm",
            Text(
                "Settings changed at random while four sessions train: no exception, no stall",
                "四个会话训练时随机更改设置：无异常、无停滞",
            ),
            "benchmarks/settings_storm.py --minutes 2",
        ),
        Promise(
            "hostile",
            Text("Hostile files and links: each gets a clear error message", "恶意文件与链接：每个都有明确的错误提示"),
            "benchmarks/hostile.py 5000",
        ),
        Promise(
            "accessible",
            Text(
                "axe-core on all pages, both languages, light and dark: nothing serious",
                "axe-core 检查所有页面（两种语言、浅色与深色）：无严重问题",
            ),
            "-m pytest -q -n0 tests/browser/test_accessible.py",
        ),
        *_mutants(),
    )
}
