//! French: what only looks like a time, what has been, and what may stand beside a time.

use crate::lexicon::Atom::*;
use crate::lexicon::Words;

pub(super) const WORDS: Words = &[
    // A meal that is asked about
    (
        Noise,
        &[
            "petit dejeuner",
            "petits dejeuners",
            "petit dej",
            "p tit dejeuner",
            "p tit dej",
            "ptit dejeuner",
            "ptit dej",
        ],
    ),
    // A price by the night is no evening.
    (Noise, &["par nuit", "par jour", "par heure"]),
    (Noise, &["dejeuner compris", "dejeuner inclus", "dejeuner est compris", "dejeuner est inclus", "avec dejeuner"]),
    (Noise, &["bon matin", "bonne journee", "bonne soiree", "bonne nuit", "bon week end", "un moment", "une seconde"]),
    (
        Noise,
        &["a bientot", "a demain", "un jour", "premiere fois", "seconde main", "bon apres midi", "bonne apres midi"],
    ),
    (Noise, &["a plus tard", "une minute", "un instant", "la premiere fois", "d abord"]),
    (Asks, &["pouvez", "pourriez", "puis", "peut", "voudrais", "besoin", "aimerais", "souhaite"]),
    (Asks, &["venir"]),
    (Moves, &["deplacer", "reporter", "changer", "decaler"]),
    (Been, &["depuis", "hier", "avant hier", "il y a", "etait", "avait"]),
    (Happened, &["a commence", "est tombe", "est arrive"]),
    (Noise, &["la veille au soir", "le soir d avant", "la nuit d avant"]),
    (Distance, &["de route", "de trajet", "de voiture", "en voiture", "de train", "de marche", "d ici"]),
    (Distance, &["de chez vous", "de chez moi", "de distance", "de trafic", "de bouchons"]),
    (Calls, &["appeler", "appelez", "rappeler", "rappelez", "joindre", "joignable", "telephoner"]),
    (Same, &["meme heure", "a la meme heure", "meme horaire"]),
    (Sunlight, &["soleil", "plein soleil"]),
    (Ago, &["d age", "d anciennete"]),
    (Street, &["rue", "avenue", "boulevard", "place", "chemin", "allee", "impasse"]),
    // What may follow an hour and is nothing that it counts
    (GoesOn, &["nous", "vous", "puis", "alors", "sans", "sous", "dans", "des", "mes", "vos"]),
    (
        GoesOn,
        &["me", "convient", "serait", "est", "si", "ou", "et", "merci", "ok", "bien", "parfait", "ca", "cela", "ce"],
    ),
    (
        GoesOn,
        &["que", "avec", "pour", "je", "nous", "vous", "on", "il", "elle", "s", "svp", "le", "la", "les", "en", "de"],
    ),
    (
        GoesOn,
        &["possible", "disponible", "car", "mais", "plutot", "c", "j", "pas", "au", "chez", "a", "precises", "pile"],
    ),
    (Vague, &["quelques"]),
    (WorkingDays, &["jour ouvrable", "jours ouvrables", "jour ouvre", "jours ouvres"]),
    (Days, &["jour ouvrable", "jour ouvre"]),
    (WithinWeek, &["dans la semaine", "dans le courant de la semaine", "d ici une semaine", "courant de la semaine"]),
    (Day(14), &["sous quinzaine", "sous quinze jours", "d ici quinze jours"]),
    (Instead, &["mais", "mais plutot", "plutot"]),
    (Not, &["ni", "ni le", "oubliez", "oubliez le"]),
    (Unfit, &["c est exclu", "je ne peux plus", "ne va plus", "ne me va plus", "finalement pas", "plutot pas"]),
    (Waited, &["toujours", "pas encore", "n a pas", "n ai pas", "n avons pas", "toujours pas", "attends"]),
];
