// @ts-check
// Ways for data to leave a page. Each is tried in the built page, where nothing may arrive, and in a page
// without protection, where it must: so that a test that proves nothing is found out.

/** @typedef {(url: string, ws: string) => unknown} Attack */

/** Tried one after the other in one page. @type {Record<string, Attack>} */
export const ATTACKS = {
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
