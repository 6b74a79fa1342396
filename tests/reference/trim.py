"""Carries the figures that the tests compare out of the full reference figures.

    python3 trim.py FOLDER

FOLDER holds data/*.csv, ref/*.json and manifest.json, made with R as each file's `made_with` says.
Writes data/*.csv, data/roles.json and expected/{survfit,survfit_more,start_time,reverse_prodlim,logrank,log_rank_weighted,log_rank_permuted,coxph,
cox_zph,cox_curves,cox_residuals,firth,binom_ci,two_proportions,competing,rmst,table1,groups}.json beside this script. Cases of
methods that are not here yet are left out; numbers are cut to 15 significant digits, which is far finer than any tolerance.
"""

import json
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).parent
SOURCE = pathlib.Path(sys.argv[1])


def short(value):
    if isinstance(value, float):
        return float(f"{value:.15g}") if value != int(value) or abs(value) > 1e15 else int(value)
    if isinstance(value, list):
        return [short(item) for item in value]
    if isinstance(value, dict):
        # Times keep every digit: near ties differ in the last one.
        return {key: item if key == "time" else short(item) for key, item in value.items()}
    return value


def only(mapping, keys):
    return {key: mapping[key] for key in keys if key in mapping}


def write(name, made_with, cases):
    text = ",\n".join(json.dumps(short(case), separators=(",", ":"), ensure_ascii=False) for case in cases)
    path = HERE / "expected" / f"{name}.json"
    path.write_text(f'{{"made_with":{json.dumps(made_with)},"cases":[\n{text}\n]}}\n')
    print(f"{name}: {len(cases)} cases, {path.stat().st_size:,} bytes")


def made_with(generator, packages):
    return ", ".join([generator["R"].split(" Patched")[0]] + [f"{p} {generator['packages'][p]}" for p in packages])


def cases_of(prefix):
    for path in sorted((SOURCE / "ref").glob(f"{prefix}__*.json")):
        data = path.stem.split("__")[1]
        file = json.loads(path.read_text())
        for case in file["cases"]:
            yield data, case, case["id"].split("|"), file["generator"]


CURVE = ["n", "time", "n_risk", "n_event", "n_censor", "surv", "se_surv"]


def survfit():
    for data, case, parts, generator in cases_of("survfit"):
        kind = "|".join(parts[3:]) if len(parts) > 3 else parts[-1]
        if kind not in ("model", "reverseKM", "timefix=FALSE") or case.get("error"):
            continue
        result = case["result"]
        curves = {stratum: only(curve, CURVE) for stratum, curve in result["curves"].items()}
        steps = sum(len(curve["time"]) for curve in curves.values())
        # Every transform at 95 %; the other levels where the curves are short.
        levels = ("0.95",) if steps > 60 and LONGEST_BAND is not None else ("0.90", "0.95", "0.99")
        wanted = [key for key in result.get("ci", {}) if key.split("@")[1] in levels]
        kept = {"id": case["id"], "call": case["call"], "data": data, "formula": parts[1], "kind": kind}
        kept["weighted"] = parts[2] == "w"
        kept["strata"] = result.get("strata", list(curves))
        kept["curves"] = curves
        kept["ci"] = only(result.get("ci", {}), wanted)
        kept["quantiles"] = result.get("quantiles", {})
        if "quantiles95" in result:
            kept["quantiles95"] = result["quantiles95"]
        if "table" in result:
            kept["table"] = result["table"]
        if "landmark" in result:
            landmark = result["landmark"]
            kept["landmark"] = {
                stratum: only(values, ["time", "n_risk", "surv", "se_surv"])
                for stratum, values in landmark["strata"].items()
            }
            kept["landmark_ci"] = {k: v for k, v in landmark["ci"].items() if k.endswith("0.95")}
        yield kept, made_with(generator, ["survival"])


