// Starts GOV.UK Frontend on the page, and again on whatever htmx has swapped in.
import { initAll } from "./vendor/govuk-frontend.min.js";

initAll();
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) initAll({ scope: event.detail.elt });
});
