//! Where staff write: to the customer, or a note for themselves. What was typed stays until it was sent.

use domain::conversations::Conversation;
use domain::conversations::suggestion::WithoutModel;
use domain::journeys::gate::takes_free_text;
use domain::messaging::{Channel, OptOutState};
use maud::{Markup, html};

use crate::shell::form;
use crate::show::short;
use crate::view::View;
use crate::words::Words;

/// `streams`: a suggestion can be heard while it is written.
pub(crate) fn composer<R>(view: &View<R>, thread: &Conversation, opt_out_state: &OptOutState, streams: bool) -> Markup {
    let words = view.words;
    let is_closed = thread.channel == Channel::Whatsapp && !takes_free_text(opt_out_state, view.now());
    let reply = html! {
        (field(words, thread, "reply", "reply-label", 1_600))
        // What the text was made of: `inbox.js` says so, and it stays with the text until that was sent. Nothing is sent of it while it is
        // empty: during a deploy the API before this one refuses a field that it does not know.
        input type="hidden" name="suggestion_id" value="" disabled data-draft=(format!("suggestion-{}", thread.id));
        div.attach {
            label for="reply-file" { (words.t("attach-label")) }
            // `app.js` sends it to where the call leads, and names it in the message.
            input #reply-file type="file" accept="image/jpeg,image/png,application/pdf,video/mp4" aria-describedby="reply-file-problem"
                data-file=(format!("POST /v1/conversations/{}/files", thread.id)) data-lost=(words.t("attach-lost"));
            p.problem #reply-file-problem {}
        }
        button type="submit" { (words.t("do-send")) }
    };
    let note = html! {
        (field(words, thread, "note", "note-label", 2_000))
        p.quiet.hint { (words.t("note-mention")) }
        button.second type="submit" { (words.t("do-note")) }
    };
    html! {
        div.composer {
            // Where it is closed, the style hides what follows but the notes: what was typed stays for when it opens.
            div #window data-live { @if is_closed { (templates(view, thread)) } }
            (canned(words, thread))
            (suggesting(words, thread, streams))
            (form(&format!("POST /v1/conversations/{}/messages", thread.id), &words.t("done-send"), "reply", &reply))
            details {
                summary { (words.t("note-summary")) }
                (form(&format!("POST /v1/conversations/{}/notes", thread.id), &words.t("done-note"), "note", &note))
            }
        }
    }
}

/// That WhatsApp takes no free text now, and the approved templates to choose from.
fn templates<R>(view: &View<R>, thread: &Conversation) -> Markup {
    let words = view.words;
    let templates =
        view.tenant.channels.whatsapp.as_ref().map(|settings| settings.templates.as_slice()).unwrap_or_default();
    let fields = html! {
        label for="template" { (words.t("template-label")) }
        select #template name="template" required aria-describedby="template-problem" {
            @for one in templates {
                option value=(one.template.name) dir="auto" { (one.template.name) " (" (one.template.language) "): " (short(&one.text, 80)) }
            }
        }
        p.problem #template-problem {}
        button type="submit" { (words.t("do-send-template")) }
    };
    html! {
        p { (words.t("window-closed")) }
        @if templates.is_empty() {
            p.quiet { (words.t("templates-none")) }
        } @else {
            (form(&format!("POST /v1/conversations/{}/messages", thread.id), &words.t("done-send"), "template", &fields))
        }
    }
}

fn field(words: &Words, thread: &Conversation, id: &str, label: &str, limit: u32) -> Markup {
    html! {
        label.hidden for=(id) { (words.t(label)) }
        textarea id=(id) name="text" rows="3" maxlength=(limit) required placeholder=(words.t(label)) dir="auto"
            aria-describedby=(format!("{id}-problem")) data-draft=(format!("{id}-{}", thread.id)) {}
        p.problem id=(format!("{id}-problem")) {}
    }
}

