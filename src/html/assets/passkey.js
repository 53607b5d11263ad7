// Passkeys: fetches what the server asks for, lets the browser ask its owner, and sends the answer as the form it belongs to.
// Without this script, or in a browser that knows no passkeys, the page says so and the other ways are there.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const letters = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer ?? []))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const keys = (list) => list.map((key) => ({ ...key, id: bytes(key.id) }));

async function ask(form) {
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  const options = await answer.json();
  options.challenge = new TextEncoder().encode(options.challenge);
  if (form.dataset.passkey === "add") {
    options.user.id = bytes(options.user.id);
    options.excludeCredentials = keys(options.excludeCredentials);
    return navigator.credentials.create({ publicKey: options });
  }
  options.allowCredentials = keys(options.allowCredentials);
  return navigator.credentials.get({ publicKey: options });
}

function fill(form, credential) {
  const { response } = credential;
  const values = {
    credential: credential.rawId, client_data: response.clientDataJSON, attestation: response.attestationObject,
    authenticator_data: response.authenticatorData, signature: response.signature, user_handle: response.userHandle,
  };
  for (const [name, value] of Object.entries(values)) {
    if (form.elements[name]) form.elements[name].value = letters(value);
  }
}

function note(form, which) {
  for (const words of form.querySelectorAll("[data-note]")) words.hidden = words.dataset.note !== which;
}

function begin(form) {
  const button = form.querySelector("button");
  if (!window.PublicKeyCredential) return note(form, "unknown");
  note(form, "ready");
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      fill(form, await ask(form));
      form.submit();
    } catch (e) {
      note(form, e.name === "InvalidStateError" ? "known" : "failed");
      button.disabled = false;
    }
  });
}

for (const form of document.querySelectorAll("form[data-passkey]")) begin(form);
