//! Who belongs to the business, and who is invited.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::identity::{Invitation, InvitationStatus, Member, Permission, Role, may};
use domain::ids::AccountId;
use maud::{Markup, html};
use serde::Deserialize;
use store::{Page, Versioned};

use super::fields::{choice, line, options, value_of};
use super::{ON_A_PAGE, Reader};
use crate::answer::Html;
use crate::shell::{button, escaped, form, next};
use crate::show::moment;
use crate::view::View;

const PATH: &str = "/app/settings/team";

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Wanted {
    cursor: Option<String>,
    /// Where the page of the invitations begins.
    invited: Option<String>,
}

/// `GET /app/settings/team`
pub(super) async fn page(
    view: View<may::ReadMembers>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let tenant = &view.tenant.id;
    let (members, invitations) = (guard.store.members(), guard.store.invitations());
    let (members, invitations) = tokio::try_join!(
        members.list(tenant, ON_A_PAGE, wanted.cursor.as_deref()),
        invitations.list(tenant, ON_A_PAGE, wanted.invited.as_deref()),
    )?;
    let main = content(Reader::of(&view), view.account(), &members, &invitations);
    Ok(super::page(&view, PATH, &main))
}

pub(super) fn content(
    reader: Reader<'_>,
    me: Option<AccountId>,
    members: &Page<Versioned<Member>>,
    invitations: &Page<Invitation>,
) -> Markup {
    let pending: Vec<&Invitation> =
        invitations.items.iter().filter(|one| one.status == InvitationStatus::Pending).collect();
    html! {
        section #members aria-labelledby="members-title" data-fresh {
            h2 #members-title { (reader.t("members-title")) }
            ul.entries { @for stored in &members.items { (member(reader, me, stored)) } }
            (next(reader.words, PATH, &[], members.cursor.as_deref()))
        }
        section aria-labelledby="invitations-title" {
            h2 #invitations-title { (reader.t("invitations-title")) }
            div #invitations data-live {
                @if pending.is_empty() { p.empty { (reader.t("invitations-empty")) } }
                ul.entries { @for one in pending { (invitation(reader, one)) } }
                @if let Some(cursor) = &invitations.cursor {
                    p.more { a href=(format!("{PATH}?invited={}", escaped(cursor))) rel="next" { (reader.t("next-page")) } }
                }
            }
            @if reader.permits(Permission::WriteMembers) { (invite(reader)) }
        }
    }
}

/// The roles to give: nobody makes a super admin here.
fn roles(reader: Reader<'_>) -> Vec<(String, String)> {
    options(reader.words, "member", &[Role::Viewer, Role::Agent, Role::Manager, Role::Admin])
}

fn member(reader: Reader<'_>, me: Option<AccountId>, stored: &Versioned<Member>) -> Markup {
    let Versioned { value: member, version } = stored;
    let is_me = me == Some(member.account);
    let within = format!("member-{}-", member.account);
    html! {
        li {
            p {
                strong dir="auto" { (member.name) } " "
                @if is_me { span.tag { (reader.t("member-you")) } }
                br;
                span.quiet { (member.email.as_str()) " · " (reader.words.value("member", &member.role)) " · " (moment(member.joined_at, reader.zone)) }
            }
            @if reader.permits(Permission::WriteMembers) && !is_me && member.role != Role::SuperAdmin {
                form.inline method="post" data-call=(format!("PUT /v1/members/{}", member.account)) data-version=(version)
                    data-done=(reader.t("done-save")) {
                    (choice("member-role", "role", roles(reader), value_of(&member.role)).within(&within).show(reader.words))
                    input type="hidden" name="locations" data-type="json"
                        value=(serde_json::to_string(&member.locations).unwrap_or_else(|_| "[]".to_owned()));
                    button.second type="submit" { (reader.t("do-save")) }
                    p.problem role="alert" {}
                }
                form.button method="post" data-call=(format!("DELETE /v1/members/{}", member.account)) data-version=(version)
                    data-done=(reader.t("done-remove")) {
                    button.second type="submit" { (reader.t("do-remove")) }
                    p.problem role="alert" {}
                }
            }
        }
    }
}

fn invitation(reader: Reader<'_>, invitation: &Invitation) -> Markup {
    let is_over = invitation.expires_at <= reader.now;
    html! {
        li {
            p {
                strong { (invitation.email.as_str()) } " "
                @if is_over { span.tag.alert { (reader.t("invitation-over")) } }
                br;
                span.quiet {
                    (reader.words.value("member", &invitation.role)) " · " (reader.t("invitation-until")) " "
                    (moment(invitation.expires_at, reader.zone))
                }
            }
            @if reader.permits(Permission::WriteMembers) {
                (button(&format!("DELETE /v1/invitations/{}", invitation.id), &reader.t("done-revoke"), &reader.t("do-revoke")))
            }
        }
    }
}

fn invite(reader: Reader<'_>) -> Markup {
    let words = reader.words;
    let fields = html! {
        (line("invite-email", "email", "").kind("email").required().within("invite-").show(words))
        (choice("member-role", "role", roles(reader), "agent").hint("member-role-hint").within("invite-").show(words))
        button type="submit" { (reader.t("do-invite")) }
    };
    html! {
        h3 { (reader.t("invite-title")) }
        (form("POST /v1/invitations", &reader.t("done-invite"), "make", &fields))
    }
}
