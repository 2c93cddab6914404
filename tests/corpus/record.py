"""Fill in what new links and files of the corpus open to: `python -m tests.corpus.record`.

What is written down stays as it is: a link or a file that opens to something else than it did is what the corpus finds.
"""

import json
from pathlib import Path

from tests.corpus.facts import of_file, of_link

HERE = Path(__file__).parent
LINKS, FILES = HERE / "links.json", HERE / "files.json"


def _write(path, held):
    path.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _fill():
    links = json.loads(LINKS.read_text(encoding="utf-8"))
    for link in links:
        if "facts" not in link:
            link["facts"] = of_link(link["page"], link["address"])
    _write(LINKS, links)
    files = json.loads(FILES.read_text(encoding="utf-8")) if FILES.exists() else {}
    for path in sorted((HERE / "files").iterdir()):
        if path.name not in files:
            files[path.name] = of_file(path.name, path.read_bytes())
    _write(FILES, files)


if __name__ == "__main__":
    _fill()
