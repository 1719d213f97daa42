//! The business's own questions: all of them in the part that is cached, what is to be asked now in the turn's.

use domain::conversations::builtin::Turn;
use domain::conversations::intake;
use domain::tenancy::Tenant;
use domain::tenancy::intake::{Answer, Question, QuestionKind};

const RULES: &str = "Ask them one at a time, in the customer's language, beside what you would ask anyway; which one is next \
stands below. Put what the customer answers to any of them, now or in passing, into `intake_answers`, and the id of the \
one that your reply asks into `asked_intake`.";

/// All of them; `None` where there are none.
pub(super) fn questions(tenant: &Tenant) -> Option<String> {
    let lines: Vec<String> = tenant.intake.iter().map(line).collect();
    (!lines.is_empty()).then(|| format!("# Questions of the business\n{RULES}\n{}", lines.join("\n")))
}

fn line(question: &Question) -> String {
    format!("- `{}`: {} ({})", question.id, question.text, kind(&question.kind))
}

fn kind(kind: &QuestionKind) -> String {
    match kind {
        QuestionKind::Choice { options } => {
            let options = options.iter().map(|option| format!("`{}` {}", option.value, option.label));
            format!("one of: {}", options.collect::<Vec<_>>().join(", "))
        }
        QuestionKind::Text => "in their words".to_owned(),
        QuestionKind::YesNo => "yes or no".to_owned(),
        QuestionKind::Date => "a date, written 2026-12-31".to_owned(),
        QuestionKind::Number { min, max, unit } => {
            let bound =
                |word: &str, bound: &Option<i64>| bound.map(|bound| format!(" {word} {bound}")).unwrap_or_default();
            let unit = unit.as_deref().map(|unit| format!(" of {unit}")).unwrap_or_default();
            format!("a number{unit}{}{}", bound("from", min), bound("up to", max))
        }
        QuestionKind::Photo => "a picture; it counts by itself when they send it".to_owned(),
    }
}

/// The one to ask now, and whether it was asked just before.
pub(super) fn this_turn(turn: &Turn<'_>) -> Option<String> {
    let asked = turn.conversation.and_then(|conversation| conversation.asked_intake());
    let next = intake::next(turn.tenant, turn.lead?, turn.conversation);
    let lines = [
        asked.map(|id| format!("Your last message asked `{id}`.")),
        next.map(|question| {
            let again =
                if asked == Some(&question.id) { " It is not answered yet, as far as the rules can tell." } else { "" };
            format!("The next question of the business is `{}`.{again}", question.id)
        }),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}

/// An answer in words; nothing for a question that was passed over.
pub(super) fn shown(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Choice(text) | Answer::Text(text) => Some(text.clone()),
        Answer::YesNo(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Answer::Date(day) => Some(day.to_string()),
        Answer::Number(number) => Some(number.to_string()),
        Answer::Photo { .. } => Some("(a picture)".to_owned()),
        Answer::Skipped => None,
    }
}
