"""Options as one field of a record, each read and replaced as if it were a field of its own."""

from dataclasses import dataclass, replace

import pytest

from engine.options import PLAIN, Options, setting_names
from engine.options.optioned import Optioned, takes_options


@takes_options
@dataclass(frozen=True)
class Thing(Optioned):
    """A record with one field beside its options."""

    size: int = 1
    options: Options = PLAIN


def test_an_option_is_given_read_and_replaced_by_its_name():
    thing = Thing(3, clip="norm", clip_at=0.5)
    assert thing == Thing(3, options=PLAIN._replace(clip="norm", clip_at=0.5))
    assert (thing.clip, thing.clip_at, thing.regularizer) == ("norm", 0.5, PLAIN.regularizer)
    assert replace(thing, clip_at=2.0).options == thing.with_options(clip_at=2.0).options
    assert (replace(thing, clip_at=2.0).clip, replace(thing, clip_at=2.0).size) == ("norm", 3)


def test_a_name_that_is_neither_is_an_error_as_of_any_record():
    with pytest.raises(AttributeError, match="'Thing' object has no attribute 'clop'"):
        Thing().clop  # noqa: B018
    with pytest.raises(TypeError, match="clop"):
        Thing(clop=1)


def test_the_settings_of_a_record_are_its_fields_and_its_options_each_once():
    names = setting_names(Thing)
    assert names[0] == "size"
    assert sorted(names[1:]) == sorted(Options._fields)
