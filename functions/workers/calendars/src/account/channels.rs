//! Channels by which a vendor says that something changed: made, and replaced before they end.
//!
//! A channel is stored before the vendor hears of it, so that we know every channel that a message can come from. If a run dies while it
//! makes one at Google, that channel is never stopped, because we do not have Google's id of it. It ends by itself within a week, and its
//! messages do no harm. At a scheduler the next channel replaces it. Schedulers sign what they post. The signing secret is sealed, and
//! opened where their messages come in.

use auth::secrets::{random_token, sha256_hex, webhook_secret};
use connectors::calendars::Session;
use domain::Failure;
use domain::scheduling::{CalendarKind, CalendarSync, Channel, OutsideCalendar};
use domain::tenancy::Tenant;
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret as _;

use crate::Calendars;

/// How long a channel is asked for at most.
const LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);
/// When a scheduler is asked again that did not make one: not every plan has them.
const ASKED_AGAIN: SignedDuration = SignedDuration::from_hours(1);

impl Calendars {
    /// Sees to it that the vendor tells of changes. Where it does not, the calendar is read every 15 minutes all the same.
    pub(super) async fn watch(
        &self,
        (tenant, calendar, chosen): (&Tenant, &OutsideCalendar, &str),
        session: &mut Session<'_>,
        sync: &mut CalendarSync,
        now: Timestamp,
    ) -> Result<(), Failure> {
        sync.drop_dead(now);
        // Vendors post to https alone, and When I Work to what its own settings say.
        if calendar.kind == CalendarKind::WhenIWork || !self.public_url.starts_with("https://") {
            return Ok(());
        }
        let is_scheduler = calendar.kind.is_scheduler();
        if is_scheduler && sync.channels.iter().any(|channel| channel.resource.is_none()) {
            return Ok(());
        }
        if !sync.needs_channel(now) {
            let known = sync.channels.iter().find_map(|channel| channel.resource.as_ref());
            // Where that is not to be heard, it is taken to go on.
            match known {
                Some(resource) if matches!(session.is_watched(resource).await, Ok(false)) => sync.channels.clear(),
                _ => return Ok(()),
            }
        }
        // A channel without the vendor's id was never opened.
        sync.channels.retain(|channel| channel.resource.is_some());
        let name = random_token("")?;
        let token_kept = match calendar.kind {
            CalendarKind::Shopmonkey => webhook_secret()?,
            _ => random_token("")?,
        };
        let (id, token) = (name.expose_secret(), token_kept.expose_secret());
        let expires_at = now.checked_add(if is_scheduler { ASKED_AGAIN } else { LASTS }).unwrap_or(now);
        let new = Channel { id: id.to_owned(), token_hash: sha256_hex(token), resource: None, expires_at };
        sync.channels.push(new);
        let calendars = self.store.outside_calendars();
        if is_scheduler {
            calendars.keep_hook(&self.kms_key_id, &tenant.id, calendar.id, &token_kept).await?;
        }
        calendars.remember(&tenant.id, calendar.id, sync).await?;
        let address = format!("{}/webhooks/calendars/{}/{}", self.public_url, tenant.id, calendar.id);
        match session.watch(chosen, (id, token), &address, now).await {
            Ok(watched) => {
                for old in sync.channels.extract_if(.., |channel| channel.id != *id) {
                    let Some(resource) = &old.resource else { continue };
                    if let Err(trouble) = session.stop(&old.id, resource).await {
                        tracing::warn!(calendar = %calendar.id, reason = %trouble, "an old channel goes on to its end");
                    }
                }
                for channel in &mut sync.channels {
                    (channel.resource, channel.expires_at) = (Some(watched.resource.clone()), watched.expires_at);
                }
            }
            Err(trouble) => {
                sync.channels.retain(|channel| is_scheduler || channel.id != *id);
                tracing::warn!(calendar = %calendar.id, reason = %trouble, "no channel: it is read every 15 minutes");
            }
        }
        Ok(())
    }
}
