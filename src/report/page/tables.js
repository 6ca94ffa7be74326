// Tables: a plain one, and one that sorts, filters and shows a page of rows at a time.

const ROWS_OF_A_PAGE = 100;

// `rows`: arrays of text or elements; the first column heads its row, the others hold numbers
// unless they are named in `textColumns`.
function simpleTable(caption, headings, rows, textColumns = []) {
  const kind = (index) => (index === 0 || textColumns.includes(index) ? null : "numeric");
  return scrollBox(caption, element("table", {},
    element("caption", {}, element("span", {}, caption)),
    element("thead", {}, element("tr", {},
      headings.map((heading, index) => element("th", { scope: "col", class: kind(index) }, heading)))),
    element("tbody", {}, rows.map((row) => element("tr", {}, row.map((cell, index) =>
      (index === 0 ? element("th", { scope: "row", class: "name" }, cell) : element("td", { class: kind(index) }, cell))))))));
}

// Wide tables scroll in their own box, by keyboard too.
function scrollBox(name, table, tall = false) {
  return element("div", { class: tall ? "scroll tall" : "scroll", tabindex: "0", role: "region", "aria-label": name }, table);
}

function numberCell(value, interval) {
  return interval ? [value, element("span", { class: "interval" }, interval)] : [value];
}

// `columns`: {title(), value(row) to sort by, cell(row), and numeric, long or screenOnly (left out on
// paper) where they are}. `keeps(row)`: whether the filters let a row through; `controls` change them,
// and then call refill().
function sortableTable({ caption, columns, rows, rowClass = () => null, keeps = () => true, controls = [], noun }) {
  const state = { column: null, descending: false, page: 0 };
  const body = element("tbody");
  const head = element("tr");
  const status = element("span", { role: "status" });
  const previous = element("button", { type: "button", onclick: () => turn(-1) }, "Previous");
  const next = element("button", { type: "button", onclick: () => turn(1) }, "Next");
  const pager = element("div", { class: "controls" }, status, previous, next);

  function turn(pages) {
    state.page += pages;
    fill();
  }

  function sortBy(column) {
    state.descending = state.column === column ? !state.descending : false;
    state.column = column;
    state.page = 0;
    fill();
  }

  function fillHead() {
    head.replaceChildren(...columns.map((column) => {
      const sorted = state.column === column;
      const order = state.descending ? "descending" : "ascending";
      return element("th", { scope: "col", class: cellClass(column), "aria-sort": sorted ? order : "none" },
        element("button", { type: "button", onclick: () => sortBy(column) },
          column.title() + (sorted ? (state.descending ? " ▼" : " ▲") : "")));
    }));
  }

  function fill() {
    const focused = [...head.children].findIndex((cell) => cell.contains(document.activeElement));
    fillHead();
    if (focused >= 0) head.children[focused].firstChild.focus();
    const kept = inOrder(rows.filter(keeps), state);
    const pages = Math.max(1, Math.ceil(kept.length / ROWS_OF_A_PAGE));
    state.page = Math.min(Math.max(state.page, 0), pages - 1);
    const first = state.page * ROWS_OF_A_PAGE;
    const shown = kept.slice(first, first + ROWS_OF_A_PAGE);
    body.replaceChildren(...shown.map((row) => tableRow(row, columns, rowClass(row))));
    status.textContent = pages === 1 ? countText(kept.length, noun)
      : `${first + 1} to ${first + shown.length} of ${countText(kept.length, noun)}`;
    previous.hidden = next.hidden = pages === 1;
    previous.disabled = state.page === 0;
    next.disabled = state.page === pages - 1;
  }

  fill();
  onViewChange(fill);
  const table = element("table", {}, element("caption", {}, element("span", {}, caption)), element("thead", {}, head), body);
  const box = element("div", {}, element("div", { class: "controls" }, controls), scrollBox(caption, table, true), pager);
  return { box, refill: () => { state.page = 0; fill(); } };
}

function cellClass({ numeric, long, screenOnly }) {
  return `${numeric ? "numeric" : long ? "long" : "nowrap"}${screenOnly ? " screen-only" : ""}`;
}

function tableRow(row, columns, className) {
  return element("tr", { class: className }, columns.map((column, index) => (index === 0
    ? element("th", { scope: "row", class: column.long ? "name" : null }, column.cell(row))
    : element("td", { class: cellClass(column) }, column.cell(row)))));
}

// What is not known stands last, whichever way the rest is sorted.
function inOrder(rows, { column, descending }) {
  if (!column) return rows;
  const unknown = (value) => value === null || value === undefined || value === "";
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b
    : String(a).localeCompare(String(b), "en-GB", { numeric: true }));
  return rows.map((row) => [column.value(row), row])
    .sort(([a], [b]) => unknown(a) - unknown(b) || (descending ? -1 : 1) * compare(a, b))
    .map(([, row]) => row);
}
