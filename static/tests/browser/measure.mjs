// What a gloved thumb and an eye at arm's length need of a working screen, measured on the screen itself.

// unfit lists what is off the edge, cut off, or too small to hit, in plain words.
export const unfit = (p) =>
  p.evaluate(() => {
    const faults = [];
    const seen = (el) => {
      const r = el.getBoundingClientRect();
      const s = getComputedStyle(el);
      return r.width > 1 && r.height > 1 && s.visibility !== "hidden" && s.opacity !== "0" && !el.closest("[hidden], .capture, .visually-hidden, .verdict.off");
    };
    const name = (el) => el.dataset.testid ?? (el.className || el.tagName).toString().slice(0, 40);
    const wide = document.documentElement;
    if (wide.scrollWidth > innerWidth) faults.push(`the page is ${wide.scrollWidth - innerWidth} px too wide`);
    for (const el of document.querySelectorAll(".work *")) {
      if (!seen(el) || el.closest("svg")) continue;
      const r = el.getBoundingClientRect();
      if (r.right > innerWidth + 1 || r.left < -1) faults.push(`${name(el)} is off the edge: ${Math.round(r.left)} to ${Math.round(r.right)}`);
      // A name in the bar may be shortened; nothing else may lose a part.
      const hides = ["hidden", "clip"].includes(getComputedStyle(el).overflowX) || el.matches("button");
      if (hides && !el.matches(".who, .work, iframe") && el.scrollWidth > el.clientWidth + 1) faults.push(`${name(el)} is cut off: ${el.scrollWidth} in ${el.clientWidth}`);
      if (getComputedStyle(el).overflowX === "auto" && el.scrollWidth > el.clientWidth + 1) faults.push(`${name(el)} scrolls sideways`);
    }
    for (const el of document.querySelectorAll(".work :is(button, a[href], summary, select, input:not([type=checkbox]):not([type=range]))")) {
      if (!seen(el)) continue;
      const r = el.getBoundingClientRect();
      const least = el.matches(".primary") ? 64 : 56;
      if (Math.round(r.height) < least || Math.round(r.width) < 56) faults.push(`${name(el)} is ${Math.round(r.width)} by ${Math.round(r.height)} px, not ${least}`);
    }
    return faults;
  });

// place is how a code of a place is written: its size, its lines, and whether all of it is there.
export const place = (p) =>
  p.evaluate(() => {
    const el = document.querySelector(".title.short");
    if (!el) return null;
    const size = parseFloat(getComputedStyle(el).fontSize);
    const line = parseFloat(getComputedStyle(el).lineHeight);
    return { text: el.textContent, size, lines: Math.round(el.getBoundingClientRect().height / line), cut: el.scrollWidth > el.clientWidth + 1 };
  });
