"""Tails and quantiles of distributions by mpmath, deep tails included.

    python3 distribution.py

Writes ../expected/distribution_mpmath.json. Arguments are the doubles that the tests use; values carry 17 digits of a
computation with 32. The incomplete beta function is summed, and where that needs too many terms the density is
integrated; both are compared with mpmath's own.
"""

import json
import pathlib
import sys

import mpmath
from mpmath import mp, mpf

mp.dps = 32
SMALLEST = mpf("1e-300")
cases = []


def add(kind, arguments, value):
    if value == 0 or abs(value) >= SMALLEST:
        cases.append({"kind": kind, "of": arguments, "value": float(mpmath.nstr(value, 20))})


def incomplete_beta(a, b, x, y):
    """I_x(a, b) with y = 1 - x, from the side below the mean."""
    return 1 - below_the_mean(b, a, y, x) if x * (a + b) > a else below_the_mean(a, b, x, y)


def below_the_mean(a, b, x, y):
    log_beta = mpmath.loggamma(a) + mpmath.loggamma(b) - mpmath.loggamma(a + b)
    height = mpmath.exp(a * mpmath.log(x) + b * mpmath.log(y) - log_beta)
    return height * (series(a, b, x) if terms(a, b, x) < 3000 else integral(a, b, x, y))


def terms(a, b, x):
    """About how many terms the series needs."""
    ratio = (a + b) * x / (a + 1)
    return 100 / (1 - ratio) if ratio < 1 else 100 / (1 - x)


def series(a, b, x):
    """I_x(a, b) over its height at x by DLMF 8.17.8: the sum of (a + b)_n / (a + 1)_n x^n over a."""
    term = total = mpf(1)
    n = 0
    while term > total * mpf(10) ** -28:
        term *= (a + b + n) * x / (a + 1 + n)
        total += term
        n += 1
    return total / a


def integral(a, b, x, y):
    """The same as the integral of the density over the log-odds below those of x."""
    log_density = lambda back: -a * back - (a + b) * mpmath.log1p(x * mpmath.expm1(-back))
    slope, curvature = a - (a + b) * x, mpmath.sqrt((a + b) * x * y)
    scale = 1 / max(slope, curvature)
    pieces = [scale * cut for cut in (0, 1, 2, 4, 7, 11, 16, 24, 40, 64, 100)]
    return mpmath.quad(lambda back: mpmath.exp(log_density(back)), pieces)


def of_ratio(a, b, ratio):
    """I_x(a, b) for x = 1 / (1 + ratio)."""
    x = 1 / (1 + ratio)
    return incomplete_beta(a, b, x, ratio * x)


def t_two_sided(t, df):
    return of_ratio(df / 2, mpf(1) / 2, t * t / df)


def f_upper(f, d1, d2):
    return of_ratio(d2 / 2, d1 / 2, d1 * f / d2)


def root(function, low, high):
    """Of a monotone function, where it changes its sign: bisection, then secants."""
    rising = function(high) > 0
    while high - low > mpf("1e-3"):
        middle = (low + high) / 2
        low, high = (low, middle) if (function(middle) > 0) == rising else (middle, high)
    return mpmath.findroot(function, (low, high), solver="secant", tol=mpf("1e-52"))


# --- normal -------------------------------------------------------------------------------------------------------
for z in [-37, -9, -5, -2, -1, -0.25, -0.001, 0, 1e-9, 0.001, 0.1, 0.5, 1, 1.5, 1.96, 2.25, 2.576, 3, 3.3, 4.7, 5, 6.1]:
    add("normal_upper", [z], mpmath.ncdf(-mpf(z)))
for k in range(28, 149):
    z = k / 4 + 0.1
    add("normal_upper", [z], mpmath.erfc(mpf(z) / mpmath.sqrt(2)) / 2)
quantiles = [float(f"{digit}e-{power}") for power in [*range(1, 23), *range(25, 300, 25)] for digit in (1, 2.5, 5)]
quantiles += [0.3, 0.4, 0.45, 0.49, 0.499, 0.4999, 0.499999, 0.4999999999, 0.5, 0.5000001, 0.51, 0.6, 0.7, 0.75, 0.9, 0.95]
quantiles += [0.975, 0.99, 0.999, 0.999999, 0.999999999]
for p in quantiles:
    exact = mpf(p)
    value = mpmath.sqrt(2) * mpmath.erfinv(1 - 2 * exact) if p > 1e-12 else None
    if value is None:
        start = float(mpmath.sqrt(-2 * mpmath.log(exact)))
        value = mpmath.findroot(lambda z: mpmath.log(mpmath.erfc(z / mpmath.sqrt(2)) / 2) - mpmath.log(exact), start)
    add("normal_upper_quantile", [p], value)

