//! The people who do the work. Whether they may sign in is another matter: the team.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::identity::{Permission, may};
use domain::tenancy::StaffMember;
use maud::{Markup, html};
use store::{Page, Versioned};

use super::documents::Documents;
use super::fields::{line, lines, tick};
use super::{FORMS_ON_A_PAGE, Reader, Wanted};
use crate::answer::Html;
use crate::view::View;

const PATH: &str = "/app/settings/staff";

/// `GET /app/settings/staff`
pub(super) async fn page(
    view: View<may::ReadSettings>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let page = guard.store.documents().list(&view.tenant.id, FORMS_ON_A_PAGE, wanted.cursor.as_deref()).await?;
    let main = content(Reader::of(&view), &page);
    Ok(super::page(&view, PATH, &main))
}

pub(super) fn content(reader: Reader<'_>, page: &Page<Versioned<StaffMember>>) -> Markup {
    let documents = Documents {
        path: "/v1/staff",
        page: PATH,
        add: "staff-add",
        empty: "staff-empty",
        right: Permission::WriteSettings,
        reader,
    };
    html! {
        p.quiet { (reader.t("staff-text")) }
        (documents.show(page, |person| staff_line(reader, person), |person, within| staff_fields(reader, person, within)))
    }
}

fn staff_line(reader: Reader<'_>, person: &StaffMember) -> Markup {
    html! {
        strong dir="auto" { (person.name) }
        @if !person.title.is_empty() { span.quiet dir="auto" { " · " (person.title) } }
        @if !person.active { " " span.tag { (reader.t("not-active")) } }
    }
}

fn staff_fields(reader: Reader<'_>, person: Option<&StaffMember>, within: &str) -> Markup {
    let words = reader.words;
    let text = |of: fn(&StaffMember) -> Option<String>| person.and_then(of).unwrap_or_default();
    html! {
        (line("staff-name", "name", text(|person| Some(person.name.clone()))).limit(80).required().within(within).show(words))
        (line("staff-title", "title", text(|person| Some(person.title.clone()))).limit(80).hint("staff-title-hint").within(within).show(words))
        (line("invite-email", "email", text(|person| person.email.as_ref().map(|email| email.as_str().to_owned())))
            .kind("email").reads("empty-null").within(within).show(words))
        (line("business-phone", "phone", text(|person| person.phone.as_ref().map(|phone| phone.as_str().to_owned())))
            .kind("tel").reads("empty-null").pattern(r"\+[0-9]{7,15}").hint("phone-hint").within(within).show(words))
        (lines("staff-skills", "skills", text(|person| Some(person.skills.join("\n")))).rows(2).reads("lines").hint("staff-skills-hint").within(within).show(words))
        (tick("staff-active", "active", person.is_none_or(|person| person.active)).within(within).show(words))
    }
}
