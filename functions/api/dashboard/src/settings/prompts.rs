//! What models are told for the business: the versions that apply with what came of them, and what the business adds, with a preview.
//!
//! Putting versions live is for those who run the platform, on a page of their own ([`crate::operators`]).

use api::{ApiError, Guard};
use axum::extract::State;
use domain::Failure;
use domain::identity::{Permission, may};
use domain::messaging::Channel;
use domain::prompts::{
    ListedPrompt, PromptComparison, PromptFigures, PromptRegistry as _, PromptState, PromptTask, PromptTraffic,
};
use domain::tenancy::Tenant;
use futures::future::try_join_all;
use maud::{Markup, html};
use store::Store;

use super::fields::{lines, tick};
use super::{Reader, change, document, region};
use crate::answer::Html;
use crate::operators::share;
use crate::view::View;

pub(super) const PATH: &str = "/app/settings/prompts";
/// What the business may add to, as the fields are called.
const ADDITIONS: [(PromptTask, &str); 4] = [
    (PromptTask::Respond, "prompts.respond"),
    (PromptTask::Suggest, "prompts.suggest"),
    (PromptTask::Write, "prompts.write"),
    (PromptTask::Campaign, "prompts.campaign"),
];

/// A task's versions that apply, and what came of them where that is counted.
pub(super) struct Applied {
    pub(super) task: PromptTask,
    pub(super) versions: Vec<ListedPrompt>,
    pub(super) compared: Option<PromptComparison>,
}

/// `GET /app/settings/prompts`
pub(super) async fn page(view: View<may::ReadSettings>, State(guard): State<Guard>) -> Result<Html, ApiError> {
    let stored = document(&view, &guard).await?;
    let traffic = guard.store.traffic().await?;
    // What improves the prompts themselves is nothing of a business.
    let tasks = PromptTask::ALL.into_iter().filter(|task| *task != PromptTask::Analyze);
    let applied = tasks.map(|task| {
        let traffic = traffic.iter().find(|traffic| traffic.task == task).cloned();
        of(&guard.store, &stored.value, task, traffic)
    });
    let applied = try_join_all(applied).await?;
    let main = content(Reader::of(&view), &stored.value, stored.version, &applied);
    Ok(super::page(&view, PATH, &main))
}

async fn of(
    store: &Store,
    tenant: &Tenant,
    task: PromptTask,
    traffic: Option<PromptTraffic>,
) -> Result<Applied, Failure> {
    let Some(mut traffic) = traffic else { return Ok(Applied { task, versions: Vec::new(), compared: None }) };
    if tenant.prompts.no_tests {
        traffic.challenger = None;
    }
    let mut versions = store.prompts().list(&traffic).await?;
    versions.retain(|version| version.state == PromptState::Live);
    let compared = match task.is_counted() {
        true => Some(store.prompts().compare(&traffic, Some(&tenant.id)).await?),
        false => None,
    };
    Ok(Applied { task, versions, compared })
}

pub(super) fn content(reader: Reader<'_>, tenant: &Tenant, version: u64, applied: &[Applied]) -> Markup {
    let own = html! {
        p.quiet { (reader.t("prompts-own-text")) }
        (change(reader, Permission::WriteSettings, version, &additions(reader, tenant)))
        @for (task, _) in ADDITIONS { (preview(reader, tenant, task)) }
    };
    html! {
        p.quiet { (reader.t("prompts-text")) }
        (region("prompts-own", &reader.t("prompts-own"), version, &own))
        section aria-labelledby="prompts-applied" {
            h2 id="prompts-applied" { (reader.t("prompts-applied")) }
            p.quiet { (reader.t("prompts-figures-text")) }
            @for one in applied { (table(reader, one)) }
        }
    }
}

fn additions(reader: Reader<'_>, tenant: &Tenant) -> Markup {
    let words = reader.words;
    html! {
        @for (task, name) in ADDITIONS {
            (lines(&format!("prompt-task-{task}"), name, tenant.prompts.addition(task).unwrap_or_default()).rows(3).limit(1_000).show(words))
        }
        (tick("prompts-no-tests", "prompts.no_tests", tenant.prompts.no_tests).hint("prompts-no-tests-hint").show(words))
    }
}

