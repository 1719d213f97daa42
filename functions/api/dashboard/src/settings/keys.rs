//! Programs' keys to the API.

use api::{ApiError, Guard};
use axum::extract::State;
use domain::identity::{ApiKey, KeyMode, Permission, may};
use maud::{Markup, html};

use super::Reader;
use super::fields::{choice, id, line, options};
use crate::answer::Html;
use crate::shell::button;
use crate::show::moment;
use crate::view::View;

/// `GET /app/settings/keys`
pub(super) async fn page(view: View<may::ReadKeys>, State(guard): State<Guard>) -> Result<Html, ApiError> {
    let keys = guard.store.api_keys().list(&view.tenant.id).await?;
    let main = content(Reader::of(&view), &keys);
    Ok(super::page(&view, "/app/settings/keys", &main))
}

pub(super) fn content(reader: Reader<'_>, keys: &[ApiKey]) -> Markup {
    html! {
        section aria-labelledby="keys-title" {
            h2 #keys-title { (reader.t("keys-title")) }
            p.quiet { (reader.t("keys-text")) }
            div #keys data-live {
                @if keys.is_empty() { p.empty { (reader.t("keys-empty")) } }
                ul.entries { @for key in keys { (entry(reader, key)) } }
            }
        }
        @if reader.permits(Permission::WriteKeys) { (make(reader)) }
    }
}

fn entry(reader: Reader<'_>, key: &ApiKey) -> Markup {
    let scopes = key.scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(", ");
    html! {
        li {
            p {
                strong dir="auto" { (key.name) } " " code { (key.prefix) "…" }
                @if !key.mode.is_live() { " " span.tag { (reader.t("key-test")) } }
                br;
                span.quiet {
                    (scopes) " · "
                    @match key.last_used_at {
                        Some(at) => { (reader.t("key-used")) " " (moment(at, reader.zone)) }
                        None => { (reader.t("key-unused")) }
                    }
                }
            }
            @if reader.permits(Permission::WriteKeys) {
                (button(&format!("DELETE /v1/api-keys/{}", key.id), &reader.t("done-revoke"), &reader.t("do-revoke")))
            }
        }
    }
}

/// A form to make a key. The key is shown once, beneath it.
fn make(reader: Reader<'_>) -> Markup {
    let scopes = Permission::ALL.iter().filter(|scope| scope.is_scope() && reader.permits(**scope));
    html! {
        section aria-labelledby="key-new-title" {
            h2 #key-new-title { (reader.t("key-new")) }
            form method="post" data-call="POST /v1/api-keys" data-done=(reader.t("done-make-key")) data-reveal="new-key" data-field="key" {
                (line("key-name", "name", "").limit(80).required().show(reader.words))
                (choice("key-mode", "mode", options(reader.words, "key-mode", &[KeyMode::Live, KeyMode::Test]), "live").show(reader.words))
                fieldset #scopes name="scopes" tabindex="-1" aria-describedby="scopes-problem" {
                    legend { (reader.t("key-scopes")) }
                    @for scope in scopes {
                        @let name = scope.as_str();
                        @let id = id("scope-", &name.replace(':', "-"));
                        div.tick {
                            input id=(id) type="checkbox" name="scopes[]" value=(name);
                            label for=(id) { code { (name) } }
                        }
                    }
                    p.problem #scopes-problem {}
                }
                button type="submit" { (reader.t("do-make-key")) }
                p.problem role="alert" {}
            }
            p { (reader.t("key-once")) }
            pre #new-key tabindex="0" role="status" hidden {}
        }
    }
}