/// Where a reply is proposed: `inbox.js` asks for it and puts it into the field, and the message names it.
fn suggesting(words: &Words, thread: &Conversation, streams: bool) -> Markup {
    let why = |reason: WithoutModel| words.value("suggest-none", &reason);
    html! {
        div.suggest.inline data-suggest=(format!("/v1/conversations/{}/suggestions", thread.id)) data-into="reply"
            data-ask=(words.t("suggest-ask")) data-busy=(words.t("suggest-busy")) data-done=(words.t("suggest-done"))
            data-builtin=(words.t("suggest-builtin")) data-dropped=(words.t("suggest-dropped"))
            data-not_configured=(why(WithoutModel::NotConfigured)) data-budget_used_up=(why(WithoutModel::BudgetUsedUp))
            data-unavailable=(why(WithoutModel::Unavailable)) data-declined=(why(WithoutModel::Declined))
            data-unfit=(why(WithoutModel::Unfit)) data-replaced=[streams.then(|| words.t("suggest-replaced"))]
            data-stream=[streams.then(|| format!("/v1/conversations/{}/suggestion-streams", thread.id))] {
            button.second #suggest type="button" aria-describedby="suggest-told" { (words.t("do-suggest")) }
            button.second #suggest-drop type="button" hidden { (words.t("do-suggest-drop")) }
            p.quiet #suggest-told role="status" {}
            // It grows, and is read out when it is whole, checked and in the field.
            @if streams {
                div #suggest-heard role="group" aria-labelledby="suggest-unchecked" hidden {
                    p.quiet #suggest-unchecked { (words.t("suggest-unchecked")) }
                    p dir="auto" {}
                }
            }
        }
    }
}

/// Where a canned answer is picked by the beginning of its name: `inbox.js` fetches the names, and puts the text where the cursor is.
fn canned(words: &Words, thread: &Conversation) -> Markup {
    html! {
        div.canned.inline data-canned=(format!("/v1/conversations/{}/canned-answers/", thread.id)) data-into="reply"
            data-unknown=(words.t("canned-unknown")) data-none=(words.t("canned-none")) data-missing=(words.t("canned-missing")) {
            label.hidden for="canned" { (words.t("canned-label")) }
            input #canned type="text" list="canned-names" autocomplete="off" placeholder=(words.t("canned-label"))
                aria-describedby="canned-problem";
            datalist #canned-names {}
            button.second type="button" { (words.t("do-insert")) }
            p.problem #canned-problem role="status" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderMap;
    use axum::http::header::ACCEPT_LANGUAGE;
    use domain::tenancy::Language;
    use domain::{ContactId, ConversationId, LeadId, TenantId};
    use std::collections::BTreeSet;

    #[test]
    fn what_is_being_written_says_in_every_language_that_it_is_not_checked() {
        let tenant = TenantId::new("acme").unwrap();
        let (contact, lead) = (ContactId::derive(&tenant, &["c"]), LeadId::derive(&tenant, &["l"]));
        let (id, now) = (ConversationId::derive(&tenant, &["t"]), jiff::Timestamp::UNIX_EPOCH);
        let thread = Conversation::new(id, contact, lead, Channel::Sms, Language::english(), now);
        let shown = |language: &str, streams| {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, language.parse().unwrap())]);
            suggesting(crate::words::accepted(&headers), &thread, streams).into_string()
        };
        let labels = ["en", "es", "fr", "de", "pt"].map(|language| {
            let page = shown(language, true);
            let group = r#"aria-labelledby="suggest-unchecked" hidden><p class="quiet" id="suggest-unchecked">"#;
            page.split_once(group).unwrap().1.split_once('<').unwrap().0.to_owned()
        });
        assert!(labels[0].contains("not checked") && BTreeSet::from(labels.clone()).len() == 5, "{labels:?}");
        assert!(!shown("en", false).contains("suggest-heard"));
    }
}
