//! Channels by which Google says that something changed: made, and replaced before their end.
//!
//! A channel is kept before Google hears of it, so that no message of it is a stranger's. One whose making died in between is
//! never stopped, because Google's own id of it is not known: it ends by itself within a week, and its messages do no harm.

use auth::secrets::{random_token, sha256_hex};
use connectors::google::Session;
use domain::Failure;
use domain::scheduling::{CalendarSync, Channel, OutsideCalendar};
use domain::tenancy::Tenant;
use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret as _;

use super::AtGoogle;
use crate::Calendars;

/// How long a channel is asked for at most.
const LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Calendars {
    /// Sees to it that Google tells of changes. Where it does not, the calendar is read every 15 minutes all the same.
    pub(super) async fn watch(
        &self,
        at: &AtGoogle,
        (tenant, calendar, chosen): (&Tenant, &OutsideCalendar, &str),
        session: &mut Session<'_>,
        sync: &mut CalendarSync,
        now: Timestamp,
    ) -> Result<(), Failure> {
        sync.drop_dead(now);
        // Google posts to https alone.
        if !sync.needs_channel(now) || !at.public_url.starts_with("https://") {
            return Ok(());
        }
        // What never got Google's id is none.
        sync.channels.retain(|channel| channel.resource.is_some());
        let (name, token) = (random_token("")?, random_token("")?);
        let (id, token) = (name.expose_secret(), token.expose_secret());
        let expires_at = now.checked_add(LASTS).unwrap_or(now);
        let new = Channel { id: id.to_owned(), token_hash: sha256_hex(token), resource: None, expires_at };
        sync.channels.push(new);
        self.store.outside_calendars().remember(&tenant.id, calendar.id, sync).await?;
        let address = format!("{}/webhooks/google-calendar/{}/{}", at.public_url, tenant.id, calendar.id);
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
                sync.channels.retain(|channel| channel.id != *id);
                tracing::warn!(calendar = %calendar.id, reason = %trouble, "no channel: it is read every 15 minutes");
            }
        }
        Ok(())
    }
}
