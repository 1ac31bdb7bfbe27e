/* What the page does beyond forms and links: live regions, dropped files, local times, copies.

   Everything here is an addition: without script each page works by forms, links and reloading. */

const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";

/** Send a form's fields as a signed-in person; returns the answer of the server. */
export function send(address, fields) {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  const headers = { "X-CSRF-Token": token, "X-Requested-With": "importer" };
  return fetch(address, { method: "POST", body, headers, credentials: "same-origin" });
}

/** Fetch an address as a piece of HTML; null where it cannot be had now. */
export async function piece(address) {
  try {
    const answer = await fetch(address, { headers: { "X-Requested-With": "importer" } });
    if (answer.redirected || !answer.ok) return null;
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    return template.content.firstElementChild;
  } catch {
    return null;
  }
}

/** Make what was put into the page live: its times, drop zones and regions. */
export function enliven(within) {
  within.querySelectorAll("time[datetime]").forEach(localTime);
  within.querySelectorAll("[data-drop]").forEach(takeDrops);
  within.querySelectorAll("[data-copy]").forEach(copies);
  const live = within.matches?.("[data-poll]") ? [within] : within.querySelectorAll("[data-poll]");
  live.forEach(poll);
}

/* A region with data-poll is replaced by what that address holds, every data-every milliseconds,
   until the new one has no data-poll; one with data-leave then goes to that address. */
function poll(region) {
  const wait = Number(region.dataset.every) || 1000;
  setTimeout(() => (document.hidden ? poll(region) : renew(region, wait)), wait);
}

async function renew(region, wait) {
  if (!region.isConnected) return;
  const fresh = await piece(region.dataset.poll);
  if (!fresh) {
    region.dataset.every = Math.min(wait * 2, 30000);
    poll(region);
    return;
  }
  if (fresh.dataset.leave) {
    location.assign(fresh.dataset.leave);
    return;
  }
  if (fresh.outerHTML === region.dataset.before) {
    poll(region);
    return;
  }
  const before = fresh.outerHTML;
  region.replaceWith(fresh);
  fresh.dataset.before = before;
  enliven(fresh);
}

/* Times come as UTC; they are shown as the clock of the person says. */
function localTime(time) {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.getTime())) return;
  const shown = { dateStyle: "medium", timeStyle: "short" };
  time.title = time.textContent;
  time.textContent = new Intl.DateTimeFormat(navigator.language, shown).format(at);
}

function takeDrops(zone) {
  const input = zone.querySelector('input[type="file"]');
  const names = zone.querySelector("[data-names]");
  if (!input) return;
  const over = (event, on) => {
    event.preventDefault();
    zone.classList.toggle("drop-over", on);
  };
  zone.addEventListener("dragover", (event) => over(event, true));
  zone.addEventListener("dragleave", (event) => over(event, false));
  zone.addEventListener("drop", (event) => {
    over(event, false);
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => nameFiles(input, names));
}

function nameFiles(input, names) {
  if (!names) return;
  const size = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
  const lines = [...input.files].map((file) => {
    const line = document.createElement("li");
    line.textContent = `${file.name} (${size.format(file.size / 1e6)} MB)`;
    return line;
  });
  names.replaceChildren(...lines);
}

function copies(button) {
  const from = document.getElementById(button.dataset.copy);
  if (!from || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(from.textContent.trim());
    button.textContent = button.dataset.copied ?? "Copied";
  });
}

enliven(document);