# --- chi-square ---------------------------------------------------------------------------------------------------
points = [1e-9, 1e-4, 0.01, 0.3, 1, 2, 3.841, 5, 8, 12.5, 20, 33, 50, 75, 101.5, 150, 222, 350, 500, 720, 1000, 1250, 1401.25]
for df in range(1, 51):
    for x in points + [1370.5, 1500, 1601.75]:
        add("chi_square_upper", [x, df], mpmath.gammainc(mpf(df) / 2, mpf(x) / 2, mpmath.inf, regularized=True))

# --- Student's t --------------------------------------------------------------------------------------------------
freedoms = [0.5, 0.75, 1, 1.5, 2, 2.25, 3, 4.2, 5, 7.9, 10.7, 15, 22.5, 30, 57.3, 100, 250.5, 1000, 12345.6, 1e5, 1e6]
for df in freedoms:
    for t in [1e-8, 1e-3, 0.1, 0.5, 1, 1.5, 1.96, 2.5, 3.3, 4, 6, 8.1, 10, 14, 20, 27.5, 36.9, 60, 100, 1e3, 1e5, 1e10, 1e20]:
        add("t_two_sided", [t, df], t_two_sided(mpf(t), mpf(df)))
    for level in [0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 0.999999] if df in freedoms[::2] else []:
        alpha = 1 - mpf(level)
        log_t = root(lambda u: t_two_sided(mpmath.exp(u), mpf(df)) - alpha, mpf(-6), mpf(40) if df < 1 else mpf(20))
        add("t_critical", [level, df], mpmath.exp(log_t))

# --- F ------------------------------------------------------------------------------------------------------------
for d1 in [1, 2, 3, 5.5, 10, 49, 200]:
    for d2 in [0.9, 1, 2, 4.4, 10, 57, 300.5, 1e4, 1e6]:
        for f in [1e-6, 0.01, 0.3, 0.9, 1, 1.1, 2, 4, 10, 50, 400, 1e4, 1e7]:
            add("f_upper", [f, d1, d2], f_upper(mpf(f), mpf(d1), mpf(d2)))

# --- beta and binomial --------------------------------------------------------------------------------------------
for a in [0.5, 1, 4, 13.5, 100, 2500, 40000.5]:
    for b in [0.5, 1, 2, 87.5, 1000, 25000]:
        for p in [1e-6, 0.005, 0.025, 0.5, 0.975]:
            # The root on the scale of log-odds, where both ends are far.
            def above(u, a=mpf(a), b=mpf(b), p=mpf(p)):
                x = 1 / (1 + mpmath.exp(-u))
                return incomplete_beta(a, b, x, mpmath.exp(-u) * x) - p
            u = root(above, mpf(-40), mpf(40))
            add("beta_quantile", [p, a, b], 1 / (1 + mpmath.exp(-u)))
for n in [1, 2, 5, 14, 50, 200, 1000, 20000, 100000]:
    for count in sorted({1, 2, n // 100, n // 10, n // 3, n // 2, n // 2 + 1, 2 * n // 3, n - 1, n} - {0}):
        if count > n:
            continue
        for p in [1e-6, 0.001, 0.03, 0.125, 0.3, 0.5, 0.7, 0.96, 0.9999]:
            add("binomial_upper", [count, n, p], incomplete_beta(mpf(count), mpf(n - count + 1), mpf(p), 1 - mpf(p)))
for n in [2, 5, 14, 60, 170, 171, 500, 12345, 1000000, 1000000000]:
    for k in sorted({1, 2, 7, n // 10, n // 3, n // 2, n - 3, n - 1} - {0}):
        if 0 < k < n:
            value = mpmath.loggamma(n + 1) - mpmath.loggamma(k + 1) - mpmath.loggamma(n - k + 1)
            add("ln_choose", [n, k], value)

# Both ways against mpmath's own hypergeometric function, where that is quick.
for a, b, x in [(2.5, 0.5, 0.3), (30, 12.25, 0.6), (0.25, 0.5, 0.3), (500, 0.5, 0.99), (3, 800, 0.001), (80, 90, 0.02)]:
    a, b, x = mpf(a), mpf(b), mpf(x)
    theirs = mpmath.betainc(a, b, 0, x, regularized=True) * a * mpmath.beta(a, b) / (a * x**a * (1 - x) ** b)
    for ours in [series(a, b, x)] + ([integral(a, b, x, 1 - x)] if a > 20 else []):
        assert abs(ours / theirs - 1) < mpf("1e-25"), (a, b, x, ours, theirs)

text = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
made_with = f"mpmath {mpmath.__version__}, Python {sys.version.split()[0]}"
path = pathlib.Path(__file__).parent.parent / "expected" / "distribution_mpmath.json"
path.write_text(f'{{"made_with":{json.dumps(made_with)},"cases":[\n{text}\n]}}\n')
print(len(cases), "cases with", made_with)
