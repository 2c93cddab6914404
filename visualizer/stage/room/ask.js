// A question that the lecturer has asked, and the answer of whoever follows: typed, chosen, or tapped in the picture.

const find = (root, selector) => /** @type {HTMLElement} */ (root.querySelector(selector));

export class Ask {
  /**
   * @param {HTMLElement} root
   * @param {Record<string, string>} words
   * @param {{ send: (message: object) => void, onLimit: (position: number) => void, onMark: (element: string) => void }} does
   */
  constructor(root, words, { send, onLimit, onMark }) {
    this.root = root;
    this.words = words;
    this.send = send;
    this.onLimit = onLimit;
    this.mark = onMark; // an element of the picture
    this.question = null;
    this.own = "";
    this.problem = ""; // why the latest answer was not taken
    this.field = /** @type {HTMLInputElement} */ (find(root, "input"));
    find(root, "form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.field.value.trim()) this.answer(this.field.value);
      this.field.blur();
    });
  }

  // what a newcomer finds, or who comes back
  whole({ asked, revealed, own, label }) {
    this.asked(asked, own, label);
    if (revealed) this.revealed(revealed);
  }

  asked(question, own = "", label = own) {
    const isOpen = question && this.question?.number === question.number && !this.answered;
    this.question = question;
    this.answered = false;
    this.problem = "";
    this.mark("");
    this.root.hidden = !question;
    find(this.root, "form").hidden = false;
    find(this.root, ".answer").replaceChildren();
    this.onLimit(question && question.kind !== "edge" ? question.position : Infinity);
    if (!question) return;
    if (!isOpen) this.field.value = "";
    this.own = own;
    find(this.root, ".question").innerHTML = question.words; // typeset by the server, as the labels below
    find(this.root, ".field").hidden = question.kind !== "number";
    const options = question.options; // in their order, which an object would lose
    find(this.root, ".options").replaceChildren(...options.map(([key, label]) => this.option(key, label)));
    find(this.root, ".options").hidden = !options.length;
    this.say(question.kind === "edge" ? this.words.tap : "");
    if (own) this.sent(own, label);
  }

  option(key, label) {
    const button = Object.assign(document.createElement("button"), { type: "button", innerHTML: label });
    button.dataset.option = key;
    button.addEventListener("click", () => this.answer(key));
    return button;
  }

  // an element of the picture
  tap(element) {
    if (this.question?.kind === "edge" && !this.answered && element?.startsWith("W.")) this.answer(element);
  }

  answer(text) {
    if (this.question) this.send({ what: "answer", number: this.question.number, text });
  }

  taken({ number, own, label, problem }) {
    if (number !== this.question?.number) return;
    this.problem = problem;
    if (problem) return this.say(problem);
    this.sent(own, label);
  }

  sent(own, label) {
    this.own = own;
    this.mark(this.question.kind === "edge" ? own : "");
    for (const button of this.root.querySelectorAll("[data-option]")) button.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (button).dataset.option === own));
    this.say(this.words.sent.replace("{}", label));
  }

  say(text) {
    find(this.root, ".taken").textContent = text;
  }

  revealed(told) {
    if (!told || !this.question) return;
    this.answered = true;
    this.onLimit(Infinity);
    this.mark(this.question.kind === "edge" ? told.right : "");
    find(this.root, "form").hidden = true;
    this.say(this.problem); // below the form: an answer that came too late
    const line = (text, kind = "") => Object.assign(document.createElement("p"), { textContent: text, className: kind });
    const right = document.createElement("strong");
    right.textContent = told.told;
    const lines = [Object.assign(line(""), { innerHTML: this.question.words }), right];
    if (told.own) {
      lines.push(line(this.words.own.replace("{}", told.own)));
      const verdict = told.is_right ? this.words.right : this.words.wrong;
      const said = [verdict, told.away && `(${told.away})`, told.slip].filter(Boolean).join(" ");
      lines.push(line(said, told.is_right ? "is-right" : "is-wrong"));
    } else lines.push(line(this.words.unanswered));
    find(this.root, ".answer").replaceChildren(...lines);
  }
}
