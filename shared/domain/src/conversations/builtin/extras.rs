//! How an extra is suggested, taken and declined in the responder's languages.
//!
//! The tenant's own sentence goes first; these are for languages in which it has none. A name stands in them as the tenant wrote it.

use super::locale::Locale;
use super::tokens::tidy;
use crate::conversations::extras::asks;
use crate::tenancy::{Extra, Language, Moment, Tenant};

/// The longest name shown, in characters.
const MAX_NAME_CHARS: usize = 80;

/// One language's sentences.
struct Sentences {
    code: &'static str,
    /// Asks whether they want it.
    ask: fn(&str) -> String,
    /// Says that it is to be had, beside another question.
    hint: fn(&str) -> String,
    /// What they get who book here and not elsewhere, as a question.
    ask_direct: fn(&str) -> String,
    /// The same, as no question.
    direct: fn(&str) -> String,
    /// What can be done about the price, as a question.
    ask_price: fn(&str) -> String,
    /// The same, as no question.
    price: fn(&str) -> String,
    /// What it takes off.
    percent_off: fn(u8) -> String,
    /// They take it.
    taken: fn(&str) -> String,
    /// They do not.
    declined: &'static str,
    /// To who finds something too expensive.
    understood: &'static str,
}

const ALL: [Sentences; 5] = [
    Sentences {
        code: "en",
        ask: |what| format!("Would you like to add this: {what}?"),
        hint: |what| format!("By the way, you can add this, just tell us: {what}."),
        ask_direct: |what| format!("If you book directly with us, you get {what}. Shall we note that for you?"),
        direct: |what| format!("If you book directly with us, you get {what}."),
        ask_price: |what| format!("We can offer you this: {what}. Would that suit you?"),
        price: |what| format!("We can offer you this: {what}."),
        percent_off: |percent| format!("{percent}% off"),
        taken: |name| format!("Gladly, we have noted it: {name}."),
        declined: "All right, we leave it out.",
        understood: "We understand.",
    },
    Sentences {
        code: "es",
        ask: |what| format!("¿Desea añadir esto: {what}?"),
        hint: |what| format!("Por cierto, puede añadir esto, solo díganoslo: {what}."),
        ask_direct: |what| format!("Si reserva directamente con nosotros, recibe {what}. ¿Lo anotamos?"),
        direct: |what| format!("Si reserva directamente con nosotros, recibe {what}."),
        ask_price: |what| format!("Podemos ofrecerle esto: {what}. ¿Le convendría?"),
        price: |what| format!("Podemos ofrecerle esto: {what}."),
        percent_off: |percent| format!("{percent} % de descuento"),
        taken: |name| format!("Con mucho gusto, queda anotado: {name}."),
        declined: "De acuerdo, lo dejamos fuera.",
        understood: "Lo entendemos.",
    },
    Sentences {
        code: "fr",
        ask: |what| format!("Souhaitez-vous ajouter ceci : {what} ?"),
        hint: |what| format!("Au fait, vous pouvez ajouter ceci, il suffit de nous le dire : {what}."),
        ask_direct: |what| format!("Si vous réservez directement chez nous, vous avez {what}. Devons-nous le noter ?"),
        direct: |what| format!("Si vous réservez directement chez nous, vous avez {what}."),
        ask_price: |what| format!("Nous pouvons vous proposer ceci : {what}. Cela vous conviendrait-il ?"),
        price: |what| format!("Nous pouvons vous proposer ceci : {what}."),
        percent_off: |percent| format!("{percent} % de réduction"),
        taken: |name| format!("Avec plaisir, c'est noté : {name}."),
        declined: "Très bien, nous ne l'ajoutons pas.",
        understood: "Nous comprenons.",
    },
    Sentences {
        code: "de",
        ask: |what| format!("Möchten Sie das dazunehmen: {what}?"),
        hint: |what| format!("Übrigens können Sie das dazunehmen, sagen Sie es uns einfach: {what}."),
        ask_direct: |what| format!("Wenn Sie direkt bei uns buchen, bekommen Sie {what}. Sollen wir das notieren?"),
        direct: |what| format!("Wenn Sie direkt bei uns buchen, bekommen Sie {what}."),
        ask_price: |what| format!("Das können wir Ihnen anbieten: {what}. Wäre das etwas für Sie?"),
        price: |what| format!("Das können wir Ihnen anbieten: {what}."),
        percent_off: |percent| format!("{percent} % Rabatt"),
        taken: |name| format!("Gerne, das ist notiert: {name}."),
        declined: "In Ordnung, dann ohne.",
        understood: "Das verstehen wir.",
    },
    Sentences {
        code: "pt",
        ask: |what| format!("Gostaria de acrescentar isto: {what}?"),
        hint: |what| format!("A propósito, pode acrescentar isto, basta dizer-nos: {what}."),
        ask_direct: |what| format!("Se reservar diretamente connosco, recebe {what}. Podemos anotar?"),
        direct: |what| format!("Se reservar diretamente connosco, recebe {what}."),
        ask_price: |what| format!("Podemos oferecer-lhe isto: {what}. Seria do seu agrado?"),
        price: |what| format!("Podemos oferecer-lhe isto: {what}."),
        percent_off: |percent| format!("{percent} % de desconto"),
        taken: |name| format!("Com todo o gosto, fica anotado: {name}."),
        declined: "Muito bem, fica sem isso.",
        understood: "Compreendemos.",
    },
];

fn of(language: &Language) -> Option<&'static Sentences> {
    ALL.iter().find(|sentences| sentences.code == language.as_str())
}

