//! Who waits for a time to become free: all of them in the calendar, one beside their visit, and the form that adds one.

use domain::ContactId;
use domain::identity::Permission;
use domain::leads::Lead;
use domain::scheduling::WaitlistEntry;
use domain::tenancy::{Location, Tenant, known_location};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;
use store::Versioned;

use super::booking::{Chosen, bookable, service_and_place};
use super::{PATH, called};
use crate::contacts;
use crate::settings::Reader;
use crate::shell::form;
use crate::show::moment;

/// So many of those who wait are shown; of more, the page says that there are.
const SHOWN: usize = 50;

/// Those who wait at `now`, in the order in which they are asked.
pub(super) fn in_order(mut stored: Vec<Versioned<WaitlistEntry>>, now: Timestamp) -> Vec<Versioned<WaitlistEntry>> {
    stored.retain(|entry| entry.value.waits(now));
    stored.sort_by_key(|entry| entry.value.rank());
    stored
}

/// Those of them whom the page names.
pub(super) fn named(waiting: &[Versioned<WaitlistEntry>]) -> impl Iterator<Item = ContactId> {
    waiting.iter().take(SHOWN).map(|entry| entry.value.contact)
}

/// All who wait.
pub(super) fn section(
    reader: Reader<'_>,
    tenant: &Tenant,
    locations: &[Location],
    waiting: &[Versioned<WaitlistEntry>],
    names: &BTreeMap<ContactId, Lead>,
) -> Markup {
    let words = reader.words;
    html! {
        section aria-labelledby="waiting-title" {
            h2 #waiting-title { (words.t("waiting-title")) }
            div #waiting data-live {
                @if waiting.is_empty() { p.empty { (words.t("waiting-empty")) } }
                ul.rows {
                    @for Versioned { value: entry, version } in waiting.iter().take(SHOWN) {
                        li {
                            div {
                                p {
                                    strong dir="auto" {
                                        @if reader.permits(Permission::ReadLeads) {
                                            a href=(contacts::path_of(entry.contact)) { (called(words, names.get(&entry.contact))) }
                                        } @else { (called(words, None)) }
                                    }
                                    @if entry.urgent { " " span.tag.alert { (words.t("tag-urgent")) } }
                                }
                                (wish(reader, tenant, locations, entry))
                            }
                            (take_off(reader, entry, *version))
                        }
                    }
                }
                @if waiting.len() > SHOWN { p.quiet { (words.with("waiting-more", "count", waiting.len() - SHOWN)) } }
            }
            @if reader.permits(Permission::WriteSchedule) && bookable(tenant).next().is_some() {
                p { a href=(format!("{PATH}/new")) { (words.t("wait-add")) } }
            }
        }
    }
}

/// What they wait for, since when, and what they are offered just now.
fn wish(reader: Reader<'_>, tenant: &Tenant, locations: &[Location], entry: &WaitlistEntry) -> Markup {
    let (words, place) = (reader.words, known_location(locations, entry.location.as_ref()));
    let zone = tenant.zone_at(place);
    let service = tenant.services.iter().find(|service| service.id == entry.service);
    html! {
        p.quiet data-zone=(super::zone_name(&zone)) {
            span dir="auto" { (service.map_or(entry.service.as_str(), |service| service.name.as_str())) }
            @if let Some(place) = place { " · " span dir="auto" { (place.name) } }
            " · " (words.t("wait-since")) " " (moment(entry.since, &zone))
            " · " (words.t("wait-until")) " " (moment(entry.until, &zone))
            @if let Some(offered) = entry.offered.as_ref().filter(|offered| offered.until > reader.now) {
                " · " (words.t("wait-offered")) " " (moment(offered.starts_at, &zone))
            }
        }
    }
}

fn take_off(reader: Reader<'_>, entry: &WaitlistEntry, version: u64) -> Markup {
    let words = reader.words;
    html! {
        @if reader.permits(Permission::WriteSchedule) {
            form.button method="post" data-call=(format!("DELETE /v1/waitlist/{}", entry.contact)) data-version=(version)
                data-done=(words.t("done-wait-end")) {
                button.second type="submit" { (words.t("do-wait-end")) }
                p.problem role="alert" {}
            }
        }
    }
}

