//! The outbound gate: decisions a second on one core, over send contexts as a busy morning has them.
//!
//! Pure computing in this very process, built as the functions are. Every send context is asked about at the same moment, so
//! that the share of each verdict is a property of the mix, and the same on every machine.

use anyhow::{Context, Result, ensure};
use domain::conversations::Message;
use domain::journeys::{Journey, SendContext, Sent, digest, gate};
use domain::leads::Contact;
use domain::messaging::{Channel, Kind, MessageRef, OptOutState, Purpose};
use domain::tenancy::Tenant;
use domain::{ContactId, ConversationId, LeadId, MessageId, TenantId};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use crate::Bench;
use crate::report::{Goal, Report, print_table};
use crate::stats::median;

/// Different send contexts: enough not to fit the fastest cache.
const SEND_CONTEXTS: usize = 2_000;
/// Decisions that one round makes.
const ROUND: usize = 200_000;
/// Rounds that count; one more before them warms the caches.
const ROUNDS: usize = 15;
/// 10:30 in New York, 07:30 in Los Angeles: a part of the country still sleeps.
const NOW: &str = "2026-11-20T15:30:00Z";
/// Area codes of people: east, east, middle, middle, mountains, west; and a number in Europe.
const NUMBERS: [&str; 7] =
    ["+12125550123", "+14045550123", "+13125550123", "+12145550123", "+13035550123", "+12065550123", "+4915112345678"];
/// What goes out, as often as it is here.
const KINDS: [Kind; 12] = [
    Kind::Reply,
    Kind::Reply,
    Kind::Reply,
    Kind::Notice,
    Kind::AppointmentReminder,
    Kind::AppointmentReminder,
    Kind::FollowUp,
    Kind::QuoteFollowUp,
    Kind::Billing,
    Kind::ReviewRequest,
    Kind::Nurture,
    Kind::Campaign,
];

/// All that a send context names, owned.
struct LoadedSend {
    message: Message,
    contact: Option<Contact>,
    opt_out_state: OptOutState,
    journey: Journey,
}

/// Runs the section.
pub(crate) fn run(bench: &Bench) -> Result<()> {
    eprintln!("gate: {ROUNDS} rounds of {ROUND} decisions ...");
    let tenant = tenant()?;
    let now: Timestamp = NOW.parse()?;
    let loaded_send = (0..SEND_CONTEXTS).map(|index| loaded_send(&tenant, index, now)).collect::<Result<Vec<_>>>()?;
    let send_contexts: Vec<SendContext<'_>> =
        loaded_send.iter().map(|loaded_send| loaded_send.send_context(&tenant)).collect();
    let mut verdicts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for send_context in &send_contexts {
        *verdicts.entry(gate(send_context, now).verdict().as_str()).or_default() += 1;
    }
    let allowed: Vec<SendContext<'_>> = send_contexts
        .iter()
        .filter(|send_context| gate(send_context, now).verdict().as_str() == "allowed")
        .copied()
        .collect();
    ensure!(!allowed.is_empty(), "the mix lets nothing out");
    let (all, out) = (per_second(&send_contexts, now), per_second(&allowed, now));
    print_table(
        "The gate on one core",
        &["send contexts", "decisions/s"],
        [("all", all), ("those that are allowed", out)]
            .map(|(name, rate)| [name.to_owned(), format!("{rate:.0}")])
            .into_iter(),
    );
    let share = |count: usize| 100.0 * count as f64 / SEND_CONTEXTS as f64;
    print_table(
        "Its verdicts on this mix",
        &["verdict", "share"],
        verdicts.iter().map(|(name, count)| [(*name).to_owned(), format!("{:.1} %", share(*count))]),
    );
    let shares: BTreeMap<&str, f64> = verdicts.iter().map(|(name, count)| (*name, share(*count))).collect();
    Report {
        name: "gate",
        profile: bench.profile.clone(),
        goals: vec![Goal::at_least("decisions of the gate on one core", 1_000_000.0, all, "1/s")],
        ratios: json!({}),
        figures: json!({"decisions_per_second": all, "allowed_per_second": out, "verdicts_percent": shares}),
    }
    .finish(bench)
}

