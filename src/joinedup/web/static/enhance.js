// Says, before the page is drawn, that GOV.UK Frontend can run; without this script every page still works.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
