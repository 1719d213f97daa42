//! Noise that cannot be told from chance without the key, and that is the same for the same question.
//!
//! Bits are HMAC-SHA256 of a counter under a secret key and a label, which names the question and what it is answered from. A
//! repeated run so repeats its answer, and another answer cannot be had by asking again. From the bits, discrete Laplace noise is
//! drawn with integers alone (Canonne, Kamath, Steinke 2020, algorithms 1 and 2): its distribution is exact, so there are no
//! gaps between floating-point numbers that tell where the true value lay (Mironov 2012).

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Thousandths of epsilon in one.
const MILLI: u64 = 1_000;

/// The secret that noise is derived from: 32 random bytes, kept as other secrets are. Who has it can take the noise away. A new
/// key gives new noise, so it is changed between periods alone.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl std::fmt::Debug for Key {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Key(secret)")
    }
}

impl Key {
    /// From 32 random bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A digest of parts that tells nothing of them without the key, in hexadecimal. Few counts have few possible values: a plain
    /// hash of them could be found by trying.
    pub(crate) fn digest(&self, parts: &[&[u8]]) -> String {
        self.mac(b"digest", parts).iter().fold(String::with_capacity(64), |mut text, byte| {
            for half in [byte >> 4, byte & 15] {
                text.extend(char::from_digit(u32::from(half), 16));
            }
            text
        })
    }

    /// The bits of a question.
    pub(crate) fn bits(&self, label: &[&[u8]]) -> Bits {
        Bits { keyed: hmac(&self.mac(b"noise", label)), counter: 0, block: [0; 32], used: 32 }
    }

    /// Each part goes in with its length, so that no two lists of parts are the same bytes.
    fn mac(&self, purpose: &[u8], parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = hmac(&self.0);
        for part in std::iter::once(&purpose).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

fn hmac(key: &[u8; 32]) -> Hmac<Sha256> {
    // A key of 32 bytes fits in the 64 of a block.
    let mut block = hmac::digest::array::Array::default();
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    <Hmac<Sha256> as KeyInit>::new(&block)
}

/// A stream of bits, as many as are asked for.
pub(crate) struct Bits {
    keyed: Hmac<Sha256>,
    counter: u64,
    block: [u8; 32],
    used: usize,
}

impl Bits {
    fn next(&mut self) -> u64 {
        if self.used >= 32 {
            let mut mac = self.keyed.clone();
            mac.update(&self.counter.to_be_bytes());
            self.block = mac.finalize().into_bytes().into();
            self.counter += 1;
            self.used = 0;
        }
        let word = self.block.iter().skip(self.used).take(8).fold(0_u64, |word, byte| (word << 8) | u64::from(*byte));
        self.used += 8;
        word
    }

    /// Evenly from 0 up to below `end`, which is at least 1.
    fn below(&mut self, end: u64) -> u64 {
        let mask = u64::MAX.checked_shr(end.saturating_sub(1).leading_zeros()).unwrap_or(0);
        loop {
            let drawn = self.next() & mask;
            if drawn < end.max(1) {
                return drawn;
            }
        }
    }

    /// True with chance exp(-part / whole), for part up to whole.
    fn exp_minus(&mut self, part: u64, whole: u64) -> bool {
        let mut factor = 1;
        while self.below(whole.saturating_mul(factor)) < part {
            factor += 1;
        }
        factor % 2 == 1
    }

    /// Discrete Laplace noise: an integer x with a chance that is in proportion to exp(-epsilon × |x|).
    pub(crate) fn laplace(&mut self, epsilon_milli: u32) -> i64 {
        let (scale, step) = (MILLI, u64::from(epsilon_milli.max(1)));
        loop {
            let rest = self.below(scale);
            if !self.exp_minus(rest, scale) {
                continue;
            }
            let mut whole = 0_u64;
            while self.exp_minus(1, 1) {
                whole += 1;
            }
            let size = i64::try_from((rest + scale * whole) / step).unwrap_or(i64::MAX);
            let negative = self.below(2) == 1;
            if !(negative && size == 0) {
                return if negative { -size } else { size };
            }
        }
    }
}

#[cfg(test)]
mod tests;
