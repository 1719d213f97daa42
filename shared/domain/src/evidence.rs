//! How strongly counts speak against two texts' being equally good.

/// κ: how far from equal the difference is looked for. 40 is tuned to shares that differ by a seventh or so (a text that
/// leads a third more people there), and loses little for others.
const KAPPA: f64 = 40.0;

/// ln M of two texts, each as messages and successes. It never overflows, and is 0 where nothing was sent.
///
/// With `x = s₂ + κπ`, `y = s₁ + κ(1-π)`, `n = x + y`, the Beta functions are written by Stirling's formula, and what is
/// large in them cancels against the likelihood:
///
/// ```text
/// ln M = x ln(x/nπ) + y ln(y/n(1-π)) + ½ ln(n/xy) - ½ ln(κ/ab) + c(x) + c(y) - c(n) - c(a) - c(b) + c(κ)
/// ```
///
/// where `a = κπ`, `b = κ(1-π)`, and `c` is what Stirling's formula lacks.
pub(crate) fn evidence((sent_1, successes_1): (u64, u64), (sent_2, successes_2): (u64, u64)) -> f64 {
    if sent_1 == 0 || sent_2 == 0 {
        return 0.0;
    }
    // A message cannot succeed twice, whatever was counted twice.
    let (s_1, s_2) = (successes_1.min(sent_1) as f64, successes_2.min(sent_2) as f64);
    let all = sent_1 as f64 + sent_2 as f64;
    let (share_1, share_2) = (sent_1 as f64 / all, sent_2 as f64 / all);
    let (a, b) = (KAPPA * share_2, KAPPA * share_1);
    let (x, y) = (s_2 + a, s_1 + b);
    let n = x + y;
    let likelihood = excess(x, n * share_2) + excess(y, n * share_1);
    let spread = 0.5 * ((n / x / y).ln() - (KAPPA / a / b).ln());
    likelihood + spread + lack(x) + lack(y) - lack(n) - lack(a) - lack(b) + lack(KAPPA)
}

/// `seen · ln(seen / expected)`, exact where the two are close.
fn excess(seen: f64, expected: f64) -> f64 {
    seen * ((seen - expected) / expected).ln_1p()
}

/// ln Γ(x) less `(x - ½) ln x - x + ½ ln 2π`.
fn lack(x: f64) -> f64 {
    // The series is good from here on (to 1e-10); below, ln Γ(x) = ln Γ(x + 1) - ln x.
    if x < 8.0 {
        let step = (x + 0.5) * (1.0 / x).ln_1p() - 1.0;
        return lack(x + 1.0) + step;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0)))
}
