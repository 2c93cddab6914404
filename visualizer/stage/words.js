// Shows words and equations: one text of HTML, which Python wrote.

export default function mount({ data, parentElement }) {
  const words = parentElement.querySelector(".words");
  if (words.shown !== data.html) words.innerHTML = words.shown = data.html;
}
