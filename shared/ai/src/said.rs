//! What a model noted of the customer, held against what they said: nothing is stored that they did not write.

use domain::conversations::builtin::{self, Turn};
use domain::conversations::claims::Grounds;
use domain::conversations::{Action, Answer, language};
use domain::leads::GivenDetails;
use domain::messaging::Phone;
use domain::tenancy::intake;
use jiff::Timestamp;

/// A name has at most so many words.
const MAX_NAME_WORDS: usize = 5;
/// So many digits tell a telephone number, however its country is written.
const TELLING_DIGITS: usize = 7;

/// `answer` without what the customer did not say, in `turn` or before it (`said`), and without what is for no one to read.
pub(crate) fn keep_to_what_was_said(
    answer: Answer,
    turn: &Turn<'_>,
    said: &str,
    grounds: &Grounds,
    now: Timestamp,
) -> Answer {
    let noted = |detail: Option<String>| detail.filter(|detail| grounds.may_be_noted(detail, said));
    let qualification = answer.qualification;
    let requested_time = noted(answer.requested_time).filter(|time| is_their_time(time, said));
    let action = match answer.action {
        Action::RequestBooking if requested_time.is_none() => Action::OfferBooking,
        action => action,
    };
    let is_kept = |answer: &intake::Answer| match answer {
        intake::Answer::Text(text) => grounds.may_be_noted(text, said),
        _ => true,
    };
    // A language that the reply is not in would be kept for the next messages.
    let language = if language::may_be(&answer.reply, &answer.language) {
        answer.language
    } else {
        language::detect(&answer.reply).language.unwrap_or_else(|| turn.route.language.clone())
    };
    Answer {
        language,
        action,
        requested_time,
        qualification: domain::leads::Qualification {
            service_interest: noted(qualification.service_interest),
            budget: noted(qualification.budget),
            location: noted(qualification.location),
            timeline: noted(qualification.timeline),
            ..qualification
        },
        given: given(answer.given, turn, said, now),
        intake: answer.intake.into_iter().filter(|(_, answer)| is_kept(answer)).collect(),
        ..answer
    }
}

/// Names and addresses that stand in what they said, or that the built-in reading finds there too: numbers are also dictated.
fn given(given: GivenDetails, turn: &Turn<'_>, said: &str, now: Timestamp) -> GivenDetails {
    if given == GivenDetails::default() {
        return given;
    }
    let read = builtin::respond(turn, now).given;
    let folded = fold(said);
    let digits: String = said.chars().filter(char::is_ascii_digit).collect();
    let is_dialled = |phone: &Phone| {
        let number: String = phone.as_str().chars().filter(char::is_ascii_digit).collect();
        let end = number.len().checked_sub(TELLING_DIGITS).and_then(|start| number.get(start..));
        end.is_some_and(|end| digits.contains(end))
    };
    GivenDetails {
        name: given
            .name
            .filter(|name| Some(name) == read.name.as_ref() || is_name(name) && folded.contains(&fold(name))),
        email: given.email.filter(|email| Some(email) == read.email.as_ref() || folded.contains(&fold(email.as_str()))),
        phone: given.phone.filter(|phone| Some(phone) == read.phone.as_ref() || is_dialled(phone)),
    }
}

/// A few words of letters.
fn is_name(name: &str) -> bool {
    let is_of_name = |c: char| c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c) || " -'’.".contains(c);
    name.chars().all(is_of_name) && name.split_whitespace().count() <= MAX_NAME_WORDS
}

/// Whether the figures of a time stand in what they said, in whatever way: 15 is also 3.
fn is_their_time(time: &str, said: &str) -> bool {
    let numbers = |text: &str| {
        let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
        runs.filter_map(|run| run.parse::<u32>().ok()).collect::<Vec<_>>()
    };
    let known = numbers(said);
    let is_known = |number: &u32| {
        let of_half = [number.checked_sub(12), Some(number + 12), Some(*number)];
        *number == 0 || of_half.into_iter().flatten().any(|number| known.contains(&number))
    };
    let said = numbers(time);
    // A day that was named is written out with its month and year.
    let some = said.iter().filter(|number| is_known(number)).count();
    said.is_empty() || some * 2 >= said.len()
}

fn fold(text: &str) -> String {
    text.to_lowercase()
}
