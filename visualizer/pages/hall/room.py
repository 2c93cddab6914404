"""The room of a session: its code and its token stand among the drafts, so that a reload or a restart keeps both."""

from dataclasses import replace

import streamlit as st

from engine import InputError, Text
from visualizer.hall import HALL, LessonStop, Room, Shown, address, qr_svg
from visualizer.pages.hall.questions import draw_ask, draw_question
from visualizer.pages.session import ROOM, clear, draw_drafts, keep, session, state, texts
from visualizer.stage.component import mount_lead, mount_words
from visualizer.state import Spec, View, slide_of

_OPEN, _OPEN_TIP = (
    Text("Open a room", "开设课堂"),
    Text(
        "A class follows on its own devices, answers, and sees where you point.",
        "学生用自己的设备跟随您的演示，回答问题，并看到讲解者指向何处。",
    ),
)
_CODE, _CODE_TIP = (
    Text("QR code", "二维码"),
    Text("Code and address, enlarged for the projector", "大号显示代码与地址，供投影"),
)
_CLOSE, _CLOSE_TIP = (
    Text("Close the room", "关闭课堂"),
    Text("Everything in it will be deleted.", "课堂中的一切都会清除。"),
)
_JOIN = Text("Join the room", "加入课堂")
_HERE = Text(
    "This address works on this machine only. For a class, open the app at an address that their devices can reach.",
    "此地址只能在本机打开。要让学生加入，请用他们的设备能访问的地址打开本应用。",
)
_WORDS = {
    "people": Text("{} here", "{} 人在场"),
    "answers": Text("{} of {} have answered", "{} / {} 人已回答"),
    "connecting": Text("connecting …", "正在连接……"),
    "pen": Text("Pen | Draw on the graph (D)", "画笔 | 在图上书写（D）"),
    "clear": Text("Wipe | Remove what the pen has drawn (X)", "擦除 | 擦掉画笔所写（X）"),
    "other": Text("Another window of yours leads the room.", "课堂由您的另一个窗口带领。"),
    "take": Text("Lead from here | The room then follows this window", "由此窗口带领 | 课堂随后跟随本窗口"),
    "desk": Text(
        "Presenter’s view | A second window with the note, the next slide, the clock and the answers",
        "演讲者视图 | 第二个窗口，显示讲稿、下一页、时间与回答",
    ),
}
_LOCAL = ("://localhost", "://127.0.0.1")


def draw_open() -> None:
    """Draw the button that opens a room, unless one is open."""
    if not _room():
        st.button(state.say(_OPEN), "hall_open", state.say(_OPEN_TIP), icon=":material/groups:", on_click=_open)


@st.fragment
def draw_room() -> None:
    """Draw the bar of the room, its question, and the code to project when it has just been opened."""
    room = _room()
    if room:
        keep(ROOM, {})  # of the drafts the latest, lest many others push it out
        room.enter(session().token)
        _draw_bar(room)
        publish()  # also where this window has just taken the lead
    draw_drafts(ROOM, key="drafts_line_room")


def _draw_bar(room: Room) -> None:
    with st.container(key="hall_bar", horizontal=True, vertical_alignment="center", gap="small"):
        link = _link(room)
        with st.container(key="hall_link", width="content"):
            st.markdown(f"**[{room.code}]({link})**", width="content")
        shows = st.button(state.say(_CODE), "hall_code", state.say(_CODE_TIP), icon=":material/qr_code_2:")
        draw_ask(room)
        with st.container(key="hall_lead", width="stretch"):
            words = {name: state.say(text) for name, text in _WORDS.items()}
            base = st.get_option("server.baseUrlPath").strip("/")
            question = f"{room.question_number if room.asked else 0} {str(room.revealed).lower()}"
            names = {"code": room.code, "token": room.token, "base": base, "lang": state.view().lang}
            names["window"] = session().token
            mount_lead({**names, "question": question, "words": words})
        st.button(state.say(_CLOSE), "hall_close", state.say(_CLOSE_TIP), type="tertiary", on_click=_close)
    draw_question(room)
    if shows or _just_opened():
        _draw_code(link, room.code)


def publish() -> None:
    """Show the room what the stage shows, where that has changed."""
    room = _room()
    if room is None:
        return
    view, spec = state.view(), state.spec()
    same = replace(view, step=View.step, lang=View.lang, pixels=View.pixels)
    shown = Shown(Spec(spec.model, same), state.predicting(), state.lecture_id(), state.position(), _stop(view))
    room.show(shown, session().token)


def _stop(view: View) -> LessonStop | None:
    """Return the present stop of the lesson that is being given, if any."""
    given = slide_of(view)
    if given is None:
        return None
    lesson, number, _ = given
    return LessonStop(lesson, number)


def _room() -> Room | None:
    """Return the session's room; the same again on a server that was started anew."""
    kept = texts(ROOM)
    if not kept.get("token"):
        return None
    code, token = kept.get("code", ""), kept["token"]
    try:
        return HALL.led_by(code, token) or _opened(code, token)
    except InputError:
        return None  # others have taken all rooms since


def _opened(code: str, token: str) -> Room:
    room = HALL.open(code, token)
    keep(ROOM, {"code": room.code, "token": room.token})
    return room


def _open() -> None:
    state.act(_opened, "", "")
    keep(ROOM, {"new": "1"})


def _just_opened() -> bool:
    """Whether the code has not been shown yet."""
    if "new" not in texts(ROOM):
        return False
    keep(ROOM, {"new": ""})
    return True


def _close() -> None:
    room = _room()
    clear(ROOM)
    if room:
        room.close()
        HALL.sweep()


def _link(room: Room) -> str:
    return address(st.context.url or "", st.get_option("server.baseUrlPath"), room.code)


def _draw_code(link: str, code: str) -> None:
    """Draw the code and the address over the page, as large as a room can read."""

    @st.dialog(state.say(_JOIN), width="large")
    def code_to_project() -> None:
        with st.container(key="hall_qr", horizontal_alignment="center"):
            mount_words("hall_picture", qr_svg(link))
            st.markdown(f"# {code}", width="content")
            st.markdown(f"### {link}", width="content")
            if any(host in link for host in _LOCAL):
                st.warning(state.say(_HERE))

    code_to_project()
