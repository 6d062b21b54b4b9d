// Saves what is typed into an assessment, a few seconds after the first letter and on leaving. The form's own button does the
// same without this script. Nothing is kept in the browser: what the server has not taken yet stays in its box.
const AFTER_MS = 4000;
const AGAIN_MS = 5000;
const MOST_ON_LEAVING = 60000; // what a browser sends for a page that is going

const form = document.querySelector("form[data-saves-itself]");
const saving = document.getElementById("saving");
const problem = document.getElementById("saving-problem");
const writers = document.getElementById("writers");
const unsaved = new Set();
let timer = null;
let isSending = false;
let isSignedOut = false;

function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function hasWords(name) {
  return name.startsWith("a-");
}

function bodyOf(names) {
  const all = new FormData(form);
  const body = new URLSearchParams();
  for (const name of ["csrfmiddlewaretoken", "page", "seen"]) body.set(name, all.get(name));
  for (const name of names) body.set(name, all.get(name) ?? "");
  return body;
}

// Which version of each answer this page has seen, as the form posts it: "identifier=number", with spaces between.
function nowSeen(saved) {
  const seen = form.elements.seen;
  seen.value = seen.value.split(" ").map((pair) => {
    const id = pair.split("=")[0];
    return id in saved ? `${id}=${saved[id]}` : pair;
  }).join(" ");
}

function later(milliseconds) {
  if (timer === null && !isSignedOut) timer = setTimeout(save, milliseconds);
}

async function save() {
  timer = null;
  if (isSending || unsaved.size === 0) return;
  const names = [...unsaved];
  unsaved.clear();
  isSending = true;
  try {
    const answer = await send(bodyOf(names), false);
    if (answer.type === "opaqueredirect" || answer.status === 403) return signedOut(names);
    if (!answer.ok || !(answer.headers.get("Content-Type") ?? "").startsWith("application/json")) throw new Error(answer.status);
    taken(await answer.json(), names);
  } catch {
    names.forEach((name) => unsaved.add(name));
    say(problem, "Not saved yet: the server does not answer. Your words are still here, and are sent again by themselves.");
  } finally {
    isSending = false;
    if (unsaved.size > 0) later(AGAIN_MS);
  }
}

function send(body, keepalive) {
  return fetch(form.action, { method: "POST", body, keepalive, redirect: "manual", headers: { Accept: "application/json" } });
}

function signedOut(names) {
  isSignedOut = true;
  names.forEach((name) => unsaved.add(name));
  say(problem, "Not saved: you are signed out, or may no longer write here. Press Save: what you typed is kept for you while you sign in again.");
}

function taken(told, names) {
  nowSeen(told.saved);
  for (const [id, other] of Object.entries(told.beside)) beside(id, other);
  const refused = Object.values(told.refused);
  say(problem, refused.join(" "));
  say(saving, `Saved at ${told.at}`);
  say(writers, told.writers.length ? `Writing here now: ${told.writers.join("; ")}.` : "");
}

function beside(id, other) {
  const box = document.getElementById(`a-${id}`).closest(".jd-box");
  if (box.querySelector(".jd-box__beside")) return;
  const note = document.createElement("p");
  note.className = "govuk-body jd-box__beside";
  note.setAttribute("role", "alert");
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.href = other.href;
  link.textContent = `${other.who} wrote here at the same time. Both are kept: choose`;
  note.append(link);
  box.prepend(note);
}

function leaving() {
  if (unsaved.size === 0 || isSignedOut) return;
  const body = bodyOf([...unsaved]);
  if (body.toString().length > MOST_ON_LEAVING) return;
  send(body, true).catch(() => {});
}

if (form) {
  form.addEventListener("input", (event) => {
    if (!hasWords(event.target.name)) return;
    unsaved.add(event.target.name);
    say(saving, "Not saved yet");
    later(AFTER_MS);
  });
  form.addEventListener("submit", () => unsaved.clear());
  addEventListener("pagehide", leaving);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
}
