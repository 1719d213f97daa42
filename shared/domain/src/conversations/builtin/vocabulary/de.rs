//! German.

use super::{Cues, Vocabulary, alone, anywhere};

pub(super) static VOCABULARY: Vocabulary = Vocabulary {
    greeting: anywhere(&["hallo", "guten morgen", "guten tag", "guten abend", "moin", "servus", "gruss gott"]),
    thanks: anywhere(&["danke", "vielen dank", "dankeschon", "danke schon", "besten dank"]),
    goodbye: anywhere(&["auf wiedersehen", "tschuss", "bis bald", "bis dann", "schonen tag noch", "schonen abend noch", "ciao"]),
    yes: alone(&["ja", "ja bitte", "ja gerne", "gerne", "gern", "klar", "naturlich", "einverstanden", "in ordnung", "passt", "sehr gut"]),
    not_now: Cues {
        anywhere: &[
            "jetzt nicht", "nicht jetzt", "kein interesse", "nicht interessiert", "vielleicht spater", "nein danke",
            "ein anderes mal", "nur mal schauen", "im moment nicht", "momentan nicht", "nicht mehr notig",
        ],
        alone: &["nein", "noch nicht", "heute nicht", "nicht wirklich", "spater"],
    },
    hours: Cues {
        anywhere: &[
            "offnungszeiten", "haben sie geoffnet", "haben sie offen", "wann offnen", "wann schliessen", "wann haben sie",
            "geoffnet", "wie lange haben sie", "sind sie offen", "sprechzeiten", "habt ihr offen", "habt ihr geoffnet",
        ],
        alone: &["offen"],
    },
    price: anywhere(&[
        "was kostet", "was kosten", "wie viel kostet", "wieviel kostet", "wie viel", "wieviel", "preis", "preise", "kosten",
        "kostenvoranschlag", "angebot", "wie teuer",
    ]),
    address: Cues {
        anywhere: &[
            "wo sind sie", "wo finde ich sie", "ihre adresse", "die adresse", "welche adresse", "wo befinden sie sich",
            "wo ist ihre", "wie komme ich zu", "wo seid ihr",
        ],
        alone: &["adresse", "anfahrt", "wo"],
    },
    phone: Cues {
        anywhere: &["ihre telefonnummer", "ihre nummer", "kann ich anrufen", "sie anrufen", "telefonnummer"],
        alone: &["telefon", "nummer"],
    },
    website: anywhere(&["webseite", "ihre website", "internetseite", "ihre homepage"]),
    services: Cues {
        anywhere: &[
            "welche leistungen", "ihre leistungen", "was bieten sie", "bieten sie", "machen sie auch", "machen sie",
            "konnen sie mir helfen", "welche dienstleistungen",
        ],
        alone: &["leistungen", "dienstleistungen", "informationen", "hilfe", "ich brauche hilfe"],
    },
    booking: Cues {
        anywhere: &[
            "termin", "termine", "buchen", "buchung", "reservieren", "reservierung", "vereinbaren", "vorbeikommen",
            "kann ich kommen", "konnen sie kommen", "haben sie zeit",
        ],
        alone: &["verfugbar"],
    },
    ready: anywhere(&[
        "bereit anzufangen", "wir konnen loslegen", "ich mochte loslegen", "ich mochte beauftragen", "wann konnen sie anfangen",
        "wann konnen sie beginnen", "machen wir so",
    ]),
    open_now: anywhere(&["jetzt geoffnet", "jetzt offen", "gerade geoffnet", "gerade offen", "noch offen", "noch geoffnet"]),
    own: &["meine adresse", "meine telefonnummer", "meine nummer", "meine handynummer", "rufen sie mich"],
    please: &["bitte"],

    positive: &["super", "perfekt", "ausgezeichnet", "wunderbar", "toll", "klasse", "prima", "zufrieden", "danke", "vielen dank"],
    negative: &[
        "schlecht", "schlimm", "furchtbar", "schrecklich", "wutend", "verargert", "enttauscht", "unzufrieden",
        "nicht zufrieden", "unverschamt", "unverschamtheit", "frechheit", "inakzeptabel", "betrug", "argerlich",
    ],

    name_follows: &["ich heisse", "mein name ist"],
    capital_name_follows: &["hier ist", "hier spricht"],
    place_follows: &["ich bin in", "wir sind in", "ich wohne in", "wir wohnen in", "ich komme aus", "das haus ist in", "das haus steht in"],
    budget: &["budget", "ausgeben"],
    about: &["etwa", "ungefahr", "rund", "circa", "ca", "bis zu", "hochstens", "maximal", "weniger als", "unter"],
    decides: &["ich entscheide", "ich selbst", "ich allein", "ich bin der eigentumer", "ich bin die eigentumerin", "nur ich", "ich"],
    others_decide: &["meine frau", "mein mann", "mein partner", "meine partnerin", "mein vermieter", "mein chef", "meine chefin", "meine eltern"],

    today: &["heute", "heute abend"],
    tomorrow: &["morgen", "ubermorgen"],
    weekdays: [
        &["montag", "montags"],
        &["dienstag", "dienstags"],
        &["mittwoch", "mittwochs"],
        &["donnerstag", "donnerstags"],
        &["freitag", "freitags"],
        &["samstag", "samstags", "sonnabend"],
        &["sonntag", "sonntags"],
    ],
    periods: &[
        "diese woche", "nachste woche", "kommende woche", "dieses wochenende", "am wochenende", "nachstes wochenende",
        "diesen monat", "nachsten monat", "dieses jahr", "nachstes jahr", "so bald wie moglich", "so schnell wie moglich",
        "moglichst bald", "moglichst schnell", "sofort", "bald", "in einer woche", "in einem monat", "in ein paar tagen",
        "in ein paar wochen", "ende des monats",
    ],
    parts: &["vormittag", "vormittags", "nachmittag", "nachmittags", "abend", "abends", "mittag", "mittags", "fruh"],
    units: &["tag", "tagen", "woche", "wochen", "monat", "monaten"],
    within: &["in", "innerhalb von"],
    flexible: &["jederzeit", "egal wann", "wann es ihnen passt", "keine eile", "ist mir egal", "ich bin flexibel", "an jedem tag"],
    at: &["um", "gegen", "nach", "vor", "ab", "zwischen"],
    links: &["am", "um", "gegen", "oder", "und", "nach", "vor", "ab", "zwischen", "von", "bis", "im", "nachsten", "kommenden", "in", "der"],
    past: &["letzte", "letzten", "letzter", "seit", "gestern", "vergangene", "vergangenen"],
    no_time: &["guten morgen", "guten tag", "guten abend", "bis bald", "bis morgen", "schonen abend noch", "schonen tag noch"],
};
