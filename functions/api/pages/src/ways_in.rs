//! The pages for those who are not signed in.

use maud::{Markup, html};

use crate::layout::{Kind, field, form, new_password, page};

/// Address and password; then, where a second factor is set up, a code.
pub(crate) fn sign_in() -> Markup {
    let fields = html! {
        (field("sign-in", "email", "E-mail address", Kind::Email))
        (field("sign-in", "password", "Password", Kind::Password))
        fieldset #with-code hidden disabled {
            (field("sign-in", "code", "Six digits from your authenticator app", Kind::Code))
            button.link #use-backup type="button" { "Use a backup code instead" }
        }
        fieldset #with-backup hidden disabled {
            (field("sign-in", "backup_code", "Backup code", Kind::BackupCode))
            button.link #use-code type="button" { "Use the authenticator app instead" }
        }
    };
    page(
        "sign-in",
        "Sign in",
        &html! {
            p.notice #note role="status" {}
            (form("sign-in", &fields, "Sign in"))
            p { a href="/forgot" { "I forgot my password" } }
        },
    )
}

/// Where the mail of an invitation leads.
pub(crate) fn accept() -> Markup {
    let fields = html! {
        (field("accept", "name", "Your name", Kind::Name))
        (new_password("accept", "password", "Password"))
    };
    page(
        "accept",
        "Accept your invitation",
        &html! {
            p { "Choose a password, at least 10 characters long. A few uncommon words make a good one." }
            p { "You have an account with this address already? Then enter its password; your name stays as it is." }
            (form("accept", &fields, "Accept"))
        },
    )
}

/// Where the mail that proves an address leads. It asks for a press, because mail scanners open links too.
pub(crate) fn verify() -> Markup {
    page(
        "verify",
        "Confirm your e-mail address",
        &html! {
            p { "Press the button, so that we know that our mails reach you." }
            (form("verify", &html! {}, "Confirm"))
        },
    )
}

/// Asks for the mail that leads to [`reset`].
pub(crate) fn forgot() -> Markup {
    let fields = field("forgot", "email", "E-mail address", Kind::Email);
    page(
        "forgot",
        "Forgot your password?",
        &html! {
            p { "We send you a mail with a link to choose a new one." }
            (form("forgot", &fields, "Send the mail"))
            p.notice #sent role="status" {}
            p { a href="/sign-in" { "Back to sign-in" } }
        },
    )
}

/// Where the mail for a new password leads.
pub(crate) fn reset() -> Markup {
    page(
        "reset",
        "Choose a new password",
        &html! {
            p { "At least 10 characters. A few uncommon words make a good one. You will be signed out everywhere." }
            (form("reset", &new_password("reset", "password", "New password"), "Set the password"))
            p { a href="/forgot" { "Ask for a new link" } }
        },
    )
}
