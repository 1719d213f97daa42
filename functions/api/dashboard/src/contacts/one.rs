//! One contact: who they are, how they are reached, what they agreed to, what staff noted; and what can be done with all that.

use api::{ApiError, Guard};
use axum::extract::{Path, Query, State};
use domain::failure::Rejection;
use domain::identity::{Member, Permission, may};
use domain::leads::{ContactNote, KnownAddress};
use domain::messaging::{Address, Strength};
use domain::{ContactId, Failure};
use maud::{Markup, html};
use serde::Deserialize;
use store::{ContactView, Page, Versioned};

use super::{PATH, called, field, path_of};
use crate::answer::Html;
use crate::shell::{self, button, form, next};
use crate::show::{address, moment, named, people, who};
use crate::view::View;

/// Of which country NOAA keeps its table of storms.
const STORM_EVENTS: &str = "US";
/// Notes on a page.
const NOTES: usize = 20;
/// So many of those who may be the same person are shown.
const DUPLICATES: usize = 5;

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Wanted {
    cursor: Option<String>,
}

/// `GET /app/contacts/{id}`
pub(super) async fn page(
    view: View<may::ReadLeads>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (words, tenant, store, id) = (view.words, &view.tenant.id, &guard.store, ContactId::parse(&id)?);
    let (contacts, members) = (store.contacts(), store.members());
    let ((contact, notes), members) =
        tokio::try_join!(contacts.with_notes(tenant, id, NOTES, wanted.cursor.as_deref()), members.team(tenant),)?;
    let mut others = Vec::new();
    for other in contact.value.possible_duplicates.iter().take(DUPLICATES) {
        match contacts.get(tenant, *other).await {
            Ok(other) => others.push(other),
            // Erased meanwhile.
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    let title = called(&view, &contact.value.entry);
    let main = html! {
        p { a.back href=(PATH) { (words.t("back-to-contacts")) } }
        h1 dir="auto" { (title) }
        div.columns {
            div {
                (noted(&view, id, &notes, &members))
                (agreed(&view, &contact.value))
                (same(&view, &contact.value, &others))
            }
            aside #contact data-fresh { (about(&view, &contact, &members)) }
        }
        @if view.permits(Permission::ReadCampaigns) && view.tenant.region == STORM_EVENTS {
            script type="module" src="/app/storms.js" {}
            details #storms { summary { (words.t("storms-title")) } (super::storms::form(words, &contact.value.entry.fields)) }
        }
    };
    Ok(Html(shell::page(&view, PATH, &title, &main)))
}

/// What is known of them, and how it is changed.
fn about<R>(view: &View<R>, contact: &Versioned<ContactView>, members: &[Member]) -> Markup {
    let words = view.words;
    let entry = &contact.value.entry;
    let rows = [
        ("contact-tags", Some(entry.tags.join(", ")).filter(|tags| !tags.is_empty())),
        ("contact-assignee", entry.assignee.and_then(|account| named(members, account)).map(ToOwned::to_owned)),
        ("contact-other-names", Some(entry.other_names.join(", ")).filter(|names| !names.is_empty())),
        ("lead-source", Some(words.value("source", &entry.source))),
    ];
    html! {
        h2 { (words.t("about-label")) }
        dl {
            @for (label, value) in rows { @if let Some(value) = value { dt { (words.t(label)) } dd dir="auto" { (value) } } }
            @for (name, value) in &entry.fields { dt dir="auto" { (name) } dd dir="auto" { (value) } }
        }
        @if let Some(lead) = entry.open_lead { p { a href=(crate::thread::lead_path(lead)) { (words.t("contact-lead")) } } }
        @if view.permits(Permission::WriteSchedule) {
            p { a href=(format!("/app/calendar/new?contact={}", entry.id)) { (words.t("visit-book")) } }
        }
        h2 { (words.t("contact-addresses")) }
        ul.addresses { @for known in &entry.addresses { (reached(view, entry.id, contact.version, known)) } }
        @if view.permits(Permission::WriteLeads) {
            details #contact-change { summary { (words.t("contact-change")) } (change(view, contact, members)) }
            details #contact-reach { summary { (words.t("contact-add-address")) } (add_address(view, entry.id, contact.version)) }
        }
        @if view.permits(Permission::EraseData) {
            details #contact-erase { summary { (words.t("contact-erase")) } (erase(view, contact)) }
        }
    }
}

/// An address and how sure it is; one that they did not write from can be taken away.
fn reached<R>(view: &View<R>, id: ContactId, version: u64, known: &KnownAddress) -> Markup {
    let words = view.words;
    let strength = match known.strength {
        Strength::Proven => "strength-proven-text",
        Strength::Given => "strength-given-text",
    };
    let removable = match known.address {
        Address::Phone(_) => Some("remove.phones"),
        Address::Email(_) => Some("remove.emails"),
        _ => None,
    };
    let removable = removable.filter(|_| known.strength == Strength::Given && view.permits(Permission::WriteLeads));
    html! {
        @if let Some(text) = address(&known.address) {
            li {
                span { (text) } " " span.quiet { (words.t(strength)) }
                @if let Some(name) = removable {
                    form.button method="post" data-call=(patch(id)) data-version=(version) data-done=(words.t("done-save")) {
                        input type="hidden" name=(name) data-type="columns" value=(text);
                        button.second type="submit" aria-label=(words.with("contact-remove-address", "address", text.as_str())) { (words.t("do-remove")) }
                        p.problem role="alert" {}
                    }
                }
            }
        }
    }
}

fn patch(id: ContactId) -> String {
    format!("PATCH /v1/contacts/{id}")
}

fn changing<R>(view: &View<R>, id: ContactId, version: u64, fields: &Markup) -> Markup {
    html! {
        form method="post" data-call=(patch(id)) data-version=(version) data-patch data-done=(view.words.t("done-save")) {
            (fields)
            button.second type="submit" { (view.words.t("do-save")) }
            p.problem role="alert" {}
        }
    }
}

fn change<R>(view: &View<R>, contact: &Versioned<ContactView>, members: &[Member]) -> Markup {
    let (words, entry) = (view.words, &contact.value.entry);
    let pairs: Vec<String> = entry.fields.iter().map(|(name, value)| format!("{name}: {}", one_line(value))).collect();
    let before: Vec<&String> = entry.fields.keys().collect();
    let fields = html! {
        (field(view, "name", "lead-name", "empty-null", entry.name.as_deref().unwrap_or_default()))
        (field(view, "tags", "contact-tags", "columns", &entry.tags.join(", ")))
        div.field {
            label for="contact-assignee" { (words.t("contact-assignee")) }
            select #contact-assignee name="assignee" data-type="empty-null" aria-describedby="contact-assignee-problem" {
                option value="" { (words.t("contact-nobody")) }
                (people(members, entry.assignee))
            }
            p.problem #contact-assignee-problem {}
        }
        div.field {
            label for="contact-fields" { (words.t("contact-fields")) }
            textarea #contact-fields name="fields" rows="3" data-type="pairs" dir="auto" aria-describedby="contact-fields-problem"
                data-before=(serde_json::to_string(&before).unwrap_or_default()) data-wrong=(words.t("contact-fields-wrong")) { (pairs.join("\n")) }
            p.problem #contact-fields-problem {}
        }
    };
    changing(view, entry.id, contact.version, &fields)
}

/// A value in one line: fields are changed a line each.
fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn add_address<R>(view: &View<R>, id: ContactId, version: u64) -> Markup {
    let fields = html! {
        (field(view, "add.phones", "lead-phone", "columns", ""))
        (field(view, "add.emails", "lead-email", "columns", ""))
    };
    changing(view, id, version, &fields)
}

/// Erasing cannot be undone, so it asks for what the contact is called.
fn erase<R>(view: &View<R>, contact: &Versioned<ContactView>) -> Markup {
    let (words, entry) = (view.words, &contact.value.entry);
    let reached = || entry.addresses.iter().find_map(|known| address(&known.address));
    let name = entry.name.clone().or_else(reached).unwrap_or_else(|| "ERASE".to_owned());
    let fields = html! {
        p { (words.t("contact-erase-text")) }
        div.field {
            label for="contact-confirm" { (words.with("contact-erase-confirm", "name", name.as_str())) }
            input #contact-confirm required autocomplete="off" dir="auto" pattern=(exactly(&name)) title=(name);
        }
        button type="submit" { (words.t("contact-erase")) }
    };
    form(&format!("DELETE /v1/contacts/{}", entry.id), &words.t("done-contact-erase"), "erase", &fields)
}

/// The pattern that this text alone fits.
pub(crate) fn exactly(text: &str) -> String {
    let syntax = |sign: char| "^$\\.*+?()[]{}|/".contains(sign);
    text.chars().flat_map(|sign| syntax(sign).then_some('\\').into_iter().chain([sign])).collect()
}

fn noted<R>(view: &View<R>, id: ContactId, notes: &Page<ContactNote>, members: &[Member]) -> Markup {
    let words = view.words;
    let fields = html! {
        label for="note-text" { (words.t("contact-note-new")) }
        textarea #note-text name="text" rows="2" maxlength=(ContactNote::MAX_CHARS) required dir="auto" data-draft=(format!("note-{id}"))
            aria-describedby="note-text-problem" {}
        p.quiet.hint { (words.t("note-mention")) }
        p.problem #note-text-problem {}
        button type="submit" { (words.t("contact-note-add")) }
    };
    html! {
        section {
            h2 { (words.t("contact-notes")) }
            @if view.permits(Permission::WriteLeads) {
                (form(&format!("POST /v1/contacts/{id}/notes"), &words.t("done-contact-note"), "enter", &fields))
            }
            div #notes data-live {
                @if notes.items.is_empty() { p.empty { (words.t("contact-notes-empty")) } }
                ul.entries {
                    @for note in &notes.items {
                        li {
                            p.quiet { (moment(note.at, &view.zone)) " · " (who(words, &note.by, members)) }
                            p dir="auto" { (note.text) }
                        }
                    }
                }
                (next(words, &path_of(id), &[], notes.cursor.as_deref()))
            }
        }
    }
}

