//! Appointments that are to be cancelled, moved or confirmed, and who is no customer at all, as one message says it.

use language::{Intent, Intents, OfAppointment};

use crate::conversations::Conversation;

/// What is to become of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Cancel,
    Move,
    Confirm,
}

/// Who has the wrong number, sells something or looks for work: a day in such a message is no wish.
const NO_CUSTOMERS: [Intent; 4] = [Intent::WrongNumber, Intent::Spam, Intent::Supplier, Intent::JobApplication];

/// What only a customer wants: who asks for a voucher and for a time advertises nothing.
const CUSTOMERS: [Intent; 8] = [
    Intent::Book,
    Intent::Availability,
    Intent::Cancel,
    Intent::Move,
    Intent::Confirm,
    Intent::Gift,
    Intent::Loaner,
    Intent::Complaint,
];

impl Change {
    /// The change that a message with these intents asks for.
    pub(crate) fn of(intents: &Intents) -> Option<Self> {
        let changes = [(Intent::Move, Self::Move), (Intent::Cancel, Self::Cancel), (Intent::Confirm, Self::Confirm)];
        changes.into_iter().find(|(intent, _)| intents.has(*intent)).map(|(_, change)| change)
    }
}

/// Whether the writer wants nothing that the business does for its customers.
pub(crate) fn is_no_customer(intents: &Intents) -> bool {
    NO_CUSTOMERS.iter().any(|intent| intents.has(*intent)) && !CUSTOMERS.iter().any(|intent| intents.has(*intent))
}

/// Whether `text`, in the language of `code`, says that its writer comes later than agreed today, and asks for nothing: no other
/// time, no answer.
pub(crate) fn runs_late(text: &str, code: &str) -> bool {
    tells(OfAppointment::Late, text, code)
}

/// Whether `text`, in the language of `code`, says when its writer will be there, and asks for nothing.
pub(crate) fn tells_arrival(text: &str, code: &str) -> bool {
    tells(OfAppointment::Arrives, text, code)
}

fn tells(what: OfAppointment, text: &str, code: &str) -> bool {
    // Not "book": "I have an appointment at 11, but I'm late" names the appointment.
    const WISHES: [Intent; 5] = [Intent::Move, Intent::Cancel, Intent::Availability, Intent::Complaint, Intent::Policy];
    let intents = Intents::read(text);
    let asks = intents.is_question() || WISHES.iter().any(|intent| intents.has(*intent));
    !asks && !OfAppointment::Instead.is_in(text) && what.is_said(text, code)
}

/// Where a wish may stand in `text`, the likeliest part first: of an appointment that is moved ("it was tomorrow, can we do
/// Thursday instead?") the words from the move on, of one that is cancelled what comes after, and nothing of what somebody
/// writes who is no customer. On `thread`, what follows a word that the team was told of a cancellation is of that.
pub(crate) fn wish_parts<'t>(text: &'t str, thread: Option<&Conversation>) -> Vec<&'t str> {
    let intents = Intents::read(text);
    let is_told = thread.is_some_and(super::has_passed_on) && !intents.has(Intent::Move) && !intents.is_question();
    let arranges = thread.is_some_and(|thread| thread.wish.is_some());
    if (is_no_customer(&intents) && !arranges) || is_told {
        return Vec::new();
    }
    let rests = || clause_starts(text).filter_map(|start| text.get(start..));
    match Change::of(&intents) {
        // A time that is being arranged is corrected by all that is said.
        Some(Change::Move) if !arranges => {
            let mut parts: Vec<&str> = rests().filter(|rest| Intents::read(rest).has(Intent::Move)).collect();
            parts.reverse();
            parts.extend(clauses(text).filter(|clause| !tells_of_existing(clause)));
            parts.into_iter().map(behind_appointment).collect()
        }
        Some(Change::Cancel) => {
            let behind = rests().find(|rest| !Intents::read(rest).has(Intent::Cancel));
            let asked = || clauses(text).find(|clause| asks_for_time(clause));
            behind.or_else(asked).into_iter().collect()
        }
        None | Some(Change::Confirm) if has_one(text, thread) => without_own(text),
        Some(Change::Move | Change::Confirm) | None => real_parts(text),
    }
}

/// Whether `text` speaks of an appointment that its writer has already, and `thread` arranges none.
pub(crate) fn has_one(text: &str, thread: Option<&Conversation>) -> bool {
    let is_of_talk = |thread: &Conversation| thread.wish.is_some() || thread.booked.is_some() || thread.offer.is_some();
    OfAppointment::Mine.is_in(text) && !OfAppointment::Another.is_in(text) && !thread.is_some_and(is_of_talk)
}

/// Whether `clause` asks for a time, and cancels nothing.
pub(super) fn asks_for_time(clause: &str) -> bool {
    let intents = Intents::read(clause);
    let wishes = [Intent::Availability, Intent::Book, Intent::FollowUp].iter().any(|intent| intents.has(*intent));
    !intents.has(Intent::Cancel) && (intents.is_question() || wishes || OfAppointment::Instead.is_in(clause))
}

