//! How the assistant speaks, when it calls a person, and when it disturbs nobody.

use api::{ApiError, Guard};
use axum::extract::State;
use domain::identity::{Permission, may};
use domain::tenancy::{Patience, Personality, Tenant};
use maud::{Markup, html};

use super::fields::{choice, line, lines, number, options, value_of};
use super::{Reader, change, document, region, rules};
use crate::answer::Html;
use crate::view::View;

const PERSONALITIES: [Personality; 4] =
    [Personality::LuxuryConcierge, Personality::FastDirect, Personality::FriendlyCasual, Personality::Sales];

/// `GET /app/settings/assistant`
pub(super) async fn page(view: View<may::ReadSettings>, State(guard): State<Guard>) -> Result<Html, ApiError> {
    let stored = document(&view, &guard).await?;
    let main = content(Reader::of(&view), &stored.value, stored.version);
    Ok(super::page(&view, "/app/settings/assistant", &main))
}

pub(super) fn content(reader: Reader<'_>, tenant: &Tenant, version: u64) -> Markup {
    let form = |fields: &Markup| change(reader, Permission::WriteSettings, version, fields);
    html! {
        (region("voice", &reader.t("voice-title"), version, &form(&voice(reader, tenant))))
        (region("calling", &reader.t("calling-title"), version, &form(&calling(reader, tenant))))
        (rules::section(reader, tenant, version))
        (region("patience", &reader.t("patience-title"), version, &form(&patience(reader, tenant))))
        (region("quiet", &reader.t("quiet-title"), version, &form(&quiet(reader, tenant))))
    }
}

fn voice(reader: Reader<'_>, tenant: &Tenant) -> Markup {
    let words = reader.words;
    let mut personalities = vec![(String::new(), reader.t("personality-none"))];
    personalities.extend(options(words, "personality", &PERSONALITIES));
    html! {
        (choice("voice-personality", "personality", personalities, value_of(&tenant.personality)).reads("empty-null").show(words))
        (line("voice-tone", "tone", &*tenant.tone).limit(400).hint("voice-tone-hint").show(words))
        (lines("voice-instructions", "instructions", &*tenant.instructions).rows(8).limit(8_000).hint("voice-instructions-hint").show(words))
    }
}

fn calling(reader: Reader<'_>, tenant: &Tenant) -> Markup {
    let words = reader.words;
    let sla = tenant.escalation.sla;
    html! {
        (lines("calling-words", "escalation_words", tenant.escalation_words.join(", ")).rows(2).reads("words").hint("calling-words-hint").show(words))
        (lines("hot-words", "hot_words", tenant.hot_words.join(", ")).rows(2).reads("words").hint("hot-words-hint").show(words))
        (number("sla-first", "escalation.sla.first_response_seconds", Some(sla.first_response_seconds)).required().show(words))
        (number("sla-staff", "escalation.sla.staff_response_minutes", Some(sla.staff_response_minutes)).required().show(words))
        (number("sla-resolution", "escalation.sla.resolution_hours", Some(sla.resolution_hours)).required().show(words))
    }
}

/// How long the assistant goes on by itself, by the time of day and week.
fn patience(reader: Reader<'_>, tenant: &Tenant) -> Markup {
    let Patience { open, closed, weekend } = tenant.escalation.patience;
    html! {
        p.quiet { (reader.t("patience-text")) }
        @for (period, limits) in [("open", open), ("closed", closed), ("weekend", weekend)] {
            @let (messages, confidence) = (format!("escalation.patience.{period}.messages"), format!("escalation.patience.{period}.confidence"));
            fieldset {
                legend { (reader.words.value("period", &period)) }
                (number("patience-messages", &messages, Some(limits.messages)).required().show(reader.words))
                (number("patience-confidence", &confidence, Some(limits.confidence)).required().show(reader.words))
            }
        }
    }
}

fn quiet(reader: Reader<'_>, tenant: &Tenant) -> Markup {
    let words = reader.words;
    let time = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    html! {
        p.quiet { (reader.t("quiet-text")) }
        (line("quiet-from", "quiet_hours.from", time(tenant.quiet_hours.from)).kind("time").required().show(words))
        (line("quiet-until", "quiet_hours.until", time(tenant.quiet_hours.until)).kind("time").required().show(words))
    }
}
