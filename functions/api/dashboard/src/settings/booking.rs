//! How a service is booked: the part of its form.

use domain::tenancy::{BookingRules, Need, Prefers, ResourceKind, WorksAt};
use maud::{Markup, html};
use serde_json::json;

use super::Reader;
use super::fields::{boxes, choice, number, options, value_of};

/// What a visit may take.
pub(super) const KINDS: [ResourceKind; 6] = [
    ResourceKind::Person,
    ResourceKind::Crew,
    ResourceKind::Bay,
    ResourceKind::Room,
    ResourceKind::Vehicle,
    ResourceKind::Other,
];
/// Every how many minutes a visit may begin.
const STEPS: [u32; 6] = [5, 10, 15, 20, 30, 60];

/// By people, or by the calendar and then by which rules. What is chosen here is not sent itself: it decides which fields are.
pub(super) fn fields(reader: Reader<'_>, rules: Option<&BookingRules>, within: &str) -> Markup {
    let words = reader.words;
    let by = options(words, "service-booking", &["people", "calendar"]);
    let chosen = if rules.is_some() { "calendar" } else { "people" };
    html! {
        (choice("service-booking", "", by, chosen).chooses().within(&format!("{within}how-booked")).show(words))
        fieldset data-when="people" hidden[rules.is_some()] disabled[rules.is_some()] {
            input type="hidden" name="booking" value="" data-type="null";
        }
        fieldset data-when="calendar" hidden[rules.is_none()] disabled[rules.is_none()] { (calendar(reader, rules, within)) }
    }
}

fn calendar(reader: Reader<'_>, rules: Option<&BookingRules>, within: &str) -> Markup {
    let words = reader.words;
    let minutes = |of: fn(&BookingRules) -> u32, usual: u32| Some(rules.map_or(usual, of));
    let steps = STEPS.map(|step| (step.to_string(), words.with("minutes", "count", step)));
    let every = rules.map_or(30, |rules| rules.every_minutes).to_string();
    let place = rules.and_then(|rules| rules.works_at).map(|place| value_of(&place)).unwrap_or_default();
    let places = std::iter::once((String::new(), reader.t("location-hours-business")));
    let places = places.chain(options(words, "works-at", &[WorksAt::Business, WorksAt::Customer])).collect();
    let prefers = value_of(&rules.map(|rules| rules.prefers).unwrap_or_default());
    let preferences = options(words, "booking-prefers", &[Prefers::Fairest, Prefers::Nearest]);
    html! {
        (needs(reader, rules, within))
        (number("booking-before", "booking.buffer_before_minutes", minutes(|rules| rules.buffer_before_minutes, 0)).required().within(within).show(words))
        (number("booking-after", "booking.buffer_after_minutes", minutes(|rules| rules.buffer_after_minutes, 0)).required().within(within).show(words))
        (number("booking-lead", "booking.lead_minutes", minutes(|rules| rules.lead_minutes, 60)).required().within(within).show(words))
        (number("booking-horizon", "booking.horizon_days", minutes(|rules| rules.horizon_days, 60)).required().within(within).show(words))
        (number("booking-most", "booking.most_a_day", rules.and_then(|rules| rules.most_a_day)).hint("booking-most-hint").within(within).show(words))
        (choice("booking-every", "booking.every_minutes", steps.to_vec(), every).reads("number").within(within).show(words))
        (choice("booking-where", "booking.works_at", places, place).reads("empty-null").within(within).show(words))
        (choice("booking-prefers", "booking.prefers", preferences, prefers).within(within).show(words))
    }
}

/// A box for each kind; how many of one are taken stays as it is stored.
fn needs(reader: Reader<'_>, rules: Option<&BookingRules>, within: &str) -> Markup {
    let kinds = KINDS.map(|kind| {
        let stored = rules.and_then(|rules| rules.needs.iter().find(|need| need.kind == kind));
        let need = stored.cloned().unwrap_or(Need { kind, count: 1 });
        let name = reader.words.value("resource-kind", &kind);
        let shown = if need.count > 1 { format!("{} × {name}", need.count) } else { name };
        (json!(need).to_string(), shown, stored.is_some())
    });
    boxes(&reader.t("booking-needs"), "booking.needs", within, Some("json"), &kinds)
}
