//! What waits for a yes: one list, one click each.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::approvals::ApprovalKind;
use domain::campaigns::Campaign;
use domain::identity::may;
use domain::knowledge::gaps::KnowledgeGap;
use domain::leads::{Contact, Lead};
use maud::{Markup, html};
use serde::Deserialize;
use store::{Approval, ApprovalSubject, Duplicate, Page};

use crate::answer::Html;
use crate::settings::fields::{line, lines};
use crate::shell::{self, next};
use crate::show::{address, local, moment};
use crate::thread::lead_path;
use crate::view::View;
use crate::{campaigns, contacts};

/// Its address.
pub(crate) const PATH: &str = "/app/approvals";
/// Entries on a page.
const ON_A_PAGE: usize = 25;

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(crate) struct Wanted {
    cursor: Option<String>,
}

/// `GET /app/approvals`
pub(crate) async fn page(
    view: View<may::ReadLeads>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (words, tenant) = (view.words, &view.tenant.id);
    let today = view.now().to_zoned(view.zone.clone()).date();
    let may_see = |permission| view.permits(permission);
    let approvals = guard.store.approvals();
    let page = approvals.list(tenant, may_see, today, ON_A_PAGE, wanted.cursor.as_deref()).await?;
    let main = html! {
        h1 { (words.t("nav-approvals")) }
        p.quiet { (words.t("approvals-text")) }
        div #approvals data-live { (listed(&view, &page)) }
    };
    Ok(Html(shell::page(&view, PATH, &words.t("nav-approvals"), &main)))
}

fn listed<R>(view: &View<R>, page: &Page<Approval>) -> Markup {
    let words = view.words;
    html! {
        @if page.items.is_empty() && page.cursor.is_none() { p.empty { (words.t("approvals-empty")) } }
        ul.rows {
            @for approval in &page.items {
                li {
                    div {
                        @match &approval.subject {
                            ApprovalSubject::Contacts { pair } => (of_pair(view, pair)),
                            ApprovalSubject::Import { import } => {
                                p { a href=(format!("{}/{}", contacts::imports::PATH, import.id)) {
                                    (words.with("approval-import", "count", import.made))
                                } }
                            }
                            ApprovalSubject::Lead { lead } => (of_lead(view, lead)),
                            ApprovalSubject::Question { gap } => (of_question(view, gap)),
                            ApprovalSubject::Order { order } => {
                                p { strong dir="auto" { (order.supplier_name) } " " (order.number) }
                                p.quiet { (local(words, &view.tenant).money(order.total_cents, &order.currency)) }
                            }
                            ApprovalSubject::Campaign { campaign } => (of_campaign(view, campaign)),
                        }
                        p.quiet { (words.value("approval-kind", &approval.kind)) " · " (moment(approval.since, &view.zone)) }
                    }
                    @if view.permits(approval.kind.answered_with()) {
                        // A question is worded before it is added.
                        @if approval.kind != ApprovalKind::AddFaq { (answer(view, approval, "approve")) }
                        (answer(view, approval, "decline"))
                    }
                }
            }
        }
        (next(words, PATH, &[], page.cursor.as_deref()))
    }
}

fn of_pair<R>(view: &View<R>, pair: &Duplicate) -> Markup {
    html! {
        p { strong { (view.words.t("approval-pair")) } }
        p { (person(view, &pair.first)) }
        p { (person(view, &pair.second)) }
    }
}

/// A contact by name, with how they are reached: what tells two of one name apart.
fn person<R>(view: &View<R>, contact: &Contact) -> Markup {
    let name = contact.name.clone().unwrap_or_else(|| view.words.t("nobody-named"));
    let addresses: Vec<String> = contact.addresses.iter().filter_map(|known| address(&known.address)).collect();
    html! {
        a href=(contacts::path_of(contact.id)) dir="auto" { (name) }
        @if !addresses.is_empty() { span.quiet dir="auto" { " " (addresses.join(", ")) } }
    }
}

fn of_lead<R>(view: &View<R>, lead: &Lead) -> Markup {
    let name = lead.name.clone().unwrap_or_else(|| view.words.t("nobody-named"));
    let visit = lead.requested_visit.as_ref().map(|visit| visit.shown(&view.zone));
    html! {
        p { a href=(lead_path(lead.id)) dir="auto" { (name) } }
        @if let Some(visit) = visit.or_else(|| lead.requested_time.clone()) {
            p dir="auto" { (view.words.t("approval-visit")) " " (visit) }
        }
        @if let Some(how_many) = &lead.qualification.how_many {
            p dir="auto" { (view.words.t("lead-how-many")) ": " (how_many) }
        }
    }
}

/// What it says in the business's language, and how many it is for; all of it is on its own page.
fn of_campaign<R>(view: &View<R>, campaign: &Campaign) -> Markup {
    let text = campaign.texts.get(&view.tenant.language).or_else(|| campaign.texts.values().next());
    html! {
        p { a href=(campaigns::path_of(campaign.id)) { strong dir="auto" { (campaign.name) } } }
        p.quiet { (view.words.with("campaign-fits", "count", campaign.reach.fits)) }
        @if let Some(text) = text { p.lines dir="auto" { (text.body) } }
    }
}

/// What customers ask, and the form that puts it among the frequent questions.
fn of_question<R>(view: &View<R>, gap: &KnowledgeGap) -> Markup {
    let words = view.words;
    let within = format!("gap-{}-", gap.id);
    html! {
        p { strong dir="auto" { (gap.question) } }
        p.quiet { (words.with("approval-question", "count", gap.askers)) }
        @if !gap.examples.is_empty() {
            ul.quiet { @for example in &gap.examples { li dir="auto" { (example) } } }
        }
        @if view.permits(ApprovalKind::AddFaq.answered_with()) {
            form method="post" data-call=(format!("POST /v1/knowledge/gaps/{}/answer", gap.id))
                data-done=(words.t("done-approve-add-faq")) {
                (line("faq-question", "question", gap.question.as_str()).limit(300).required().within(&within).show(words))
                (lines("faq-answer", "answer", gap.draft.clone().unwrap_or_default()).limit(1_000).required()
                    .within(&within).show(words))
                button.second type="submit" { (words.t("do-approve-add-faq")) }
                p.problem role="alert" {}
            }
        }
    }
}

/// One click for an answer, which can be taken back where its kind allows that.
fn answer<R>(view: &View<R>, approval: &Approval, call: &str) -> Markup {
    let words = view.words;
    let kind = approval.kind.as_str().replace('_', "-");
    let undo = approval.can_undo.then_some("POST /v1/approvals/{id}/undo {}");
    html! {
        form.button method="post" data-call=(format!("POST /v1/approvals/{}/{call}", approval.id))
            data-done=(words.t(&format!("done-{call}-{kind}"))) data-undo=[undo] {
            button.second type="submit" { (words.t(&format!("do-{call}-{kind}"))) }
            p.problem role="alert" {}
        }
    }
}
