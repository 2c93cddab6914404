// A table of numbers to type into. What stands in a cell is the reader's: it is sent when it has been typed, together
// with all that was typed since the table was drawn. The table is drawn anew only where the server has other numbers, of
// another edition; what is just being typed stays then too.

class Table {
  constructor(root) {
    this.root = root;
    root.addEventListener("focusin", ({ target }) => target.select());
    root.addEventListener("change", ({ target }) => this.take([target]));
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("paste", (event) => this.paste(event));
  }

  show(data, send) {
    this.send = send;
    if (this.edition !== data.edition) this.draw(data);
    this.root.firstChild.setAttribute("aria-label", data.label);
    for (const cell of this.root.querySelectorAll("input"))
      cell.setAttribute("aria-invalid", data.wrong.includes(cell.dataset.place));
  }

  draw(data) {
    const now = this.root.getRootNode().activeElement;
    const { place, sent } = now?.dataset ?? {};
    this.edition = data.edition;
    this.typed = {};
    const rows = data.cells.map((cells, row) => this.row(data, cells, row));
    const table = make("table", {}, make("thead", {}, make("tr", {}, ...head(data))), make("tbody", {}, ...rows));
    this.root.replaceChildren(table);
    const there = place && this.at(...place.split("."));
    if (!there) return;
    if (now.value !== sent) there.value = now.value;
    there.focus();
    if (now.value !== sent) there.setSelectionRange(there.value.length, there.value.length);
  }

  row(data, cells, row) {
    const name = data.rows[row];
    const fields = cells.map((text, column) => {
      const label = [name && `j = ${name}`, data.columns[column]].filter(Boolean).join(", ");
      const cell = make("input", { type: "text", autocomplete: "off", value: text, "aria-label": label });
      Object.assign(cell.dataset, { place: `${row}.${column}`, sent: text });
      return make("td", {}, cell);
    });
    return make("tr", {}, ...(name ? [make("th", { scope: "row" }, name)] : []), ...fields);
  }

  at(row, column) {
    return this.root.querySelector(`[data-place="${row}.${column}"]`);
  }

  take(cells) {
    for (const cell of cells) this.typed[cell.dataset.place] = cell.dataset.sent = cell.value;
    this.send("typed", { edition: this.edition, cells: { ...this.typed } });
  }

  // Enter goes down a column, and so do the arrows
  key({ key, shiftKey, isComposing, target }) {
    const by = { Enter: shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[key];
    if (!by || isComposing) return;
    const [row, column] = target.dataset.place.split(".").map(Number);
    this.at(row + by, column)?.focus();
  }

  // a block from a sheet goes into as many cells
  paste(event) {
    const text = event.clipboardData.getData("text").replace(/\r?\n$/, "");
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    const [row, column] = event.target.dataset.place.split(".").map(Number);
    const filled = text.split(/\r?\n/).flatMap((line, down) =>
      line.split("\t").map((part, along) => {
        const cell = this.at(row + down, column + along);
        if (cell) cell.value = part.trim();
        return cell;
      }),
    );
    this.take(filled.filter(Boolean));
  }
}

const head = ({ columns, rows }) =>
  [...(rows[0] ? ["j"] : []), ...columns].map((name) => make("th", { scope: "col" }, name));

function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export default function mount({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".table");
  (root.table ??= new Table(root)).show(data, setStateValue);
}
