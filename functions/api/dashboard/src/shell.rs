//! What all pages are made of: the frame with its navigation, and the parts that several pages show.

use domain::identity::Permission;
use maud::{DOCTYPE, Markup, html};
use store::Page;

use crate::view::View;
use crate::words::Words;
use crate::{approvals, campaigns, clients, inventory, knowledge, operators};

/// The pages in the navigation: the words, the address, and the right that one must have to see it.
const PAGES: [(&str, &str, Permission); 14] = [
    ("nav-start", "/app", Permission::ReadSettings),
    ("nav-inbox", "/app/inbox", Permission::ReadConversations),
    ("nav-calendar", "/app/calendar", Permission::ReadSchedule),
    ("nav-leads", "/app/leads", Permission::ReadLeads),
    ("nav-contacts", "/app/contacts", Permission::ReadLeads),
    ("nav-tasks", "/app/tasks", Permission::ReadConversations),
    ("nav-approvals", approvals::PATH, Permission::ReadLeads),
    ("nav-clients", clients::PATH, Permission::ReadTenants),
    ("nav-insights", "/app/insights", Permission::ReadInsights),
    ("nav-campaigns", campaigns::PATH, Permission::ReadCampaigns),
    ("nav-inventory", inventory::PATH, Permission::ReadInventory),
    ("nav-knowledge", knowledge::PATH, Permission::ReadSettings),
    ("nav-journeys", "/app/journeys", Permission::ReadSettings),
    ("nav-settings", "/app/settings", Permission::ReadSettings),
];

/// A page of somebody who is signed in; `name` is the address of its entry in the navigation.
pub(crate) fn page<R>(view: &View<R>, name: &str, title: &str, main: &Markup) -> Markup {
    let words = view.words;
    let header = html! {
        p.brand { (view.tenant.name) }
        nav aria-label=(words.t("nav-label")) {
            ul {
                @for (label, path, right) in PAGES {
                    @if view.permits(right) && (path != clients::PATH || clients::has_clients(&view.tenant)) {
                        li { a href=(path) aria-current=[(path == name).then_some("page")] { (words.t(label)) } }
                    }
                }
                li.last { a href="/account" { (words.t("nav-account")) } }
            }
        }
    };
    document(words, name, title, &view.tenant.zone, &header, main)
}

/// A page of those who run the platform: `path` is the address of its entry in their navigation.
pub(crate) fn of_platform(words: &Words, path: &str, title: &str, main: &Markup) -> Markup {
    let header = html! {
        p.brand { "Porchlight" }
        nav aria-label=(words.t("nav-label")) {
            ul {
                @for (own, label) in [(operators::PATH, "settings-prompts"), (clients::PATH, "nav-clients")] {
                    li { a href=(own) aria-current=[(path == own).then_some("page")] { (words.t(label)) } }
                }
                li.last { a href="/account" { (words.t("nav-account")) } }
            }
        }
    };
    document(words, path, title, "UTC", &header, main)
}

/// A page of nobody in particular.
pub(crate) fn bare(words: &Words, name: &str, title: &str, main: &Markup) -> Markup {
    document(words, name, title, "UTC", &html! { p.brand { "Porchlight" } }, main)
}

fn document(words: &Words, name: &str, title: &str, zone: &str, header: &Markup, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words.language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " – Porchlight" }
                link rel="stylesheet" href="/pages/base.css";
                link rel="stylesheet" href="/app/app.css";
                // A browser asks for an icon unless it is told that there is none.
                link rel="icon" href="data:,";
                script type="module" src="/app/app.js" {}
            }
            body data-page=(name) data-zone=(zone) data-offline=(words.t("offline")) data-undo=(words.t("undo"))
                data-words=(said(words)) {
                a.skip href="#main" { (words.t("skip")) }
                header.top { (header) }
                main #main tabindex="-1" { (main) }
                div #toast role="status" {}
            }
        }
    }
}

/// What `session.js` says, by the names that it knows them by.
fn said(words: &Words) -> String {
    // By name, so that a page is the same whether serde_json keeps the order of keys or not.
    let own = ["broken", "not_now", "please_sign_in", "unreachable"];
    let own = own.map(|name| (name.to_owned(), words.t(&format!("say-{}", name.replace('_', "-")))));
    let refusals = runtime::http::refusals(words.language).map(|(name, text)| (name, text.to_owned()));
    serde_json::Value::from_iter(own.into_iter().chain(refusals)).to_string()
}

/// A form that makes a call of the API, such as `POST /v1/conversations/{id}/resolve`, and says `done` when that is done. Problems that
/// no field is to blame for are told in it.
pub(crate) fn form(call: &str, done: &str, class: &str, fields: &Markup) -> Markup {
    html! {
        form.(class) method="post" data-call=(call) data-done=(done) {
            (fields)
            p.problem role="alert" {}
        }
    }
}

/// A form of nothing but its button.
pub(crate) fn button(call: &str, done: &str, label: &str) -> Markup {
    form(call, done, "button", &html! { button.second type="submit" { (label) } })
}

/// What stands in the place of a list without entries: that there are none, or none among those that were looked through for this page.
pub(crate) fn nothing<T>(words: &Words, page: &Page<T>, empty: &str) -> Markup {
    html! {
        @if page.items.is_empty() {
            p.empty { (words.t(if page.cursor.is_some() { "list-none-here" } else { empty })) }
        }
    }
}

/// The link to the next page of a list, where there is one.
pub(crate) fn next(words: &Words, path: &str, query: &[(&str, &str)], cursor: Option<&str>) -> Markup {
    html! {
        @if let Some(cursor) = cursor {
            @let all: String = query.iter().map(|(name, value)| format!("{name}={}&", escaped(value))).collect();
            p.more { a href=(format!("{path}?{all}cursor={}", escaped(cursor))) rel="next" { (words.t("next-page")) } }
        }
    }
}

/// A value as it stands in a query.
pub(crate) fn escaped(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    value.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
