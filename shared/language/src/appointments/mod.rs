//! How people speak of an appointment that there is, and of another time for it.

use crate::lexicon::{Hit, Lexicon, without_exceptions};
use crate::words::Words;
use std::sync::LazyLock;

pub(crate) const FILES: [&str; 5] = [
    include_str!("en.txt"),
    include_str!("es.txt"),
    include_str!("fr.txt"),
    include_str!("de.txt"),
    include_str!("pt.txt"),
];
/// The languages of [`FILES`].
const CODES: [&str; FILES.len()] = ["en", "es", "fr", "de", "pt"];
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&FILES));

/// What some words say of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfAppointment {
    /// When the one is that there is: "mine is on Friday". Stands at the beginning of a clause.
    Existing,
    /// It is named: "appointment", "booking".
    Named,
    /// What stands behind is the new time: "to Friday".
    To,
    /// The time beside it is the new one: "instead".
    Instead,
    /// What could have been, and is not wished for: "I would have done Thursday, but".
    Unreal,
    /// It is to be at another time, which may not be said: "a bit later".
    Shift,
    /// The writer comes later than agreed: "I am stuck in traffic".
    Late,
    /// When the writer will be there, by an hour beside it: "I'll be there at 10:15".
    Arrives,
    /// The hour stays as it is: "Monday instead, same time".
    SameTime,
    /// With these words a time is wished for, chosen or changed; after the semicolon, where they are of something else: "I have to be".
    Plain,
    /// It may come to that, and is none yet: "I might".
    Perhaps,
    /// On a condition: "if it rains".
    If,
    /// It is to stay after all: "don't cancel".
    Keep,
    /// The time beside it does not suit: "anything but 12".
    Refuses,
    /// The writer has one already: "I have an appointment", "I booked".
    Mine,
    /// One more besides the one that is spoken of: "and another one for my wife".
    Another,
    /// Another person is to be seen too: "can my wife come with me".
    Companion,
    /// A clause that tells of others, and not of what they want: "the neighbors come over". Stands at its beginning.
    Others,
    /// What happens at the writer's on some day, and is no visit: "we have a party", "it's snowing", "the inspector comes".
    Happens,
}

impl OfAppointment {
    fn key(self) -> &'static str {
        match self {
            Self::Existing => "existing",
            Self::Named => "appointment",
            Self::To => "to",
            Self::Instead => "instead",
            Self::Unreal => "unreal",
            Self::Shift => "shift",
            Self::Late => "late",
            Self::Arrives => "arrives",
            Self::SameTime => "same",
            Self::Plain => "plain",
            Self::Perhaps => "perhaps",
            Self::If => "if",
            Self::Keep => "keep",
            Self::Refuses => "refuses",
            Self::Mine => "mine",
            Self::Another => "another",
            Self::Companion => "companion",
            Self::Others => "others",
            Self::Happens => "happens",
        }
    }

    /// Whether `text` says so.
    #[must_use]
    pub fn is_in(self, text: &str) -> bool {
        self.in_words(&Words::new(text)).next().is_some()
    }

    /// Whether `text`, in the language of `code`, says so; in any of ours where that is none of them.
    #[must_use]
    pub fn is_said(self, text: &str, code: &str) -> bool {
        let file = CODES.iter().position(|known| *known == code);
        self.in_words(&Words::new(text)).any(|hit| file.is_none_or(|file| hit.file == file))
    }

    /// Whether `text` begins so.
    #[must_use]
    pub fn begins(self, text: &str) -> bool {
        self.in_words(&Words::new(text)).any(|hit| hit.words.start == 0)
    }

    /// Whether `text` has no other words than those with which a time is wished for: figures, courtesies, "can we make it", "would be
    /// better", "the appointment". A word for anything else says that the time may be of that.
    #[must_use]
    pub fn is_all_of(text: &str) -> bool {
        const KEYS: [OfAppointment; 6] = [
            OfAppointment::Plain,
            OfAppointment::To,
            OfAppointment::Named,
            OfAppointment::Instead,
            OfAppointment::Shift,
            OfAppointment::SameTime,
        ];
        let words = Words::new(text);
        let hits = LEXICON.hits(&words, &[]);
        let said: Vec<&Hit> = without_exceptions(&hits)
            .into_iter()
            .filter(|hit| LEXICON.keys().get(hit.entry).is_some_and(|key| KEYS.iter().any(|one| one.key() == *key)))
            .collect();
        words.iter().enumerate().all(|(at, word)| {
            word.starts_with(|c: char| c.is_ascii_digit()) || said.iter().any(|hit| hit.words.contains(&at))
        })
    }

    fn in_words(self, words: &Words) -> impl Iterator<Item = Hit> {
        let hits = LEXICON.hits(words, &[]);
        let said: Vec<Hit> = without_exceptions(&hits).into_iter().cloned().collect();
        said.into_iter().filter(move |hit| LEXICON.keys().get(hit.entry) == Some(&self.key()))
    }
}

