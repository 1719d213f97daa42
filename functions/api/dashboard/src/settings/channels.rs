//! The channels, what they send from, and the keys by which sites and telephone systems reach the business.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use domain::identity::{Permission, SiteKey, may};
use domain::messaging::Channel;
use domain::tenancy::{ReplyTemplate, Tenant};
use maud::{Markup, html};
use store::{Page, VendorCredential, Versioned};

use super::fields::{choice, line, lines, options, tick, value_of};
use super::lists::List;
use super::{ON_A_PAGE, Reader, Wanted, change, document, region, site_keys as keys};
use crate::answer::Html;
use crate::shell::button;
use crate::show::short;
use crate::view::View;

/// `GET /app/settings/channels`
pub(super) async fn page(
    view: View<may::ReadSettings>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Html, ApiError> {
    let (tenant, store) = (&view.tenant.id, &guard.store);
    let site_keys = async {
        if !view.permits(Permission::ReadKeys) {
            return Ok(None);
        }
        Ok(Some(store.documents().list::<SiteKey>(tenant, ON_A_PAGE, wanted.cursor.as_deref()).await?))
    };
    let (stored, site_keys) = tokio::try_join!(document(&view, &guard), site_keys)?;
    let main = content(Reader::of(&view), &stored.value, stored.version, site_keys.as_ref(), &guard.site(&headers));
    Ok(super::page(&view, "/app/settings/channels", &main))
}

pub(super) fn content(
    reader: Reader<'_>,
    tenant: &Tenant,
    version: u64,
    site_keys: Option<&Page<Versioned<SiteKey>>>,
    site: &str,
) -> Markup {
    let channels = &tenant.channels;
    let sms = channels.sms.as_ref();
    let whatsapp = channels.whatsapp.as_ref();
    let email = channels.email.as_ref();
    let words = reader.words;
    let form = |fields: &Markup| change(reader, Permission::ManageTenant, version, fields);
    let sms_fields = html! {
        (line("sms-account", "channels.sms.account_sid", sms.map(|sms| sms.account_sid.clone()).unwrap_or_default()).required().show(words))
        (line("sms-from", "channels.sms.from", sms.map(|sms| sms.from.as_str().to_owned()).unwrap_or_default())
            .kind("tel").pattern(r"\+[0-9]{7,15}").hint("phone-hint").required().show(words))
    };
    let whatsapp_fields = html! {
        (line("whatsapp-number", "channels.whatsapp.phone_number_id", whatsapp.map(|settings| settings.phone_number_id.clone()).unwrap_or_default())
            .hint("whatsapp-number-hint").required().show(words))
    };
    let templates = whatsapp.map(|settings| templates(reader, &settings.templates, version)).unwrap_or_default();
    let email_fields = html! {
        (line("email-from", "channels.email.from", email.map(|email| email.from.as_str().to_owned()).unwrap_or_default())
            .kind("email").hint("email-from-hint").required().show(words))
    };
    let site_fields = html! {
        (tick("chat-on", "channels.chat", channels.chat).show(words))
        (choice("text-back", "text_back", options(words, "channel", &[Channel::Sms, Channel::Whatsapp]), value_of(&tenant.text_back)).show(words))
        (lines("origins", "origins", tenant.origins.join("\n")).rows(3).reads("lines").hint("origins-hint").show(words))
    };
    let part = |channel: Channel, is_on: bool, fields: &Markup| {
        let name = channel.as_str();
        region(
            name,
            &words.value("channel", &channel),
            version,
            &html! {
                p { span.tag.met[is_on] { (reader.t(if is_on { "channel-on" } else { "channel-off" })) } }
                (form(fields))
                @if channel == Channel::Whatsapp { (templates) }
                @if is_on && reader.permits(Permission::ManageTenant) { (turn_off(reader, name, version)) }
            },
        )
    };
    html! {
        (part(Channel::Sms, sms.is_some(), &sms_fields))
        (part(Channel::Whatsapp, whatsapp.is_some(), &whatsapp_fields))
        (part(Channel::Email, email.is_some(), &email_fields))
        (region("site", &reader.t("site-title"), version, &form(&site_fields)))
        @if let Some(page) = site_keys {
            (credentials(reader))
            (keys::section(reader, tenant, page, site))
        }
    }
}

/// What staff choose from where WhatsApp takes no free text. Who may not manage channels reads the names.
fn templates(reader: Reader<'_>, templates: &[ReplyTemplate], version: u64) -> Markup {
    let words = reader.words;
    let named = |one: &ReplyTemplate| html! { strong { (one.template.name) } " " span.quiet dir="auto" { (short(&one.text, 60)) } };
    let fields = |one: Option<&ReplyTemplate>, within: &str| {
        let text = |of: fn(&ReplyTemplate) -> String| one.map(of).unwrap_or_default();
        html! {
            (line("template-name", "template.name", text(|one| one.template.name.clone())).limit(512).pattern("[a-z0-9_]+")
                .hint("template-name-hint").required().within(within).show(words))
            (line("template-language", "template.language", text(|one| one.template.language.clone())).pattern("[a-z]{2,3}(_[A-Z]{2})?")
                .hint("template-language-hint").required().within(within).show(words))
            (lines("template-values", "template.values", text(|one| one.template.values.join("\n"))).rows(2).reads("lines")
                .hint("template-values-hint").within(within).show(words))
            (lines("template-text", "text", text(|one| one.text.clone())).rows(3).limit(1_600).hint("template-text-hint").required().within(within).show(words))
        }
    };
    let list = List {
        path: "channels.whatsapp.templates",
        region: "whatsapp",
        page: "/app/settings/channels?from=",
        add: "template-add",
        empty: "templates-empty",
        is_ordered: true,
        version,
        from: 0,
        reader,
    };
    html! {
        h3 { (reader.t("templates-title")) }
        p.quiet { (reader.t("templates-text")) }
        @if reader.permits(Permission::ManageTenant) {
            (list.show(templates, named, fields))
        } @else {
            ul.entries { @for one in templates { li { (named(one)) } } }
        }
    }
}

fn turn_off(reader: Reader<'_>, channel: &str, version: u64) -> Markup {
    html! {
        form.button method="post" data-call="PATCH /v1/tenant" data-patch data-version=(version) data-done=(reader.t("done-save")) {
            input type="hidden" name=(format!("channels.{channel}")) value="" data-type="null";
            button.second type="submit" { (reader.t("channel-turn-off")) }
            p.problem role="alert" {}
        }
    }
}

/// Vendors' credentials. This function may not read them, so `app.js` asks the API which are there; what they are, nobody says.
fn credentials(reader: Reader<'_>) -> Markup {
    html! {
        section aria-labelledby="credentials-title" {
            h2 #credentials-title { (reader.t("credentials-title")) }
            p.quiet { (reader.t("credentials-text")) }
            ul.entries #credentials data-fresh data-stored="/v1/credentials" {
                @for which in VendorCredential::ALL {
                    @let name = which.as_str();
                    li {
                        details id=(name) name="credentials" {
                            summary {
                                strong { (reader.words.value("credential", &name)) } " "
                                span.tag.met data-there=(name) hidden { (reader.t("credential-there")) }
                            }
                            @if reader.permits(Permission::WriteKeys) { (store_credential(reader, name)) }
                        }
                    }
                }
            }
        }
    }
}

fn store_credential(reader: Reader<'_>, name: &str) -> Markup {
    let path = format!("/v1/credentials/{name}");
    html! {
        form method="post" data-call=(format!("PUT {path}")) data-done=(reader.t("done-save")) {
            (line("credential-secret", "secret", "").kind("password").required().within(&format!("{name}-")).show(reader.words))
            button type="submit" { (reader.t("do-save")) }
            p.problem role="alert" {}
        }
        div data-there=(name) hidden {
            (button(&format!("DELETE {path}"), &reader.t("done-remove"), &reader.t("do-remove")))
        }
    }
}
