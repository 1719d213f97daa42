//! What a message asks beside what it wishes for. Whatever else is replied, such a question is answered or passed on: no reply takes
//! it for a detail and thanks for it.

use ::language::{Intent, Intents, OfAppointment, Words};

use super::reading::Reading;
use super::{Turn, changes, facts, service};

/// "Ok?" and "right?" ask nothing by themselves.
const MIN_WORDS: usize = 2;
/// What is asked with these is a wish, and what is arranged answers it; or it is a courtesy.
const WISHES: [Intent; 22] = [
    Intent::Book,
    Intent::Cancel,
    Intent::Move,
    Intent::Confirm,
    Intent::Availability,
    Intent::Services,
    Intent::FollowUp,
    Intent::Hours,
    Intent::OpenNow,
    Intent::Person,
    Intent::Human,
    Intent::Bot,
    Intent::CallBack,
    Intent::Erase,
    Intent::Complaint,
    Intent::Greeting,
    Intent::Thanks,
    Intent::Goodbye,
    Intent::Wait,
    Intent::Done,
    Intent::Languages,
    Intent::Ready,
];

/// "When do we have to leave on Sunday?" asks for no time of theirs. Folded.
const AT_WHAT_TIME: [&str; 10] = [
    "when do",
    "what time do",
    "cuando tenemos",
    "a que hora tenemos",
    "quand doit",
    "a quelle heure doit",
    "wann mussen",
    "quando temos",
    "que horas temos",
    "until when",
];
/// One visit of many is for the team to arrange. Folded.
const AGAIN_AND_AGAIN: [&str; 15] = [
    "every week",
    "each week",
    "weekly",
    "every monday",
    "every tuesday",
    "every wednesday",
    "every thursday",
    "every friday",
    "every saturday",
    "every sunday",
    "cada semana",
    "todas las semanas",
    "chaque semaine",
    "jede woche",
    "toda semana",
];

/// Whether the message asks something that no time, service or appointment answers: "is that per axle or all four?"
pub(super) fn asks_more(turn: &Turn<'_>, reading: &Reading<'_>) -> bool {
    facts::asks(reading) && parts(turn.content.text()).any(|part| is_of_more(turn, reading, part))
}

/// The clauses of `text`; of one in which a question begins without a mark, what stands before it and the question.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    changes::clauses(text).flat_map(|clause| {
        let start = question_within(clause).unwrap_or(0);
        [clause.get(..start), clause.get(start..)].into_iter().flatten()
    })
}

/// Where a question begins in `clause`, which begins with something else: "the light came on is it safe to drive".
fn question_within(clause: &str) -> Option<usize> {
    let starts = clause.match_indices(' ').map(|(at, _)| at + 1);
    starts.skip(1).find(|at| clause.get(*at..).is_some_and(|rest| Intents::begins_question(&Words::new(rest))))
}

fn is_of_more(turn: &Turn<'_>, reading: &Reading<'_>, part: &str) -> bool {
    let intents = Intents::read(part);
    let words = Words::new(part);
    let says_when = reading.when.is_some_and(|when| part.contains(&when.words) || when.words.contains(part.trim()));
    let is_of_time = says_when && !intents.asks_to_know() && !words.contains_any(&AT_WHAT_TIME);
    let is_wish = WISHES.iter().any(|wish| intents.has(*wish)) || is_of_time || OfAppointment::is_all_of(part);
    let is_wish = is_wish && !words.contains_any(&AGAIN_AND_AGAIN);
    let names_service = !service::meant(turn.tenant, part, &words).is_empty() && !intents.asks_to_know();
    intents.is_question() && intents.substance() >= MIN_WORDS && !is_wish && !names_service
}