/// What they agreed to and refused.
fn agreed<R>(view: &View<R>, contact: &ContactView) -> Markup {
    let words = view.words;
    html! {
        section #consents data-live {
            h2 { (words.t("contact-consents")) }
            @if contact.opted_out { p { strong { (words.t("contact-opted-out")) } } }
            @if contact.consents.is_empty() { p.empty { (words.t("contact-consents-empty")) } }
            ul.entries {
                @for consent in &contact.consents {
                    li {
                        p {
                            strong { (words.t(if consent.granted { "consent-granted" } else { "consent-refused" })) } " "
                            (words.value("channel", &consent.channel)) " · " (words.value("purpose", &consent.purpose)) " · " (moment(consent.at, &view.zone))
                        }
                        p.quiet dir="auto" { (consent.evidence) }
                    }
                }
            }
        }
    }
}

/// Who may be the same person, and who was merged.
fn same<R>(view: &View<R>, contact: &ContactView, others: &[Versioned<ContactView>]) -> Markup {
    let (words, id) = (view.words, contact.entry.id);
    let may_write = view.permits(Permission::WriteLeads);
    let pair = |call: &str, done: &str, label: &str, other: ContactId| {
        let fields = html! {
            input type="hidden" name="contact" value=(other);
            button.second type="submit" { (words.t(label)) }
        };
        form(&format!("POST /v1/contacts/{id}/{call}"), &words.t(done), "button", &fields)
    };
    html! {
        section #duplicates data-live {
            @if !others.is_empty() {
                h2 { (words.t("contact-duplicates")) }
                ul.entries {
                    @for Versioned { value: other, .. } in others {
                        li {
                            p { a href=(path_of(other.entry.id)) dir="auto" { (called(view, &other.entry)) } }
                            @if may_write {
                                (pair("merge", "done-merge", "do-merge", other.entry.id))
                                (pair("not-duplicate", "done-not-duplicate", "do-not-duplicate", other.entry.id))
                            }
                        }
                    }
                }
            }
            @if !contact.merged_from.is_empty() {
                h2 { (words.t("contact-merged")) }
                p.quiet { (words.t("contact-merged-text")) }
                ul.entries {
                    @for merged in &contact.merged_from {
                        li {
                            p.quiet { (merged) }
                            @if may_write {
                                (button(&format!("POST /v1/contacts/{merged}/take-apart"), &words.t("done-take-apart"), &words.t("do-take-apart")))
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_typed_as_it_is_whatever_signs_are_in_it() {
        assert_eq!(exactly("Ana (Vale) & Co. – 50% + more?"), r"Ana \(Vale\) & Co\. – 50% \+ more\?");
    }

    #[test]
    fn a_field_of_several_lines_is_shown_in_one() {
        assert_eq!(one_line("left gate\n code 4711"), "left gate code 4711");
    }
}
