/* Fixing cells where they stand: arrow keys, Enter, Escape. Without it each cell has a form page.

   `#findings` is swapped for what the server shows after a change, and when a check has ended; what
   is being typed is never lost by that: a swap waits until the cell is left. */

import { enliven, piece, send } from "./importer.js";

const PAUSE = 700;
let open = null;
let waiting = null;

const region = () => document.getElementById("findings");
const told = document.getElementById("told");
const cells = () => [...region().querySelectorAll("a.cell-edit")];

function tell(words) {
  told.textContent = "";
  requestAnimationFrame(() => { told.textContent = words; });
}

/* Focus moves like on a sheet: one cell is in the order of tabs, arrows reach the others. */
function roam(to) {
  for (const one of cells()) one.tabIndex = one === to ? 0 : -1;
}

function start() {
  const all = cells();
  const here = all.find((one) => one === document.activeElement) ?? all[0];
  if (here) roam(here);
  const keys = region().querySelector("[data-keys]");
  if (keys) keys.hidden = false;
  watch();
}

const rowOf = (one) => one.closest("tr");
const columnOf = (one) => Number(one.closest("td").dataset.column);

function beside(one, key) {
  const row = rowOf(one);
  const all = cells();
  if (key === "ArrowLeft" || key === "ArrowRight") {
    return all[all.indexOf(one) + (key === "ArrowRight" ? 1 : -1)];
  }
  if (key === "Home" || key === "End") {
    const own = all.filter((other) => rowOf(other) === row);
    return own[key === "Home" ? 0 : own.length - 1];
  }
  const step = key === "ArrowDown" ? "nextElementSibling" : "previousElementSibling";
  for (let next = row[step]; next; next = next[step]) {
    const there = [...next.querySelectorAll("a.cell-edit")];
    if (there.length) return nearest(there, columnOf(one));
  }
  return null;
}

function nearest(there, column) {
  const far = (other) => Math.abs(columnOf(other) - column);
  return there.reduce((best, other) => (far(other) < far(best) ? other : best));
}

const MOVES = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);

document.addEventListener("keydown", (event) => {
  const one = event.target.closest?.("a.cell-edit");
  if (!one || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!MOVES.has(event.key)) return;
  event.preventDefault();
  const to = beside(one, event.key);
  if (!to) return;
  roam(to);
  to.focus();
  to.closest("td").scrollIntoView({ block: "nearest", inline: "nearest" });
});

