// Asks the browser for a passkey, and posts what it answers. The form it works on says what, and where the terms are.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function understood({ publicKey }) {
  const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const terms = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (publicKey.user) terms.user = { ...publicKey.user, id: bytes(publicKey.user.id) };
  if (publicKey.allowCredentials) terms.allowCredentials = named(publicKey.allowCredentials);
  if (publicKey.excludeCredentials) terms.excludeCredentials = named(publicKey.excludeCredentials);
  return { publicKey: terms };
}

function written(passkey) {
  const said = passkey.response;
  const response = { clientDataJSON: text(said.clientDataJSON) };
  if (said.attestationObject) response.attestationObject = text(said.attestationObject);
  if (said.authenticatorData) response.authenticatorData = text(said.authenticatorData);
  if (said.signature) response.signature = text(said.signature);
  if (said.userHandle) response.userHandle = text(said.userHandle);
  const { id, type, authenticatorAttachment } = passkey;
  const results = passkey.getClientExtensionResults();
  return { id, rawId: text(passkey.rawId), type, authenticatorAttachment, response, clientExtensionResults: results };
}

async function ask(form) {
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new Error("no terms");
  const passkey = await navigator.credentials[form.dataset.passkey](understood(await answer.json()));
  form.elements.credential.value = JSON.stringify(written(passkey));
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const says = form.querySelector("[data-passkey-says]");
    says.textContent = "";
    ask(form).catch(() => {
      says.textContent = window.PublicKeyCredential
        ? "No passkey was used. Try once more, or use another way."
        : "This browser cannot use passkeys. Use another way.";
    });
  });
}
