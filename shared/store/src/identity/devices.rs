//! Devices that someone signed in from before. Their owner signs in from there while anonymous callers' guesses lock the address.

use auth::secrets::{same, sha256_hex};
use domain::Failure;
use domain::identity::KNOWN_DEVICE_DAYS;
use domain::messaging::Email;
use jiff::{SignedDuration, Timestamp};

use crate::Accounts;
use crate::table::documents::get_number;
use crate::table::error::failure;
use crate::table::item::{get_text, key_item, number, text};
use crate::table::keys;

/// For how long a device is known.
pub(super) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24 * KNOWN_DEVICE_DAYS);

impl Accounts<'_> {
    /// Keeps for half a year that whoever signs in with `email` did so, or set a new password by mail, on the device whose
    /// token has this hash. Again starts over.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn know_device(self, hash: &str, email: &Email, now: Timestamp) -> Result<(), Failure> {
        let ends = now.as_second() + KEPT_FOR.as_secs();
        let mut item = key_item(&keys::platform().device(hash));
        item.insert("entity".to_owned(), text("device"));
        item.insert("login".to_owned(), text(sha256_hex(email.as_str())));
        item.insert("expires_at".to_owned(), number(ends));
        self.store.put_item(item).send().await.map_err(|error| failure("device", &error))?;
        Ok(())
    }

    /// Whether whoever signs in with `email` is known on that device.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn is_known_device(self, hash: &str, email: &Email, now: Timestamp) -> Result<bool, Failure> {
        let Some(item) = self.store.item("device", &keys::platform().device(hash)).await? else { return Ok(false) };
        let stands = get_number(&item, "expires_at").is_some_and(|ends| now.as_second() < ends);
        Ok(stands && same(get_text(&item, "login").as_bytes(), sha256_hex(email.as_str()).as_bytes()))
    }
}
