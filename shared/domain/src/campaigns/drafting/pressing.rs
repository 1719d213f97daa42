//! Whether a text presses its reader, or praises who writes it. A message that no one asked for says which weather comes and asks; no more.

/// What presses or praises, in small letters without accents.
const PHRASES: [&str; 70] = [
    // en
    "hurry",
    "act now",
    "act fast",
    "book now",
    "call now",
    "don t miss",
    "do not miss",
    "don t wait",
    "do not wait",
    "last chance",
    "limited time",
    "only a few",
    "spots are going",
    "spots are filling",
    "before it s too late",
    "before it is too late",
    "while you still can",
    "you will regret",
    "amazing",
    "unbeatable",
    "best in town",
    "number one",
    "award winning",
    "top rated",
    "trusted by",
    // es
    "dese prisa",
    "date prisa",
    "no espere",
    "no esperes",
    "no se lo pierda",
    "no te lo pierdas",
    "ultima oportunidad",
    "plazas limitadas",
    "antes de que sea tarde",
    "antes de que sea demasiado tarde",
    "somos los mejores",
    "increible",
    "inmejorable",
    // fr
    "depechez vous",
    "n attendez pas",
    "n attendez plus",
    "ne manquez pas",
    "ne ratez pas",
    "derniere chance",
    "places limitees",
    "avant qu il ne soit trop tard",
    "les meilleurs",
    "incroyable",
    "imbattable",
    // de
    "beeilen sie sich",
    "warten sie nicht",
    "nicht verpassen",
    "verpassen sie nicht",
    "letzte chance",
    "nur noch wenige",
    "jetzt zuschlagen",
    "bevor es zu spat ist",
    "die besten",
    "unschlagbar",
    "preisgekront",
    // pt
    "apresse se",
    "nao espere",
    "nao perca",
    "ultima chance",
    "ultima oportunidade",
    "vagas limitadas",
    "antes que seja tarde",
    "somos os melhores",
    "incrivel",
    "imperdivel",
];

/// Whether `text` presses or praises, or shouts. `name` is the business's: what stands in it is only said.
pub(super) fn presses(text: &str, name: &str) -> bool {
    let text = text.replace(name, " ");
    if text.contains(['!', '¡', '！']) {
        return true;
    }
    let folded = language::fold(&text);
    let words: Vec<&str> = folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let spaced = format!(" {} ", words.join(" "));
    PHRASES.iter().any(|phrase| spaced.contains(&format!(" {phrase} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pressure_praise_and_shouts_are_found_in_five_languages_and_plain_words_are_none() {
        for pushy in [
            "A storm is coming. Don't miss your inspection.",
            "Hurry, spots are filling.",
            "Hail is forecast! Shall we come by?",
            "Se acerca una tormenta. No espere.",
            "¡Se acerca una tormenta. Shall we?",
            "N’attendez pas le gel.",
            "Beeilen Sie sich, der Frost kommt.",
            "Die Hitze kommt. Jetzt zuschlagen, bevor es zu spät ist.",
            "Não perca: última chance antes do calor.",
        ] {
            assert!(presses(pushy, "Acme"), "{pushy}");
        }
        for plain in [
            "Hi Ana, this is Yahoo! Roofing. Hail was forecast. Shall we have a look?",
            "It will be hot until Friday. Don't leave the tap closed; call us if you like.",
            "Wenn Sie möchten, sehen wir nach. Antworten Sie einfach.",
        ] {
            assert!(!presses(plain, "Yahoo! Roofing"), "{plain}");
        }
        let folded = PHRASES.iter().all(|phrase| language::fold(phrase) == **phrase);
        assert!(folded, "a phrase that is not folded is never found");
    }
}
