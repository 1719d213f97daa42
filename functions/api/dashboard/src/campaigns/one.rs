//! One campaign: the decision, the text in each language, how it reads, whom it reaches, the room for it, and what came of it.

use api::{ApiError, Guard};
use axum::extract::{Path, State};
use domain::campaigns::{Campaign, CampaignState, CampaignText, CampaignValues, Figures, Suggestion, sms_length};
use domain::identity::{Permission, may};
use domain::ids::{CampaignId, ServiceId};
use domain::inventory::PartsNeeded;
use domain::tenancy::{Language, Tenant};
use fluent_bundle::FluentArgs;
use maud::{Markup, html};
use std::collections::BTreeMap;
use store::{CampaignReader, Versioned};

use super::{PATH, day, path_of, span_of, state, weather_source};
use crate::answer::Html;
use crate::contacts;
use crate::settings::Reader;
use crate::settings::fields::{line, lines, number};
use crate::shell;
use crate::show::{local, moment};
use crate::view::View;

/// For how many customers it is shown.
const READERS: usize = 5;
/// The most characters of a text, and of a subject, as the API has them.
const MAX_BODY: u32 = 900;
const MAX_SUBJECT: u32 = 150;

/// What a page of one shows.
pub(super) struct Shown<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) stored: &'a Versioned<Campaign>,
    pub(super) figures: &'a Figures,
    pub(super) readers: &'a [CampaignReader],
    /// What the visits would use that are expected.
    pub(super) parts: &'a [PartsNeeded],
}

/// `GET /app/campaigns/{id}`
pub(super) async fn page(
    view: View<may::ReadCampaigns>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
) -> Result<Html, ApiError> {
    let (tenant, campaigns, id) = (&*view.tenant, guard.store.campaigns(), CampaignId::parse(&id)?);
    let (stored, figures) = tokio::try_join!(campaigns.get(&tenant.id, id), campaigns.figures(&tenant.id, id))?;
    let waits = !stored.value.state.is_over() && view.permits(Permission::ReadLeads);
    let readers = if waits { campaigns.readers(tenant, &stored.value, READERS, view.now()).await? } else { Vec::new() };
    let parts = parts(&guard, &view, &stored.value).await?;
    let shown = Shown { tenant, stored: &stored, figures: &figures, readers: &readers, parts: &parts };
    let main = content(Reader::of(&view), &shown);
    Ok(Html(shell::page(&view, &path_of(id), &stored.value.name, &main)))
}

/// What the visits that a campaign may bring would use, while it can still be got.
async fn parts(
    guard: &Guard,
    view: &View<may::ReadCampaigns>,
    campaign: &Campaign,
) -> Result<Vec<PartsNeeded>, ApiError> {
    let wanted = campaign.suggestions.iter().find_map(|suggestion| match suggestion {
        Suggestion::Parts { service, visits } => Some((service, *visits)),
        Suggestion::ExtraShifts { .. } => None,
    });
    let Some((service, visits)) =
        wanted.filter(|_| !campaign.state.is_over() && view.permits(Permission::ReadInventory))
    else {
        return Ok(Vec::new());
    };
    Ok(guard.store.inventory().known(&view.tenant, view.now()).await?.parts_for(service, visits))
}

pub(super) fn content(reader: Reader<'_>, shown: &Shown<'_>) -> Markup {
    let campaign = &shown.stored.value;
    html! {
        p { a.back href=(PATH) { (reader.t("back-to-campaigns")) } }
        h1 dir="auto" { (campaign.name) }
        section #state data-fresh="always" {
            p { (state(reader.words, campaign)) (ended(reader, campaign)) }
            (facts(reader, shown))
            (decide(reader, campaign))
        }
        (texts(reader, shown))
        (reads(reader, shown))
        div.columns {
            (reach(reader, campaign))
            (plan(reader, shown))
        }
        (came_of(reader, shown))
    }
}

fn ended(reader: Reader<'_>, campaign: &Campaign) -> Markup {
    html! {
        @if let Some(ended) = &campaign.ended {
            " " span.quiet { (reader.words.value("campaign-ended", &ended.why)) " · " (moment(ended.at, reader.zone)) }
        }
    }
}

