// The only script of ours. Every page works without it; with it, htmx replaces parts of a page instead of the whole.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("meta[name=csrf]");
  if (token && event.detail.verb !== "get") {
    event.detail.headers["X-CSRF-Token"] = token.content;
  }
});

// A rejected form comes back with the page filled in, and so does one that could not be saved: show it like any other answer.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([409, 422, 500, 503].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// After a rejected form the summary of what is wrong is what a keyboard or a screen reader should meet first.
const focusErrors = () => document.getElementById("errors")?.focus();
document.addEventListener("DOMContentLoaded", focusErrors);
document.addEventListener("htmx:afterSettle", focusErrors);

// Whoever begins to apply is most often where their device is; without this script the zone is that of the cohort.
document.addEventListener("DOMContentLoaded", () => {
  const zone = document.querySelector("select[data-guess-zone]");
  if (!zone) return;                    // asking for the zone takes a telephone a third of a second
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zone.options].some((option) => option.value === here)) zone.value = here;
});

// The number beside a slider follows it; without this script it does so when the page comes back.
document.addEventListener("input", (event) => {
  const output = event.target.matches("input[type=range]") && event.target.nextElementSibling;
  if (output instanceof HTMLOutputElement) output.value = event.target.value;
});

// Keys of the desk; /desk/keys lists them. Never while somebody types, never with a modifier, and only single letters, so that
// browsers and screen readers keep theirs. The row that j and k reach has the focus on its own link: Enter is the browser's.
const places = { t: "/desk", p: "/desk/pairs", c: "/desk/calls", f: "/desk/flags", m: "/desk/mails", h: "/desk/help", e: "/desk/people", a: "/desk/acts" };
let going = 0;
const typing = (target) => target.isContentEditable || (target.matches("input, textarea, select") && !target.matches("[type=checkbox], [type=radio], [type=button], [type=submit]"));
const rows = () => [...document.querySelectorAll("main :is(tbody tr, .rows > li)")].filter((row) => row.querySelector("a[href]") && row.checkVisibility());
const step = (by) => {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
  if (!next) return false;
  next.querySelector("a[href]").focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
};
const pick = () => {
  const box = rows().find((row) => row.contains(document.activeElement))?.querySelector("input[type=checkbox]");
  if (!box) return false;
  box.checked = !box.checked;
  return true;
};
const search = () => {
  const field = document.querySelector("main [role=search] input[type=search]");
  if (!field) return false;
  field.focus();
  field.select();
  return true;
};
const acts = { "/": search, j: () => step(1), k: () => step(-1), x: pick, "?": () => { location.href = `/desk/keys?from=${encodeURIComponent(location.pathname + location.search)}`; return true; } };
document.addEventListener("keydown", (event) => {
  if (localStorage.getItem("keys") === "off" || !document.body.matches(".desk") || event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const soon = event.timeStamp - going < 1500;
  going = 0;
  if (soon && places[event.key]) location.href = places[event.key];
  else if (event.key === "g") going = event.timeStamp;
  else if (!acts[event.key]?.()) return;
  event.preventDefault();
});
document.addEventListener("focusin", () => rows().forEach((row) => row.classList.toggle("here", row.contains(document.activeElement))));

// Whoever speaks to the computer, or types beside the keys, switches them off; on this device, for good.
document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("keys-switch");
  if (!place) return;
  const show = () => {
    for (const button of place.children) button.hidden = button.dataset.keys === (localStorage.getItem("keys") ?? "on");
    place.hidden = false;
  };
  place.addEventListener("click", (event) => {
    if (!event.target.dataset.keys) return;
    localStorage.setItem("keys", event.target.dataset.keys);
    show();
    [...place.children].find((button) => !button.hidden).focus();
  });
  show();
});

// What is typed into a form with data-draft is kept on this device until the server has it: a dropped connection loses nothing.
// data-saves counts what the server holds; a copy that began from an older count is out of date and is thrown away.
const drafts = {
  get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  put(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: the server's draft remains */ } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
};
const draftFields = (form) => [...form.elements].filter((e) => e.name && e.name !== "csrf" && e.type !== "hidden" && e.type !== "submit");
const draftSay = (when, on) => document.querySelectorAll(`[data-when="${when}"]`).forEach((note) => { note.hidden = !on; });

function draftRestore(form) {
  const kept = drafts.get(form.dataset.draft);
  if (!kept) return;
  if (kept.saves !== form.dataset.saves) return drafts.drop(form.dataset.draft);
  for (const field of draftFields(form)) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = kept.fields.some(([n, v]) => n === field.name && v === field.value);
    else field.value = kept.fields.find(([n]) => n === field.name)?.[1] ?? field.value;
  }
  draftSay("restored", true);
}

function draftKeep(form) {
  const fields = draftFields(form).filter((e) => (e.type !== "checkbox" && e.type !== "radio") || e.checked).map((e) => [e.name, e.value]);
  drafts.put(form.dataset.draft, { saves: form.dataset.saves, fields });
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("form[data-draft]").forEach(draftRestore);
  const done = document.querySelector("[data-draft-done]")?.dataset.draftDone;
  if (done) ["1", "2", "3", "answer"].forEach((part) => drafts.drop(`${done}:${part}`));
});
// Back from another page: the next press asks again.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sure]").forEach((form) => { delete form.dataset.sure; }));
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (form) draftKeep(form);
});
// Before a form goes away the server is asked whether it is there; if not, the page stays as it is.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-draft]");
  if (!form || form.dataset.sure) return;
  event.preventDefault();
  const there = await fetch("/healthz", { cache: "no-store" }).then((r) => r.ok, () => false);
  draftSay("offline", !there);
  if (!there) return document.querySelector('[data-when="offline"]')?.scrollIntoView({ block: "center" });
  form.dataset.sure = "1";
  form.requestSubmit(event.submitter);
});

// On a phone navigation and tabs are strips: they begin where one is.
document.addEventListener("DOMContentLoaded", () => {
  for (const here of document.querySelectorAll(":is(.nav, .tabs) [aria-current]")) {
    const strip = here.closest(".nav") ?? here.closest("ul");
    strip.scrollLeft = here.offsetLeft - strip.offsetLeft - 48;
  }
});
