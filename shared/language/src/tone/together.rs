//! Danger and complaints that two or three things tell of together, where either alone is everyday: a swollen cheek and a fever, an
//! alarm and its beeping, what was quoted and what was charged. Named by the entries of the files in `together/`.

/// Danger at this moment.
pub(super) const DANGER: [&[&str]; 11] = [
    &["swelling", "fever"],
    &["swelling", "calf"],
    // Unwell after a massage or an injection, whose hands it is in to know.
    &["handled", "ill"],
    &["handled", "fever"],
    &["manual", "numb"],
    &["climate", "frail", "unwell"],
    // A detector is a thing; one that sounds is danger. A smoke detector that chirps wants a battery.
    &["alarm", "sounds"],
    &["alarm", "goes_off"],
    &["fire_alarm", "goes_off"],
    &["struck", "structure"],
    &["leaks", "overhead", "this_minute"],
];

/// What makes a customer unhappy.
pub(super) const UNHAPPY: [&[&str]; 5] =
    [&["by_us", "fault"], &["by_us", "amiss"], &["quoted", "billed"], &["quoted", "paid"], &["paid", "billed"]];

/// What makes a guest who is in the house wait for help, beside a fault.
pub(super) const MISHAP: [&[&str]; 4] = [&["mishap"], &["here", "trouble"], &["here", "no_heat"], &["here", "fault"]];

/// What makes a guest who is in the house wait for something to be brought.
pub(super) const ERRAND: [&[&str]; 1] = [&["here", "errand"]];

#[cfg(test)]
mod tests {
    use super::super::Danger::Now;
    use super::super::Mood::Unhappy;
    use super::super::{InHouse, LEXICON, Tone, tone};
    use crate::words::Words;

    fn all(is: impl Fn(Tone) -> bool, texts: &[&str]) {
        let wrong: Vec<String> = texts.iter().filter(|text| !is(tone(text))).map(|text| shown(text)).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn shown(text: &str) -> String {
        let hits = LEXICON.hits(&Words::new(text), &[]);
        let keys: Vec<_> = hits.iter().map(|hit| (LEXICON.keys().get(hit.entry), hit.words.clone())).collect();
        format!("{text}: {keys:?}")
    }

    #[test]
    fn things_that_together_are_danger() {
        all(
            |tone| tone.danger == Now,
            &[
                "the left side of my jaw swelled up overnight and now i'm getting chills",
                "mi hijo tiene la mejilla hinchada y 39 de fiebre",
                "ma gencive a gonflé et j'ai des frissons",
                "Wange dick geschwollen, dazu Schüttelfrost",
                "a gengiva inchou e estou com febre alta",
                "I feel dizzy after yesterday's session",
                "since the injection my heart racing and i have hives",
                "seit der Sitzung gestern kribbelt mein ganzer Fuß",
                "tengo mareos desde la manipulación del cuello",
                "j'ai la tête qui tourne depuis la séance",
                "estou com tonturas depois da injeção",
                "my calf is swollen and warm",
                "the bleeding from the gum doesn't stop",
                "la herida no deja de sangrar",
                "ça n'arrête pas de saigner",
                "die Wunde hört nicht auf zu bluten",
                "a ferida não para de sangrar",
                "our carbon monoxide sensor has been beeping for ten minutes",
                "the smoke detector is going off and i don't see why",
                "la alarma de monóxido está sonando",
                "mon détecteur de monoxyde s'est déclenché",
                "der Kohlenmonoxidmelder piept die ganze Zeit",
                "o alarme de monóxido disparou",
                "it is pouring into our bedroom",
                "water coming thru the light in the hall",
                "a big limb crashed onto the garage",
                "un árbol atravesó el tejado",
                "ein Ast ist durchs Dach gekracht, der Ast liegt im Haus",
                "the porch roof is buckling",
                "hay un hombre aporreando la puerta",
                "we're stuck in the elevator",
                "wir stecken im Aufzug fest",
            ],
        );
        all(
            |tone| tone.danger != Now,
            &[
                "my ankle is a bit puffy after football",
                "could I get a massage, I have had a fever last month",
                "I'm always tired after the massage",
                "do you install carbon monoxide detectors?",
                "how much is a new CO alarm",
                "the smoke detector chirps, battery I guess",
                "the roof has a leak",
                "mi techo gotea cuando llueve",
                "das Dach ist undicht",
                "please trim the branch over the roof",
                "¿cómo te llamas?",
                "¿por qué no me llamas luego?",
                "como te chamas?",
                "je fume, c'est possible sur la terrasse ?",
                "my calf hurts when I run",
                "I would like a room with a view, someone told me they are great",
            ],
        );
    }

    #[test]
    fn work_that_has_a_fault_and_bills_that_differ_are_complaints() {
        all(
            |tone| tone.mood == Unhappy,
            &[
                "you did my gutters in spring and they drip again",
                "I had new pads fitted by you and the wheel squeaks, done by you in March",
                "u changed my tires and one is flat",
                "you quoted me 200 and the invoice says 260",
                "we agreed on 80 so why was I charged 95",
                "la correa que me cambiasteis chirría",
                "el presupuesto decía 300 y me cobraron 420",
                "me han quemado la frente con la cera",
                "vos ouvriers sont passés et après votre chantier la gouttière coule",
                "le devis disait 90 et j'ai payé 140",
                "Das Angebot war 200 und jetzt haben Sie 260 berechnet",
                "der Auspuff, den ihr letzten Monat geschweißt habt, klappert",
                "seit eurer Reparatur quietscht es",
                "a peça que vocês trocaram está chiando",
                "o orçamento era 50 e cobraram 80",
                "riscaram o meu carro durante a lavagem",
                "I expect you to fix this",
                "der Fahrer ist nicht aufgetaucht",
                "o motorista não apareceu",
            ],
        );
        all(
            |tone| tone.mood != Unhappy,
            &[
                "you did a great job on my gutters",
                "my brakes squeak, can you look at them?",
                "someone quoted me 400 elsewhere, how much do you charge?",
                "you quoted me 400, can I pay by card?",
                "I paid the deposit, you quoted 400 in total",
                "la tormenta de ayer me dejó una gotera",
                "me chocaron y tengo la puerta rota, cuánto sale",
                "der Sturm von gestern, Dach undicht",
                "wie vereinbart habe ich bezahlt",
                "je voudrais un devis, ma chaudière est en panne",
                "a chuva de ontem deixou o telhado vazando",
                "ich möchte orange Strähnchen",
            ],
        );
    }

    #[test]
    fn what_a_guest_waits_for() {
        all(
            |tone| tone.in_house == Some(InHouse::Mishap),
            &[
                "our key card doesn't open anymore",
                "there is no hot water in room 12",
                "nos hemos quedado fuera, la llave no abre",
                "on nous a volé un sac dans la chambre",
                "wir haben uns ausgesperrt",
                "perdemos o cartão do quarto",
            ],
        );
        all(
            |tone| tone.in_house == Some(InHouse::Errand),
            &[
                "could we have two more pillows in room 4",
                "necesitamos toallas en la habitación 3",
                "encore des serviettes, d'autres serviettes pour la chambre 8",
                "noch Handtücher für Zimmer 7 bitte",
                "mais almofadas no quarto 5 por favor",
            ],
        );
        all(
            |tone| tone.in_house.is_none(),
            &["a room for two from Friday", "do your rooms have extra pillows?", "quero um quarto para sexta"],
        );
    }
}