fn facts(reader: Reader<'_>, shown: &Shown<'_>) -> Markup {
    let (words, tenant, campaign) = (reader.words, shown.tenant, &shown.stored.value);
    let services: Vec<String> = campaign.services.iter().map(|id| service_name(tenant, id)).collect();
    html! {
        dl {
            dt { (words.t("campaign-weather")) }
            dd {
                (words.value("weather", &campaign.condition)) ", "
                (span_of(words, tenant, (campaign.first_day, campaign.last_day)))
            }
            @if let Some(place) = &campaign.place { dt { (words.t("campaign-place")) } dd dir="auto" { (place) } }
            dt { (words.t("campaign-services")) }
            dd dir="auto" { (services.join(", ")) }
            @if !campaign.state.is_over() {
                dt { (words.t("campaign-useful-until")) }
                dd { (moment(campaign.useful_until, reader.zone)) }
            }
        }
        (weather_source())
    }
}

fn service_name(tenant: &Tenant, id: &ServiceId) -> String {
    let known = tenant.services.iter().find(|service| service.id == *id);
    known.map_or_else(|| id.to_string(), |service| service.name.clone())
}

/// What can be decided about it now.
fn decide(reader: Reader<'_>, campaign: &Campaign) -> Markup {
    let words = reader.words;
    let may = reader.permits(Permission::WriteCampaigns);
    let answer = |call: &str, class: &'static str| {
        html! {
            form.button method="post" data-call=(format!("POST /v1/campaigns/{}/{call}", campaign.id))
                data-done=(words.t(&format!("done-{call}-campaign"))) {
                input type="hidden" name="shown" value=(campaign.shown());
                button class=(class) type="submit" { (words.t(&format!("do-{call}-campaign"))) }
                p.problem role="alert" {}
            }
        }
    };
    html! {
        @if campaign.state == CampaignState::Waiting {
            p.notice { (words.with("campaign-decide-text", "count", campaign.planned())) }
            @if may { div.row { (answer("approve", "first")) (answer("decline", "second")) } }
        }
        @if campaign.state.may_send() && may {
            form.button method="post" data-call=(format!("POST /v1/campaigns/{}/stop", campaign.id))
                data-done=(words.t("done-stop-campaign")) {
                button.second type="submit" { (words.t("do-stop-campaign")) }
                p.problem role="alert" {}
            }
        }
    }
}

/// The text in each language, which can be changed as long as no one has said yes.
fn texts(reader: Reader<'_>, shown: &Shown<'_>) -> Markup {
    let (words, campaign) = (reader.words, &shown.stored.value);
    let is_open = matches!(campaign.state, CampaignState::Drafting | CampaignState::Waiting);
    let may = is_open && reader.permits(Permission::WriteCampaigns);
    html! {
        section #texts aria-labelledby="texts-title" {
            h2 #texts-title { (words.t("campaign-texts")) }
            @if campaign.texts.is_empty() {
                p.empty { (words.t(if campaign.state.is_over() { "campaign-texts-none" } else { "campaign-texts-empty" })) }
            }
            @for (language, text) in &campaign.texts {
                div id=(format!("text-{language}")) data-fresh {
                    h3 { (words.value("language", language)) }
                    @if may { (editor(reader, shown, language, text)) } @else { (written(text)) }
                    (length(reader, shown, language, text))
                }
            }
        }
    }
}

fn editor(reader: Reader<'_>, shown: &Shown<'_>, language: &Language, text: &CampaignText) -> Markup {
    let (words, Versioned { value: campaign, version }) = (reader.words, shown.stored);
    let (subject, body) = (format!("texts.{language}.subject"), format!("texts.{language}.body"));
    html! {
        form method="post" data-call=(format!("PATCH /v1/campaigns/{}", campaign.id)) data-patch data-version=(version)
            data-done=(words.t("done-save")) {
            (line("campaign-subject", &subject, text.subject.clone().unwrap_or_default()).limit(MAX_SUBJECT).reads("empty-null")
                .show(words))
            (lines("campaign-body", &body, text.body.clone()).rows(5).limit(MAX_BODY).required().hint("campaign-body-hint").show(words))
            button.second type="submit" { (words.t("do-save")) }
            p.problem role="alert" {}
        }
    }
}