/// The clauses of `text` without those that speak of an appointment which the writer has already.
pub(super) fn without_own(text: &str) -> Vec<&str> {
    clauses(text).filter(|clause| !OfAppointment::Mine.is_in(clause)).collect()
}

/// `text`; of one that tells what could have been and goes on with "but", what is left: "I would have done Thursday, but Friday is
/// better".
fn real_parts(text: &str) -> Vec<&str> {
    let all: Vec<&str> = clauses(text).filter(|clause| !clause.trim().is_empty()).collect();
    let is_turn = |clause: &&str| TURNS.iter().any(|turn| clause.trim_start().starts_with(turn.trim_start()));
    let is_unreal = |pair: &[&str]| match pair {
        [unreal, turn] => OfAppointment::Unreal.is_in(unreal) && is_turn(turn),
        _ => false,
    };
    let Some(at) = all.windows(2).position(is_unreal) else { return vec![text] };
    // What stands behind "but" may be why not: what is said besides goes before it.
    let (before, behind) = all.split_at(at);
    let behind = behind.get(1..).unwrap_or_default();
    let (turn, after) = behind.split_at(1.min(behind.len()));
    [after, before, turn].concat()
}

/// The parts of `text` that may say when the appointment is that is to be cancelled or moved.
pub(crate) fn existing_parts(text: &str) -> Vec<&str> {
    match Change::of(&Intents::read(text)) {
        Some(Change::Cancel) => {
            let told = clauses(text).filter(|clause| OfAppointment::Existing.begins(clause));
            std::iter::once(text).chain(told.flat_map(without_first_words)).collect()
        }
        Some(Change::Move) => clauses(text)
            .filter_map(|clause| if tells_of_existing(clause) { Some(clause) } else { before_new_time(clause) })
            .collect(),
        Some(Change::Confirm) | None => clauses(text).filter(|clause| OfAppointment::Mine.is_in(clause)).collect(),
    }
}

/// Whether `clause` says when an appointment is that was made before, and not what becomes of it.
fn tells_of_existing(clause: &str) -> bool {
    let begins = OfAppointment::Existing.begins(clause);
    begins && Change::of(&Intents::read(clause)) != Some(Change::Move)
}

/// The part of a clause from which a new time may stand: "move my appointment on Thursday to Friday" is moved to Friday, and "move
/// my appointment on Thursday" to no day yet.
fn behind_appointment(clause: &str) -> &str {
    let (mut end, mut appointment) = (0, None);
    if OfAppointment::Instead.is_in(clause) {
        return clause;
    }
    for word in clause.split_inclusive(char::is_whitespace) {
        let start = end;
        end += word.len();
        match appointment {
            None if OfAppointment::Named.is_in(word) => appointment = Some(start),
            Some(_) if OfAppointment::To.is_in(word) => return clause.get(start..).unwrap_or(clause),
            _ => {}
        }
    }
    appointment.and_then(|start| clause.get(..start)).unwrap_or(clause)
}

/// `clause` without its first word, and without its first two: "it was Thursday" tells of no time to come, and "Thursday" does.
fn without_first_words(clause: &str) -> impl Iterator<Item = &str> {
    let rest = |text: &'_ str| {
        text.trim_start().find(char::is_whitespace).map(|end| end + text.len() - text.trim_start().len())
    };
    let first = rest(clause).and_then(|end| clause.get(end..));
    let second = first.and_then(|first| rest(first).and_then(|end| first.get(end..)));
    first.into_iter().chain(second)
}

/// The part of a clause that names the appointment, where its new time stands behind it: "move my Thursday appointment" of "move my
/// Thursday appointment to Friday".
fn before_new_time(clause: &str) -> Option<&str> {
    let new = behind_appointment(clause);
    let part = clause.strip_suffix(new).filter(|part| OfAppointment::Named.is_in(part))?;
    OfAppointment::To.begins(new).then_some(part)
}

/// Whether `text` says that the hour stays as it is: beside the day that is named by `day`, or by itself. "Monday, and check the
/// tires at the same time" does not.
pub(crate) fn keeps_hour(text: &str, day: &str) -> bool {
    let is_alone = |clause: &str| clause.split_whitespace().count() <= MAX_WORDS_OF_HOUR;
    // "Is Monday at the same time free?" moves nothing yet.
    let asks = |clause: &str| {
        let intents = Intents::read(clause);
        intents.is_question() && !intents.has(Intent::Move) && !OfAppointment::Instead.is_in(clause)
    };
    let is_of_day = |clause: &str| clause.contains(day) && !asks(clause);
    let is_own = |clause: &str| !clause.contains(day) && is_alone(clause);
    let says_so = |clause: &str| OfAppointment::SameTime.is_in(clause) && (is_of_day(clause) || is_own(clause));
    OfAppointment::SameTime.is_in(text) && clauses(text).any(says_so)
}

