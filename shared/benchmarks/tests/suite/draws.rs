//! Generated values, from a seed.

use benchmarks::Metric;

/// SplitMix64: enough for samples, and the same everywhere.
pub(crate) struct Draws(pub(crate) u64);

impl Draws {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to below 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// About normal, with mean 0 and deviation 1: the sum of twelve.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    pub(crate) fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_be_bytes());
        }
        bytes
    }
}

/// How values are spread.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    Uniform,
    /// A few are far above the rest.
    LongTail,
    /// Good ones and poor ones, and few between.
    TwoHumps,
    /// Nearly all are the same.
    Spike,
    /// As businesses are: see [`usual`].
    Usual,
}

impl Shape {
    pub(crate) const ALL: [Self; 5] = [Self::Uniform, Self::LongTail, Self::TwoHumps, Self::Spike, Self::Usual];

    /// A value of a metric; some lie outside its bounds.
    pub(crate) fn draw(self, metric: Metric, draws: &mut Draws) -> i64 {
        let (low, high) = metric.bounds();
        let share = match self {
            Self::Uniform => draws.unit(),
            Self::LongTail => (draws.normal() * 0.9 - 3.0).exp(),
            Self::TwoHumps if draws.unit() < 0.4 => 0.2 + 0.05 * draws.normal(),
            Self::TwoHumps => 0.7 + 0.08 * draws.normal(),
            Self::Spike if draws.unit() < 0.9 => 0.5,
            Self::Spike => draws.unit(),
            Self::Usual => return usual(metric, draws),
        };
        low + (share * (high - low) as f64) as i64
    }
}

/// A value as businesses of a trade may have it: our assumption.
pub(crate) fn usual(metric: Metric, draws: &mut Draws) -> i64 {
    let normal = draws.normal();
    let value = match metric {
        Metric::QuoteConversion => 3_400.0 + 1_100.0 * normal,
        Metric::ResponseTime => (5.5 + 1.6 * normal).exp(),
        Metric::NoShowRate => (6.3 + 0.6 * normal).exp(),
        Metric::ReviewScore => 458.0 + 22.0 * normal,
        Metric::Retention => 5_500.0 + 1_200.0 * normal,
        Metric::RevenuePerTechnician => (13.9 + 0.4 * normal).exp(),
    };
    value as i64
}

/// The smallest value that at least `percent` of all are not above.
pub(crate) fn exact(values: &mut [i64], percent: usize) -> Option<i64> {
    values.sort_unstable();
    values.get((values.len() * percent).div_ceil(100).checked_sub(1)?).copied()
}
