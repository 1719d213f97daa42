//! `porchlight onboard`: a business from a file, with its places, people, keys and credentials. Again changes nothing.
//!
//! Two files: the tenant, which may be shared, and its secrets, which stay with the operator ([`crate::secrets`]). All of
//! the file is checked, and then whether the table has a place for it (a free slug, free numbers, room for keys), before
//! anything is stored. The tenant itself is one transaction; what follows can be cut short anywhere and done again. The
//! table keeps hashes and envelope-encrypted credentials only.

mod documents;
mod echo;
mod file;
mod hints;
mod industry;
mod keys;
mod mistakes;
mod people;
mod phones;
mod place;
mod preflight;
mod report;
mod summary;

use anyhow::{Context as _, Result};
use domain::identity::{AccountMail, Actor};
use indicatif::ProgressBar;
use jiff::Timestamp;
use runtime::queue::Queue;
use serde_json::Value;
use store::{Store, Trace};

use crate::secrets::{Secrets, SecretsFile};

pub use echo::echo;
pub use file::{KeyWish, MAX_FILE_BYTES, Person, SiteKeys, Source, TenantFile, read};
pub use industry::{Industry, SAMPLE_DIALOGUE};
pub(crate) use people::{Guest, Invited, invite};
pub use place::{Mistakes, Wrong};
pub use report::{cannot_yet, report};
pub use summary::{Outcome, Summary};

/// An installation of Porchlight: on AWS or on this machine.
pub struct Installation {
    /// The table.
    pub store: Store,
    /// The KMS key of credentials.
    pub kms_key_id: String,
    /// Where mails to people are asked for. None: invitations are stored, and their mails asked for another time.
    pub mails: Option<Queue<AccountMail>>,
}

/// How to onboard.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// Now.
    pub at: Timestamp,
    /// Whether locations and staff that the file does not name are removed.
    pub prune: bool,
}

/// What was done, and what the operator needs to know of it.
pub struct Onboarded {
    /// What was made, changed, left as it was.
    pub summary: Summary,
    /// The same as JSON, with all keys: secrets included.
    pub report: Value,
}

/// What every step works with.
struct Run<'a> {
    to: &'a Installation,
    file: &'a TenantFile,
    manner: Manner,
    trace: Trace,
    progress: ProgressBar,
}

/// Sets a business up as `file` says, with the keys in `secrets`; what is so already is left alone.
///
/// # Errors
/// A [`domain::Failure`] naming the field when the file is at fault or what it asks for belongs to someone else (nothing is
/// stored then); other errors when the table, the queue or KMS refuse: do it again.
pub async fn onboard(
    to: &Installation,
    file: &TenantFile,
    secrets: &mut SecretsFile,
    manner: Manner,
) -> Result<Onboarded> {
    file.check()?;
    secrets.secrets.complete(file.api_keys.iter().map(|key| key.name.as_str()))?;
    let run = Run { to, file, manner, trace: trace(manner.at), progress: crate::progress() };
    let stored = preflight::check(&run, secrets).await?;
    if stored.is_none() {
        secrets.secrets.forget();
    }
    // Before anything is stored: a key that is in the table and nowhere else would be lost.
    secrets.save()?;
    let mut summary = Summary::default();
    let outcome = run.tenant(stored).await.map_err(|failure| failure.within("tenant"))?;
    summary.add("tenant", file.tenant.id.as_str(), outcome);
    // From now on the file knows whose it is, and the tenant may change.
    file.tenant.id.as_str().clone_into(&mut secrets.secrets.tenant);
    secrets.save()?;
    run.locations_and_staff(&mut summary).await?;
    run.keys(&secrets.secrets, &mut summary).await?;
    run.credentials(secrets, &mut summary).await?;
    run.people(secrets, &mut summary).await?;
    run.progress.finish_and_clear();
    let report = report(file, &secrets.secrets, &summary);
    Ok(Onboarded { summary, report })
}

/// Whoever is at the command line.
pub(crate) fn trace(at: Timestamp) -> Trace {
    let correlation_id = format!("operator-{}", at.as_millisecond());
    Trace { actor: Actor::Operator, at, address: None, correlation_id }
}

impl Secrets {
    /// The key that a file's wish leads to.
    pub(crate) fn api_key(&self, wish: &KeyWish) -> Result<&str> {
        self.api_keys.get(&wish.name).map(String::as_str).with_context(|| format!("the key {} is missing", wish.name))
    }
}
