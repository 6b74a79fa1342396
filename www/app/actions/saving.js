// @ts-check
/** What leaves the page by the person's hand: the study, reports, the clipboard. */
import {copy} from "../clipboard.js";
import {baseName, save, slug, zipped} from "../files.js";
import {sectionName} from "./results.js";

/** @typedef {import("./page.js").Page} Page */

/** The name of the open file, as a part of the names of saved ones. @param {Page} page */
export const fileBase = ({store}) => slug(baseName(store.get().file?.name ?? "oncurve"));

/** @param {{title: string | null, analysis: any}[]} sections */
const toSave = (sections) => sections.map(({title, analysis}) => ({title, analysis}));

/** @param {Page} page */
export async function saveStudy(page) {
  const {store, engine} = page;
  try {
    await page.sync.now();
    const {decisions} = store.get();
    if (!decisions) return;
    const text = await engine.save(decisions.style, toSave(decisions.sections ?? []));
    save(`${fileBase(page)}.oncurve.json`, text, "application/json");
    page.tell(page.t("page-study-saved"));
  } catch (error) {
    page.complain(error);
  }
}

const TYPES = {html: "text/html", csv: "text/csv", r: "text/plain"};

/** @param {Page} page @param {"html" | "csv" | "r"} format @param {number} [id] one section, or all */
export async function exportReport(page, format, id) {
  /** @param {import("../../types.js").ReportFormat} as */
  const written = (as) => {
    const {decisions, language} = page.store.get();
    const chosen = (decisions?.sections ?? []).filter((section) => id === undefined || section.id === id);
    return page.engine.report(as, toSave(chosen), decisions?.style, language);
  };
  try {
    const [text, derived] = await page.busy("page-exporting", async () => {
      await page.sync.now();
      return [await written(format), format === "r" ? await written("derived") : ""];
    });
    const name = id === undefined ? fileBase(page) : `${fileBase(page)}-${slug(sectionName(page, id))}`;
    if (derived) {
      // The script asks for its data by this name; a browser may refuse a page's second file.
      const data = `${baseName(page.store.get().file?.name ?? "oncurve")}-derived.csv`;
      save(`${name}-R.zip`, zipped({[`${name}.R`]: text, [data]: derived}));
    } else save(`${name}.${format === "r" ? "R" : format}`, text, TYPES[format]);
  } catch (error) {
    page.complain(error);
  }
}

/** Copies, and says that it is done or that the browser forbids it. @param {Page} page @param {string} id @param {() => Promise<void>} work */
export async function saying(page, id, work) {
  try {
    await work();
    page.tell(page.t(id));
  } catch {
    page.store.set({notice: {text: page.t("page-copy-failed"), kind: "error"}});
  }
}

/** @param {Page} page @param {{text: string, references: string[]}} methods */
export function copyMethods(page, methods) {
  const text = [methods.text, ...methods.references].join("\n");
  return saying(page, "page-text-copied", () => copy({"text/plain": text}));
}
