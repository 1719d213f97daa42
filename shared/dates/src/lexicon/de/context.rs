//! German: what only looks like a time, what has been, and what may stand beside a time.

use crate::lexicon::Atom::*;
use crate::lexicon::Words;

pub(super) const WORDS: Words = &[
    // A price by the night is no evening.
    (Noise, &["pro nacht", "pro tag", "pro stunde"]),
    (Noise, &["guten morgen", "guten tag", "guten abend", "gute nacht", "schonen abend", "schonen tag", "bis morgen"]),
    (
        Noise,
        &["schones wochenende", "einen moment", "eine sekunde", "bis bald", "bis spater", "eines tages", "vor ort"],
    ),
    (
        Noise,
        &["zum ersten mal", "an erster stelle", "morgenstunde", "bis dann", "schonen morgen", "schonen nachmittag"],
    ),
    (Asks, &["kann", "konnen", "konnten", "konnte", "bitte", "brauche", "mochte", "wurde gern"]),
    (Asks, &["kommen", "geht", "ginge"]),
    (Moves, &["verschieben", "verlegen", "umbuchen"]),
    (Been, &["seit", "gestern", "war", "wurde", "vorgestern", "waren"]),
    (Happened, &["hatte", "hatten", "begann", "passierte"]),
    (
        Wishing,
        &["hatte gern", "hatte gerne", "hatte an", "hatten gern", "hatten gerne", "hatte ich gern", "hatte ich gerne"],
    ),
    // "Hätten Sie heute Zeit", and not "wir hatten heute Regen".
    (
        Wishing,
        &["hatten sie", "hattet ihr", "hattest du", "hattest", "hattet", "hatten wir gern", "hatte gern", "hatte noch"],
    ),
    (Noise, &["am abend vorher", "am abend davor", "am vorabend", "abend vorher", "abend davor"]),
    (Distance, &["fahrt", "autofahrt", "fahrtzeit", "weg", "fussweg", "entfernt", "von ihnen", "von hier"]),
    (Distance, &["mit dem auto", "anfahrt", "anreise"]),
    (Calls, &["anrufen", "zuruckrufen", "erreichen", "erreichbar", "ruckruf"]),
    (Same, &["gleiche zeit", "selbe zeit", "gleiche uhrzeit", "selbe uhrzeit", "zur gleichen zeit", "zur selben zeit"]),
    (Sunlight, &["sonne", "volle sonne", "pralle sonne"]),
    (Ago, &["alt", "lang", "her", "lange"]),
    (Street, &["strasse", "str", "allee", "gasse", "ring", "ufer", "damm"]),
    // What may follow an hour and is nothing that it counts
    (GoesOn, &["bin", "bist", "ist", "sind", "wieder", "zuruck", "fertig", "kann", "konnen", "passt"]),
    (GoesOn, &["uns", "ins", "aus", "als", "was", "etwas", "es"]),
    (
        GoesOn,
        &["passt", "geht", "ware", "ist", "wenn", "oder", "und", "bitte", "danke", "ok", "gut", "perfekt", "super"],
    ),
    (
        GoesOn,
        &["ich", "wir", "sie", "kann", "konnen", "ginge", "wurde", "mit", "bei", "fur", "zu", "zum", "zur", "einen"],
    ),
    (GoesOn, &["vorbei", "kommen", "da", "dort", "moglich", "frei", "recht", "lieber", "auch", "noch", "nicht", "hat"]),
    (
        GoesOn,
        &["haben", "habe", "vereinbaren", "buchen", "reservieren", "am", "um", "an", "auf", "in", "im", "von", "bis"],
    ),
    (
        GoesOn,
        &["weg", "zuruck", "los", "gehen", "treffen", "statt", "anrufen", "machen", "wegen", "aber", "dann", "ja"],
    ),
    (Vague, &["ein paar", "paar"]),
    (WorkingDays, &["werktag", "werktage", "werktagen", "arbeitstag", "arbeitstage", "arbeitstagen"]),
    (Days, &["werktag", "arbeitstag"]),
    (WithinWeek, &["innerhalb der woche", "im laufe der woche", "im verlauf der woche"]),
    (Instead, &["sondern", "sondern lieber", "aber", "lieber"]),
    (Not, &["weder"]),
    (Nor, &["noch"]),
    (Unfit, &["fallt aus", "fallt flach", "ist raus", "geht doch nicht", "passt mir leider nicht", "doch nicht"]),
    (Unfit, &["kann ich doch nicht", "lieber nicht", "geht nun doch nicht", "klappt doch nicht"]),
    (Waited, &["immer noch", "noch nicht", "noch immer", "noch keine", "noch kein", "warte", "warten"]),
];
