//! How things are shown: moments, addresses, who wrote.

use domain::conversations::Role;
use domain::identity::{Actor, Member};
use domain::ids::AccountId;
use domain::journeys::Local;
use domain::messaging::{Address, Verdict};
use domain::money::Money;
use domain::tenancy::{Language, Tenant};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};

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

/// Who did something, as staff know them. Whoever is no member may have left, or look after the business from an agency: staff.
pub(crate) fn who(words: &Words, actor: &Actor, team: &[Member]) -> String {
    match actor {
        Actor::Person { account, .. } => {
            named(team, *account).map_or_else(|| words.value("role", &Role::Staff), ToOwned::to_owned)
        }
        Actor::ApiKey { .. } => words.t("who-key"),
        Actor::Operator | Actor::System => words.t("who-porchlight"),
    }
}

/// What a member of the team is called.
pub(crate) fn named(team: &[Member], account: AccountId) -> Option<&str> {
    team.iter().find(|member| member.account == account).map(|member| member.name.as_str())
}

/// Members of the team to choose from.
pub(crate) fn people<'a>(members: impl IntoIterator<Item = &'a Member>, chosen: Option<AccountId>) -> Markup {
    html! {
        @for member in members {
            option value=(member.account) selected[chosen == Some(member.account)] dir="auto" { (member.name) }
        }
    }
}

/// Why a message is where it is: what the gate said, in the reader's language where it is that; what a vendor said, as they said it.
pub(crate) fn reason(words: &Words, verdict: Option<&Verdict>, why: &str) -> Markup {
    let rule = verdict.filter(|verdict| verdict.why() == why).and_then(Verdict::rule);
    match rule.and_then(|rule| words.rule(rule)) {
        Some(said) => html! { (said) },
        None => html! { span lang="en" { (why) } },
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

/// How the reader's language writes sums and days in the country of the business.
pub(crate) fn local(words: &Words, tenant: &Tenant) -> Local {
    Local::of(&Language::new(words.language).unwrap_or_else(|_| Language::english()), tenant)
}

/// Millionths of a dollar, in begun cents.
pub(crate) fn dollars(local: &Local, microdollars: u64) -> String {
    let Money { cents, currency } = Money::of_microdollars(microdollars);
    local.money(cents, &currency)
}

/// Cents as a sum without its currency, as people type it: `149`, `149.50`.
pub(crate) fn amount(cents: u64) -> String {
    let (whole, rest) = (cents / 100, cents % 100);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;
    use axum::http::HeaderMap;
    use domain::TenantId;
    use serde_json::{from_value, json};

    #[test]
    fn the_gates_reason_is_in_the_readers_language_and_a_vendors_is_marked_as_english() {
        let in_language = |code: &'static str| {
            let asked = axum::http::HeaderValue::from_static(code);
            words::accepted(&HeaderMap::from_iter([(axum::http::header::ACCEPT_LANGUAGE, asked)]))
        };
        let verdict = Verdict::dropped("Nobody is in the chat any more").by("empty_chat");
        let shown = |code, verdict: &Verdict, why: &str| reason(in_language(code), Some(verdict), why).into_string();
        assert_eq!(shown("de", &verdict, verdict.why()), "Im Chat ist niemand mehr");
        let english = "<span lang=\"en\">Nobody is in the chat any more</span>";
        assert_eq!(shown("en", &verdict, verdict.why()), english);
        assert_eq!(
            shown("de", &Verdict::dropped(verdict.why().to_owned()), verdict.why()),
            english,
            "from before rules"
        );
        assert_eq!(shown("de", &verdict, "Error 30003"), "<span lang=\"en\">Error 30003</span>");
    }

    #[test]
    fn sums_are_written_as_the_readers_language_writes_them() {
        let written = |code: &'static str| {
            let asked = axum::http::HeaderValue::from_static(code);
            let words = words::accepted(&HeaderMap::from_iter([(axum::http::header::ACCEPT_LANGUAGE, asked)]));
            dollars(&local(words, &crate::settings::tests::clinic()), 1_234_500_000)
        };
        let all = ["en", "es", "fr", "de", "pt"].map(written);
        assert_eq!(
            all,
            ["$1,234.50", "$1,234.50", "1\u{a0}234,50 $", "1.234,50 $", "$ 1.234,50"],
            "of a business in the US"
        );
    }

    #[test]
    fn whoever_is_no_member_is_staff_and_has_not_left() {
        let english = words::accepted(&HeaderMap::new());
        let account = |name: &str| AccountId::derive(&TenantId::platform(), &[name]);
        let person = |name: &str| Actor::Person { account: account(name), session: None };
        let ana: Member = from_value(json!({
            "tenant": "acme", "account": account("ana"), "role": "agent", "name": "Ana", "email": "ana@acme.example",
            "joined_at": "2026-11-20T12:00:00Z",
        }))
        .unwrap();
        let team = [ana];
        assert_eq!(who(english, &person("ana"), &team), "Ana");
        assert_eq!(who(english, &person("agency"), &team), "Staff", "an agency's admin who entered is no member");
    }
}
