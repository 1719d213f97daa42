//! Who talks of cancelling has not cancelled: what is only possible, or hangs on a condition, and what is taken back in the same
//! message, leaves an appointment as it is. Who cannot come and asks for another time moves it.

use dates::Wish;
use language::{Intent, Intents, OfAppointment};

use super::changes::{Change, asks_for_time, clauses};

/// Whether `text`, which speaks of cancelling, orders it: its last word about it counts. "I might have to cancel", "if it rains
/// I'll cancel" and "cancel it. No wait, don't cancel" do not.
pub(super) fn is_ordered(text: &str) -> bool {
    let mut is_under_condition = false;
    let mut last = true;
    for clause in clauses(text) {
        let cancels = Intents::read(clause).has(Intent::Cancel);
        let is_open = is_under_condition || OfAppointment::Perhaps.is_in(clause) || OfAppointment::If.is_in(clause);
        is_under_condition = OfAppointment::If.begins(clause.trim_start());
        if OfAppointment::Keep.is_in(clause) {
            last = false;
        } else if cancels {
            last = !is_open;
        }
    }
    last
}

/// What is to become of an appointment by `intents`, which those of `text` are; `when` is the time that it wishes for. "I can't
/// come on Thursday. Could we do Friday?" moves it to Friday, and so does another hour for one that they have already.
pub(super) fn change(intents: &Intents, text: &str, when: Option<&Wish>, has_one: bool) -> Option<Change> {
    match Change::of(intents) {
        // "I have an appointment on Friday at 10, I need to cancel it" names no other time.
        Some(Change::Cancel)
            if when.is_some_and(|when| {
                (when.is_precise() && !OfAppointment::Mine.is_in(text)) || clauses(text).any(asks_for_time)
            }) =>
        {
            Some(Change::Move)
        }
        None | Some(Change::Confirm) if has_one && when.is_some() => Some(Change::Move),
        change => change,
    }
}

/// The parts of `text` of which each may say a day of its own: what is asked for, and of a move what stands behind "to".
pub(crate) fn parts_apart(text: &str) -> Vec<&str> {
    let asked = clauses(text).filter(|clause| clause.len() < text.len() && asks_for_time(clause));
    let moves = Change::of(&Intents::read(text)) == Some(Change::Move);
    let words = text.split_whitespace().filter(|word| moves && OfAppointment::To.is_in(word));
    let behind = words.filter_map(|word| text.split_once(&format!(" {word} ")).map(|(_, behind)| behind));
    asked.chain(behind).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn talk_of_cancelling_is_no_order() {
        for text in [
            "we might need to cancel on you, not certain",
            "If it snows I'll cancel",
            "cancel it please. hang on, don't cancel",
            "quizás tenga que cancelar la cita",
            "cancélela... no, no la cancele",
            "il se peut que je doive annuler",
            "annulez, enfin non, n'annulez pas",
            "vielleicht muss ich absagen",
            "wenn es regnet, sage ich ab",
            "talvez precise cancelar",
        ] {
            assert!(!is_ordered(text), "{text}");
        }
        for text in [
            "please cancel my appointment",
            "sorry, I have to cancel tomorrow",
            "If possible, cancel my appointment",
            "keep my spot? no, cancel it",
            "sí, cancele la cita",
            "oui, annulez mon rdv",
            "ich muss leider absagen",
            "wenn möglich den Termin bitte absagen",
            "preciso cancelar a consulta de amanhã",
        ] {
            assert!(is_ordered(text), "{text}");
        }
    }

    #[test]
    fn who_cannot_come_and_asks_for_another_time_moves_it() {
        let when = Wish { words: "friday".to_owned(), ..Wish::default() };
        for (text, changed) in [
            ("can't come tomorrow, could we do friday at 9?", Change::Move),
            ("No puedo ir el jueves. ¿Podría ser el viernes?", Change::Move),
            ("je ne peux pas venir jeudi, vendredi c'est possible ?", Change::Move),
            ("ich kann nicht kommen, geht Freitag?", Change::Move),
            ("não posso ir amanhã, pode ser sexta?", Change::Move),
            ("I can't come tomorrow. I am away until friday", Change::Cancel),
        ] {
            assert_eq!(change(&Intents::read(text), text, Some(&when), false), Some(changed), "{text}");
        }
    }
}
