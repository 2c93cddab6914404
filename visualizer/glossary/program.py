"""Terms of this program, and rules of wording that belong to no single term."""

from engine import Text
from visualizer.glossary.term import Term

OF_PROGRAM = (
    Term(
        "stage",
        Text("Step through", "逐步演示"),
        Text("The page that shows one pass step by step.", "逐步显示一次前向与反向计算的页面。"),
        ("on the stage", "the stage page", "舞台"),
    ),
    Term(
        "check",
        Text("Gradient check", "梯度检验"),
        Text("The page that compares every gradient with a difference quotient.", "把每个梯度与差商比较的页面。"),
        ("the Check page", "(?<!梯度)检验页"),
    ),
    Term(
        "example",
        Text("worked example", "算例"),
        Text("A published calculation with its numbers.", "已发表的、带数值的计算。"),
        ("例题", "例子"),
    ),
    Term(
        "lesson",
        Text("lesson, slide", "讲解、页"),
        Text("An ordered list of slides, each a step with a note.", "若干页，每页是一步计算加一段说明。"),
        (r"(next|previous|last|this) stop", r"stop \{\}", "课程", "[上下本]一?站", r"第 \{\} 站"),
    ),
    Term(
        "run",
        Text("run", "训练记录"),
        Text("One training with its settings and its curve.", "一次训练及其设置与曲线。"),
        ("全部运行", "(次|个|条|组)运行(?!结果)", "运行的主方向"),
    ),
    Term(
        "granularity",
        Text("step by layer, neuron or weight", "步进单位：层、神经元、权重"),
        Text("How much happens in one step.", "一步包含多少计算。"),
        ("grain", "粒度"),
    ),
    Term(
        "mistake",
        Text("deliberate mistake", "故意的错误"),
        Text("A common mistake that is switched on to see what it does.", "为观察其后果而加入的常见错误。"),
        ("on purpose", "wrongly done", "故意犯", "犯错"),
    ),
    Term(
        "wording",
        Text("correct, invalid", "正确、无效"),
        Text(
            "Answers are correct or not; input is valid or invalid. Spelling is American.",
            "答案分正确与不正确，输入分有效与无效。英文用美式拼写。",
        ),
        (
            "rightly",
            "put right",
            r"do(es)? not work(?! as)",
            r"th(is|ese) (is|are) no",
            "learnt",
            "centred",
            "neighbour(s|hood)?",
            "colours?",
            r"minimi[s]e[sd]?",
            "behaviour",
            "for ever",
            "half way",
            "takes? it for",
            "taken for",
        ),
    ),
)