fn written(text: &CampaignText) -> Markup {
    html! {
        @if let Some(subject) = &text.subject { p dir="auto" { strong { (subject) } } }
        p.lines dir="auto" { (text.body) }
    }
}

/// How long it is by SMS.
fn length(reader: Reader<'_>, shown: &Shown<'_>, language: &Language, text: &CampaignText) -> Markup {
    let campaign = &shown.stored.value;
    let (name, last_visit) = (Some("Alexander"), Some(campaign.created_at));
    let values = CampaignValues { tenant: shown.tenant, campaign, name, last_visit };
    html! {
        @if let Some(length) = sms_length(text, language, &values) {
            p.quiet { (reader.words.with("campaign-sms", "parts", length.parts)) " (" (length.places) ")" }
        }
    }
}

/// How it reads to the first of those whom it is for.
fn reads(reader: Reader<'_>, shown: &Shown<'_>) -> Markup {
    let words = reader.words;
    html! {
        @if !shown.readers.is_empty() {
            section #preview aria-labelledby="preview-title" data-fresh="always" {
                h2 #preview-title { (words.t("campaign-preview")) }
                p.quiet { (words.t("campaign-preview-text")) }
                ul.entries { @for one in shown.readers { li { (read_by(reader, one)) } } }
            }
        }
    }
}

fn read_by(reader: Reader<'_>, one: &CampaignReader) -> Markup {
    let words = reader.words;
    let name = one.name.clone().unwrap_or_else(|| words.t("nobody-named"));
    html! {
        div {
            p {
                a href=(contacts::path_of(one.contact)) dir="auto" { (name) }
                @if let Some(channel) = one.channel { " " span.tag { (words.value("channel", &channel)) } }
                @if let Some(reason) = &one.not_reached {
                    " " span.tag.alert { (words.t("campaign-not-reached")) }
                    span.quiet { " " (words.value("left-out", reason)) }
                }
            }
            @if let Some(subject) = &one.subject { p dir="auto" { strong { (subject) } } }
            @if let Some(text) = &one.text { p.lines.bubble dir="auto" lang=[one.language.as_ref().map(Language::as_str)] { (text) } }
        }
    }
}

/// How many it is for, and why the others are left out.
fn reach(reader: Reader<'_>, campaign: &Campaign) -> Markup {
    let (words, reach) = (reader.words, &campaign.reach);
    html! {
        section aria-labelledby="reach-title" {
            h2 #reach-title { (words.t("campaign-reach")) }
            @if !reach.complete { p.notice { (words.t("campaign-reach-open")) } }
            dl {
                dt { (words.t("campaign-looked-at")) } dd { (reach.looked_at) }
                dt { strong { (words.t("campaign-fit")) } } dd { strong { (reach.fits) } }
                @for (reason, count) in &reach.left_out {
                    dt { (words.value("left-out", reason)) } dd { (count) }
                }
            }
        }
    }
}

/// The room of each day, and how many are invited on it.
fn plan(reader: Reader<'_>, shown: &Shown<'_>) -> Markup {
    let (words, campaign) = (reader.words, &shown.stored.value);
    let mut days: BTreeMap<_, (Option<u32>, u32)> = BTreeMap::new();
    for room in &campaign.capacity {
        days.entry(room.date).or_default().0 = Some(room.free);
    }
    for portion in &campaign.spread {
        days.entry(portion.on).or_default().1 = portion.invite;
    }
    let most = days.values().map(|(free, invite)| free.unwrap_or(0).max(*invite)).max().unwrap_or(0).max(1);
    html! {
        section #plan aria-labelledby="plan-title" data-fresh {
            h2 #plan-title { (words.t("campaign-plan")) }
            @if days.is_empty() {
                p.empty { (words.t(if campaign.state.is_over() { "campaign-plan-none" } else { "campaign-plan-empty" })) }
            } @else {
                div.scroll tabindex="0" role="group" aria-labelledby="plan-title" {
                    table {
                        thead { tr {
                            th scope="col" { (words.t("campaign-plan-day")) }
                            th scope="col" { (words.t("campaign-plan-free")) }
                            th scope="col" { (words.t("campaign-plan-invited")) }
                        } }
                        tbody {
                            @for (date, (free, invite)) in &days {
                                tr {
                                    th scope="row" { (day(words, shown.tenant, *date)) }
                                    td { (free.map_or_else(|| "–".to_owned(), |free| free.to_string())) }
                                    td { (invite) " " meter min="0" max=(most) value=(invite) aria-hidden="true" {} }
                                }
                            }
                        }
                    }
                }
            }
            (most_a_day(reader, shown.stored))
            @for suggestion in &campaign.suggestions { (suggested(reader, shown, suggestion)) }
        }
    }
}