def survfit_more():
    """What survfit says of the same curves besides: means, counts between landmarks, limits at them of other levels."""
    for data, case, parts, generator in cases_of("survfit"):
        if parts[3:] != ["model"]:
            continue
        result = case["result"]
        kept = {"id": case["id"], "data": data, "formula": parts[1], "kind": "model", "weighted": parts[2] == "w"}
        kept.update({"strata": result["strata"], "rmean": result["rmean"]})
        landmark = result["landmark"]
        kept["landmark"] = {k: only(v, ["time", "n_event", "n_censor"]) for k, v in landmark["strata"].items()}
        kept["landmark_ci"] = {k: v for k, v in landmark["ci"].items() if not k.endswith("0.95")}
        yield kept, made_with(generator, ["survival"])


def start_time():
    for data, case, parts, generator in cases_of("survfit"):
        if parts[-1] == "start.time":
            kept = {"id": case["id"], "data": data, "formula": parts[1], "start": case["options"]["start_time"]}
            yield {**kept, "result": case["result"]}, made_with(generator, ["survival"])


def reverse_prodlim():
    for data, case, parts, generator in cases_of("survfit"):
        if parts[-1] == "reverseKM_prodlim" and not case.get("error"):
            kept = {"id": case["id"], "call": case["call"], "data": data, "formula": parts[1]}
            kept.update({"kind": "reverseKM_prodlim", "weighted": False})
            # survfit holds all of our curves; the short ones show how prodlim differs.
            if len(case["result"]["time"]) <= 150 or LONGEST_BAND is None:
                yield {**kept, "result": case["result"]}, made_with(generator, ["prodlim"])


def logrank():
    for data, case, parts, generator in cases_of("logrank"):
        kind = "|".join(parts[3:]) if len(parts) > 3 else parts[-1]
        if kind not in ("survdiff|0", "pairwise", "permutation_exact") and parts[-1] != "timefix=FALSE":
            continue
        kept = {"id": case["id"], "call": case["call"], "data": data, "group": parts[1], "kind": kind}
        kept["options"] = case.get("options")
        kept["error"] = case.get("error")
        result = case.get("result") or {}
        if kind == "permutation_exact":
            result = {"n_permutations": result["n_permutations"], "logrank": result["logrank"]}
        if kind == "pairwise":
            result = only(result, ["pairs", "p_raw", "holm"])
        kept["result"] = result
        yield kept, made_with(generator, ["survival"])


def weighted():
    for data, case, parts, generator in cases_of("logrank"):
        kind = parts[3] if len(parts) > 3 else parts[-1]
        if kind not in ("survdiff", "weighted", "peto_onestep_HR", "pairwise") or case.get("error"):
            continue
        options = only(case["options"], ["rho", "strata"])
        kept = {"id": case["id"], "call": case["call"], "data": data, "group": parts[1], "kind": kind}
        yield kept | {"options": options, "result": case["result"]}, made_with(generator, ["survival"])


PERMUTED = ["ties_method", "type", "distribution", "statistic", "p", "midp", "p_less", "p_greater"]
PERMUTED += ["linear_statistic", "expectation", "covariance"]


def permuted():
    for data, case, parts, generator in cases_of("logrank"):
        kind = parts[3] if len(parts) > 3 else parts[-1]
        if kind not in ("coin", "coin_approximate", "permutation_exact"):
            continue
        result = case["result"]
        if kind == "coin":
            result = [only(test, PERMUTED) for test in result["tests"]]
        kept = {"id": case["id"], "call": case["call"], "data": data, "group": parts[1], "kind": kind}
        kept["strata"] = case["options"].get("strata")
        yield kept | {"result": result}, made_with(generator, ["coin"])


COX = ["n", "nevent", "coef", "se", "naive_se", "robust", "hr", "z", "p", "ci", "means", "loglik_null", "loglik"]
COX += ["lr_test", "wald_test", "score_test", "robust_score_test", "concordance", "aic", "bic", "profile_ci"]
COX += ["robust_refit", "var"]


