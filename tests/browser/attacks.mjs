// @ts-check
// Ways for data to leave a page. Each is tried in the built page, where nothing may arrive, and in a page
// without protection, where it must: so that a test that proves nothing is found out.

/** @typedef {(url: string, ws: string) => unknown} Attack */

/** Ways to a frame, whose window has everything anew. @type {Record<string, () => any>} */
export const FRAMES = {
  createElement: () => document.body.appendChild(document.createElement("iframe")),
  createElementNS: () => {
    const frame = document.createElementNS("http://www.w3.org/1999/xhtml", "x:iframe");
    return document.body.appendChild(frame);
  },
  innerHTML: () => {
    const box = document.body.appendChild(document.createElement("div"));
    box.innerHTML = "<iframe></iframe>";
    return box.firstChild;
  },
  "innerHTML of a shadow tree": () => {
    const shadow = document.body.appendChild(document.createElement("div")).attachShadow({mode: "open"});
    shadow.innerHTML = "<iframe></iframe>";
    return shadow.firstChild;
  },
  "innerHTML of a template": () => {
    const template = document.createElement("template");
    template.innerHTML = "<iframe></iframe>";
    document.body.append(document.importNode(template.content, true));
    return document.body.lastChild;
  },
  "innerHTML of XML": () => {
    const box = document.implementation.createDocument("http://www.w3.org/1999/xhtml", "p").documentElement;
    box.innerHTML = '<x:iframe xmlns:x="http://www.w3.org/1999/xhtml"/>';
    return document.body.appendChild(/** @type {Element} */ (box.firstChild));
  },
  outerHTML: () => {
    const box = document.body.appendChild(document.createElement("div"));
    box.outerHTML = "<iframe></iframe>";
    return document.body.lastChild;
  },
  insertAdjacentHTML: () => {
    document.body.insertAdjacentHTML("beforeend", "<iframe></iframe>");
    return document.body.lastChild;
  },
  setHTMLUnsafe: () => {
    const box = document.body.appendChild(document.createElement("div"));
    /** @type {any} */ (box).setHTMLUnsafe("<iframe></iframe>");
    return box.firstChild;
  },
  parseHTMLUnsafe: () => {
    const parsed = /** @type {any} */ (Document).parseHTMLUnsafe("<iframe></iframe>");
    return document.body.appendChild(parsed.body.firstChild);
  },
  createContextualFragment: () => {
    document.body.append(document.createRange().createContextualFragment("<iframe></iframe>"));
    return document.body.lastChild;
  },
  DOMParser: () => {
    const parsed = new DOMParser().parseFromString("<iframe></iframe>", "text/html");
    return document.body.appendChild(/** @type {Element} */ (parsed.body.firstChild));
  },
  "DOMParser of XML": () => {
    const xml = '<x:iframe xmlns:x="http://www.w3.org/1999/xhtml"/>';
    return document.body.appendChild(new DOMParser().parseFromString(xml, "text/xml").documentElement);
  },
  execCommand: () => {
    const box = document.body.appendChild(document.createElement("div"));
    box.contentEditable = "true";
    box.focus();
    document.execCommand("insertHTML", false, "<iframe></iframe>");
    return box.querySelector("iframe");
  },
  "an element of its own": () => {
    class Frame extends HTMLIFrameElement {}
    customElements.define("x-frame", Frame, {extends: "iframe"});
    return document.body.appendChild(new Frame());
  },
  XSLTProcessor: () => {
    const xsl = "http://www.w3.org/1999/XSL/Transform";
    const sheet = document.implementation.createDocument(xsl, "xsl:stylesheet");
    const root = sheet.documentElement;
    root.setAttribute("version", "1.0");
    const template = root.appendChild(sheet.createElementNS(xsl, "xsl:template"));
    template.setAttribute("match", "/");
    const element = template.appendChild(sheet.createElementNS(xsl, "xsl:element"));
    element.setAttribute("name", "iframe");
    const processor = new XSLTProcessor();
    processor.importStylesheet(sheet);
    document.body.append(processor.transformToFragment(sheet, document));
    return document.body.lastChild;
  },
};

