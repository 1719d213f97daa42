//! Keys that are used in forms, chat widgets and telephone systems, with the line of HTML that puts the widget on a page.

use domain::identity::{Permission, SiteKey, SiteKeyKind};
use domain::tenancy::Tenant;
use maud::{Markup, html};
use store::{Page, Versioned};

use super::Reader;
use super::fields::{choice, line, lines, options};
use crate::shell::next;
use crate::show::moment;

const KINDS: [SiteKeyKind; 3] = [SiteKeyKind::Widget, SiteKeyKind::Form, SiteKeyKind::Call];

/// The keys, and a form to make one.
pub(super) fn section(reader: Reader<'_>, tenant: &Tenant, page: &Page<Versioned<SiteKey>>, site: &str) -> Markup {
    html! {
        section aria-labelledby="site-keys-title" {
            h2 #site-keys-title { (reader.t("site-keys-title")) }
            p.quiet { (reader.t("site-keys-text")) }
            div #site-keys data-live {
                @if page.items.is_empty() { p.empty { (reader.t("site-keys-empty")) } }
                ul.entries { @for key in &page.items { (entry(reader, tenant, key, site)) } }
                (next(reader.words, "/app/settings/channels", &[], page.cursor.as_deref()))
            }
            @if reader.permits(Permission::WriteKeys) { (make(reader)) }
        }
    }
}

fn entry(reader: Reader<'_>, tenant: &Tenant, stored: &Versioned<SiteKey>, site: &str) -> Markup {
    let Versioned { value: key, version } = stored;
    html! {
        li {
            p {
                strong dir="auto" { (key.name) } " "
                span.tag { (reader.words.value("site-key", &key.kind)) } " "
                span.quiet { (moment(key.created_at, reader.zone)) }
                @if !key.origins.is_empty() { br; span.quiet dir="auto" { (key.origins.join(", ")) } }
            }
            @if let Some(plain) = &key.key {
                @if key.kind == SiteKeyKind::Widget {
                    p { (reader.t("widget-line")) }
                    pre tabindex="0" { code { (snippet(site, plain, tenant)) } }
                } @else {
                    pre tabindex="0" { code { (plain) } }
                }
            }
            @if reader.permits(Permission::WriteKeys) {
                form.button method="post" data-call=(format!("DELETE /v1/site-keys/{}", key.id)) data-version=(version)
                    data-done=(reader.t("done-remove")) {
                    button.second type="submit" { (reader.t("do-remove")) }
                    p.problem role="alert" {}
                }
            }
        }
    }
}

/// The line of HTML that puts the widget on a page, in the name and the colour of the business.
fn snippet(site: &str, key: &str, tenant: &Tenant) -> String {
    let title = tenant.branding.name.as_ref().unwrap_or(&tenant.name);
    let colour = tenant.branding.primary_colour.as_ref();
    html! { script src=(format!("{site}/widget.js")) data-key=(key) data-title=(title) data-colour=[colour] defer {} }
        .into_string()
}

fn make(reader: Reader<'_>) -> Markup {
    let words = reader.words;
    let kinds = options(words, "site-key", &KINDS);
    let fields = html! {
        (line("key-name", "name", "").limit(80).required().within("site-key-").show(words))
        (choice("site-key-kind", "kind", kinds, "widget").chooses().within("site-key-").show(words))
        (lines("site-key-origins", "origins", "").rows(2).reads("lines").hint("origins-hint").within("site-key-").show(words))
        fieldset data-when="form" hidden disabled {
            (lines("site-key-consent", "consent_wording", "").rows(2).reads("empty-null").limit(1_000).hint("site-key-consent-hint").within("site-key-").show(words))
        }
        button type="submit" { (reader.t("do-make-key")) }
    };
    html! {
        h3 { (reader.t("site-key-new")) }
        form.make method="post" data-call="POST /v1/site-keys" data-done=(reader.t("done-make-key")) data-reveal="new-site-key" data-field="key" {
            (fields)
            p.problem role="alert" {}
        }
        p.quiet { (reader.t("site-key-once")) }
        pre #new-site-key tabindex="0" role="status" hidden {}
    }
}
