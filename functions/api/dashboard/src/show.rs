//! How things are shown: moments, addresses, who wrote.

use domain::identity::{Actor, Member};
use domain::messaging::Address;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use store::Versioned;

use crate::words::Words;

/// A moment in the business's zone. `app.js` writes it as its reader's language does.
pub(crate) fn moment(at: Timestamp, zone: &TimeZone) -> Markup {
    let local = at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    html! { time datetime=(at) { (local) } }
}

/// An address as people write it; a session of the chat has none.
pub(crate) fn address(address: &Address) -> Option<String> {
    match address {
        Address::Phone(phone) => Some(phone.as_str().to_owned()),
        Address::Email(email) => Some(email.as_str().to_owned()),
        Address::WhatsappUser(user) => Some(format!("WhatsApp {user}")),
        Address::Chat(_) => None,
    }
}

/// Who did something, as staff know them.
pub(crate) fn who(words: &Words, actor: &Actor, members: &[Versioned<Member>]) -> String {
    match actor {
        Actor::Person { account, .. } => {
            let member = members.iter().find(|member| member.value.account == *account);
            member.map_or_else(|| words.t("who-gone"), |member| member.value.name.clone())
        }
        Actor::ApiKey { .. } => words.t("who-key"),
        Actor::Operator | Actor::System => words.t("who-porchlight"),
    }
}

/// The first `limit` characters of one line.
pub(crate) fn short(text: &str, limit: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// Cents as a sum without its currency, as people type it: `149`, `149.50`.
pub(crate) fn amount(cents: u64) -> String {
    let (whole, rest) = (cents / 100, cents % 100);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:02}") }
}