def cox_cases():
    """The cases of coxph: what they are, their figures, and the versions."""
    for data, case, parts, generator in cases_of("coxph"):
        if len(parts) < 4 or case.get("error"):
            continue
        kept = {"id": case["id"], "data": data, "formula": parts[1], "ties": parts[2], "weighted": parts[3] == "w"}
        yield kept, case, case["result"], made_with(generator, ["survival"])


def coxph():
    for kept, case, result, versions in cox_cases():
        kept["diverges"] = case.get("diverges", False)
        kept["result"] = only(result, COX)
        if "profile_ci" in result:
            kept["result"]["profile_ci"] = only(result["profile_ci"], ["lower_log", "upper_log"])
        yield kept, versions


def cox_zph():
    for kept, case, result, versions in cox_cases():
        if case.get("diverges") or result["nevent"] == 0:
            continue
        tests = result["cox_zph"]
        by_term = [t["chisq"] for t in tests if t["terms"]]
        by_column = [t["chisq"] for t in tests if not t["terms"]]
        kept["tests"] = [
            only(t, ["transform", "terms", "chisq", "df", "p"])
            for t in tests
            # Without terms of several columns they are the same.
            if t["terms"] or by_term != by_column
        ]
        yield kept, versions


def rows_of(length, longest):
    """Some rows of many, the first and the last among them."""
    if LONGEST_BAND is None or length <= longest:
        return list(range(length))
    return sorted({round(k * (length - 1) / (longest - 1)) for k in range(longest)})


def cox_curves():
    for kept, case, result, versions in cox_cases():
        if case.get("diverges") or result["nevent"] == 0:
            continue
        hazard = result.get("basehaz") or result.get("basehaz_sample")
        if hazard:
            rows = rows_of(len(hazard["time"]), 12)
            keys = [key for key in ("time", "hazard_uncentered", "hazard_centered", "strata") if hazard.get(key)]
            kept["basehaz"] = {key: [hazard[key][row] for row in rows] for key in keys}
        kept.update(only(result, ["means", "survfit_at_means", "survfit_newdata"]))
        if any(key in kept for key in ("basehaz", "survfit_newdata")):
            yield kept, versions


def cox_residuals():
    for kept, case, result, versions in cox_cases():
        if case.get("diverges") or "residuals" not in result or result["nevent"] == 0:
            continue
        kept["residuals"] = {}
        for name, values in result["residuals"].items():
            if not isinstance(values, list):
                continue
            rows = rows_of(len(values), 5)
            columns = values if values and isinstance(values[0], list) else [[value] for value in values]
            squares = [
                sum(row[j] ** 2 for row in columns) if all(row[j] is not None for row in columns) else None
                for j in range(len(columns[0]))
            ]
            kept["residuals"][name] = {
                "n": len(values),
                "rows": rows,
                "values": [columns[row] for row in rows],
                "squares": squares,
            }
        yield kept, versions


def firth():
    for data, case, parts, generator in cases_of("firth"):
        kept = {"id": case["id"], "data": data, "formula": parts[1], "ties": parts[3], "result": case["result"]}
        yield kept, f"coxphf 1.13.4; a direct Newton in Python {generator['python']}, numpy {generator['numpy']}"
    for data, case, parts, generator in cases_of("coxph"):
        if parts[-1] in ("firth", "coxphf-nofirth") and case.get("result"):
            kept = {"id": case["id"], "data": data, "formula": parts[1], "ties": "breslow", "result": case["result"]}
            kept["warnings"] = case["warnings"]
            yield kept, made_with(generator, ["coxphf"])


def family(name, make):
    rows = list(make())
    write(name, rows[0][1], [case for case, _ in rows])


def binom_ci():
    file = json.loads((SOURCE / "ref/binom_ci.json").read_text())
    keys = ["x", "n", "level", "estimate", "clopper_pearson", "wilson", "agresti_coull_truncated"]
    keys += ["jeffreys_bcd", "midp", "one_sided_cp"]
    write("binom_ci", made_with(file["generator"], ["binom", "exactci"]), [only(c, keys) for c in file["cases"]])


