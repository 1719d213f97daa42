//! The leads as a board: a column for each status, and how one goes on to another without a mouse.

use domain::identity::{Member, Permission};
use domain::leads::{Lead, LeadStatus};
use maud::{Markup, html};

use crate::leads::name;
use crate::show::{local, moment, named, short};
use crate::thread::lead_path;
use crate::view::View;

/// Leads on a board.
pub(crate) const ON_A_BOARD: usize = 50;

/// Those of a page of leads, newest activity first within each column.
pub(crate) fn board<R>(view: &View<R>, leads: &[Lead], team: &[Member]) -> Markup {
    let words = view.words;
    html! {
        div.scroll tabindex="0" role="group" aria-label=(words.t("nav-leads")) {
            div.board {
                @for status in LeadStatus::ALL {
                    @let here: Vec<&Lead> = leads.iter().filter(|lead| lead.status == status).collect();
                    // Columns that are the end of the way are there once something is in them.
                    @if !status.is_closed() || !here.is_empty() {
                        section aria-labelledby=(format!("column-{}", status.as_str())) {
                            h2 id=(format!("column-{}", status.as_str())) {
                                (words.value("status", &status)) " " span.quiet { (words.with("board-count", "count", i64::try_from(here.len()).unwrap_or(i64::MAX))) }
                            }
                            ul { @for lead in here { (card(view, lead, team)) } }
                        }
                    }
                }
            }
        }
    }
}

fn card<R>(view: &View<R>, lead: &Lead, team: &[Member]) -> Markup {
    let words = view.words;
    let wants = lead.qualification.services().collect::<Vec<_>>().join(", ");
    html! {
        li {
            a id=(format!("card-{}", lead.id)) href=(lead_path(lead.id)) dir="auto" { (name(view, lead)) }
            @if !wants.is_empty() { span dir="auto" { (short(&wants, 80)) } }
            span.tags {
                span.tag.(lead.score.as_str()) { (words.value("score", &lead.score)) }
                @if let Some(value) = &lead.value { span.tag { (local(words, &view.tenant).money(value.cents, &value.currency)) } }
                @if let Some(member) = lead.assignee.and_then(|account| named(team, account)) { span.tag dir="auto" { (member) } }
            }
            span.quiet { (moment(lead.updated_at, &view.zone)) }
            @if view.permits(Permission::WriteLeads) && !lead.status.is_closed() { (moved(view, lead)) }
        }
    }
}

/// On to another column.
fn moved<R>(view: &View<R>, lead: &Lead) -> Markup {
    let words = view.words;
    let id = format!("to-{}", lead.id);
    let others = LeadStatus::ALL.into_iter().filter(|to| *to != lead.status && lead.status.allows(*to));
    html! {
        form.button method="post" data-call=(format!("PATCH /v1/leads/{}", lead.id)) data-version=(lead.version)
            data-done=(words.t("done-save")) {
            label.hidden for=(id) { (words.t("board-move")) }
            select id=(id) name="status" {
                @for to in others { option value=(to.as_str()) { (words.value("status", &to)) } }
            }
            button.second id=(format!("move-{}", lead.id)) type="submit" { (words.t("board-do-move")) }
            p.problem role="alert" {}
        }
    }
}