/// How many are invited on a day at most, which can be changed until it is over.
fn most_a_day(reader: Reader<'_>, Versioned { value: campaign, version }: &Versioned<Campaign>) -> Markup {
    let words = reader.words;
    html! {
        @if !campaign.state.is_over() && reader.permits(Permission::WriteCampaigns) {
            form method="post" data-call=(format!("PATCH /v1/campaigns/{}", campaign.id)) data-patch data-version=(version)
                data-done=(words.t("done-save")) {
                (number("campaign-most-a-day", "most_a_day", campaign.most_a_day).hint("campaign-most-a-day-hint").show(words))
                button.second type="submit" { (words.t("do-save")) }
                p.problem role="alert" {}
            }
        }
    }
}

fn suggested(reader: Reader<'_>, shown: &Shown<'_>, suggestion: &Suggestion) -> Markup {
    let (words, tenant) = (reader.words, shown.tenant);
    html! {
        div.notice {
            @match suggestion {
                Suggestion::ExtraShifts { days, visits, not_invited } => {
                    (words.with("campaign-extra-shifts", "count", *not_invited)) " "
                    (words.with("campaign-extra-visits", "count", *visits)) " "
                    (days.iter().map(|date| day(words, tenant, *date)).collect::<Vec<_>>().join(" · "))
                }
                Suggestion::Parts { service, visits } => {
                    (words.with("campaign-parts", "count", *visits)) " " span dir="auto" { (service_name(tenant, service)) }
                    @if !shown.parts.is_empty() {
                        ul { @for part in shown.parts { li { (part_of(reader, part)) } } }
                    }
                }
            }
        }
    }
}

fn part_of(reader: Reader<'_>, part: &PartsNeeded) -> Markup {
    let mut said = FluentArgs::new();
    said.set("needed", part.needed);
    said.set("there", part.on_hand);
    said.set("coming", part.on_order);
    let said = reader.words.say("campaign-part", &said);
    html! {
        span dir="auto" { (part.name) } ": "
        @if part.lacking() > 0 { strong { (said) } } @else { (said) }
    }
}

/// What came of it, once someone was invited or held back.
fn came_of(reader: Reader<'_>, shown: &Shown<'_>) -> Markup {
    let (words, figures) = (reader.words, shown.figures);
    let local = local(words, shown.tenant);
    let money = |cents: i64| local.money(cents, &shown.tenant.currency);
    let cards = [
        ("figure-invited", figures.invited.to_string()),
        ("figure-answered", figures.answered.to_string()),
        ("figure-booked", figures.booked.to_string()),
        ("figure-lost", figures.lost.to_string()),
        ("figure-revenue", money(figures.revenue_cents)),
        ("figure-earned", money(figures.done_cents)),
    ];
    html! {
        @if *figures != Figures::default() {
            section #figures aria-labelledby="figures-title" data-live {
                h2 #figures-title { (words.t("campaign-figures")) }
                ul.cards {
                    @for (label, figure) in cards { li { div.card { strong.figure { (figure) } span { (words.t(label)) } } } }
                }
                @if !figures.held_back.is_empty() {
                    h3 { (words.t("campaign-held-back")) }
                    dl { @for (reason, count) in &figures.held_back { dt { (words.value("left-out", reason)) } dd { (count) } } }
                }
            }
        }
    }
}
