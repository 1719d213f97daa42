//! Where events are posted: the list, a new one, and one of them with what was posted there and what was answered.

use api::{ApiError, Guard};
use axum::extract::{Path, Query, State};
use domain::events::EventKind;
use domain::identity::{Permission, may};
use domain::ids::WebhookId;
use domain::webhooks::{MAX_TRIES, State as DeliveryState, Try, Webhook, WebhookDelivery};
use maud::{Markup, html};
use store::{Page, Versioned};

use super::fields::{TickBox, boxes, line};
use super::{ON_A_PAGE, Reader, Wanted};
use crate::answer::Html;
use crate::shell::{button, next, nothing};
use crate::show::{moment, short};
use crate::view::View;

pub(super) const PATH: &str = "/app/settings/webhooks";

/// `GET /app/settings/webhooks`
pub(super) async fn list(view: View<may::ReadWebhooks>, State(guard): State<Guard>) -> Result<Html, ApiError> {
    let webhooks: Vec<Webhook> = guard.store.documents().all(&view.tenant.id).await?;
    Ok(super::page(&view, PATH, &list_content(Reader::of(&view), &webhooks)))
}

/// `GET /app/settings/webhooks/{id}`
pub(super) async fn one(
    view: View<may::ReadWebhooks>,
    State(guard): State<Guard>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (tenant, id, failed) = (&view.tenant.id, WebhookId::parse(&id)?, wanted.other == "failed");
    let (webhooks, deliveries) = (guard.store.webhooks(), guard.store.webhook_deliveries());
    let state = failed.then(|| DeliveryState::Failed.as_str());
    let deliveries = deliveries.list(tenant, id, state, ON_A_PAGE, wanted.cursor());
    let (webhook, deliveries) = tokio::try_join!(webhooks.get(tenant, id), deliveries)?;
    Ok(super::page(&view, PATH, &one_content(Reader::of(&view), &webhook, &deliveries, failed)))
}

pub(super) fn list_content(reader: Reader<'_>, webhooks: &[Webhook]) -> Markup {
    html! {
        p.quiet { (reader.t("webhooks-text")) }
        div #webhooks data-live {
            @if webhooks.is_empty() { p.empty { (reader.t("webhook-none")) } }
            ul.entries {
                @for webhook in webhooks {
                    li {
                        p {
                            a href=(format!("{PATH}/{}", webhook.id)) dir="auto" { (called(webhook)) }
                            " " span.quiet dir="auto" { (webhook.description) } br; (state(reader, webhook))
                        }
                    }
                }
            }
        }
        @if reader.permits(Permission::WriteWebhooks) {
            section aria-labelledby="webhook-new" {
                h2 #webhook-new { (reader.t("webhook-add")) }
                form.make method="post" data-call="POST /v1/webhooks" data-done=(reader.t("done-save")) data-reveal="new-secret" data-field="secret" {
                    (fields(reader, None, "new-"))
                    button type="submit" { (reader.t("webhook-add")) }
                    p.problem role="alert" {}
                }
                (secret(reader, "new-secret"))
            }
        }
    }
}

pub(super) fn one_content(
    reader: Reader<'_>,
    stored: &Versioned<Webhook>,
    deliveries: &Page<WebhookDelivery>,
    failed: bool,
) -> Markup {
    let (webhook, title) = (&stored.value, reader.t("webhook-deliveries"));
    let may = reader.permits(Permission::WriteWebhooks);
    let page = format!("{PATH}/{}", webhook.id);
    html! {
        p { a.back href=(PATH) { "← " (reader.t("settings-webhooks")) } }
        h2 dir="auto" { (called(webhook)) }
        div #webhook-state data-live {
            p { (state(reader, webhook)) }
            @if may { (steps(reader, stored)) }
        }
        @if may { (change(reader, stored)) }
        section {
            h2 { (title) }
            nav aria-label=(title) {
                a href=(page) aria-current=[(!failed).then_some("true")] { (reader.t("requests-all")) } " · "
                a href=(format!("{page}?other=failed")) aria-current=[failed.then_some("true")] { (reader.t("import-failed")) }
            }
            div #deliveries data-live {
                (nothing(reader.words, deliveries, "webhook-none"))
                ul.entries { @for delivery in &deliveries.items { (posted(reader, webhook, delivery)) } }
                (next(reader.words, &page, if failed { &[("other", "failed")] } else { &[] }, deliveries.cursor.as_deref()))
            }
        }
    }
}

/// The address without what follows a `?`, where some receivers want a key.
fn called(webhook: &Webhook) -> String {
    short(webhook.url.split(['?', '#']).next().unwrap_or_default(), 100)
}

fn state(reader: Reader<'_>, webhook: &Webhook) -> Markup {
    let is_on = webhook.enabled;
    html! {
        span.tag.met[is_on].alert[webhook.disabled.is_some()] { (reader.t(if is_on { "tenant-active" } else { "tenant-paused" })) }
        @if let Some(disabled) = webhook.disabled {
            " " (reader.words.value("webhook-off", &disabled.why)) " · " (moment(disabled.at, reader.zone))
        } @else if let Some(since) = webhook.failing_since {
            " " span.problem { (reader.t("webhook-failing")) " " (moment(since, reader.zone)) }
        }
    }
}

