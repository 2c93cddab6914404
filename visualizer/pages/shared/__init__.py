"""Parts that the pages share: fields, problems, charts, formulas."""

from visualizer.pages.shared.beside import draw_beside, draw_keep
from visualizer.pages.shared.charts import draw_chart, on_a_phone
from visualizer.pages.shared.downloads import download_button, draw_downloads
from visualizer.pages.shared.fields import (
    beside,
    fill,
    form_field,
    many_field,
    mistakes_field,
    part,
    pick_field,
    refuse,
    refused,
    renew,
    select_field,
    sent,
    text_field,
    typed_field,
    value_field,
)
from visualizer.pages.shared.formulas import draw_formula, draw_words
from visualizer.pages.shared.network_line import draw_network
from visualizer.pages.shared.problems import (
    capital,
    complaint,
    draw_notes,
    draw_problems,
    draw_question,
    draw_readings,
    draw_remarks,
)

__all__ = [
    "beside",
    "capital",
    "complaint",
    "download_button",
    "draw_beside",
    "draw_chart",
    "draw_downloads",
    "draw_formula",
    "draw_keep",
    "draw_network",
    "draw_notes",
    "draw_problems",
    "draw_question",
    "draw_readings",
    "draw_remarks",
    "draw_words",
    "fill",
    "form_field",
    "many_field",
    "mistakes_field",
    "on_a_phone",
    "part",
    "pick_field",
    "refuse",
    "refused",
    "renew",
    "select_field",
    "sent",
    "text_field",
    "typed_field",
    "value_field",
]
