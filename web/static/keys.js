// Keys for readers without a mouse: / search, j and k from one result to the next, arrows between days.
// The button in the footer switches them off, for those whose voice or hand presses keys by mistake.
"use strict";

const WALKED = "main .headline > a, main .hit h2 > a";
const OFF = "keys-off";
const typing = (target) => target.closest("input, select, textarea, [contenteditable]");
// What is wider than the page, where arrows scroll.
const scrolls = (target, key) => key.startsWith("Arrow") && target.closest(".wide, pre");
const button = document.getElementById("keys");

function say() {
  button.setAttribute("aria-pressed", String(!localStorage.getItem(OFF)));
}

function walk(step) {
  const links = [...document.querySelectorAll(WALKED)];
  if (links.length === 0) return;
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
  links[next].focus();
}

const follow = (relation) => document.querySelector(`main a[rel="${relation}"]`)?.click();

button.addEventListener("click", () => {
  if (localStorage.getItem(OFF)) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
  say();
});
say();

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem(OFF)) return;
  if (typing(event.target) || scrolls(event.target, event.key)) return;
  const actions = {
    "/": () => document.getElementById("q").focus(),
    j: () => walk(1),
    k: () => walk(-1),
    ArrowLeft: () => follow("prev"),
    ArrowRight: () => follow("next"),
  };
  const action = actions[event.key];
  if (!action) return;
  if (event.key === "/") event.preventDefault();
  action();
});

// Where answers were replaced in place, a screen reader is led to how many they are.
document.addEventListener("htmx:afterSettle", () => document.querySelector("main .total")?.focus());
