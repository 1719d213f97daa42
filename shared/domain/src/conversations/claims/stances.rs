//! How a sentence stands to what it names: whether a promise in it is denied or left to someone else, and whether it agrees.

/// Denies what follows.
#[rustfmt::skip]
const DENIES: &[&str] = &[
    "no", "not", "cannot", "cant", "dont", "doesnt", "wont", "isnt", "arent", "never", "nor", "ni", "nunca", "tampoco", "pas",
    "aucun", "aucune", "jamais", "nicht", "kein", "keine", "keinen", "keiner", "keinem", "nie", "nao", "nem", "non", "nessun",
    "nessuno", "nessuna", "geen", "niet",
];
/// Leaves open whether what follows is so.
#[rustfmt::skip]
const LEAVES_OPEN: &[&str] = &[
    "whether", "if", "about", "regarding", "once", "until", "when", "sobre", "cuando", "hasta", "sur", "quand", "lorsque", "ob",
    "uber", "wegen", "sobald", "bis", "wenn", "quando", "ate", "over",
];
/// The same, behind a word of knowing or asking: alone they are a yes and other little words.
const IF: [&str; 3] = ["si", "se", "s"];
#[rustfmt::skip]
const KNOWS: &[&str] = &[
    "se", "sabe", "saber", "sabemos", "preguntar", "consultar", "ver", "sais", "sait", "savoir", "savons", "demander", "demande", "pas",
    "verifier", "sei", "perguntar", "consultar", "so", "sapere", "sappiamo", "chiedere",
];
/// What may stand between the two and the promise: little words, and the words of giving.
#[rustfmt::skip]
const BETWEEN: &[&str] = &[
    "a", "an", "any", "the", "this", "that", "there", "is", "are", "be", "been", "it", "its", "they", "we", "i", "you", "he", "she",
    "can", "could", "may", "will", "would", "do", "does", "did", "have", "has", "had", "get", "give", "gives", "given", "offer",
    "offers", "grant", "make", "promise", "provide", "know", "of", "another", "other", "further", "more", "special", "kind", "to",
    "at", "your", "our", "possible", "available", "yet", "afraid", "able", "in", "on", "for", "currently", "unfortunately", "for",
    "un", "una", "unos", "el", "la", "los", "las", "lo", "ningun", "ninguna", "hay", "es", "esta", "ser", "podemos", "puedo", "se",
    "le", "les", "ofrecemos", "ofrecer", "ofrezco", "dar", "damos", "hacer", "hacemos", "tenemos", "tener", "algun", "alguna", "de",
    "del", "otro", "otra", "mas", "todavia", "une", "l", "d", "du", "des", "y", "il", "ne", "n", "est", "elle", "ce", "cette",
    "pouvons", "peux", "vous", "nous", "je", "offrir", "proposer", "faire", "donner", "accorder", "offrons", "faisons", "avons",
    "encore", "possible", "ein", "eine", "einen", "einem", "der", "die", "das", "den", "gibt", "sind", "ist", "wir", "ich", "ihnen",
    "sie", "konnen", "kann", "geben", "gewahren", "anbieten", "haben", "hat", "weitere", "weiteren", "anderen", "leider", "noch",
    "um", "uma", "o", "os", "as", "ha", "e", "nao", "posso", "oferecemos", "temos", "fazer", "ter", "lhe", "algum", "alguma",
    "ainda", "uno", "gli", "i", "le", "c", "possiamo", "offriamo", "dare", "diamo", "fare", "facciamo", "abbiamo", "er", "een",
];
/// What may stand behind a promise that is denied after it: `discounts are not available`.
const DENIED_BEHIND: [&str; 8] =
    ["available", "possible", "offered", "given", "promised", "moglich", "possibles", "posible"];
/// Turn a question into a suggestion: what is denied in it is not.
const WHY: [&str; 8] = ["why", "how", "warum", "wieso", "pourquoi", "por", "perche", "isnt"];

/// Opens a sentence that agrees.
#[rustfmt::skip]
const AGREES: &[&str] = &[
    "yes", "yeah", "yep", "sure", "of course", "certainly", "absolutely", "okay", "ok", "fine", "all right", "alright", "no problem",
    "gladly", "with pleasure", "you have", "you got it", "si", "claro", "por supuesto", "de acuerdo", "vale", "desde luego", "oui",
    "bien sur", "d accord", "volontiers", "ja", "natur lich", "naturlich", "gern", "gerne", "in ordnung", "klar", "sim", "com certeza",
    "certo", "va bene", "d accordo", "certamente", "tak", "da", "evet", "tamam", "zeker", "akkoord",
];
/// Opens or is a sentence that grants what was asked for.
#[rustfmt::skip]
const GRANTS: &[&str] = &[
    "agreed", "deal", "its a deal", "granted", "approved", "done deal", "concedido", "trato hecho", "aprobado", "hecho",
    "einverstanden", "abgemacht", "genehmigt", "entendu", "c est entendu", "accorde", "combinado", "fechado", "aprovado",
    "affare fatto", "accordato", "zgoda", "anlastik",
];
/// Opens a clause that says that something is done.
#[rustfmt::skip]
const DECLARES: &[&str] = &[
    "confirmed", "booked", "reserved", "done", "refunded", "cancelled", "canceled", "confirmado", "confirmada", "reservado",
    "reservada", "agendado", "agendada", "bestatigt", "gebucht", "reserviert", "confermato", "prenotato",
];
/// Someone else decides.
#[rustfmt::skip]
const HANDS_OVER: &[&str] = &[
    "get back to you", "gets back to you", "call you", "write to you", "will answer", "will tell you", "can tell you", "let you know",
    "ask a colleague", "ask the team", "will confirm", "look into", "se lo dira", "le contestara", "le llamara", "le avisara",
    "confirmara", "en contacto", "vous repondra", "vous recontactera", "vous recontacter", "vous le dira", "confirmera",
    "meldet sich", "beantwortet", "bestatigt", "vai responder", "vai falar", "vai confirmar", "em contato", "risponde", "conferma",
];