/// A test event, and on or off.
fn steps(reader: Reader<'_>, stored: &Versioned<Webhook>) -> Markup {
    let Webhook { id, url, events, description, enabled, .. } = &stored.value;
    html! {
        div.actions {
            @if *enabled {
                (button(&format!("POST /v1/webhooks/{id}/test"), &reader.t("webhook-sent"), &reader.t("do-webhook-test")))
            }
            form.button method="post" data-call=(format!("PUT /v1/webhooks/{id}")) data-version=(stored.version) data-done=(reader.t("done-save")) {
                input type="hidden" name="url" value=(url);
                input type="hidden" name="description" value=(description);
                input type="hidden" name="events" data-type="json" value=(serde_json::Value::from(events.as_slice()));
                input type="hidden" name="enabled" data-type="json" value=(!enabled);
                button.second type="submit" { (reader.t(if *enabled { "do-pause" } else { "do-resume" })) }
                p.problem role="alert" {}
            }
        }
    }
}

/// What can be changed, another secret, and its end.
fn change(reader: Reader<'_>, stored: &Versioned<Webhook>) -> Markup {
    let path = format!("/v1/webhooks/{}", stored.value.id);
    html! {
        // The switch beside it changes what is sent here too.
        section #webhook-fields data-fresh="always" {
            details #webhook-change {
                summary { (reader.t("contact-change")) }
                form method="post" data-call=(format!("PUT {path}")) data-version=(stored.version) data-done=(reader.t("done-save")) {
                    (fields(reader, Some(&stored.value), "webhook-"))
                    input type="hidden" name="enabled" data-type="json" value=(stored.value.enabled);
                    button type="submit" { (reader.t("do-save")) }
                    p.problem role="alert" {}
                }
                form.button method="post" data-call=(format!("DELETE {path}")) data-done=(reader.t("done-remove")) data-then=(PATH) {
                    button.second type="submit" { (reader.t("do-remove")) }
                    p.problem role="alert" {}
                }
            }
        }
        details #webhook-rotate {
            summary { (reader.t("webhook-rotate")) }
            form method="post" data-call=(format!("POST {path}/rotate-secret")) data-done=(reader.t("done-save")) data-reveal="next-secret" data-field="secret" {
                button.second type="submit" { (reader.t("webhook-rotate")) }
                p.problem role="alert" {}
            }
            (secret(reader, "next-secret"))
        }
    }
}

/// Where a secret is shown once.
fn secret(reader: Reader<'_>, id: &str) -> Markup {
    html! {
        p.quiet { (reader.t("webhook-secret-once")) }
        pre id=(id) tabindex="0" role="status" hidden {}
    }
}

fn fields(reader: Reader<'_>, webhook: Option<&Webhook>, within: &str) -> Markup {
    let text = |of: fn(&Webhook) -> &String| webhook.map(of).cloned().unwrap_or_default();
    let is_wanted = |name: &str| webhook.is_some_and(|webhook| webhook.events.iter().any(|wanted| wanted == name));
    let event = |name: &&str| -> TickBox { (name.to_string(), name.to_string(), is_wanted(name)) };
    let events: Vec<TickBox> = EventKind::PUBLIC.iter().map(event).collect();
    html! {
        (line("elsewhere-url", "url", text(|webhook| &webhook.url)).kind("url").limit(2_000).required().within(within).show(reader.words))
        (line("key-name", "description", text(|webhook| &webhook.description)).limit(200).within(within).show(reader.words))
        (boxes(&reader.t("webhook-events"), "events", within, None, &events))
    }
}

/// An event on its way, with what was answered to its last tries.
fn posted(reader: Reader<'_>, webhook: &Webhook, delivery: &WebhookDelivery) -> Markup {
    let tries = &delivery.tries;
    html! {
        li {
            p {
                code { (delivery.name) } " " (moment(delivery.created_at, reader.zone))
                @if delivery.state == DeliveryState::Failed { " " span.tag.alert { (reader.t("import-failed")) } }
                @for tried in tries.iter().skip(tries.len().saturating_sub(MAX_TRIES)) { br; (answered(reader, tried)) }
                @if let Some(at) = delivery.next_at { br; span.quiet { (reader.t("webhook-next")) " " (moment(at, reader.zone)) } }
            }
            @if reader.permits(Permission::WriteWebhooks) && webhook.enabled && !delivery.is_on_its_way(reader.now) {
                (button(&format!("POST /v1/webhooks/deliveries/{}/replay", delivery.id), &reader.t("webhook-sent"), &reader.t("do-po-send-again")))
            }
        }
    }
}

fn answered(reader: Reader<'_>, tried: &Try) -> Markup {
    html! {
        span.quiet {
            (moment(tried.at, reader.zone)) " · "
            @if let Some(status) = tried.status { "HTTP " (status) }
            @if let Some(error) = &tried.error { span lang="en" { (error) } }
            " · " (tried.duration_ms) " ms"
        }
        @if let Some(answer) = &tried.answer { br; code dir="auto" { (answer) } }
    }
}
