//! The page of someone who is signed in: their own account.

use maud::{Markup, html};

use crate::layout::{Kind, field, form, form_of_entry, new_password, page};

/// All sections; the script fills them and shows those that apply.
pub(crate) fn account() -> Markup {
    page(
        "account",
        "Your account",
        &html! {
            p #loading role="status" { "Loading…" }
            div #loaded hidden {
                p.notice #enrolling hidden {
                    "This business asks its administrators for a second factor. Set one up below; until then, nothing else is open to you."
                }
                (who())
                (second_factor())
                (sessions())
                (password())
                (leaving())
            }
        },
    )
}

fn who() -> Markup {
    html! {
        section aria-labelledby="who-title" {
            h2 #who-title { "You" }
            dl {
                dt { "Name" } dd #own-name {}
                dt { "E-mail" } dd #own-email {}
                dt { "Business" } dd #own-tenant {}
                dt { "Role" } dd #own-role {}
            }
            div #unverified hidden {
                p { "Your e-mail address is not confirmed yet." }
                (form("ask-verification", &html! {}, "Send me the mail"))
                p role="status" #verification-sent {}
            }
            div #others hidden {
                h3 #others-title { "Your other businesses" }
                ul #tenants aria-labelledby="others-title" {}
            }
            template #tenant {
                li {
                    p { strong data-name {} br; span.quiet data-role {} }
                    (form_of_entry("Enter"))
                }
            }
        }
    }
}

fn second_factor() -> Markup {
    html! {
        section aria-labelledby="factor-title" {
            h2 #factor-title { "Second factor" }
            p #factor-since hidden {}
            div #factor-begin hidden {
                p { "With a second factor, a stolen password is not enough to get in. You need an authenticator app on your telephone." }
                (form("begin", &field("begin", "password", "Your password", Kind::Password), "Set up"))
            }
            div #factor-confirm hidden {
                p { "Scan this with your authenticator app:" }
                img.qr #qr alt="QR code of the secret that is shown below";
                p { "Or type this secret into the app:" }
                p { code.secret #secret {} }
                (form("confirm", &field("confirm", "code", "The six digits that the app shows now", Kind::Code), "Confirm"))
            }
            div #factor-codes hidden tabindex="-1" {
                h3 { "Your backup codes" }
                p { "Each works once if you lose your telephone. Keep them in a safe place: they are shown only now." }
                ol.codes #backup-codes {}
                button.second #copy type="button" { "Copy" }
                p role="status" #copied {}
            }
        }
    }
}

fn sessions() -> Markup {
    html! {
        section aria-labelledby="sessions-title" {
            h2 #sessions-title tabindex="-1" { "Where you are signed in" }
            ul #sessions {}
            template #session {
                li {
                    p { strong data-device {} br; span.quiet data-place {} }
                    (form_of_entry("End"))
                }
            }
        }
    }
}

fn password() -> Markup {
    let fields = html! {
        (field("change", "password", "Your password now", Kind::Password))
        (new_password("change", "new_password", "New password"))
    };
    html! {
        section aria-labelledby="password-title" {
            h2 #password-title { "Password" }
            p { "All your other sessions end when you change it." }
            (form("change", &fields, "Change the password"))
            p role="status" #changed {}
        }
    }
}

fn leaving() -> Markup {
    html! {
        section aria-labelledby="leaving-title" {
            h2 #leaving-title { "Sign out" }
            div.row {
                (form("sign-out", &html! {}, "Sign out"))
                (form("sign-out-everywhere", &html! {}, "Sign out everywhere"))
            }
        }
    }
}