#[cfg(test)]
mod tests {
    use super::OfAppointment::*;
    use super::*;

    const ALL: [OfAppointment; 19] = [
        Existing, Named, To, Instead, Unreal, Shift, Late, Arrives, SameTime, Perhaps, If, Keep, Refuses, Mine,
        Another, Companion, Others, Happens, Plain,
    ];

    #[test]
    fn every_language_has_words_for_each() {
        for file in FILES {
            let keys: Vec<&str> = file.lines().filter_map(|line| Some(line.split_once(':')?.0)).collect();
            for one in ALL {
                assert!(keys.contains(&one.key()), "{one:?}: {}", file.lines().next().unwrap_or_default());
            }
        }
    }

    #[test]
    fn a_time_is_wished_for_in_plain_words_and_of_something_else_in_others() {
        for text in [
            "no, 10 would be better please",
            "can we do 4 then?",
            "mejor a las 10 si puede ser",
            "plutôt 10h si c'est possible",
            "dann lieber um 10, wenn das geht",
            "às 10 seria melhor para mim",
        ] {
            assert!(OfAppointment::is_all_of(text), "{text}");
        }
        for text in [
            "the plumber is here at 10",
            "I have to be there at 4",
            "I have another appointment at 4",
            "salgo del trabajo a las 10",
            "tengo que irme a las 4",
            "mon bus est à 10h",
            "ich muss um 10 los",
            "saio do trabalho às 10",
        ] {
            assert!(!OfAppointment::is_all_of(text), "{text}");
        }
    }

    #[test]
    fn another_time_and_the_one_that_there_is_are_told_in_five_languages() {
        for text in ["a bit later?", "un poco más tarde", "un peu plus tôt", "etwas früher", "um pouco mais cedo"] {
            assert!(Shift.is_in(text) && !Existing.is_in(text), "{text}");
        }
        for text in ["mine is on Friday", "tengo cita el jueves", "c'est lundi", "ich habe Montag", "tenho às 9"] {
            assert!(Existing.begins(text) && !Shift.is_in(text), "{text}");
        }
        assert!(!Existing.is_in("when is it"));
    }

    #[test]
    fn another_person_who_is_to_be_seen_too_is_told_from_one_who_helps() {
        for text in [
            "can my sister come as well",
            "my kids too please",
            "he needs one too",
            "it's for both of us",
            "mi hermana también",
            "para los dos",
            "ma fille aussi ?",
            "un brushing pour moi et ma mère",
            "meine Frau auch",
            "kann mein Sohn mitkommen?",
            "minha filha também quer",
            "para mim e meu marido também",
        ] {
            assert!(Companion.is_in(text), "{text}");
        }
        for text in [
            "my wife will pick it up",
            "my husband pays",
            "mi marido lo recoge",
            "mon mari vient le chercher",
            "mein Mann holt es ab",
            "meu marido vai buscar",
            "I need two",
            "my wife also has that day off",
            "my son also has school then",
            "my wife needs the car too",
            "can my wife come instead",
            "mi hija también tiene clase",
            "meine Tochter hat auch Schule",
        ] {
            assert!(!Companion.is_in(text), "{text}");
        }
    }

    #[test]
    fn one_that_they_have_is_not_one_that_they_want() {
        for text in [
            "I have an appointment Friday",
            "my 2pm appointment",
            "ya tengo una cita el viernes",
            "j'ai déjà un rdv samedi",
            "ich hab am Freitag einen Termin",
            "tenho uma consulta na sexta",
        ] {
            assert!(Mine.is_in(text), "{text}");
        }
        for text in [
            "can I have an appointment Friday?",
            "quiero pedir mi cita para el viernes",
            "je voudrais prendre mon rdv samedi",
            "ich möchte einen Termin",
            "quero marcar minha consulta",
        ] {
            assert!(!Mine.is_in(text), "{text}");
        }
    }

