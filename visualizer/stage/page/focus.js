// Which keys a control keeps for itself, and which are the stage's wherever the focus was left.

const BUTTONS = ["button", "checkbox", "radio", "range", "submit"];

// whether what a key is pressed in is being typed in
export function isTyping(target) {
  if (!(target instanceof Element)) return false;
  if (target.closest('[data-testid="stDataFrame"], [contenteditable="true"]')) return true;
  const field = /** @type {HTMLInputElement} */ (target.closest("input, textarea"));
  if (!field || BUTTONS.includes(field.type)) return false;
  return field.getAttribute("role") === "combobox" ? field.getAttribute("aria-expanded") === "true" : !field.readOnly;
}

// a control that was reached by Tab keeps what it needs: a button Space and Enter, a switch Space, anything else all but
// the page keys
export function keepsKey(target, key) {
  const control = target instanceof Element && target.closest("button, input, select, [role=slider], [role=option]");
  if (!control) return false;
  if (control.matches("[type=checkbox]")) return key === " ";
  return control.matches("button") ? key === " " || key === "Enter" : !key.startsWith("Page");
}

// with Ctrl or Cmd: undo, redo
export function undoOrRedo({ key, shiftKey }) {
  const letter = key.toLowerCase();
  if (letter === "y" || (letter === "z" && shiftKey)) return "redo";
  return letter === "z" ? "undo" : null;
}
