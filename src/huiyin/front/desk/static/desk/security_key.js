// Asks a security key what the page's form wants to know, and sends its answer with the form.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (all) => (all ?? []).map((each) => ({ type: each.type, id: bytes(each.id) }));

  function question(given) {
    const asked = { ...given, challenge: bytes(given.challenge) };
    if (given.user) { asked.user = { ...given.user, id: bytes(given.user.id) }; asked.excludeCredentials = listed(given.excludeCredentials); }
    else { asked.allowCredentials = listed(given.allowCredentials); }
    return asked;
  }

  function told(credential) {
    const response = { clientDataJSON: text(credential.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature"]) {
      if (credential.response[part]) { response[part] = text(credential.response[part]); }
    }
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} });
  }

  for (const form of document.querySelectorAll("form[data-security-key]")) {
    const show = (mark) => { form.querySelector(mark).hidden = false; };
    if (!window.PublicKeyCredential) { show("[data-unable]"); continue; }
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const publicKey = question(JSON.parse(form.dataset.options));
      try {
        const how = form.dataset.securityKey === "create" ? "create" : "get";
        form.elements.answer.value = told(await navigator.credentials[how]({ publicKey }));
        form.submit();
      } catch { show("[data-failed]"); }
    });
  }
})();
