//! A summary without a model: sentences of the dialogue as they were written, sorted by words of five languages.
//!
//! It words nothing, so it says nothing that was not said. What gives a model orders is left out, with all of its message.

use ::language::Words;

use super::dialogue::{Dialogue, Said};
use super::{MAX_CHARS, PointKind, SummaryPoint};
use crate::conversations::builtin;
use crate::conversations::claims::{DAYS, figures, gives_orders, promised, sentences};

/// Who made it.
pub(super) const MODEL: &str = builtin::MODEL;
/// What begins a sentence about oneself and what is one's own, folded.
#[rustfmt::skip]
const OWN: &[&str] = &[
    "my", "our", "i have", "we have", "i ve got", "ive got", "i am", "im", "i m", "we are", "i own", "i live", "i drive", "it is a", "its a", "it s a", "there is a", "there are",
    "mi", "mis", "nuestro", "nuestra", "tengo", "tenemos", "soy", "somos", "vivo", "vivimos", "es un", "es una", "hay un", "hay una",
    "mon", "ma", "mes", "notre", "nos", "j ai", "nous avons", "je suis", "nous sommes", "j habite", "c est un", "c est une", "il y a",
    "mein", "meine", "meinen", "meinem", "meiner", "unser", "unsere", "unseren", "ich habe", "wir haben", "ich bin", "wir sind", "ich wohne", "ich fahre", "es ist ein", "es ist eine",
    "meu", "minha", "meus", "minhas", "nosso", "nossa", "tenho", "temos", "sou", "moro", "moramos", "e um", "e uma",
];
/// How people like things, folded.
#[rustfmt::skip]
const LIKES: &[&str] = &[
    "prefer", "would rather", "id rather", "i d rather", "only", "please text", "text me", "email me", "call me", "dont call", "don t call", "do not call", "no calls",
    "mornings", "afternoons", "evenings", "weekends", "weekdays", "in english",
    "prefiero", "preferimos", "preferiria", "solo", "por las mananas", "por las tardes", "por la manana", "por la tarde", "no me llamen", "no llamen", "por escrito", "en espanol",
    "je prefere", "nous preferons", "je prefererais", "plutot", "uniquement", "seulement", "le matin", "l apres midi", "le soir", "n appelez pas", "ne m appelez pas", "en francais",
    "lieber", "am liebsten", "bevorzuge", "nur", "vormittags", "nachmittags", "abends", "nicht anrufen", "per mail", "auf deutsch",
    "prefiro", "preferimos", "de preferencia", "somente", "apenas", "de manha", "a tarde", "a noite", "nao liguem", "nao me liguem", "por mensagem", "em portugues",
];
/// So many words are an answer to a question, and not a tale.
const ANSWER_WORDS: usize = 12;

/// All lines.
pub(super) fn points(dialogue: &Dialogue<'_>) -> Vec<SummaryPoint> {
    let said = dialogue.said();
    let mut points = agreed(dialogue);
    points.extend(language(dialogue));
    for (place, one) in said.iter().enumerate().filter(|(_, one)| one.by_customer && !gives_orders(one.text)) {
        let services = builtin::services_meant(dialogue.tenant, one.text);
        points.extend(services.into_iter().map(|service| line(PointKind::Wants, &service.name, one)));
        let asked = place.checked_sub(1).and_then(|before| said.get(before)).filter(|before| !before.by_customer);
        let answer = said.get(place + 1..).unwrap_or_default().iter().find(|after| !after.by_customer);
        for sentence in of(one.text) {
            let is_question = sentence.contains(['?', '¿', '？']);
            if is_question {
                let is_open = answer.is_none_or(|answer| builtin::promises_team(answer.text));
                points.extend(is_open.then(|| line(PointKind::Open, sentence, one)));
            }
            points.extend(kind_of(sentence, is_question).map(|kind| line(kind, sentence, one)));
        }
        points.extend(asked.and_then(|asked| answered(asked, one)));
    }
    points
}

/// What the business said: its own sentences that name an amount, a share or a day.
pub(super) fn agreed(dialogue: &Dialogue<'_>) -> Vec<SummaryPoint> {
    let ours = dialogue.said().iter().filter(|said| !said.by_customer && !gives_orders(said.text));
    let mut points: Vec<SummaryPoint> = Vec::new();
    for said in ours {
        let binds = |sentence: &&str| !sentence.contains('?') && (has_figure(sentence) || has_day(sentence));
        points.extend(of(said.text).into_iter().filter(binds).map(|sentence| line(PointKind::Agreed, sentence, said)));
    }
    points
}

/// The language that they write, where it is not the business's.
fn language(dialogue: &Dialogue<'_>) -> Option<SummaryPoint> {
    let theirs = &dialogue.thread.language;
    let first = dialogue.said().iter().find(|said| said.by_customer)?;
    (*theirs != dialogue.tenant.language).then(|| line(PointKind::Prefers, &format!("language: {theirs}"), first))
}

/// What kind of line a sentence of a customer's is.
fn kind_of(sentence: &str, is_question: bool) -> Option<PointKind> {
    let words = Words::new(sentence);
    if words.contains_any(LIKES) {
        return Some(PointKind::Prefers);
    }
    if has_day(sentence) {
        return Some(PointKind::Wants);
    }
    (!is_question && (words.contains_any(OWN) || has_figure(sentence))).then_some(PointKind::Told)
}

/// A short answer to what the business asked just before, with the question.
fn answered(asked: &Said<'_>, answer: &Said<'_>) -> Option<SummaryPoint> {
    let question = of(asked.text).into_iter().rev().find(|sentence| sentence.contains('?'))?;
    let words = answer.text.split_whitespace().count();
    let is_answer =
        (1..=ANSWER_WORDS).contains(&words) && !answer.text.contains('?') && !builtin::is_courtesy(answer.text);
    let room = MAX_CHARS.saturating_sub(answer.text.chars().count() + 1);
    let question: String = question.chars().take(room).collect();
    is_answer.then(|| line(PointKind::Told, &format!("{question} {}", answer.text), answer))
}

fn has_figure(sentence: &str) -> bool {
    !figures(sentence).is_empty()
}

fn has_day(sentence: &str) -> bool {
    !promised(DAYS, &[Words::new(sentence)]).is_empty()
}

/// The sentences of a message.
fn of(text: &str) -> Vec<&str> {
    let all = text.lines().flat_map(sentences).map(str::trim);
    all.filter(|sentence| !sentence.is_empty() && !builtin::is_courtesy(sentence)).collect()
}

pub(super) fn line(kind: PointKind, text: &str, said: &Said<'_>) -> SummaryPoint {
    SummaryPoint { kind, text: one_line(text), message: said.number }
}

/// `text` in one line, cut.
pub(super) fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|c| !c.is_control()).take(MAX_CHARS).collect()
}
