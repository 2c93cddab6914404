"""Pages of a room: the follower's, and the lecturer's second window; words in the browser's language."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from engine import Text
from engine.core import LANGUAGES
from visualizer.hall.ask import ASK_SLIDE, KINDS, REVEAL, SLIDE, WITHDRAW
from visualizer.hall.shown import WINDOW
from visualizer.scene import json_text
from visualizer.stage import HTML, document, script, stylesheet
from visualizer.writing import PLAY, PLAY_TIP, TRANSPORT

SCRIPTS = {"player": "room/player", "desk": "room/desk"}
_HERE = Path(__file__).parent
_TITLE, _DESK = Text("Backprop Stage: room {}", "Backprop Stage：课堂 {}"), Text("Presenter’s view", "演讲者视图")
_DOOR = Text("Backprop Stage: follow a room", "Backprop Stage：加入课堂")
_LOOK_AROUND = Text("Back, Next and the timeline: look around by yourself.", "“后退”“前进”与时间轴：可以自己随意查看。")
_WORDS = {
    "following": Text("Following", "正在跟随"),
    "looking": Text("Looking around", "自行查看中"),
    "follow": Text("Follow again", "重新跟随"),
    "waiting": Text("Waiting for the room …", "正在等待课堂……"),
    "connecting": Text("No connection; trying again …", "连接已断开，正在重试……"),
    "full": Text("The room is full; trying again …", "课堂已满，正在重试……"),
    "ended": Text("The room has been closed.", "课堂已结束。"),
    "nothing": Text("The lecturer is not showing anything yet.", "老师还没有展示内容。"),
    "send": Text("Send", "提交"),
    "sent": Text("Sent: {}. It can be changed until the answer is shown.", "已提交：{}。揭晓前可以修改。"),
    "tap": Text("Tap an edge in the graph.", "请在图中点选一条边。"),
    "own": Text("Your answer: {}", "你的回答：{}"),
    "right": Text("Correct.", "正确。"),
    "wrong": Text("Not correct.", "不正确。"),
    "unanswered": Text("You have not answered.", "你没有作答。"),
    "field": Text("Your answer", "你的回答"),
    "wrong_on_purpose": Text("deliberate mistake", "故意的错误"),
    "iteration": Text("iteration {}", "第 {} 次迭代"),
    "people": Text("{} here", "{} 人在场"),
    "answers": Text("{} of {} have answered", "{} / {} 人已回答"),
    "reveal": REVEAL,
    "withdraw": WITHDRAW,
    "no_question": Text("No question is open. Ask for:", "目前没有提问。可以问："),
    "note": Text("Note", "讲稿"),
    "next": Text("Next", "接下来"),
    "left": Text("{} min left", "还剩 {} 分钟"),
    "over": Text("{} min over", "已超时 {} 分钟"),
    "minutes": Text("Minutes planned", "计划分钟数"),
    "start": Text("Start the clock again", "重新计时"),
    "other_code": Text("Another code", "输入其他代码"),
    "code": Text("Code of the room", "课堂代码"),
    "enter": Text("Follow", "加入"),
    "no_code": Text(
        "This is not a code: a code has six letters and digits, without 0, O, 1, I and L.",
        "代码不对：应为六个字母或数字，不含 0、O、1、I、L。",
    ),
    "lost": Text("This window needs the page that it was opened from.", "请从课堂所在的页面打开此窗口。"),
}


def language(asked: str, accepted: str) -> str:
    """Return the language of a page: the one asked for, else the first that a browser accepts and that there is.

    Examples
    --------
    >>> language("", "de-CH, zh-TW;q=0.9, en;q=0.5"), language("en", "zh"), language("", "")
    ('zh', 'en', 'en')
    """
    wanted = [asked, *(part.strip()[:2].lower() for part in accepted.split(","))]
    return next((lang for lang in wanted if lang in LANGUAGES), "en")


def follower_page(code: str, lang: str) -> str:
    """Return the page of a follower."""
    buttons = {**TRANSPORT, "step_play": (PLAY, PLAY_TIP)}
    return document(
        _HERE / "follower.html",
        lang,
        title=_TITLE.format(code)(lang),
        code=code,
        lang_name=lang,
        other=other_language(lang),
        stage_style=Markup(stylesheet()),
        frame=Markup(HTML),
        buttons=[(key, label(lang), tip(lang)) for key, (label, tip) in buttons.items()],
        look_around=_LOOK_AROUND(lang),
        words=_words(lang),
        data=_data({"code": code, "lang": lang, "window": WINDOW, "words": _words(lang)}),
        version=version("player"),
    )


def door_page(lang: str, wrong: bool) -> str:
    """Return the page on which a code is typed, and whether the last one was wrong."""
    content = {"lang_name": lang, "other": other_language(lang), "words": _words(lang), "wrong": wrong}
    return document(_HERE / "door.html", lang, title=_DOOR(lang), **content)


def desk_page(code: str, lang: str) -> str:
    """Return the lecturer's second window."""
    kinds = {SLIDE: ASK_SLIDE(lang)} | {key: kind.label(lang) for key, kind in KINDS.items()}
    return document(
        _HERE / "desk.html",
        lang,
        title=f"{_DESK(lang)} · {code}",
        code=code,
        words=_words(lang),
        kinds=kinds,
        data=_data({"code": code, "lang": lang, "words": _words(lang)}),
        version=version("desk"),
    )


def version(name: str) -> str:
    """Return a text that changes with a script."""
    return sha256(script(SCRIPTS[name]).encode()).hexdigest()[:12]


def other_language(lang: str) -> tuple[str, str]:
    """Return the name of the other language, as it calls itself, and its tag."""
    return ("English", "en") if lang == "zh" else ("中文", "zh")


def _words(lang: str) -> dict[str, str]:
    return {name: words(lang) for name, words in _WORDS.items()}


def _data(content: Mapping[str, object]) -> Markup:
    """Return JSON for a script element, which it cannot end."""
    return Markup(json_text(content).replace("<", "\\u003c"))