/// Whether a promise is denied or left open, by the folded words of its clause `before` and `after` it. In a question nothing is
/// denied.
pub(super) fn is_disclaimed(before: &str, after: &str, is_question: bool) -> bool {
    let words: Vec<&str> = before.split_whitespace().collect();
    let is_filler = |word: &str| BETWEEN.contains(&word);
    let is_asked = |place: usize| {
        let knows = place.checked_sub(1).and_then(|before| words.get(before));
        words.get(place).is_some_and(|word| IF.contains(word)) && knows.is_some_and(|word| KNOWS.contains(word))
    };
    let is_turn = |place: &usize| {
        words.get(*place).is_some_and(|word| !is_filler(word) || DENIES.contains(word)) || is_asked(*place)
    };
    let turn = (0..words.len()).rev().find(is_turn);
    let turns = |list: &[&str]| turn.and_then(|place| words.get(place)).is_some_and(|word| list.contains(word));
    let begins_why = words.first().is_some_and(|word| WHY.contains(word));
    if (turns(LEAVES_OPEN) || turn.is_some_and(is_asked)) && !begins_why {
        return true;
    }
    if is_question || begins_why {
        return false;
    }
    let next = turn.and_then(|place| words.get(place + 1)).copied().unwrap_or_default();
    let is_interjection =
        turns(&["no", "non", "nao"]) && matches!(next, "it" | "its" | "this" | "they" | "you" | "c" | "sie");
    turns(DENIES) && !is_interjection || is_denied_behind(after)
}

fn is_denied_behind(after: &str) -> bool {
    let words: Vec<&str> = after.split_whitespace().collect();
    let Some(place) = words.iter().position(|word| !BETWEEN.contains(word) || DENIES.contains(word)) else {
        return false;
    };
    let behind = words.get(place + 1).copied().unwrap_or_default();
    let is_end = behind.is_empty() || DENIED_BEHIND.contains(&behind);
    words.get(place).is_some_and(|word| DENIES.contains(word)) && is_end
}

/// Whether a sentence of folded words begins by agreeing.
pub(super) fn agrees(words: &str) -> bool {
    begins_with(words, AGREES)
}

/// Whether a sentence of folded words begins by granting something.
pub(super) fn grants(words: &str) -> bool {
    begins_with(words, GRANTS)
}

/// Whether a clause of folded words begins by saying that something is done.
pub(super) fn declares(words: &str) -> bool {
    begins_with(words, DECLARES)
}

/// Whether `words` leave it to someone of the business.
pub(super) fn hands_over(words: &str) -> bool {
    let words = format!(" {words} ");
    HANDS_OVER.iter().any(|phrase| words.contains(&format!(" {phrase} ")))
}

fn begins_with(words: &str, list: &[&str]) -> bool {
    list.iter().any(|phrase| words.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_disclaimed_by_what_stands_next_to_it() {
        for (before, after) in [
            ("i cannot offer a", "im afraid"),
            ("there is no", "for veterans"),
            ("i do not know whether there is a", ""),
            ("we do not know of another", ""),
            ("a colleague will call you about the", ""),
            ("no ofrecemos", ""),
            ("nous ne faisons pas de", ""),
            ("leider konnen wir keinen", "geben"),
            ("nao sei se ha", ""),
            ("no se si hay algun", ""),
            ("je ne sais pas s il y a une", ""),
            ("einen", "gibt es nicht"),
            ("", "are not available"),
        ] {
            assert!(is_disclaimed(before, after, false), "{before} … {after}");
        }
        for (before, after) in [
            ("your inspection is", "for you"),
            ("you wont regret the", "inspection"),
            ("no doubt it is", ""),
            ("no it is", ""),
            ("si es", ""),
            ("se lo ofrecemos", ""),
            ("aqui tiene su", ""),
            ("it is not only a", ""),
            ("why not a", "inspection"),
            ("i cannot say no to you so it is", ""),
            ("", "not just today"),
            ("", "no matter what"),
        ] {
            assert!(!is_disclaimed(before, after, false), "{before} … {after}");
        }
        assert!(!is_disclaimed("dont you want a", "", true));
    }
}
