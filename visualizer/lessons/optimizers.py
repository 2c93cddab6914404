"""The lesson on optimizers: a ravine, in which one learning rate does not suit both directions."""

from engine import Text
from visualizer.slides import Ask, Lesson, Stop

_RAVINE = {
    "sizes": "2-1",
    "activations": "linear",
    "x": "2_0~0_0.2",
    "y": "0~0",
    "net": "1_1_0",
    "biases": "0",
    "eta": "0.9",
}

OPTIMIZERS = Lesson(
    "optimizers",
    Text("Optimizers in a ravine", "峡谷中的优化器"),
    Text("After Polyak 1964 and Kingma & Ba 2015", "依 Polyak 1964，Kingma 与 Ba 2015"),
    12,
    (
        Stop(
            _RAVINE | {"step": "bp4.1"},
            Text(
                "One linear neuron, two samples: the cost is w₁² + w₂²/100, a ravine, steep across and flat along. We "
                "start at (1, 1), just as far from the minimum in both directions. Yet the gradients are 2 and 0.02.",
                "一个线性神经元，两个样本：代价为 w₁² + w₂²/100，像一条峡谷，横向陡，纵向平。从 (1, 1) 出发，两个方向"
                "离最低点一样远，梯度却是 2 和 0.02。",
            ),
            "W.1.1.1",
            {"0.02": "dW.1.1.2"},
            Ask(
                Text("Both weights share one η. What limits it?", "两个权重共用一个 η。它的上限由什么决定？"),
                (
                    Text("the flat direction", "平缓的方向"),
                    Text("the steep direction", "陡的方向"),
                    Text("the mean of both", "两者的平均"),
                ),
                1,
            ),
        ),
        Stop(
            {"step": "update"},
            Text(
                "The steep direction. With η = 0.9, w₁ jumps past the minimum, from 1 to −0.8; with η above 1 it would "
                "land further away than it started. In the same step w₂ only moves to 0.982.",
                "陡的方向。取 η = 0.9，w₁ 越过最低点，从 1 到 −0.8；η 若大于 1，就会落到比出发时更远的地方。而同一步中 "
                "w₂ 只移动到 0.982。",
            ),
            "W.1.1.1",
            {"−0.8": "W_new.1.1.1", "0.982": "W_new.1.1.2"},
        ),
        Stop(
            {"step": "c", "iteration": "11"},
            Text(
                "After ten steps the steep direction is nearly done, but w₂ is still 0.834 and will creep for "
                "hundreds more. More than half of what is left of the cost, 0.0185, still comes from zigzagging "
                "across.",
                "走了十步，陡的方向差不多到底了，w₂ 却还有 0.834，还要再爬几百步。剩下的代价 0.0185 中，过半仍来自"
                "横向的来回摆动。",
            ),
            "C",
            {"0.834": "W.1.1.2", "0.0185": "C"},
            Ask(
                Text("Would η = 1.1 be faster?", "取 η = 1.1 会更快吗？"),
                (
                    Text("yes, w₂ moves faster", "会，w₂ 走得更快"),
                    Text("no, C grows without bound", "不会，C 会无限增大"),
                    Text("no difference", "没有区别"),
                ),
                1,
            ),
        ),
        Stop(
            {"eta": "1.1"},
            Text(
                "C = 38.3 instead of 1.01 at the start: across the ravine every step lands further out. A rate for all "
                "weights has to suit the steepest direction, and is then far too small for the others.",
                "C = 38.3，而开始时是 1.01：在横向上，每一步都落得更远。所有权重共用的学习率必须迁就最陡的方向，对其余"
                "方向就太小了。",
            ),
            "C",
            {"38.3": "C", "1.01": "C@1"},
        ),
        Stop(
            {"eta": "0.1", "iteration": "51"},
            Text(
                "A safe rate, η = 0.1: no zigzag, but after fifty steps C is still 0.0082, all of it in w₂.",
                "用稳妥的 η = 0.1：不再摆动，但走了五十步，C 仍有 0.0082，全在 w₂ 上。",
            ),
            "C",
            {"0.0082": "C"},
            Ask(
                Text(
                    "Momentum: v keeps nine tenths of itself and adds the gradient. On a constant slope v grows to",
                    "动量法：v 保留自身的十分之九，再加上梯度。坡度不变时，v 最终增大到",
                ),
                (
                    Text("2 times the gradient", "梯度的 2 倍"),
                    Text("10 times the gradient", "梯度的 10 倍"),
                    Text("100 times the gradient", "梯度的 100 倍"),
                ),
                1,
            ),
        ),
        Stop(
            {"optimizer": "momentum", "iteration": "2", "step": "v"},
            Text(
                "Ten times. In its second step the velocity of w₂ has all but doubled already, to 0.03796. Across the "
                "ravine, where the gradient will change its sign, such sums cancel.",
                "10 倍。才第二步，w₂ 的速度就几乎翻倍，为 0.03796。而在横向上，梯度很快会变号，累积的速度便相互抵消。",
            ),
            "W.1.1.2",
            {"0.03796": "v_W_new.1.1.2"},
        ),
        Stop(
            {"iteration": "51", "step": "c"},
            Text(
                "After fifty steps at the same η, C = 0.0024 instead of 0.0082. The price: a heavy ball rolls past "
                "the minimum and comes back. After twenty steps C had risen to 0.1279 once more.",
                "同样的 η，走五十步，C = 0.0024，而不是 0.0082。代价是：重球会滚过最低点再回来，二十步之后 C 曾回升到 "
                "0.1279。",
            ),
            "C",
            {"0.0024": "C", "0.1279": "C@21"},
            Ask(
                Text(
                    "Adam divides by the usual size of each gradient. Gradients 2 and 0.02: its first steps are as",
                    "Adam 把每个梯度除以它的常见大小。梯度为 2 与 0.02，它的第一步之比是",
                ),
                (Text("100 : 1", "100 : 1"), Text("10 : 1", "10 : 1"), Text("1 : 1", "1 : 1")),
                2,
            ),
        ),
        Stop(
            {"optimizer": "adam", "iteration": "1", "step": "step"},
            Text(
                "1 : 1. Both steps are 0.1, which is η: in the first step m̂ is the gradient and √v̂ its size, so "
                "only the sign is left. In effect each weight has its own learning rate.",
                "1 : 1。两步都是 0.1，即 η：第一步中 m̂ 就是梯度，√v̂ 是它的绝对值，相除只剩符号。这相当于每个权重"
                "都有自己的学习率。",
            ),
            "W.1.1.2",
            {"0.1": "step_W.1.1.2"},
        ),
        Stop(
            {"iteration": "11", "step": "c"},
            Text(
                "To Adam the ravine is round: it goes straight for the minimum, and after ten steps C = 0.0059. It "
                "overshoots, too, since it carries momentum, but after fifty steps C is 0.00002.",
                "对 Adam 来说，这条峡谷成了圆碗：它直奔最低点，十步之后 C = 0.0059。它也带动量，同样会冲过头，但五十步"
                "之后 C 已是 0.00002。",
            ),
            "C",
            {"0.0059": "C", "0.00002": "C@51"},
            Ask(
                Text("Rotate the ravine by 45°. Which of them suffers?", "把峡谷旋转 45°，谁会受影响？"),
                (
                    Text("gradient descent", "梯度下降"),
                    Text("momentum", "动量法"),
                    Text("Adam", "Adam"),
                ),
                2,
            ),
        ),
        Stop(
            {"optimizer": "sgd", "eta": "0.9", "iteration": "1", "step": "update"},
            Text(
                "Adam: it scales weight by weight, so a ravine across the axes remains one. Take home: one rate is "
                "limited by the steepest direction; momentum adds up what agrees; Adam gives each weight its own "
                "scale. Let them race in Rosenbrock's curved valley.",
                "Adam：它按权重逐个缩放，斜着的峡谷仍是峡谷。记住：单一学习率受最陡方向限制；动量累积一致的方向；"
                "Adam 给每个权重自己的尺度。让它们在 Rosenbrock 的弯曲山谷里比一比。",
            ),
            page={"page": "landscape", "ground": "rosenbrock", "walkers": "sgd-momentum-adam"},
        ),
    ),
    order=9,
    outcome=Text(
        "say what momentum and Adam change in a step, and when it helps",
        "说明动量法与 Adam 怎样改变一步更新，何时有帮助",
    ),
)