/// The median rate of the rounds.
fn per_second(send_contexts: &[SendContext<'_>], now: Timestamp) -> f64 {
    let mut rates = Vec::with_capacity(ROUNDS);
    for round in 0..=ROUNDS {
        let began = Instant::now();
        for send_context in send_contexts.iter().cycle().take(ROUND) {
            black_box(gate(black_box(send_context), now));
        }
        if round > 0 {
            rates.push(ROUND as f64 / began.elapsed().as_secs_f64());
        }
    }
    median(&rates)
}

fn tenant() -> Result<Tenant> {
    let tenant = json!({
        "id": "bench", "name": "Alpine Roofing", "industry": "roofing", "currency": "USD", "zone": "America/Denver",
        "region": "US", "language": "en", "business": {}, "services": [], "notify": ["owner@example.com"],
        "hours": {"monday": [{"open": "08:00", "close": "17:00"}]},
        "channels": {
            "whatsapp": {"phone_number_id": "100000000000001"},
            "sms": {"account_sid": "AC00000000000000000000000000000001", "from": "+13035550100"},
            "email": {"from": "office@example.com"},
        },
    });
    serde_json::from_value(tenant).context("the bench's tenant")
}

/// The loaded send number `index`. Periods that have no common divisor spread what is rare over what is frequent.
fn loaded_send(tenant: &Tenant, index: usize, now: Timestamp) -> Result<LoadedSend> {
    let every = |period: usize| index.is_multiple_of(period);
    let ago = |minutes: i64| now - SignedDuration::from_mins(minutes);
    let kind = *KINDS.get(index % KINDS.len()).context("a kind")?;
    let number = *NUMBERS.get(index % NUMBERS.len()).context("a number")?;
    let channel = match index % 5 {
        _ if kind == Kind::Notice => Channel::Email,
        0 => Channel::Email,
        1 => Channel::Whatsapp,
        _ => Channel::Sms,
    };
    let contact: Contact = serde_json::from_value(json!({
        "id": ContactId::derive(&tenant.id, &[&index.to_string()]), "created_at": ago(50_000), "version": 3,
        "addresses": [{"kind": "phone", "value": number}, {"kind": "email", "value": "ana@example.com"}],
    }))?;
    let mut opt_out_state = OptOutState { refused: every(41), ..OptOutState::default() };
    opt_out_state.heard.insert(channel, if kind == Kind::Reply { ago(1) } else { ago(900) });
    if every(67) {
        opt_out_state.heard.insert(channel, ago(0));
    }
    let mut journey = Journey::begin(contact.id, ago(50_000));
    journey.preferences.zone = every(3).then(|| "America/New_York".to_owned());
    for entry in (0..(index % 5) as i64).rev() {
        journey.ledger.push(Sent {
            appointment: None,
            at: ago(700 * (entry + 1)),
            kind: Kind::FollowUp,
            channel,
            digest: digest(&entry.to_string()),
        });
    }
    if !every(13) {
        journey.consents = serde_json::from_value(json!([
            {"channel": channel, "purpose": Purpose::Marketing, "granted": true, "at": ago(40_000), "evidence": "form"}
        ]))?;
    }
    let message = message(&tenant.id, index, kind, channel, number, now)?;
    journey.queued(&message, ago(2));
    let contact = (kind != Kind::Notice).then_some(contact);
    Ok(LoadedSend { message, contact, opt_out_state, journey })
}

fn message(
    tenant: &TenantId,
    index: usize,
    kind: Kind,
    channel: Channel,
    number: &str,
    now: Timestamp,
) -> Result<Message> {
    let at = now - SignedDuration::from_mins(if kind == Kind::Reply { 1 } else { 20 });
    let name = index.to_string();
    let reference = MessageRef {
        conversation: ConversationId::derive(tenant, &[&name]),
        at,
        message: MessageId::derive(tenant, &[&name]),
    };
    let to = match channel {
        Channel::Email => json!({"kind": "email", "value": "ana@example.com"}),
        _ => json!({"kind": "phone", "value": number}),
    };
    let role = if kind == Kind::Notice { "notice" } else { "assistant" };
    let answers_at = (kind == Kind::Reply).then_some(at);
    let outreach = || {
        let template = json!({"name": "hello", "language": "en_US", "values": []});
        json!({"kind": kind, "due": at, "expires_at": now + SignedDuration::from_hours(48), "template": template})
    };
    let outreach = if matches!(kind, Kind::Reply | Kind::Notice) { Value::Null } else { outreach() };
    serde_json::from_value(json!({
        "ref": reference, "lead": LeadId::derive(tenant, &[&name]), "role": role, "channel": channel, "touch": outreach,
        "text": format!("Hello Ana, this is Alpine Roofing about roof {index}. When does a visit suit you?"),
        "delivery": {"to": to, "state": "queued", "answers_at": answers_at, "changed_at": at}, "correlation_id": name,
    }))
    .context("the bench's message")
}

impl LoadedSend {
    fn send_context<'a>(&'a self, tenant: &'a Tenant) -> SendContext<'a> {
        let Self { message, contact, opt_out_state, journey } = self;
        SendContext {
            tenant,
            message,
            contact: contact.as_ref(),
            opt_out_state,
            journey: Some(journey),
            sent_this_month: 100,
            with_staff: false,
        }
    }
}
