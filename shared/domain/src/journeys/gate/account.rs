//! What the tenant's account allows: its status, its channels, its budget.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::SendContext;
use crate::messaging::{Channel, Verdict};
use crate::tenancy::TenantStatus;

/// Nothing goes out for a tenant that is paused or closed ([`TenantStatus`]), to staff neither.
pub(super) fn paused_tenant(send_context: &SendContext<'_>, _: Timestamp) -> Option<Verdict> {
    let why = match send_context.tenant.status {
        TenantStatus::Active => return None,
        TenantStatus::Paused => "Your account is paused: messages are stored, nothing is sent",
        TenantStatus::Closed => "Your account is closed: nothing is sent",
    };
    Some(Verdict::dropped(why))
}

/// A channel without settings cannot send ([`crate::tenancy::Tenant::has_channel`]); seed 003, 1.3 calls it "not
/// configured". A notice to staff goes out all the same, from the platform's own address: an emergency must be heard of.
pub(super) fn missing_channel(send_context: &SendContext<'_>, _: Timestamp) -> Option<Verdict> {
    if send_context.is_for_staff() && send_context.message.channel == Channel::Email {
        return None;
    }
    let name = match send_context.message.channel {
        Channel::Whatsapp => "WhatsApp",
        Channel::Sms => "SMS",
        Channel::Email => "E-mail",
        Channel::Chat => "The chat widget",
    };
    let by_twilio = send_context.message.delivery.as_ref().is_some_and(|delivery| delivery.by_twilio);
    // WhatsApp that Twilio carries needs what SMS needs.
    let needs = if by_twilio { Channel::Sms } else { send_context.message.channel };
    (!send_context.tenant.has_channel(needs))
        .then(|| Verdict::skipped(format!("{name} is not configured for your account")))
}

/// The business begins no more than it wants to pay for ([`crate::tenancy::CostControl::touches_per_month`]); what
/// customers have agreed on with it goes out all the same.
pub(super) fn over_budget(send_context: &SendContext<'_>, now: Timestamp) -> Option<Verdict> {
    let limit = send_context.tenant.cost_control.touches_per_month?;
    send_context.unasked_outreach()?;
    if send_context.sent_this_month < u64::from(limit) {
        return None;
    }
    send_context.later(now, next_month(now), "The messages that you allow for this month are used up")
}

/// The first moment of the next month of UTC, in which months of usage are counted.
fn next_month(now: Timestamp) -> Option<Timestamp> {
    let first = now.to_zoned(TimeZone::UTC).date().first_of_month().checked_add(1.month()).ok()?;
    TimeZone::UTC.to_timestamp(first.to_datetime(Time::midnight())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_month_begins_at_midnight_utc() {
        for (now, first) in [
            ("2026-11-20T12:00:00Z", "2026-12-01T00:00:00Z"),
            ("2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"),
            ("2028-01-31T08:00:00Z", "2028-02-01T00:00:00Z"),
            ("2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z"),
        ] {
            assert_eq!(next_month(now.parse().unwrap()), Some(first.parse().unwrap()), "{now}");
        }
    }
}