/// What a model reads of it, as it is stored now.
fn preview(reader: Reader<'_>, tenant: &Tenant, task: PromptTask) -> Markup {
    let guidance = tenant.guidance(task, Channel::Sms);
    html! {
        details {
            summary { (reader.words.value("prompt-task", &task)) ": " (reader.t("prompts-preview")) }
            @if guidance.is_empty() { p.empty { (reader.t("prompts-preview-empty")) } }
            @for line in guidance.lines() { p dir="auto" { (line) } }
        }
    }
}

fn table(reader: Reader<'_>, applied: &Applied) -> Markup {
    let words = reader.words;
    let success = if applied.task == PromptTask::Suggest { "prompt-success-suggest" } else { "prompt-success-respond" };
    html! {
        h3 { (words.value("prompt-task", &applied.task)) }
        @if applied.versions.is_empty() { p.empty { (reader.t("prompts-built-in")) } }
        @else {
            div.scroll tabindex="0" role="group" aria-label=(words.value("prompt-task", &applied.task)) {
                table {
                    thead {
                        tr {
                            th scope="col" { (reader.t("prompt-version")) }
                            th scope="col" { (reader.t("prompt-conversations")) }
                            @if applied.compared.is_some() {
                                th scope="col" { (reader.t(success)) }
                                th scope="col" { (reader.t("prompt-refused")) }
                                th scope="col" { (reader.t("prompt-latency")) }
                            }
                            th scope="col" { (reader.t("prompt-changelog")) }
                        }
                    }
                    tbody { @for version in &applied.versions { (row(reader, applied, version)) } }
                }
            }
        }
    }
}

fn row(reader: Reader<'_>, applied: &Applied, listed: &ListedPrompt) -> Markup {
    let compared = applied.compared.as_ref();
    let is_tried =
        compared.and_then(|compared| compared.challenger.as_ref()).is_some_and(|tried| tried.version == listed.version);
    let figures = compared.map(|compared| match &compared.challenger {
        Some(tried) if is_tried => tried,
        _ => &compared.live,
    });
    html! {
        tr {
            th scope="row" { (listed.version) " " span.tag { (reader.t(if is_tried { "prompt-tried" } else { "prompt-live" })) } }
            td { (listed.percent) " %" }
            @if let Some(PromptFigures { success, refused, latency_ms, .. }) = figures {
                td { (share(reader.words, success)) }
                td { (share(reader.words, refused)) }
                td { @if let Some(mean) = latency_ms.mean { (format!("{:.1}", mean / 1_000.0)) " s" } @else { (reader.t("prompts-no-figures")) } }
            }
            td dir="auto" { (listed.changelog) }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::settings::tests::{NOW, pages, read};
    use domain::identity::Role;
    use domain::prompts::PromptCounts;
    use serde_json::json;

    /// A prompt of which a version is tried, and one that was never seeded.
    pub(crate) fn applied() -> [Applied; 2] {
        let traffic: PromptTraffic = read(json!({
            "task": "respond", "live": "1.0.0", "challenger": {"version": "1.1.0", "percent": 20}, "test": 2,
        }));
        let counted =
            PromptCounts { calls: 10, conversations: 10, converted: 3, latency_ms: 9_000, ..PromptCounts::default() };
        let listed = |version: &str, percent: u8| {
            read(
                json!({"version": version, "state": "live", "percent": percent, "changelog": "Shorter <b>.", "created_at": NOW}),
            )
        };
        let compared = Some(PromptComparison::of(&traffic, |_| counted));
        [
            Applied { task: PromptTask::Respond, versions: vec![listed("1.1.0", 20), listed("1.0.0", 80)], compared },
            Applied { task: PromptTask::Write, versions: Vec::new(), compared: None },
        ]
    }

    #[test]
    fn the_page_of_prompts_shows_shares_with_intervals_and_what_the_model_reads_of_an_addition() {
        let page = &pages(Role::Viewer)["prompts"];
        assert!(
            page.contains("30.0 % (10.8 – 60.3)") && page.contains("0.9 s") && page.contains("<td>20 %</td>"),
            "{page}"
        );
        assert!(page.contains("For this the business asks besides: Offer &lt;b&gt;whitening&lt;/b&gt;."), "{page}");
        assert!(page.contains("The version that comes with Porchlight is used."), "{page}");
    }
}
