//! The pages for those who are not signed in.

use maud::{Markup, html};

use crate::layout::{Kind, field, form, new_password, page};
use crate::words::Words;

/// Address and password; then, where a second factor is set up, a code.
pub(crate) fn sign_in(words: &Words) -> Markup {
    let fields = html! {
        (field("sign-in", "email", words.email, Kind::Email))
        (field("sign-in", "password", words.password, Kind::Password))
        fieldset #with-code hidden disabled {
            (field("sign-in", "code", words.code, Kind::Code))
            button.link #use-backup type="button" { (words.use_backup) }
        }
        fieldset #with-backup hidden disabled {
            (field("sign-in", "backup_code", words.backup_code, Kind::BackupCode))
            button.link #use-code type="button" { (words.use_app) }
        }
    };
    page(
        words,
        "sign-in",
        words.sign_in,
        &html! {
            p.notice #note role="status" {}
            (form("sign-in", &fields, words.sign_in))
            p { a href="/forgot" { (words.forgot_link) } }
        },
    )
}

/// Where the mail of an invitation leads.
pub(crate) fn accept(words: &Words) -> Markup {
    let fields = html! {
        (field("accept", "name", words.own_name, Kind::Name))
        (new_password(words, "accept", "password", words.password))
    };
    page(
        words,
        "accept",
        words.accept_title,
        &html! {
            p { (words.accept_text) }
            p { (words.accept_known) }
            (form("accept", &fields, words.accept))
        },
    )
}

/// Where the mail that proves an address leads. It asks for a press, because mail scanners open links too.
pub(crate) fn verify(words: &Words) -> Markup {
    page(
        words,
        "verify",
        words.verify_title,
        &html! {
            p { (words.verify_text) }
            (form("verify", &html! {}, words.confirm))
        },
    )
}

/// Asks for the mail that leads to [`reset`].
pub(crate) fn forgot(words: &Words) -> Markup {
    let fields = field("forgot", "email", words.email, Kind::Email);
    page(
        words,
        "forgot",
        words.forgot_title,
        &html! {
            p { (words.forgot_text) }
            (form("forgot", &fields, words.send_mail))
            p.notice #sent role="status" {}
            p { a href="/sign-in" { (words.to_sign_in) } }
        },
    )
}

/// Where the mail for a new password leads.
pub(crate) fn reset(words: &Words) -> Markup {
    page(
        words,
        "reset",
        words.reset_title,
        &html! {
            p { (words.reset_text) }
            (form("reset", &new_password(words, "reset", "password", words.new_password), words.set_password))
            p { a href="/forgot" { (words.new_link) } }
        },
    )
}
