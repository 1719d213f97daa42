//! What proving who one is costs in pure computing: an access token signed and checked, a password hashed and checked.
//!
//! Ours is measured in this very process, by calling `auth`; Python does the same work with PyJWT over `cryptography` and
//! with argon2-cffi (`tests/bench/peers/python/access.py`): the same claims, curve, checks and parameters.

use anyhow::{Context, Result, ensure};
use auth::access_tokens::{Claims, sign, verify};
use auth::passwords;
use auth::signing::{Jwks, KeyPair, PublicKeys};
use domain::TenantId;
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::stats::{Spread, millis};
use crate::{WARM_EVENTS, WARM_UP};
use crate::{onboard, peers};

pub(crate) const ISSUER: &str = "https://example.com";
/// Hashes that count: each takes milliseconds.
const PASSWORDS: usize = 50;

/// What each repetition took, in milliseconds.
#[derive(Debug, Deserialize)]
struct Samples {
    sign: Vec<f64>,
    verify: Vec<f64>,
    hash: Vec<f64>,
    check: Vec<f64>,
}

/// What was measured of one.
#[derive(Debug, Serialize)]
pub(crate) struct Figures {
    /// An access token made.
    pub(crate) sign: Spread,
    /// An access token checked.
    pub(crate) verify: Spread,
    /// A password hashed, as when it is set.
    pub(crate) hash: Spread,
    /// A password checked, as at a sign-in.
    pub(crate) check: Spread,
}

impl Samples {
    fn figures(&self) -> Figures {
        Figures {
            sign: Spread::of(&self.sign),
            verify: Spread::of(&self.verify),
            hash: Spread::of(&self.hash),
            check: Spread::of(&self.check),
        }
    }
}

/// Ours.
pub(crate) fn ours() -> Result<Figures> {
    let now = Timestamp::now();
    let session = onboard::session(TenantId::new("bench")?, now);
    let claims = Claims::of(&session, ISSUER, now)?;
    let pair = KeyPair::generate("bench", now)?;
    let keys = PublicKeys::new(&Jwks { keys: vec![pair.public().jwk.clone()] })?;
    let token = sign(&pair, &claims)?;
    let password = SecretString::from("glacier-pocket-violin");
    let kept = passwords::hash(&password)?;
    let samples = Samples {
        sign: timed(WARM_UP, WARM_EVENTS, || Ok(sign(&pair, &claims)?))?,
        verify: timed(WARM_UP, WARM_EVENTS, || Ok(verify(token.expose_secret(), &keys, ISSUER, now)?))?,
        hash: timed(1, PASSWORDS, || Ok(passwords::hash(&password)?))?,
        check: timed(1, PASSWORDS, || {
            ensure!(passwords::verify(&password, &kept), "the password is not its own");
            Ok(())
        })?,
    };
    Ok(samples.figures())
}

fn timed<T>(warm_up: usize, repetitions: usize, mut work: impl FnMut() -> Result<T>) -> Result<Vec<f64>> {
    for _ in 0..warm_up {
        black_box(work()?);
    }
    let mut took = Vec::with_capacity(repetitions);
    for _ in 0..repetitions {
        let began = Instant::now();
        black_box(work()?);
        took.push(millis(began.elapsed()));
    }
    Ok(took)
}

/// Python's.
pub(crate) fn python(root: &Path) -> Result<Figures> {
    let peer = peers::python(root)?;
    let mut command = Command::new(&peer.program);
    command.current_dir(&peer.dir).arg("access.py").args([WARM_EVENTS.to_string(), PASSWORDS.to_string()]);
    let output = command.output().with_context(|| format!("cannot start {}", peer.program.display()))?;
    ensure!(output.status.success(), "access.py: {}", String::from_utf8_lossy(&output.stderr));
    let samples: Samples = serde_json::from_slice(&output.stdout).context("access.py printed no samples")?;
    Ok(samples.figures())
}
