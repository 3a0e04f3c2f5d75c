// Passkeys: a form with data-passkey="create" or "get" asks the shop (data-question) what to ask the device, puts the device's answer
// into its fields "ceremony" and "credential", and is sent like any other form. What needs a passkey is hidden until this runs.

const supported = Boolean(window.PublicKeyCredential && navigator.credentials);

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

function text(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function question(form) {
  const answer = await fetch(form.dataset.question, { method: "POST", headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`the shop answered ${answer.status}`);
  return answer.json();
}

async function create(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: named(options.excludeCredentials),
  };
  const made = await navigator.credentials.create({ publicKey });
  const response = { attestationObject: text(made.response.attestationObject), clientDataJSON: text(made.response.clientDataJSON) };
  return { id: made.id, rawId: text(made.rawId), type: made.type, response, extensions: made.getClientExtensionResults() };
}

async function get(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials) };
  const found = await navigator.credentials.get({ publicKey });
  const response = {
    authenticatorData: text(found.response.authenticatorData),
    clientDataJSON: text(found.response.clientDataJSON),
    signature: text(found.response.signature),
    userHandle: found.response.userHandle ? text(found.response.userHandle) : null,
  };
  return { id: found.id, rawId: text(found.rawId), type: found.type, response, extensions: found.getClientExtensionResults() };
}

async function answer(form) {
  const said = form.querySelector("[data-passkey-said]");
  const button = form.querySelector("button");
  if (said) said.hidden = true;
  button.disabled = true;
  try {
    const asked = await question(form);
    const credential = await (form.dataset.passkey === "create" ? create : get)(asked.publicKey);
    form.elements.ceremony.value = asked.ceremony;
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    // Refused by the person, by the device or by the shop: the page says so in its own words.
    button.disabled = false;
    if (said) said.hidden = false;
  }
}

if (supported) {
  for (const part of document.querySelectorAll("[data-with-passkeys]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-without-passkeys]")) part.hidden = true;
  document.addEventListener("submit", (event) => {
    if (!event.target.dataset.passkey) return;
    event.preventDefault();
    answer(event.target);
  });
}