/// The sentence that suggests `extra` in `language` after a reply that asks something (`beside_question`) or nothing; `None`: it
/// cannot be said there, or not beside a question.
pub(crate) fn suggestion(tenant: &Tenant, extra: &Extra, language: &Language, beside_question: bool) -> Option<String> {
    if let Some(own) = extra.sentence(language, &tenant.language) {
        return (!(beside_question && asks(own))).then(|| own.to_owned());
    }
    let sentences = of(language)?;
    let what = named(tenant, extra, language, sentences);
    let say = match (extra.when, beside_question) {
        (Moment::OtherPlatform, true) => sentences.direct,
        (Moment::OtherPlatform, false) => sentences.ask_direct,
        (Moment::TooExpensive, true) => sentences.price,
        (Moment::TooExpensive, false) => sentences.ask_price,
        (Moment::VisitBooked | Moment::ServiceChosen, true) => sentences.hint,
        (Moment::VisitBooked | Moment::ServiceChosen, false) => sentences.ask,
    };
    Some(say(&what))
}

/// Its name with what it costs or takes off. What takes something off for who books here is that alone: `5% off`.
fn named(tenant: &Tenant, extra: &Extra, language: &Language, sentences: &Sentences) -> String {
    let locale = Locale::new(tenant, language);
    let name = tidy(&extra.name, MAX_NAME_CHARS);
    let off = extra.percent_off.map(sentences.percent_off);
    let price = extra.price.map(|price| {
        let sum = locale.money(price.from_cents);
        if price.to_cents == Some(price.from_cents) { sum } else { (locale.phrases.from)(&sum) }
    });
    match (off, price) {
        (Some(off), _) if extra.when == Moment::OtherPlatform => off,
        (Some(terms), _) | (None, Some(terms)) => format!("{name} ({terms})"),
        (None, None) => name,
    }
}

/// What is said to who takes `extra`.
pub(crate) fn taken(extra: &Extra, language: &Language) -> Option<String> {
    Some((of(language)?.taken)(&tidy(&extra.name, MAX_NAME_CHARS)))
}

/// What is said to who does not want it.
pub(super) fn declined(locale: &Locale<'_>) -> &'static str {
    of(&locale.language()).map_or(locale.phrases.anything_else, |sentences| sentences.declined)
}

/// What is said to who finds something too expensive, before what can be done about it.
pub(super) fn understood(locale: &Locale<'_>) -> &'static str {
    of(&locale.language()).map_or(locale.phrases.anything_else, |sentences| sentences.understood)
}

#[cfg(test)]
mod tests {
    use super::super::phrases;
    use super::*;
    use crate::samples::roofer;
    use serde_json::{Value, json};

    fn extra(fields: Value) -> Extra {
        let mut extra = json!({"id": "e", "name": "Gutter cleaning", "when": "service_chosen"});
        let fields: serde_json::Map<String, Value> = serde_json::from_value(fields).unwrap();
        extra.as_object_mut().unwrap().extend(fields);
        serde_json::from_value(extra).unwrap()
    }

    #[test]
    fn every_language_of_the_responder_has_sentences_with_one_question_at_most() {
        for language in phrases::ALL.iter().map(|phrases| Language::new(phrases.code).unwrap()) {
            for when in Moment::ALL {
                let extra = extra(json!({"when": when}));
                let asked = suggestion(&roofer(), &extra, &language, false).unwrap();
                assert_eq!(asked.matches('?').count(), 1, "{asked}");
                let beside = suggestion(&roofer(), &extra, &language, true).unwrap();
                assert!(!asks(&beside) && beside.contains("Gutter cleaning"), "{beside}");
            }
            assert!(taken(&extra(json!({})), &language).unwrap().contains("Gutter cleaning"));
            assert!(!declined(&Locale::new(&roofer(), &language)).is_empty());
        }
        assert_eq!(suggestion(&roofer(), &extra(json!({})), &Language::new("it").unwrap(), false), None);
    }

    #[test]
    fn it_says_what_it_costs_and_what_it_takes_off_and_no_more() {
        let english = Language::english();
        let said = |fields: Value| suggestion(&roofer(), &extra(fields), &english, true).unwrap();
        let exact = json!({"price": {"from_cents": 9_900, "to_cents": 9_900}});
        assert_eq!(said(exact), "By the way, you can add this, just tell us: Gutter cleaning ($99).");
        let from = json!({"price": {"from_cents": 9_900}});
        assert_eq!(said(from), "By the way, you can add this, just tell us: Gutter cleaning (from $99).");
        let direct = json!({"when": "other_platform", "percent_off": 5});
        assert_eq!(said(direct), "If you book directly with us, you get 5% off.");
    }

    #[test]
    fn the_tenants_own_sentence_goes_first_and_its_question_stands_alone() {
        let english = Language::english();
        let asking = extra(json!({"text": "Would you like clean gutters too?"}));
        assert_eq!(
            suggestion(&roofer(), &asking, &english, false).as_deref(),
            Some("Would you like clean gutters too?")
        );
        assert_eq!(suggestion(&roofer(), &asking, &english, true), None);
        let telling = extra(json!({"text": "We clean gutters too."}));
        assert_eq!(suggestion(&roofer(), &telling, &english, true).as_deref(), Some("We clean gutters too."));
        let german = suggestion(&roofer(), &telling, &Language::new("de").unwrap(), false).unwrap();
        assert_eq!(german, "Möchten Sie das dazunehmen: Gutter cleaning?");
    }
}
