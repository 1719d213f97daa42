//! For how long what is kept, how all of it is taken away, and the record of what was done.

use api::{ApiError, Guard};
use axum::extract::{Query, State};
use domain::identity::{AuditEntry, Member, Permission, may};
use domain::rights::{DataJob, DataJobStatus, DataWork};
use domain::tenancy::Tenant;
use maud::{Markup, html};
use store::{Page, Versioned};

use super::fields::{number, tick};
use super::{ON_A_PAGE, Reader, Wanted, change, region};
use crate::answer::Html;
use crate::shell::next;
use crate::show::{moment, who};
use crate::view::View;

const PATH: &str = "/app/settings/data";

/// `GET /app/settings/data`
pub(super) async fn page(
    view: View<may::ReadAudit>,
    State(guard): State<Guard>,
    Query(wanted): Query<Wanted>,
) -> Result<Html, ApiError> {
    let (tenant, store) = (&view.tenant.id, &guard.store);
    let (tenants, rights, audit, members) = (store.tenants(), store.rights(), store.audit(), store.members());
    let (stored, mut jobs, record, members) = tokio::try_join!(
        tenants.document(tenant),
        rights.jobs(tenant),
        audit.list(tenant, ON_A_PAGE, wanted.cursor.as_deref()),
        members.team(tenant),
    )?;
    jobs.retain(|job| matches!(job.work, DataWork::Export { .. }));
    jobs.sort_by_key(|job| std::cmp::Reverse(job.asked_at));
    let main = content(Reader::of(&view), &stored, &jobs, &record, &members);
    Ok(super::page(&view, PATH, &main))
}

pub(super) fn content(
    reader: Reader<'_>,
    stored: &Versioned<Tenant>,
    exports: &[DataJob],
    record: &Page<AuditEntry>,
    members: &[Member],
) -> Markup {
    html! {
        (region("retention", &reader.t("retention-title"), stored.version, &retention(reader, stored)))
        @if reader.permits(Permission::ExportData) {
            section aria-labelledby="exports-title" {
                h2 #exports-title { (reader.t("exports-title")) }
                p.quiet { (reader.t("exports-text")) }
                ul.entries #exports data-live { @for job in exports { (export(reader, job)) } }
                form method="post" data-call="POST /v1/exports" data-done=(reader.t("done-export")) {
                    button type="submit" { (reader.t("do-export")) }
                    p.problem role="alert" {}
                }
            }
        }
        section {
            h2 { (reader.t("audit-title")) }
            @if record.items.is_empty() { p.empty { (reader.t("audit-empty")) } } @else { (audit(reader, record, members)) }
            (next(reader.words, PATH, &[], record.cursor.as_deref()))
        }
    }
}

fn retention(reader: Reader<'_>, stored: &Versioned<Tenant>) -> Markup {
    let (words, tenant) = (reader.words, &stored.value);
    let kept = tenant.retention;
    let fields = html! {
        p.quiet { (reader.t("retention-text")) }
        (number("retention-messages", "retention.messages_days", kept.messages_days).show(words))
        (number("retention-leads", "retention.leads_days", kept.leads_days).show(words))
        (number("retention-audit", "retention.audit_days", kept.audit_days).show(words))
        (tick("second-factor-required", "require_second_factor", tenant.require_second_factor).show(words))
        (tick("benchmarks", "benchmarks", tenant.benchmarks).hint("benchmarks-hint").show(words))
    };
    change(reader, Permission::ManageTenant, stored.version, &fields)
}

fn export(reader: Reader<'_>, job: &DataJob) -> Markup {
    let is_there = job.status == DataJobStatus::Done && job.archive_until().is_some_and(|until| reader.now < until);
    let is_whole = matches!(job.work, DataWork::Export { contact: None });
    html! {
        li {
            p {
                strong { (moment(job.asked_at, reader.zone)) } " "
                (reader.t(if is_whole { "export-all" } else { "export-contact" })) " "
                span.tag { (reader.words.value("job", &job.status)) }
            }
            @if is_there {
                form.button method="post" data-call=(format!("GET /v1/exports/{}", job.id)) data-open="url" data-done="" {
                    button.second type="submit" { (reader.t("do-fetch")) }
                    p.problem role="alert" {}
                }
            }
        }
    }
}

fn audit(reader: Reader<'_>, record: &Page<AuditEntry>, members: &[Member]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(reader.t("audit-title")) {
            table {
                thead { tr { @for head in ["audit-when", "audit-who", "audit-what", "audit-subject"] { th scope="col" { (reader.t(head)) } } } }
                tbody {
                    @for entry in &record.items {
                        tr {
                            td { (moment(entry.at, reader.zone)) }
                            td dir="auto" { (who(reader.words, &entry.actor, members)) }
                            td { (reader.words.value("audit", &entry.action)) }
                            td { (entry.subject) }
                        }
                    }
                }
            }
        }
    }
}