/// The clauses of `text`, in order.
pub(in crate::conversations) fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = std::iter::once(0).chain(clause_starts(text)).collect();
    let ends = starts.iter().copied().skip(1).chain([text.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).filter_map(|(start, end)| text.get(start..end))
}

/// At most so many clauses of a message are looked at.
const MAX_CLAUSES: usize = 8;
/// "But at the same time, please" are so many words, and nothing else is said.
const MAX_WORDS_OF_HOUR: usize = 6;
/// Words that begin a clause.
const TURNS: [&str; 6] = [" but ", " pero ", " mais ", " aber ", " sondern ", " mas "];

/// Where every clause but the first begins, in order.
fn clause_starts(text: &str) -> impl Iterator<Item = usize> {
    let marks = text.match_indices([',', ';', '?', '!', '\n', '.']).map(|(at, mark)| at + mark.len());
    let marks = marks.filter(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(char::is_whitespace)));
    let turns = TURNS.iter().flat_map(|word| text.match_indices(word).map(|(at, _)| at + 1));
    let mut starts: Vec<usize> = marks.chain(turns).collect();
    starts.sort_unstable();
    starts.into_iter().take(MAX_CLAUSES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_day_stands_after_the_move() {
        for (text, part) in [
            ("I had tomorrow but can't, could we move it to Thursday?", "could we move it to Thursday?"),
            ("tenia cita para mañana, la podemos cambiar al jueves", "la podemos cambiar al jueves"),
            ("can we move it from Friday to Monday", "can we move it from Friday to Monday"),
            ("Can you reschedule my appointment? Its tomorrow at 9", "Can you reschedule my"),
            ("Ich möchte meinen Termin am Donnerstag verschieben", "Ich möchte meinen"),
            ("move my appointment on Thursday to Friday at 10", "to Friday at 10"),
            ("can I have my appointment at 11:30 instead", "can I have my appointment at 11:30 instead"),
            ("¿puede cambiar mi cita del jueves para el viernes?", "para el viernes?"),
            ("Mein Termin ist morgen um 9, kann ich den verschieben?", "kann ich den verschieben?"),
        ] {
            assert_eq!(wish_parts(text, None).first().map(|part| part.trim()), Some(part), "{text}");
        }
    }

    #[test]
    fn the_day_of_what_is_cancelled_is_no_wish() {
        for text in [
            "please cancel my appointment on Friday",
            "tengo que anular la cita de mañana",
            "je dois annuler mon rdv de demain",
            "ich muss meinen Termin morgen absagen",
            "preciso cancelar a consulta de amanhã",
        ] {
            assert_eq!(wish_parts(text, None), [""; 0], "{text}");
        }
        let parts = wish_parts("I can't make it tomorrow, how about Friday?", None);
        assert_eq!(parts.first().map(|part| part.trim()), Some("how about Friday?"));
    }

    #[test]
    fn what_could_have_been_is_no_wish() {
        let first = |text: &'static str| wish_parts(text, None).first().map(|part| part.trim());
        for (text, part) in [
            ("I would have done Thursday, but Friday is better", "but Friday is better"),
            ("I was going to say Monday at 9 but I work then. How about Friday?", "How about Friday?"),
            ("J'aurais pris jeudi, mais vendredi c'est mieux", "mais vendredi c'est mieux"),
            ("Iba a ir el lunes, pero mejor el martes", "pero mejor el martes"),
            ("Ich hätte Montag genommen, aber Dienstag ist besser", "aber Dienstag ist besser"),
            ("Eu teria ido na segunda, mas terça é melhor", "mas terça é melhor"),
            ("Thursday would be good, but not before ten", "Thursday would be good, but not before ten"),
        ] {
            assert_eq!(first(text), Some(part), "{text}");
        }
    }

    #[test]
    fn the_hour_stays_where_that_is_said_of_the_day() {
        for (text, day) in [
            ("hey can we do monday instead, same time", "monday"),
            ("Monday at the same time", "Monday"),
            ("el lunes, a la misma hora", "lunes"),
        ] {
            assert!(keeps_hour(text, day), "{text}");
        }
        for (text, day) in [
            ("Move it to Monday, and can you check the tires at the same time?", "Monday"),
            ("Move it to Monday and check the tires at the same time", "Monday"),
            ("Monday, but not at the same time", "Monday"),
            ("el lunes, pero no a la misma hora", "lunes"),
            ("lundi, mais pas à la même heure", "lundi"),
            ("Montag, aber nicht zur gleichen Zeit", "Montag"),
            ("segunda, mas não no mesmo horário", "segunda"),
        ] {
            assert!(!keeps_hour(text, day), "{text}");
        }
    }

    #[test]
    fn who_is_no_customer_wishes_for_nothing() {
        for text in ["sorry, wrong number, see you Friday", "are you hiring? I can start Monday"] {
            assert_eq!(wish_parts(text, None), [""; 0], "{text}");
        }
        assert_eq!(wish_parts("a cleaning on Friday, please", None), ["a cleaning on Friday, please"]);
    }
}
