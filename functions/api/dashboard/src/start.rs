//! The first page: who waits now, and what is missing until a lead can be answered.

use api::{ApiError, Guard};
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::identity::{Permission, may};
use domain::tenancy::Tenant;
use maud::{Markup, html};
use store::{Queue, ThreadFilter};

use crate::answer::Html;
use crate::operators;
use crate::shell;
use crate::view::{Operator, View};

/// So many who wait are counted; of more it is said that there are more.
const COUNTED: usize = 25;

/// Something that a business needs, whether it has it, and where it is set.
struct Need {
    words: &'static str,
    is_met: bool,
    /// Whether a business can do without it.
    is_optional: bool,
    path: &'static str,
}

/// `GET /app`, where signing in leads.
pub(crate) async fn page(
    operator: Result<Operator, ApiError>,
    view: Result<View<may::ReadSettings>, ApiError>,
    State(guard): State<Guard>,
) -> Result<Response, ApiError> {
    if operator.is_ok() {
        return Ok(Redirect::to(operators::PATH).into_response());
    }
    let view = view?;
    let words = view.words;
    let (tenant, conversations) = (&view.tenant.id, guard.store.conversations());
    let queue = |queue| ThreadFilter { queue: Some((queue, view.now())), ..ThreadFilter::default() };
    let may_read = view.permits(Permission::ReadConversations);
    let counts = if may_read {
        let mine = async {
            match view.account() {
                Some(me) => Ok(conversations.list(tenant, queue(Queue::Mine(me)), COUNTED, None).await?.items.len()),
                None => Ok(0),
            }
        };
        let unassigned = conversations.list(tenant, queue(Queue::Unassigned), COUNTED, None);
        let (mine, unassigned) = tokio::try_join!(mine, unassigned)?;
        Some((mine, unassigned.items.len()))
    } else {
        None
    };
    let needs = needs(&view.tenant);
    let has_all = needs.iter().all(|need| need.is_met || need.is_optional);
    let main = html! {
        h1 { (words.with("start-title", "name", view.tenant.name.as_str())) }
        @if let Some((mine, unassigned)) = counts {
            ul.cards #waiting data-live {
                (card(&view, "card-unassigned", unassigned, "/app/inbox?queue=unassigned"))
                (card(&view, "card-mine", mine, "/app/inbox?queue=mine"))
            }
        }
        (talk(&view))
        section aria-labelledby="needs-title" {
            h2 #needs-title { (words.t(if has_all { "needs-met" } else { "needs-title" })) }
            ul.needs {
                @for need in &needs {
                    li {
                        span.tag.met[need.is_met] { (words.t(if need.is_met { "need-done" } else if need.is_optional { "need-optional" } else { "need-missing" })) }
                        span { (words.t(need.words)) }
                        @if !need.is_met && view.permits(Permission::WriteSettings) {
                            a.do href=(need.path) { (words.t("need-do")) }
                        }
                    }
                }
            }
        }
    };
    Ok(Html(shell::page(&view, "/app", &words.t("nav-start"), &main)).into_response())
}

/// A talk with the own assistant. It is kept on this page alone.
fn talk<R>(view: &View<R>) -> Markup {
    let words = view.words;
    html! {
        section aria-labelledby="try-title" {
            h2 #try-title { (words.t("try-title")) }
            p.quiet { (words.t("try-text")) }
            ol.timeline #try-log aria-live="polite" {}
            form.enter method="post" data-talk="POST /v1/assistant/try" data-silent=(words.t("try-silent"))
                data-customer=(words.t("role-customer")) data-assistant=(words.t("role-assistant")) {
                div.field {
                    label for="try-said" { (words.t("try-said")) }
                    input #try-said name="said" required maxlength="1000" autocomplete="off" dir="auto";
                }
                button type="submit" { (words.t("try-say")) }
                button.second type="reset" { (words.t("try-again")) }
                p.problem role="alert" {}
            }
        }
    }
}

fn card<R>(view: &View<R>, name: &str, count: usize, path: &str) -> Markup {
    let shown = if count >= COUNTED { format!("{COUNTED}+") } else { count.to_string() };
    html! { li { a href=(path) { strong.figure { (shown) } span { (view.words.t(name)) } } } }
}

/// What a business needs before its assistant can answer as it should, the most important first.
fn needs(tenant: &Tenant) -> [Need; 7] {
    let channels = &tenant.channels;
    let is_reached = channels.whatsapp.is_some() || channels.sms.is_some() || channels.email.is_some() || channels.chat;
    let need = |words, is_met, path| Need { words, is_met, is_optional: false, path };
    let is_booked = tenant.services.iter().any(|service| service.booking.is_some());
    [
        need("need-channel", is_reached, "/app/settings/channels"),
        need("need-services", !tenant.services.is_empty(), "/app/settings/services"),
        need("need-hours", tenant.hours != domain::tenancy::Hours::default(), "/app/settings/hours"),
        need("need-phone", tenant.business.phone.is_some(), "/app/settings"),
        need("need-address", tenant.business.address.is_some(), "/app/settings"),
        need("need-faqs", !tenant.faqs.is_empty(), "/app/settings/questions"),
        Need { is_optional: true, ..need("need-booking", is_booked, "/app/settings/resources") },
    ]
}
