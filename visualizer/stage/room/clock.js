// The clock of a rehearsal: seconds at the slide and in all, beside what is planned. The page says how many have passed;
// from there on the browser counts, so that nothing is asked for while time goes by.

const TICK = 500; // ms

/** @param {number} seconds */
export function written(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export default function mount({ data, parentElement }) {
  const [slide, all] = parentElement.querySelectorAll("span");
  const since = performance.now();
  const draw = () => {
    const more = (performance.now() - since) / 1000;
    for (const [box, passed, planned] of [
      [slide, data.slide, data.planned],
      [all, data.all, data.due],
    ]) {
      const words = `${box.title} ${written(passed + more)} / ${written(planned)}`;
      if (box.textContent !== words) box.textContent = words;
      box.classList.toggle("over", passed + more > planned);
    }
  };
  [slide.title, all.title] = data.words;
  draw();
  const ticking = setInterval(draw, TICK);
  return () => clearInterval(ticking);
}