def two_proportions():
    file = json.loads((SOURCE / "ref/two_proportions.json").read_text())
    cases = []
    for case in file["cases"]:
        kept = only(case, ["id", "x1", "n1", "x2", "n2"])
        kept["fisher_p"] = case["fisher_two.sided"]["p"]
        kept["newcombe"] = [only(ci, ["level", "diff", "newcombe"]) for ci in case["ci"]]
        cases.append(kept)
    write("two_proportions", made_with(file["generator"], ["PropCIs"]), cases)


# With "all" after FOLDER the long curves are carried in full: not to be committed.
LONGEST_BAND = None if "all" in sys.argv else 40


def thinned(curve):
    """Every so many rows of a long curve, for the transforms of its band that are not the first one."""
    rows = len(curve["lower"])
    every = 1 if LONGEST_BAND is None else max(1, rows // LONGEST_BAND)
    kept = list(range(0, rows, every))
    return {"rows": kept, **{key: [curve[key][i] for i in kept] for key in ("lower", "upper")}}


INCIDENCE = ["n", "time", "n_risk", "n_event", "n_censor", "pstate", "std_err", "cumhaz"]
LANDMARK = ["times", "pstate", "se", "cumhaz"]


def competing():
    for data, case, parts, generator in cases_of("competing"):
        if case.get("error"):
            continue
        kind = parts[2]
        kept = {"id": case["id"], "call": case["call"], "data": data, "formula": parts[1], "kind": kind}
        kept["options"] = case.get("options")
        kept["warnings"] = case.get("warnings") or []
        result = dict(case["result"]) if isinstance(case["result"], dict) else {}
        if kind == "AJ":
            full = parts[3:] == ["log", "0.95"]
            curves = {}
            for stratum, curve in result.pop("curves").items():
                curves[stratum] = only(curve, INCIDENCE) if full else {}
                if "lower" in curve:
                    curves[stratum]["band"] = thinned(curve)
                curves[stratum]["landmark"] = only(curve["landmark"], LANDMARK if full else ["times"])
                curves[stratum]["landmark"].update(only(curve["landmark"], ["lower", "upper"]))
            result["curves"] = curves
        if kind == "cuminc" and "curves" in result:
            # Each step is there twice, for drawing.
            half = lambda curve: {key: values[2:-1:2] for key, values in curve.items()}
            result["curves"] = {name: half(curve) for name, curve in result["curves"].items()}
        kept["result"] = result
        yield kept, made_with(generator, ["survival", "cmprsk", "prodlim"]) + ", etm"


def rmst():
    for data, case, parts, generator in cases_of("rmst"):
        kept = {"id": case["id"], "call": case["call"], "data": data, "group": parts[1]}
        kept.update({"options": case["options"], "error": case.get("error"), "result": case.get("result")})
        if kept["result"] and parts[-1] != "adjusted":
            kept["result"] = only(kept["result"], ["tau", "arm0", "arm1", "diff", "ratio", "rmtl_ratio"])
        yield kept, made_with(generator, ["survRM2"])


TABLE1 = ["id", "variable", "group", "levels", "values", "overall", "groups", "t_student", "t_welch", "wilcoxon"]
TABLE1 += ["smd_pooled_var", "anova", "welch_anova", "kruskal", "jonckheere"]


def table1():
    for path in [*sorted((SOURCE / "ref").glob("table1__*.json")), SOURCE / "ref/table1_vectors.json"]:
        file = json.loads(path.read_text())
        for case in file["cases"]:
            if case.get("kind") == "continuous":
                data = path.stem.split("__")[1] if "__" in path.stem else None
                yield {"data": data, **only(case, TABLE1)}, made_with(file["generator"], ["coin", "clinfun"])


def groups():
    """Two proportions, contingency tables and binomial tests, whole; categorical rows of Table 1."""
    for name in ("two_proportions", "two_proportions_py", "contingency", "binom_test"):
        file = json.loads((SOURCE / f"ref/{name}.json").read_text())
        for case in file["cases"]:
            yield {"family": name, **case}, file["generator"]
    for path in [*sorted((SOURCE / "ref").glob("table1__*.json")), SOURCE / "ref/table1_vectors.json"]:
        file = json.loads(path.read_text())
        for case in file["cases"]:
            if case["kind"] == "categorical":
                yield {"family": "table1", **case}, file["generator"]


def write_groups():
    rows = list(groups())
    python = next(generator for _, generator in rows if "python" in generator)
    versions = made_with(rows[0][1], ["exact2x2", "PropCIs", "coin"])
    versions += f", statsmodels {python['statsmodels']}, scipy {python['scipy']}"
    write("groups", versions, [case for case, _ in rows])


def kind_of(family, case, parts):
    """What kind of case it is, where a family has several."""
    if family in ("contingency", "table1"):
        return [case["kind"]]
    if family == "competing":
        return [parts[2]]
    if family == "logrank":
        return [parts[3] if len(parts) > 3 else parts[-1]]
    if family == "survfit":
        return [next((part for part in parts[3:][::-1]), parts[-1]).split(",")[0]]
    if family == "coxph":
        return [parts[-1] if len(parts) < 4 else "diverges" if case.get("diverges") else "fit"]
    if family == "rmst":
        return ["adjusted" if parts[-1] == "adjusted" else "two arms"]
    return []


NAMED = {"curves", "groups", "quartiles", "quantiles", "quantiles95", "strata", "values"}


def leaves(value, path, found):
    """Counts the numbers of a result by the names above them; names of groups, weights and levels are "*"."""
    if isinstance(value, dict):
        for key, item in value.items():
            above = path[-1] if path else None
            named = above in NAMED or "@" in key or "=" in key or key in ("all", "logrank") or "fh(" in key
            named = named or key in ("gehan_breslow", "tarone_ware", "peto_peto", "modified_peto")
            named = named or (above == "*" and path[-2:-1] == ["groups"] and isinstance(item, dict) and key[:5] == "cause")
            leaves(item, path + ["*" if named else key], found)
    elif isinstance(value, list):
        for item in value:
            leaves(item, path, found)
    elif not isinstance(value, bool) and (not isinstance(value, str) or value in ("Inf", "-Inf")):
        found["/".join(path)] = found.get("/".join(path), 0) + 1


def ledger():
    """How many figures there are of each kind, compared or not."""
    found = {}
    for path in sorted((SOURCE / "ref").glob("*.json")):
        family = path.stem.split("__")[0].removesuffix("_vectors")
        for case in json.loads(path.read_text())["cases"]:
            where = [family, *kind_of(family, case, case.get("id", "").split("|"))]
            about = ("id", "kind", "call", "options", "error", "warnings", "diverges")
            result = case["result"] if "result" in case else {k: v for k, v in case.items() if k not in about}
            if result:
                leaves(result, where, found)
    lines = ",\n".join(f"{json.dumps(key)}:{count}" for key, count in found.items())
    (HERE / "expected" / "ledger.json").write_text("{\n" + lines + "\n}\n")
    print(f"ledger: {len(found)} kinds of figures, {sum(found.values()):,} figures")


for csv in sorted((SOURCE / "data").glob("*.csv")):
    shutil.copyfile(csv, HERE / "data" / csv.name)
datasets = json.loads((SOURCE / "manifest.json").read_text())["datasets"]
roles = {d["name"]: {"source": d["source"], "description": d["desc"], **only(d, ["roles", "factors"])} for d in datasets}
(HERE / "data" / "roles.json").write_text(json.dumps(roles, indent=1) + "\n")
family("survfit", survfit)
family("survfit_more", survfit_more)
family("start_time", start_time)
family("reverse_prodlim", reverse_prodlim)
family("logrank", logrank)
family("log_rank_weighted", weighted)
family("log_rank_permuted", permuted)
family("coxph", coxph)
family("cox_zph", cox_zph)
family("cox_curves", cox_curves)
family("cox_residuals", cox_residuals)
family("firth", firth)
binom_ci()
two_proportions()
family("competing", competing)
family("rmst", rmst)
family("table1", table1)
write_groups()
ledger()