/** Tried one after the other in one page. @type {Record<string, Attack | string>} */
export const ATTACKS = {
  ...Object.fromEntries(
    Object.entries(FRAMES).map(([name, frame]) => [
      `frame by ${name}`,
      `(url) => (${frame})().contentWindow.open(url)`,
    ]),
  ),
  fetch: (url) => fetch(url, {mode: "no-cors"}),
  "fetch keepalive": (url) => fetch(url, {mode: "no-cors", keepalive: true, method: "POST", body: "data"}),
  XMLHttpRequest: (url) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.send();
  },
  WebSocket: (_, ws) => new WebSocket(ws),
  EventSource: (url) => new EventSource(url),
  sendBeacon: (url) => navigator.sendBeacon(url, "data"),
  "image element": (url) => {
    new Image().src = url;
  },
  "image in markup": (url) => {
    const image = document.createElement("img");
    image.srcset = `${url} 1x`;
    document.body.append(image);
  },
  "SVG image": (url) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const image = document.createElementNS("http://www.w3.org/2000/svg", "image");
    image.setAttribute("href", url);
    svg.append(image);
    document.body.append(svg);
  },
  "picture of a style": (url) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`body { background: url("${url}") }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  },
  font: (url) => new FontFace("x", `url("${url}")`).load(),
  audio: (url) => new Audio(url).play(),
  "video poster": (url) => {
    const video = document.createElement("video");
    video.poster = url;
    document.body.append(video);
  },
  "script element": (url) => {
    const script = document.createElement("script");
    script.src = url;
    document.body.append(script);
  },
  "module import": (url) => import(url),
  "style sheet": (url) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = url;
    document.head.append(link);
  },
  "link prefetch": (url) => {
    const link = document.createElement("link");
    link.rel = "prefetch";
    link.href = url;
    document.head.append(link);
  },
  "link preload": (url) => {
    const link = document.createElement("link");
    link.rel = "preload";
    link.as = "image";
    link.href = url;
    document.head.append(link);
  },
  frame: (url) => {
    const frame = document.createElement("iframe");
    frame.src = url;
    document.body.append(frame);
  },
  "object element": (url) => {
    const object = document.createElement("object");
    object.data = url;
    document.body.append(object);
  },
  "embed element": (url) => {
    const embed = document.createElement("embed");
    embed.src = url;
    document.body.append(embed);
  },
  "form into a frame": (url) => {
    const form = document.createElement("form");
    const frame = document.createElement("iframe");
    frame.name = "form-target";
    form.action = url;
    form.method = "post";
    form.target = frame.name;
    document.body.append(frame, form);
    form.submit();
  },
  "fetch in a worker": (url) => {
    const code = `fetch(${JSON.stringify(url)}, {mode: "no-cors"})`;
    new Worker(URL.createObjectURL(new Blob([code], {type: "text/javascript"})));
  },
  "XMLHttpRequest in a worker": (url) => {
    const code = `const x = new XMLHttpRequest(); x.open("GET", ${JSON.stringify(url)}); x.send()`;
    new Worker(URL.createObjectURL(new Blob([code], {type: "text/javascript"})));
  },
  "WebSocket in a worker": (_, ws) => {
    const code = `new WebSocket(${JSON.stringify(ws)})`;
    new Worker(URL.createObjectURL(new Blob([code], {type: "text/javascript"})));
  },
  "importScripts in a worker": (url) => {
    const code = `importScripts(${JSON.stringify(url)})`;
    new Worker(URL.createObjectURL(new Blob([code], {type: "text/javascript"})));
  },
};

/** Each leaves the page, so that each gets a fresh one. @type {Record<string, Attack>} */
export const DEPARTURES = {
  "location.href": (url) => {
    location.href = url;
  },
  "location.replace": (url) => location.replace(url),
  "window.open": (url) => window.open(url),
  "window.open, then its location": (url) => {
    const opened = window.open("");
    if (opened) opened.location.href = url;
  },
  "click on a link": (url) => {
    const link = document.createElement("a");
    link.href = url;
    document.body.append(link);
    link.click();
  },
  "click on a link to a new tab": (url) => {
    const link = document.createElement("a");
    link.href = url;
    link.target = "_blank";
    link.click();
  },
  "click event inside a link to a new tab": (url) => {
    const link = document.createElement("a");
    const inside = document.createElement("b");
    link.href = url;
    link.target = "_blank";
    link.append(inside);
    document.body.append(link);
    inside.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
  },
  "download of a link": (url) => {
    const link = document.createElement("a");
    link.href = url;
    link.download = "x";
    link.click();
  },
  "ping of a link": (url) => {
    const link = document.createElement("a");
    link.href = "#here";
    link.ping = url;
    document.body.append(link);
    link.click();
  },
  "form submit": (url) => {
    const form = document.createElement("form");
    form.action = url;
    document.body.append(form);
    form.submit();
  },
  "form to a new tab": (url) => {
    const form = document.createElement("form");
    form.action = url;
    form.target = "_blank";
    document.body.append(form);
    form.submit();
  },
  "meta refresh": (url) => {
    const meta = document.createElement("meta");
    meta.httpEquiv = "refresh";
    meta.content = `0;url=${url}`;
    document.head.append(meta);
  },
};