/// Beside a visit or a new one: what its customer waits for, or the form that puts them on the list.
pub(super) fn of_one(
    reader: Reader<'_>,
    tenant: &Tenant,
    locations: &[Location],
    stored: Option<&Versioned<WaitlistEntry>>,
    new: &Waiting<'_>,
) -> Markup {
    html! {
        section #waiting data-fresh {
            @if let Some(stored) = stored.filter(|stored| stored.value.waits(reader.now)) {
                h2 { (reader.words.t("waits-title")) }
                (wish(reader, tenant, locations, &stored.value))
                (take_off(reader, &stored.value, stored.version))
            } @else if reader.permits(Permission::WriteSchedule) { (join(reader, tenant, locations, new)) }
        }
    }
}

/// Who is to wait, and what the form begins with.
pub(super) struct Waiting<'a> {
    pub(super) contact: ContactId,
    pub(super) lead: Option<&'a Lead>,
    pub(super) chosen: Chosen<'a>,
    /// The last day that suits.
    pub(super) last: Option<Date>,
}

/// The form that puts a customer on the list; nothing where no service can be booked.
pub(super) fn join(reader: Reader<'_>, tenant: &Tenant, locations: &[Location], new: &Waiting<'_>) -> Markup {
    let words = reader.words;
    let open = new.lead.filter(|lead| !lead.status.is_closed() && lead.contact == new.contact);
    let fields = html! {
        input type="hidden" name="contact" value=(new.contact);
        @if let Some(lead) = open { input type="hidden" name="lead" value=(lead.id); }
        (service_and_place(words, tenant, locations, "wait", new.chosen))
        div.field {
            label for="wait-until" { (words.t("wait-last-day")) }
            input #wait-until type="date" name="until" data-type="last-day" value=[new.last] aria-describedby="wait-until-problem";
            p.problem #wait-until-problem {}
        }
        p.quiet { (words.t("wait-text")) }
        button type="submit" { (words.t("wait-add")) }
    };
    html! {
        @if bookable(tenant).next().is_some() {
            details #wait {
                summary { (words.t("wait-add")) }
                (form("POST /v1/waitlist", &words.t("done-wait"), "wait", &fields))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::tests::{ID, as_a, read, shop};
    use domain::identity::Role;
    use serde_json::json;

    fn entry(n: usize, more: &serde_json::Value) -> Versioned<WaitlistEntry> {
        let contact = ContactId::derive(&domain::TenantId::new("bays").unwrap(), &[&n.to_string()]);
        let mut value = json!({"contact": contact, "service": "alignment", "until": "2026-12-24T07:00:00Z",
            "since": format!("2026-11-{:02}T17:00:00Z", 1 + n % 28)});
        value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Versioned { value: read(value), version: 1 }
    }

    fn shown(role: Role, stored: Vec<Versioned<WaitlistEntry>>) -> String {
        as_a(role, |reader| {
            let waiting = in_order(stored, reader.now);
            section(reader, &shop(), &[], &waiting, &BTreeMap::new()).into_string()
        })
    }

    #[test]
    fn they_are_listed_as_they_are_asked_each_with_what_they_wait_for_and_a_button() {
        let over = json!({"until": "2026-11-30T07:00:00Z"});
        let offered = json!({"offered": {"appointment": ID, "starts_at": "2026-12-02T16:00:00Z", "until": "2026-12-01T17:20:00Z",
            "freed_at": "2026-12-01T16:50:00Z"}});
        let stored =
            vec![entry(5, &json!({})), entry(3, &offered), entry(1, &over), entry(9, &json!({"urgent": true}))];
        let page = shown(Role::Agent, stored.clone());
        let place = |n: usize| page.find(&format!("DELETE /v1/waitlist/{}", entry(n, &json!({})).value.contact));
        assert!(place(9) < place(3) && place(3) < place(5) && place(9).is_some(), "{page}");
        assert_eq!(place(1), None, "they wait no more");
        assert_eq!(page.matches("data-version=\"1\"").count(), 3, "the API asks which version is removed");
        assert_eq!(page.matches("Wheel alignment").count(), 3);
        assert!(page.contains("offered <time datetime=\"2026-12-02T16:00:00Z\"") && page.contains(">urgent<"));
        let page = shown(Role::Viewer, stored);
        assert!(page.contains("Wheel alignment") && !page.contains("<form"), "{page}");
    }

    #[test]
    fn of_very_many_the_first_are_shown_and_how_many_more_there_are() {
        let page = shown(Role::Agent, (0..57).map(|n| entry(n, &json!({}))).collect());
        assert_eq!(page.matches("DELETE /v1/waitlist/").count(), SHOWN);
        assert!(page.contains("And 7 more."));
        assert!(shown(Role::Agent, Vec::new()).contains("The waiting list is empty."));
    }
}
