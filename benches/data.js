// @ts-check
// The data of the benchmarks: the same bytes in Node, in Chromium and for R.

/**
 * Random numbers in (0, 1), the same everywhere (Park & Miller 1988).
 * @param {number} seed
 */
export function random(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/**
 * `n` patients in two arms, hardly any two with the same time.
 * @param {number} n
 */
export function patients(n) {
  const next = random(n);
  const [time, event, arm] = [new Float64Array(n), new Uint8Array(n), new Uint8Array(n)];
  for (let i = 0; i < n; i++) {
    arm[i] = next() < 0.5 ? 0 : 1;
    const survival = -Math.log(next()) * (arm[i] === 0 ? 12 : 14);
    const censored = next() * 60;
    event[i] = survival <= censored ? 1 : 0;
    time[i] = Math.round(Math.min(survival, censored) * 1e6) / 1e6;
  }
  return {time, event, arm};
}

/** Covariates of a patient, for the models. */
const COVARIATES = 5;

/**
 * The same with what ended the follow-up (0 censored, 1 or 2) and with covariates, one after the other, of
 * which the first two matter.
 * @param {number} n
 */
export function modelled(n) {
  const {time, event} = patients(n);
  const next = random(n + 2);
  const covariates = Float64Array.from({length: COVARIATES * n}, () => Math.round(next() * 1e4) / 1e4);
  for (let i = 0; i < n; i++) {
    time[i] = Math.round(time[i] * Math.exp(-0.5 * covariates[i] + 0.3 * covariates[n + i]) * 1e6) / 1e6;
  }
  const cause = event.map((died) => (died === 0 ? 0 : next() < 0.7 ? 1 : 2));
  return {time, event, cause, covariates};
}

/**
 * The same as the text of a csv file, for R.
 * @param {number} n
 */
export function modelledCsv(n) {
  const {time, event, cause, covariates} = modelled(n);
  const names = Array.from({length: COVARIATES}, (_, j) => `x${j + 1}`);
  const lines = [["time", "event", "cause", ...names].join(",")];
  for (let i = 0; i < n; i++) {
    lines.push([time[i], event[i], cause[i], ...names.map((_, j) => covariates[j * n + i])].join(","));
  }
  return lines.join("\n");
}

/**
 * The patients as the text of a csv file.
 * @param {number} n
 */
export function cohort(n) {
  const {time, event, arm} = patients(n);
  const lines = ["patient,OS_months,OS_event,arm"];
  for (let i = 0; i < n; i++) lines.push(`${i + 1},${time[i]},${event[i]},${"AB"[arm[i]]}`);
  return lines.join("\n");
}

/**
 * Rows of 20 columns such as a clinic keeps: ids, dates, numbers, categories, free text.
 * @param {number} n
 * @returns {(string | number)[][]}
 */
export function clinic(n) {
  const next = random(n + 1);
  const pick = (/** @type {string[]} */ ...values) => values[Math.floor(next() * values.length)];
  const date = () =>
    new Date(Date.UTC(2018, 0, 1) + Math.floor(next() * 2000) * 864e5).toISOString().slice(0, 10);
  const kinds = [
    () => date(),
    () => Math.round(next() * 1000) / 10,
    () => pick("CR", "PR", "SD", "PD", "NE"),
    () => Math.floor(next() * 100),
    () => pick("seen in clinic, no complaints", "see letter", "", 'said "better"'),
  ];
  const rows = [["patient", ...Array.from({length: 19}, (_, column) => `column ${column + 1}`)]];
  for (let i = 1; i <= n; i++) {
    rows.push(
      [`P${i}`, ...Array.from({length: 19}, (_, column) => kinds[column % kinds.length]())].map(String),
    );
    for (let column = 1; column < 20; column++) {
      if (column % 5 === 2 || column % 5 === 4)
        rows[i][column] = /** @type {any} */ (Number(rows[i][column]));
    }
  }
  return rows;
}

/** @param {(string | number)[][]} rows */
export function csv(rows) {
  const field = (/** @type {string | number} */ value) =>
    /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  return rows.map((row) => row.map(field).join(",")).join("\n");
}
