// @ts-check
// Closes what the content security policy leaves open: peer connections, and leaving the page for another
// address, which could carry data. The policy already keeps foreign scripts out; this holds for mistakes.

for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport"]) {
  Reflect.deleteProperty(globalThis, name);
}

/** Frames have windows with all of these, and connect to their address before the policy refuses it. */
const FRAMES = ["iframe", "frame", "object", "embed", "fencedframe"];
for (const name of /** @type {const} */ (["createElement", "createElementNS"])) {
  const original = Document.prototype[name];
  Reflect.defineProperty(Document.prototype, name, {
    /**
     * @this {Document}
     * @param {any[]} args
     */
    value(...args) {
      const made = Reflect.apply(original, this, args);
      return FRAMES.includes(made.localName) ? this.createElement("div") : made;
    },
  });
}

/** Forms are sent nowhere; those of a dialog close it. */
Reflect.deleteProperty(HTMLFormElement.prototype, "submit");
addEventListener("submit", (event) => {
  if (/** @type {HTMLFormElement} */ (event.target).method !== "dialog") event.preventDefault();
});

Object.defineProperty(globalThis, "open", {value: () => null});

/** No script leaves the page, whatever way it takes; downloads of what the page has made remain. */
/** @type {any} */ (globalThis).navigation?.addEventListener("navigate", (/** @type {any} */ event) => {
  const {destination, navigationType, downloadRequest} = event;
  const stays = destination.sameDocument || navigationType === "reload" || navigationType === "traverse";
  const downloads = downloadRequest !== null && destination.url.startsWith("blob:");
  if (!stays && !downloads) event.preventDefault();
});

/** No script follows a link for the person, as it could into a new tab. */
for (const [owner, name] of /** @type {const} */ ([
  [HTMLElement.prototype, "click"],
  [EventTarget.prototype, "dispatchEvent"],
])) {
  /** @type {any} */
  const original = Reflect.get(owner, name);
  Reflect.defineProperty(owner, name, {
    /**
     * @this {EventTarget}
     * @param {Event[]} events
     */
    value(...events) {
      const followed = this instanceof Element && events.every(({type}) => type === "click");
      const link = followed && this.closest("a[href], area[href]");
      if (link && leads(/** @type {HTMLAnchorElement} */ (link))) return false;
      return original.apply(this, events);
    },
  });
}

/**
 * Whether a link leads out of the page.
 * @param {HTMLAnchorElement | HTMLAreaElement} link
 */
function leads({protocol, href}) {
  const here = location.href.split("#")[0];
  return protocol !== "blob:" && href.split("#")[0] !== here;
}
