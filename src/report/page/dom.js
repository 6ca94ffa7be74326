// Elements are made here and nowhere else. Text becomes a text node, never markup, so that a name
// may hold anything.

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "onclick" || name === "onchange" || name === "oninput") {
      made.addEventListener(name.slice(2), value);
    } else {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

// A name that may be broken after its separators, where most names have no blanks.
function breakable(text) {
  return String(text).split(/(?<=[_,;=/+-])/).flatMap((piece, index) => (index ? [element("wbr"), piece] : [piece]));
}

// The place that the template keeps for a part of the page.
function part(name) {
  return document.querySelector(`[data-part="${name}"]`);
}

// A section with nothing to tell goes, and its line in the contents with it.
function leaveOut(section) {
  document.getElementById(section).hidden = true;
  const link = document.querySelector(`.contents a[href="#${section}"]`);
  if (link) link.parentElement.hidden = true;
}

// A select with its label. `options`: [value, text] pairs.
function choice(label, options, chosen, onChange) {
  const select = element("select", { onchange: () => onChange(select.value) },
    options.map(([value, text]) => element("option", { value, selected: value === chosen }, text)));
  return element("label", {}, label, select);
}

function checkbox(label, checked, onChange) {
  const box = element("input", { type: "checkbox", checked, onchange: () => onChange(box.checked) });
  return element("label", {}, box, label);
}
