//! Which mails about conversations the reader gets.

use api::{ApiError, Guard};
use axum::extract::State;
use domain::identity::{NoticeChoice, Permission, may};
use domain::messaging::Email;
use maud::{Markup, html};

use super::Reader;
use super::fields::tick;
use crate::answer::Html;
use crate::view::View;

pub(super) const PATH: &str = "/app/settings/notices";

/// `GET /app/settings/notices`
pub(super) async fn page(view: View<may::OwnAccount>, State(guard): State<Guard>) -> Result<Html, ApiError> {
    let choice = match view.account() {
        Some(account) => guard.store.conversations().notice_choice(&view.tenant.id, account).await?,
        None => NoticeChoice::default(),
    };
    Ok(super::page(&view, PATH, &content(Reader::of(&view), choice, &view.tenant.notify)))
}

/// `notify`: whom the business tells of customers who want a person, whatever they chose here.
pub(super) fn content(reader: Reader<'_>, choice: NoticeChoice, notify: &[Email]) -> Markup {
    html! {
        section #notices data-live {
            p.quiet { (reader.t("notices-text")) }
            form method="post" data-call="PUT /v1/account/notices" data-done=(reader.t("done-save")) data-reload {
                (tick("notices-mentions", "mentions", choice.mentions).show(reader.words))
                (tick("notices-assignments", "assignments", choice.assignments).show(reader.words))
                button type="submit" { (reader.t("do-save")) }
                p.problem role="alert" {}
            }
        }
        section aria-labelledby="told-title" {
            h2 #told-title { (reader.t("told-title")) }
            p.quiet { (reader.t("told-text")) }
            ul.addresses { @for address in notify { li { (address.as_str()) } } }
            @if reader.permits(Permission::WriteSettings) { p { a href="/app/settings#business-notify" { (reader.t("told-change")) } } }
        }
    }
}
