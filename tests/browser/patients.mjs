// @ts-check
// A synthetic clinic: patients drawn from a seed, so that every run has the same.

import {random} from "../../benches/data.js";

const DAY = 864e5;
const FIRST = Date.UTC(2019, 0, 7);
/** The data cut-off: nobody is followed for longer. */
const CUT_OFF = Date.UTC(2024, 5, 30);

/** Months in an exponential time of that mean, in whole days. @param {number} uniform @param {number} mean */
const days = (uniform, mean) => Math.max(1, Math.round(-Math.log(uniform) * mean * 30.4375));

/** @param {number} time */
const iso = (time) => new Date(time).toISOString().slice(0, 10);

/**
 * The csv of `n` synthetic patients in two arms: arm B and a low LDH do better.
 * @param {number} n
 */
export function patients(n) {
  const next = random(20240630);
  const pick = (/** @type {string[]} */ ...values) => values[Math.floor(next() * values.length)];
  const headings =
    "patient,arm,sex,age,ECOG,stage,LDH (U/L),PD-L1,PD-L1 after,best response,start date,progression date,death date,last contact";
  const rows = Array.from({length: n}, (_, index) => {
    const arm = pick("A", "B");
    const ldh = Math.round(120 + 60 * -Math.log(next()));
    const marker = pick("positive", "negative");
    const start = FIRST + Math.floor(next() * 1500) * DAY;
    const hazard = (arm === "A" ? 1.5 : 1) * (ldh > 190 ? 1.6 : 1);
    const progression = start + days(next(), 14 / hazard) * DAY;
    const death = Math.min(
      start + days(next(), 40 / hazard) * DAY,
      progression + days(next(), 16 / hazard) * DAY,
    );
    const contact = Math.min(CUT_OFF, start + days(next(), 60) * DAY);
    const seen = (/** @type {number} */ time) => (time <= contact ? iso(time) : "");
    return [
      `S-${String(index + 1).padStart(3, "0")}`,
      arm,
      pick("female", "male"),
      Math.round(42 + 40 * next()),
      pick("0", "0", "1", "1", "2"),
      pick("II", "III", "III", "IV"),
      ldh,
      marker,
      next() < 0.75 ? marker : pick("positive", "negative"),
      pick("CR", "PR", "PR", "SD", "SD", "PD", "NE"),
      iso(start),
      progression <= death ? seen(progression) : "",
      seen(death),
      iso(Math.min(contact, death)),
    ].join(",");
  });
  return [headings, ...rows].join("\n");
}
