// @ts-check
// Closes what the content security policy leaves open: peer connections, frames with a window of their own,
// and leaving the page for another address, which could carry data. The policy already keeps foreign scripts
// out, and markup from strings where the browser knows trusted types; this holds for mistakes.

/** Connections of their own kind, and makers of documents and windows, which have all of these anew. */
const UNUSED = [
  "RTCPeerConnection",
  "webkitRTCPeerConnection",
  "WebTransport",
  "PaymentRequest",
  "PresentationRequest",
  "DOMParser",
  "XSLTProcessor",
  "documentPictureInPicture",
];
for (const name of UNUSED) Reflect.deleteProperty(globalThis, name);
Object.defineProperty(globalThis, "open", {value: () => null});

/**
 * Puts a function in the place of one that is there, and gives that.
 * @param {object} owner @param {string} name @param {(this: any, ...args: any[]) => any} value
 */
function replace(owner, name, value) {
  const original = Reflect.get(owner, name);
  Reflect.defineProperty(owner, name, {value});
  return original;
}

/** Frames have windows of their own, and connect to their address before the policy refuses it. */
const FRAMES = ["iframe", "frame", "object", "embed", "fencedframe"];
for (const name of ["createElement", "createElementNS"]) {
  const original = replace(Document.prototype, name, function (...args) {
    const made = original.apply(this, args);
    return FRAMES.includes(made.localName) ? this.createElement("div") : made;
  });
}
/** Elements of one's own are made anew, never of frames. */
const define = replace(CustomElementRegistry.prototype, "define", function (name, made) {
  return define.call(this, name, made);
});

/** Markup is parsed in one place, which takes no frames. */
const FRAME_IN_MARKUP = new RegExp(`<([^\\s<>/]*:)?(${FRAMES.join("|")})(?![\\w-])`, "i");
for (const owner of [Element.prototype, ShadowRoot.prototype]) {
  const {get, set} = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(owner, "innerHTML"));
  Object.defineProperty(owner, "innerHTML", {
    get,
    /** @param {unknown} markup */
    set(markup) {
      const text = String(markup);
      if (FRAME_IN_MARKUP.test(text)) throw new TypeError("markup with a frame");
      set?.call(this, isTrusted(markup) ? markup : text);
    },
  });
}
/** @param {unknown} markup whether the browser vouches that it stays as it is */
const isTrusted = (markup) => Boolean(/** @type {any} */ (globalThis).trustedTypes?.isHTML(markup));
for (const owner of [Element.prototype, ShadowRoot.prototype, Document]) {
  for (const name of Object.getOwnPropertyNames(owner)) {
    if (/HTML/.test(name) && !["innerHTML", "outerHTML", "getHTML"].includes(name)) {
      Reflect.deleteProperty(owner, name);
    }
  }
}
Object.defineProperty(Element.prototype, "outerHTML", {set: undefined});
Reflect.deleteProperty(Range.prototype, "createContextualFragment");
for (const name of ["open", "write", "writeln"]) Reflect.deleteProperty(Document.prototype, name);
const command = replace(Document.prototype, "execCommand", function (name) {
  return name === "copy" && command.call(this, name);
});

/** Forms are sent nowhere; those of a dialog close it. */
Reflect.deleteProperty(HTMLFormElement.prototype, "submit");
addEventListener("submit", (event) => {
  if (/** @type {HTMLFormElement} */ (event.target).method !== "dialog") event.preventDefault();
});

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
  const original = replace(owner, name, function (...events) {
    const followed = this instanceof Element && events.every(({type}) => type === "click");
    const link = followed && this.closest("a[href], area[href]");
    if (link && leads(/** @type {HTMLAnchorElement} */ (link))) return false;
    return original.apply(this, events);
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
