// Passkeys: the site says what to sign, the device signs, and a plain form sends it.
(() => {
  const forms = document.querySelectorAll("form[data-passkey]");
  const bare = /^[\d.]+$|:/.test(location.hostname); // no passkey belongs to a bare number
  if (!forms.length || !window.PublicKeyCredential || !navigator.credentials || bare) return;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (character) => character.charCodeAt(0));
  };
  const text = (buffer) => {
    const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const described = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const read = (options) => ({
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: described(options.allowCredentials),
    excludeCredentials: described(options.excludeCredentials),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
  });
  const written = (credential) => {
    const response = {};
    const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    for (const name of names) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
    });
  };

  const ask = async (form) => {
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
    const answer = await fetch(form.dataset.options, { method: "POST", body });
    if (!answer.ok) throw new Error(answer.status);
    const publicKey = read(await answer.json());
    return navigator.credentials[form.dataset.passkey]({ publicKey });
  };
  const free = (form) => {
    const button = form.querySelector("button");
    button.removeAttribute("aria-disabled");
    delete button.dataset.sent;
  };

  forms.forEach((form) => {
    form.hidden = false;
    const said = form.querySelector("[role=status]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      said.hidden = true;
      said.textContent = "";
      try {
        form.elements.credential.value = written(await ask(form));
        form.submit();
      } catch {
        said.textContent = form.dataset.failed;
        said.hidden = false;
        free(form);
      }
    });
  });
  document.querySelectorAll("[data-passkey-without]").forEach((one) => one.remove());
})();
