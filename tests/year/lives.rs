//! What customers and the business do in a year, at random.

use domain::events::EventKind;
use domain::ids::{AppointmentId, InvoiceId, QuoteId};
use domain::journeys::ConsentRecord;
use domain::messaging::{Channel, MessageRef, Purpose};
use domain::money::Money;
use domain::{ConversationId, MessageId};
use jiff::{SignedDuration, Timestamp};

use crate::cast::Soul;
use xtask::chance::Chance;

/// What a deed causes.
pub(crate) enum Cause {
    /// An event on the bus.
    Event(EventKind),
    /// They wrote: known at once, and an event.
    Wrote(Channel, EventKind),
    /// They said STOP, or START.
    Refused(bool),
    /// Someone noted what they agreed to.
    Agreed(ConsentRecord),
}

/// What someone does at `now`, and how long until the next deed.
pub(crate) fn deed(soul: &mut Soul, now: Timestamp, chance: &mut Chance) -> (Vec<Cause>, SignedDuration) {
    soul.deeds += 1;
    let tenant = domain::TenantId::new(format!("firm-{}", soul.firm)).unwrap();
    let contact = soul.person.contact.id;
    let mark = format!("{contact}|{}", soul.deeds);
    let next = SignedDuration::from_secs(match chance.below(4) {
        0 => chance.between(30, 7_200),
        1 => chance.between(3_600, 86_400),
        2 => chance.between(86_400, 5 * 86_400),
        _ => chance.between(5 * 86_400, 60 * 86_400),
    });
    if soul.deeds == 1 {
        let mut causes = vec![Cause::Event(EventKind::LeadCreated {
            lead: soul.person.lead.id,
            contact,
            source: soul.person.lead.source,
        })];
        causes.push(wrote(soul, &tenant, &mark, now, chance));
        if chance.percent(40) {
            for channel in [Channel::Sms, Channel::Whatsapp, Channel::Email] {
                let evidence = "the booking form".to_owned();
                let record = ConsentRecord { channel, purpose: Purpose::Marketing, granted: true, at: now, evidence };
                causes.push(Cause::Agreed(record));
            }
        }
        return (causes, next);
    }
    let event = |kind| vec![Cause::Event(kind)];
    let quote = soul.quotes.last().copied();
    let appointment = soul.appointments.last().copied();
    let open = soul.invoices.iter().position(|(_, paid)| !paid);
    let causes = match chance.below(100) {
        0..18 => vec![wrote(soul, &tenant, &mark, now, chance)],
        18..30 => {
            let id = QuoteId::derive(&tenant, &[&mark]);
            soul.quotes.push(id);
            event(EventKind::QuoteSent {
                contact,
                quote: id,
                service: Some("Repair".to_owned()),
                amount: Some(Money { cents: chance.between(5_000, 900_000), currency: "USD".to_owned() }),
                link: Some("https://firm.example.com/q/1".to_owned()),
                expires_at: Some(now + SignedDuration::from_hours(24 * 30)),
            })
        }
        30..46 => quote.map_or_else(Vec::new, |quote| {
            event(match chance.below(6) {
                0 | 1 => EventKind::QuoteOpened { contact, quote },
                2 => EventKind::QuoteAccepted { contact, quote },
                3 => EventKind::QuoteDeclined { contact, quote },
                4 => EventKind::QuoteExpired { contact, quote },
                _ => EventKind::PricingVisited { contact },
            })
        }),
        46..58 => {
            let id = AppointmentId::derive(&tenant, &[&mark]);
            let starts_at = now + SignedDuration::from_secs(chance.between(3_600, 20 * 86_400));
            soul.appointments.push((id, starts_at));
            let ends_at = starts_at + SignedDuration::from_hours(2);
            event(EventKind::AppointmentBooked {
                contact,
                appointment: id,
                starts_at,
                ends_at,
                service: None,
                location: None,
            })
        }
        58..76 => appointment.map_or_else(Vec::new, |(appointment, starts_at)| {
            event(match chance.below(8) {
                0 => EventKind::AppointmentConfirmed { contact, appointment, agreed_at: None },
                1 => {
                    let starts_at = starts_at + SignedDuration::from_hours(26);
                    let ends_at = starts_at + SignedDuration::from_hours(2);
                    EventKind::AppointmentRescheduled { contact, appointment, starts_at, ends_at, was: None }
                }
                2 => EventKind::AppointmentCancelled { contact, appointment },
                3 => EventKind::AppointmentMissed { contact, appointment },
                4 => EventKind::AppointmentChangeRequested { contact, appointment, cancels: None },
                5 => EventKind::JobStarted { contact, appointment },
                _ => EventKind::JobCompleted { contact, appointment },
            })
        }),
        76..84 => {
            let id = InvoiceId::derive(&tenant, &[&mark]);
            soul.invoices.push((id, false));
            event(EventKind::InvoiceIssued {
                contact,
                invoice: id,
                amount: Some(Money { cents: chance.between(5_000, 900_000), currency: "USD".to_owned() }),
                due_at: Some(now + SignedDuration::from_hours(24 * 14)),
                link: Some("https://firm.example.com/i/1".to_owned()),
            })
        }
        84..92 => open.map_or_else(Vec::new, |at| {
            let invoice = soul.invoices[at].0;
            if chance.percent(30) {
                return event(EventKind::InvoiceOverdue { contact, invoice });
            }
            soul.invoices[at].1 = true;
            event(EventKind::PaymentReceived { contact, invoice })
        }),
        92..94 => event(EventKind::ReviewReceived { contact, rating: Some(5) }),
        94..95 => event(EventKind::CallReceived { contact }),
        95..96 => event(EventKind::CompetitorMentioned { contact }),
        96..98 => vec![Cause::Refused(true)],
        _ if soul.person.opt_out_state.refused => vec![Cause::Refused(false)],
        _ => Vec::new(),
    };
    (causes, next)
}

fn wrote(soul: &Soul, tenant: &domain::TenantId, mark: &str, now: Timestamp, chance: &mut Chance) -> Cause {
    let has_phone = soul.person.contact.addresses.iter().any(|known| known.address.key().starts_with("phone:"));
    let channels: &[Channel] = if has_phone { &[Channel::Sms, Channel::Whatsapp] } else { &[Channel::Email] };
    let channel = *chance.pick(channels);
    let message = MessageRef {
        conversation: ConversationId::derive(tenant, &[mark]),
        at: now,
        message: MessageId::derive(tenant, &[mark]),
    };
    let contact = soul.person.contact.id;
    Cause::Wrote(channel, EventKind::MessageReceived { message, contact, channel, sentiment: None, text_consent: None })
}
