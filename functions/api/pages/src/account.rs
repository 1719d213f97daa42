//! The page of someone who is signed in: their own account.

use maud::{Markup, html};

use crate::layout::{Kind, field, form, form_of_entry, new_password, page};
use crate::words::Words;

/// All sections; the script fills them and shows those that apply.
pub(crate) fn account(words: &Words) -> Markup {
    page(
        words,
        "account",
        words.account_title,
        &html! {
            p #loading role="status" { (words.loading) }
            div #loaded hidden {
                p { a href="/app" { "Porchlight" } }
                p.notice #enrolling hidden { (words.enrolling) }
                (who(words))
                (second_factor(words))
                (sessions(words))
                (password(words))
                (leaving(words))
            }
        },
    )
}

fn who(words: &Words) -> Markup {
    html! {
        section aria-labelledby="who-title" {
            h2 #who-title { (words.you) }
            dl {
                dt { (words.name) } dd #own-name dir="auto" {}
                dt { (words.email) } dd #own-email {}
                dt { (words.business) } dd #own-tenant {}
                dt { (words.role) } dd #own-role {}
            }
            details {
                summary { (words.rename) }
                (form("rename", &field("rename", "name", words.own_name, Kind::Name), words.rename))
            }
            p role="status" #renamed {}
            div #unverified hidden {
                p { (words.unverified) }
                (form("ask-verification", &html! {}, words.send_me))
                p role="status" #verification-sent {}
            }
            div #others hidden {
                h3 #others-title { (words.other_businesses) }
                ul #tenants aria-labelledby="others-title" {}
            }
            template #tenant {
                li {
                    p { strong data-name {} br; span.quiet data-role {} }
                    (form_of_entry(words.enter))
                }
            }
        }
    }
}

fn second_factor(words: &Words) -> Markup {
    html! {
        section aria-labelledby="factor-title" {
            h2 #factor-title tabindex="-1" { (words.factor) }
            p #factor-since hidden {}
            p role="status" #factor-removed {}
            div #factor-begin hidden {
                p { (words.factor_text) }
                (form("begin", &field("begin", "password", words.your_password, Kind::Password), words.set_up))
            }
            div #factor-confirm hidden {
                p { (words.scan) }
                img.qr #qr alt=(words.qr);
                p { (words.or_type) }
                p { code.secret #secret {} }
                (form("confirm", &field("confirm", "code", words.code_now, Kind::Code), words.confirm))
            }
            div #factor-codes hidden tabindex="-1" {
                h3 { (words.codes_title) }
                p { (words.codes_text) }
                ol.codes #backup-codes {}
                button.second #copy type="button" { (words.copy) }
                p role="status" #copied {}
            }
            div #factor-manage hidden {
                (with_proof(words, "renew", words.renew, words.renew_text))
                (with_proof(words, "remove", words.remove, words.remove_text))
            }
        }
    }
}

/// A form for what takes the password and a code.
fn with_proof(words: &Words, id: &str, name: &str, text: &str) -> Markup {
    let fields = html! {
        (field(id, "password", words.your_password, Kind::Password))
        (field(id, "code", words.code_or_backup, Kind::BackupCode))
    };
    html! {
        details {
            summary { (name) }
            p { (text) }
            (form(id, &fields, name))
        }
    }
}

fn sessions(words: &Words) -> Markup {
    html! {
        section aria-labelledby="sessions-title" {
            h2 #sessions-title tabindex="-1" { (words.sessions) }
            ul #sessions {}
            template #session {
                li {
                    p { strong data-device {} br; span.quiet data-place {} }
                    (form_of_entry(words.end))
                }
            }
        }
    }
}

fn password(words: &Words) -> Markup {
    let fields = html! {
        (field("change", "password", words.password_now, Kind::Password))
        (new_password(words, "change", "new_password", words.new_password))
    };
    html! {
        section aria-labelledby="password-title" {
            h2 #password-title { (words.password) }
            p { (words.password_text) }
            (form("change", &fields, words.change_password))
            p role="status" #changed {}
        }
    }
}

fn leaving(words: &Words) -> Markup {
    html! {
        section aria-labelledby="leaving-title" {
            h2 #leaving-title { (words.sign_out) }
            div.row {
                (form("sign-out", &html! {}, words.sign_out))
                (form("sign-out-everywhere", &html! {}, words.sign_out_everywhere))
            }
        }
    }
}