document.addEventListener("click", (event) => {
  const one = event.target.closest?.("a.cell-edit");
  if (!one || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  edit(one);
});

function placeOf(cell) {
  const { file, sheet, row } = cell.closest("tr").dataset;
  return { file, sheet, row, column: cell.dataset.column };
}

function edit(link) {
  if (open) leave(open);
  const cell = link.closest("td");
  const text = cell.dataset.text;
  const long = text.includes("\n") || text.length > 80;
  const input = document.createElement(long ? "textarea" : "input");
  input.className = "input cell-input";
  input.value = text;
  input.autocomplete = "off";
  input.spellcheck = false;
  input.setAttribute("aria-label", `${cell.dataset.cell}, ${headingOf(cell)}`);
  const list = document.createElement("div");
  list.hidden = true;
  const wrong = document.createElement("p");
  wrong.className = "field-wrong";
  wrong.setAttribute("role", "alert");
  link.hidden = true;
  link.after(input, list, wrong);
  const editor = { cell, link, input, list, wrong, text, saving: false };
  open = editor;
  roam(link);
  input.addEventListener("keydown", (event) => keyIn(editor, event));
  input.addEventListener("blur", () => leaveUnchanged(editor));
  if (!long) offer(editor, "");
  input.addEventListener("input", () => offerSoon(editor));
  input.focus();
  input.select();
}

function headingOf(cell) {
  const heads = cell.closest("table").tHead.rows[0].cells;
  return heads[Number(cell.dataset.column)]?.textContent ?? "";
}

function keyIn(editor, event) {
  if (event.key === "Escape") {
    event.preventDefault();
    leave(editor, true);
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    save(editor);
  }
}

function leaveUnchanged(editor) {
  if (editor === open && !editor.saving && editor.input.value === editor.text) leave(editor);
}

function leave(editor, focus = false) {
  if (open === editor) open = null;
  editor.input.remove();
  editor.list.remove();
  editor.wrong.remove();
  editor.link.hidden = false;
  if (focus) editor.link.focus();
  if (waiting) show(waiting);
}

/* What the cell may hold is offered by the browser's own list. */
async function offer(editor, start) {
  const choices = editor.cell.closest("tbody").dataset.choices;
  const asked = new URLSearchParams({ ...placeOf(editor.cell), start });
  const found = await piece(`${choices}?${asked}`);
  if (!found || open !== editor) return;
  editor.list.replaceChildren(found);
  if (found.children.length) editor.input.setAttribute("list", found.id);
  editor.full = found.children.length >= 50;
}

let soon = 0;
function offerSoon(editor) {
  if (!editor.full) return;
  clearTimeout(soon);
  soon = setTimeout(() => offer(editor, editor.input.value), 200);
}

async function save(editor) {
  const { cell, input, text } = editor;
  if (editor.saving) return;
  if (input.value === text) {
    leave(editor, true);
    return;
  }
  editor.saving = true;
  input.readOnly = true;
  const back = new URLSearchParams(location.search).toString();
  const fields = { ...placeOf(cell), cell: cell.dataset.cell, old: text, new: input.value, back };
  if (editor.over) fields.over = "yes";
  const answer = await send(cell.closest("tbody").dataset.cells, fields).catch(() => null);
  if (answer?.ok) {
    tell(`${cell.dataset.cell} is changed; it is being checked.`);
    await taken(answer, editor);
  } else {
    await refused(answer, editor);
  }
}

async function taken(answer, editor) {
  const page = parsed(await answer.text());
  const fresh = page.getElementById("findings");
  if (!fresh) {
    location.reload();
    return;
  }
  const at = editor.link.id;
  open = null;
  show(fresh, at);
}

async function refused(answer, editor) {
  editor.saving = false;
  editor.input.readOnly = false;
  const page = answer ? parsed(await answer.text()) : null;
  const over = page?.querySelector('input[name="over"]');
  const said = page?.querySelector("[data-wrong]") ?? page?.querySelector(".lead");
  const now = page?.querySelector('input[name="old"]')?.value;
  let words = said?.textContent.trim() ?? "The server does not answer. Press Enter to try again.";
  if (over) words += " Press Enter again to replace the formula.";
  if (now !== undefined && now !== editor.text) editor.text = now;
  editor.over = Boolean(over);
  editor.wrong.textContent = words;
  editor.input.setAttribute("aria-invalid", "true");
  editor.input.focus();
}

const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

/* Put what the server shows in place; the cell that had the focus keeps it, or one near it. */
function show(fresh, at = null) {
  if (open) {
    waiting = fresh;
    return;
  }
  waiting = null;
  const before = document.activeElement;
  const id = at ?? (region().contains(before) ? before.id : null);
  const order = cells().findIndex((one) => one.id === id);
  const box = region().querySelector(".table-box");
  const scroll = box ? [box.scrollLeft, box.scrollTop] : null;
  const node = document.importNode(fresh, true);
  region().replaceWith(node);
  enliven(node);
  const boxNow = node.querySelector(".table-box");
  if (boxNow && scroll) [boxNow.scrollLeft, boxNow.scrollTop] = scroll;
  if (id) {
    const same = document.getElementById(id);
    const all = cells();
    (same ?? all[Math.min(Math.max(order, 0), all.length - 1)] ?? node.querySelector("h1"))?.focus();
  }
  start();
}

/* While a check runs, ask whether it has ended; then show what was found. */
function watch() {
  const busy = region().dataset.busy;
  if (busy) setTimeout(() => look(busy), PAUSE);
}

async function look(busy) {
  if (region().dataset.busy !== busy) return;
  const state = await piece(busy);
  if (!state?.dataset.leave) {
    watch();
    return;
  }
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "importer" } });
  const page = answer.ok && !answer.url.includes("/sign-in") ? parsed(await answer.text()) : null;
  const fresh = page?.getElementById("findings");
  if (!fresh) {
    location.assign(state.dataset.leave);
    return;
  }
  const left = fresh.querySelectorAll(".cell-wrong, .cell-warned").length;
  tell(`Checked. ${left} cells with findings are shown.`);
  show(fresh);
}

if (region()) start();
