//! English: what only looks like a time, what has been, and what may stand beside a time.

use crate::lexicon::Atom::*;
use crate::lexicon::Words;

pub(super) const WORDS: Words = &[
    // A price by the night is no evening.
    (Noise, &["per night", "per day", "per hour"]),
    (Noise, &["the lunch", "lunch date", "lunch break"]),
    (Noise, &["happy new year", "new year sale", "new year special"]),
    (Noise, &["mourning", "to this day", "second time", "second chance", "times a day", "a day ago"]),
    (DoneToday, &["tried", "went", "made", "used", "found", "received", "sent", "spent", "took", "asked", "paid"]),
    (
        DoneToday,
        &["withdrew", "deposited", "charged", "declined", "lost", "occurred", "purchased", "ordered", "completed"],
    ),
    (
        DoneToday,
        &["i got", "we got", "got it", "got my", "got the", "got a", "got an", "got back", "got home", "got here"],
    ),
    (DoneToday, &["failed", "didn t", "didnt", "did not", "attempted", "transferred", "called", "told", "said"]),
    (Noise, &["come by", "stop by", "drop by", "swing by", "pass by", "coming by"]),
    // A meal that is asked about
    (
        Noise,
        &["breakfast included", "breakfast inclusive", "breakfast buffet", "breakfast served", "breakfast available"],
    ),
    (
        Noise,
        &["is breakfast", "is the breakfast", "have breakfast", "serve breakfast", "offer breakfast", "do breakfast"],
    ),
    (Noise, &["with breakfast", "include breakfast", "includes breakfast", "including breakfast", "and breakfast"]),
    (
        Noise,
        &["without breakfast", "for breakfast", "no breakfast", "get breakfast", "add breakfast", "want breakfast"],
    ),
    (
        Noise,
        &["lunch included", "is lunch", "have lunch", "serve lunch", "offer lunch", "with lunch", "includes lunch"],
    ),
    (Noise, &["good morning", "good afternoon", "good evening", "good night", "one moment", "one second", "a second"]),
    (
        Noise,
        &["a minute", "a moment", "second hand", "first time", "first name", "last name", "first of all", "at last"],
    ),
    (Noise, &["day care", "have a nice day", "have a good day", "have a great day", "have a good one", "same day"]),
    (
        Noise,
        &["have a nice evening", "have a good evening", "have a good weekend", "have a great weekend", "second floor"],
    ),
    (Noise, &["see you later", "talk to you later", "talk later", "call you later", "night guard", "night light"]),
    (
        Noise,
        &[
            "sun damage",
            "sun room",
            "day cream",
            "day spa",
            "evening gown",
            "morning sickness",
            "march in",
            "first floor",
        ],
    ),
    (
        Noise,
        &["may i", "may we", "may be", "may have", "it may", "that may", "this may", "may need", "saturday night live"],
    ),
    (Noise, &["the other day", "every day use", "one day", "some day", "nights sleep"]),
    (
        Noise,
        &["nice weekend", "good weekend", "great weekend", "nice day", "great day", "good day", "bad day", "long day"],
    ),
    (Asks, &["can", "could", "would", "will", "please", "need", "want", "like to", "hope", "able"]),
    (Asks, &["book", "schedule", "come"]),
    (Moves, &["move", "moved", "reschedule", "change", "switch", "push", "shift", "postpone"]),
    (
        Been,
        &["since", "ever since", "was", "were", "been", "yesterday", "did", "leaking", "born", "bought", "installed"],
    ),
    (Happened, &["started", "began", "happened", "broke", "stopped", "noticed", "leaked", "fell", "hit", "died"]),
    (Happened, &["came", "had"]),
    (Wishing, &["was hoping", "was thinking", "was wondering", "were hoping", "were thinking", "were wondering"]),
    (Wishing, &["was looking", "were looking", "had hoped", "was going", "had in mind", "been hoping", "been trying"]),
    (Noise, &["the night before", "the evening before", "evening before", "night before"]),
    (Distance, &["away", "drive", "s drive", "driving", "ride", "s ride", "walk", "s walk", "from here", "from you"]),
    (Distance, &["by car", "of driving", "out of town"]),
    (Calls, &["call", "reach me", "text me", "ring me", "phone me", "calls", "get hold of me"]),
    (Same, &["same time", "same hour"]),
    (Sunlight, &["full sun", "direct sun", "the sun", "part sun", "sunlight", "sunshine", "full shade"]),
    (Ago, &["ago", "old", "long"]),
    (
        Street,
        &["street", "st", "avenue", "ave", "road", "rd", "boulevard", "blvd", "lane", "ln", "drive", "court", "ct"],
    ),
    // "At 2 N Central".
    (Street, &["n", "s", "e", "w", "ne", "nw", "se", "sw", "north", "south", "east", "west"]),
    (Street, &["way", "place", "terrace", "highway", "hwy", "square", "apartment", "apt", "suite"]),
    // What may follow an hour and is nothing that it counts
    (GoesOn, &["needs", "seems", "looks", "gets", "fits", "goes", "yours", "anyways", "always", "has"]),
    (GoesOn, &["one", "as", "thats", "its", "back", "come", "arrive", "leave", "meet"]),
    (
        GoesOn,
        &["works", "work", "would", "is", "if", "sounds", "suits", "will", "should", "but", "because", "so", "then"],
    ),
    (
        GoesOn,
        &["that", "ok", "okay", "good", "great", "fine", "thanks", "thank", "thx", "with", "i", "my", "can", "sorry"],
    ),
    (
        GoesOn,
        &["instead", "and", "or", "be", "are", "was", "has", "have", "do", "does", "we", "you", "he", "she", "it"],
    ),
    (GoesOn, &["they", "the", "a", "an", "please", "pls", "to", "at", "on", "in", "for", "from", "as", "when", "what"]),
    (
        GoesOn,
        &["where", "who", "how", "which", "too", "also", "again", "only", "just", "not", "no", "yes", "yeah", "hi"],
    ),
    (
        GoesOn,
        &["hey", "hello", "there", "here", "maybe", "perhaps", "sir", "next", "this", "every", "doable", "possible"],
    ),
    (GoesOn, &["available", "free", "open", "best", "better", "perfect", "local", "sharp", "exactly", "could", "may"]),
    (
        GoesOn,
        &["might", "must", "until", "though", "while", "since", "before", "after", "your", "our", "his", "her", "me"],
    ),
    (GoesOn, &["us", "anyway", "right", "cool", "awesome", "alright", "see", "let", "unless", "than", "by", "about"]),
    (Noise, &["this past"]),
    (Vague, &["a couple", "couple", "a couple of", "couple of", "a few", "few", "a pair of", "pair of"]),
    (WorkingDays, &["business day", "business days", "working day", "working days", "work day", "work days"]),
    (Days, &["working day", "work day"]),
    (Fortnights, &["fortnight", "fortnights"]),
    (WithinWeek, &["within the week", "inside the week", "inside of a week", "in the course of the week"]),
    (Instead, &["but", "but rather", "rather"]),
    (MoveDays(-1), &["eve of", "the eve of"]),
    (Late, &["last thing", "last thing on"]),
    (Not, &["neither", "forget", "forget about", "skip", "can t make it", "cant make it", "cannot make it"]),
    (Not, &["not free", "not home", "not around", "not in town"]),
    (Nor, &["nor"]),
    (Unfit, &["no good"]),
    (OrEarlier, &["at latest"]),
    (
        Waited,
        &["still", "hasn t", "hasnt", "haven t", "havent", "has not", "have not", "not yet", "waiting", "don t have"],
    ),
    // "I would've done Thursday, but…"
    (Been, &["would ve", "wouldve", "could ve", "couldve", "would have done", "would have come", "would have taken"]),
];
