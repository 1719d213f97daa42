//! What all pages are made of.

use maud::{DOCTYPE, Markup, html};

use crate::words::Words;

/// What a person types.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Name,
    Email,
    /// The password in use.
    Password,
    /// One that is being chosen.
    NewPassword,
    /// Six digits of the authenticator app.
    Code,
    BackupCode,
}

/// A whole page; `name` is what the script knows it by.
pub(crate) fn page(words: &Words, name: &str, title: &str, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words.language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " – Porchlight" }
                link rel="stylesheet" href="/pages/base.css";
                link rel="stylesheet" href="/pages/account.css";
                // A browser asks for an icon unless it is told that there is none.
                link rel="icon" href="data:,";
                script type="module" src="/pages/account.js" {}
            }
            body data-page=(name) data-words=(words.said()) {
                header { p.brand { "Porchlight" } }
                main {
                    h1 { (title) }
                    noscript { p.notice { (words.no_script) } }
                    (main)
                }
            }
        }
    }
}

/// A form; problems that no field is to blame for are told above its button.
pub(crate) fn form(id: &str, fields: &Markup, button: &str) -> Markup {
    with_button(Some(id), fields, button)
}

/// The form of an entry in a list, which the script finds by its entry.
pub(crate) fn form_of_entry(button: &str) -> Markup {
    with_button(None, &html! {}, button)
}

fn with_button(id: Option<&str>, fields: &Markup, button: &str) -> Markup {
    html! {
        form id=[id] method="post" {
            (fields)
            p.problem role="alert" {}
            button type="submit" { (button) }
        }
    }
}

/// A field of the form `form`, under the name that the API gives it, with the place for its problem.
pub(crate) fn field(form: &str, name: &str, label: &str, kind: Kind) -> Markup {
    let id = format!("{form}-{name}");
    let problem = format!("{id}-problem");
    let (input_type, autocomplete) = match kind {
        Kind::Name => ("text", "name"),
        Kind::Email => ("email", "username"),
        Kind::Password => ("password", "current-password"),
        Kind::NewPassword => ("password", "new-password"),
        Kind::Code => ("text", "one-time-code"),
        Kind::BackupCode => ("text", "off"),
    };
    let is_typed_exactly = matches!(kind, Kind::Email | Kind::Code | Kind::BackupCode);
    html! {
        div.field {
            label for=(id) { (label) }
            input id=(id) name=(name) type=(input_type) autocomplete=(autocomplete) aria-describedby=(problem)
                required[kind != Kind::Name]
                maxlength=[(kind == Kind::Name).then_some("80")]
                inputmode=[(kind == Kind::Code).then_some("numeric")]
                autocapitalize=[is_typed_exactly.then_some("none")]
                spellcheck=[is_typed_exactly.then_some("false")];
            p.problem id=(problem) {}
        }
    }
}

/// A password that is being chosen, twice.
pub(crate) fn new_password(words: &Words, form: &str, name: &str, label: &str) -> Markup {
    html! {
        (field(form, name, label, Kind::NewPassword))
        (field(form, "again", words.same_again, Kind::NewPassword))
    }
}
