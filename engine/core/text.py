"""Bilingual texts: the same words in English and in Chinese, carried by the registry entry they belong to."""

from collections.abc import Iterable
from typing import NamedTuple

LANGUAGES = {"en": "English", "zh": "中文"}
TAGS = {"en": "en", "zh": "zh-CN"}  # by which a browser knows them: how it reads them aloud, and which letters it takes


class Text(NamedTuple):
    """Sentence or name in every language of the interface."""

    en: str
    zh: str

    def __call__(self, lang: str) -> str:
        """Return the text in `lang`, one of `LANGUAGES`."""
        return str(getattr(self, lang))

    def format(self, *args: object, **values: object) -> "Text":
        """Fill values into both languages; a `Text` among them is filled in its own."""
        return Text(*(_fill(self(lang), lang, args, values) for lang in LANGUAGES))

    def join(self, parts: Iterable["Text"]) -> "Text":
        """Join texts with this one between them, in each language its own, as `str.join` does."""
        parts = list(parts)
        return Text(*(self(lang).join(part(lang) for part in parts) for lang in LANGUAGES))


def passage(lang: str, sentences: Iterable[Text | str]) -> str:
    """Return sentences one after the other, as `lang` parts them: Chinese by their full stops alone."""
    return _BETWEEN(lang).join(sentence(lang) if isinstance(sentence, Text) else sentence for sentence in sentences)


def _fill(template: str, lang: str, args: tuple[object, ...], values: dict[str, object]) -> str:
    def say(value: object) -> object:
        return value(lang) if isinstance(value, Text) else value

    return template.format(*map(say, args), **{key: say(value) for key, value in values.items()})


_BETWEEN = Text(" ", "")