    #[test]
    fn who_comes_later_than_agreed_says_so_in_five_languages() {
        for (code, texts) in [
            (
                "en",
                &["running late, 10 minutes", "I'll be a little late", "15 min late, sorry", "stuck in traffic, sorry"],
            ),
            ("es", &["llego un poco tarde", "voy con retraso", "voy 10 minutos tarde", "estoy en un atasco"]),
            (
                "fr",
                &[
                    "j'aurai 15 min de retard",
                    "je suis en retard",
                    "je vais être en retard",
                    "je suis dans les bouchons",
                ],
            ),
            ("de", &["die Bahn hat Verspätung", "ich komme 10 min später", "stehe im Stau", "ich komme zu spät"]),
            ("pt", &["estou preso no trânsito", "vou me atrasar", "estou atrasado", "15 minutos de atraso"]),
        ] {
            for text in texts {
                assert!(Late.is_said(text, code), "{text}");
            }
        }
    }

    #[test]
    fn who_says_when_they_will_be_there_says_so_in_five_languages() {
        for (code, text) in [
            ("en", "i'll be there at 10:15"),
            ("en", "see you 10:15"),
            ("en", "arriving around 10:15"),
            ("es", "llego a las 10:15"),
            ("fr", "j'arrive à 10h15"),
            ("de", "ich bin um 10:15 da"),
            ("pt", "chego às 10h15"),
        ] {
            assert!(Arrives.is_said(text, code), "{text}");
        }
        for text in ["can I be there at 10:15?", "could we do 10:15", "10:15 works better"] {
            assert!(!Arrives.is_said(text, "en"), "{text}");
        }
    }

    #[test]
    fn what_else_is_late_stuck_or_held_up_is_not_the_writer() {
        for (code, texts) in [
            (
                "en",
                &[
                    "is 6 pm too late?",
                    "I can be there late",
                    "it has to be late in the day",
                    "it would be easier late next week",
                    "my husband will be home late Monday",
                    "the gutter is only held up at one end",
                    "it overheats stuck in traffic",
                    "the AC quits stuck in traffic",
                    "your technician is 40 minutes late",
                    "we arrive in town late Friday",
                ][..],
            ),
            (
                "de",
                &[
                    "wenn ich zu spät komme",
                    "ich komme später noch mal auf Sie zu",
                    "wir kommen lieber später",
                    "kommen Sie ruhig später",
                    "im Stau wird er heiß",
                    "die Klima fällt im Stau aus",
                    "den Termin 30 Minuten später",
                    "die Lieferung hatte Verspätung",
                    "Ihr Monteur hat Verspätung",
                    "Ihre Leute kommen immer zu spät",
                    "wegen der Verspätung brauche ich einen neuen Termin",
                ],
            ),
            (
                "es",
                &[
                    "¿es muy tarde?",
                    "hay un anillo atascado en el desagüe",
                    "pelo atascado en la ducha",
                    "la llave está atascada en la cerradura",
                    "el coche se queda atascado en primera",
                    "papel atascado en la impresora",
                    "se calienta en un atasco",
                    "llegamos mañana por la tarde",
                    "llego por la tarde",
                    "llego tarde del trabajo",
                    "el técnico lleva 40 minutos de retraso",
                ],
            ),
            (
                "fr",
                &[
                    "et si je suis en retard ?",
                    "la clé est coincée dans la serrure",
                    "un jouet coincé dans les toilettes",
                    "j'ai le dos coincé dans le bas",
                    "le store est coincé les jours de pluie",
                    "je suis en retard pour mon détartrage",
                    "contrôle technique en retard",
                    "j'ai du retard dans mes vaccins",
                    "elle chauffe dans les bouchons",
                    "j'ai payé en retard",
                    "votre technicien a 40 minutes de retard",
                ],
            ),
            (
                "pt",
                &[
                    "se eu chegar atrasado",
                    "a revisão está atrasada",
                    "pagamento atrasado",
                    "vacinas atrasadas",
                    "estou atrasada com a limpeza dos dentes",
                    "a entrega está atrasada",
                    "ferve num engarrafamento",
                    "esquenta preso no trânsito",
                    "chego em casa mais tarde",
                    "chegamos no sábado mais tarde",
                    "o técnico está atrasado",
                ],
            ),
        ] {
            for text in texts {
                assert!(!Late.is_said(text, code), "{text}");
            }
        }
    }
}
