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

// The number beside a slider follows it; without this script it does so when the page comes back.
document.addEventListener("input", (event) => {
  const output = event.target.matches("input[type=range]") && event.target.nextElementSibling;
  if (output instanceof HTMLOutputElement) output.value = event.target.value;
});
