//! English.

use super::{Cues, Vocabulary, alone, anywhere};

pub(super) static VOCABULARY: Vocabulary = Vocabulary {
    greeting: anywhere(&["hi", "hello", "hey", "good morning", "good afternoon", "good evening", "greetings"]),
    thanks: anywhere(&["thanks", "thank you", "thx", "appreciate it"]),
    goodbye: anywhere(&["bye", "goodbye", "good bye", "see you", "have a nice day", "have a good day", "good night"]),
    yes: alone(&[
        "yes", "yeah", "yep", "yes please", "sure", "ok", "okay", "of course", "please do", "sounds good", "absolutely",
        "yes i would", "that works", "great", "perfect",
    ]),
    not_now: Cues {
        anywhere: &[
            "not now", "not right now", "not interested", "maybe later", "no thanks", "no thank you", "another time",
            "some other time", "just looking", "just browsing", "not at the moment", "changed my mind", "no longer need",
        ],
        alone: &["no", "nope", "not really", "nah", "not yet", "not today", "later"],
    },
    hours: Cues {
        anywhere: &[
            "are you open", "are you closed", "are you guys open", "when do you open", "when do you close",
            "what time do you", "opening hours", "opening times", "business hours", "office hours", "store hours",
            "hours of operation", "your hours", "what hours", "the hours", "still open", "open today", "open tomorrow",
            "open now", "open on", "open until", "do you open", "closed on", "you open", "you close",
        ],
        alone: &["hours", "open", "schedule"],
    },
    price: Cues {
        anywhere: &[
            "how much", "price", "prices", "pricing", "cost", "costs", "quote", "estimate", "your rates", "you charge",
            "fee", "fees", "ballpark",
        ],
        alone: &["rates", "how expensive"],
    },
    address: Cues {
        anywhere: &[
            "where are you", "your address", "the address", "what address", "your location", "where is your",
            "where can i find you", "you located", "directions", "how do i get there", "where do i go",
        ],
        alone: &["address", "location", "where"],
    },
    phone: Cues {
        anywhere: &["your phone", "your number", "can i call", "number to call", "call you", "phone number"],
        alone: &["phone", "telephone", "number"],
    },
    website: anywhere(&["website", "web site", "webpage", "web page", "homepage"]),
    services: Cues {
        anywhere: &[
            "what services", "which services", "services do you", "do you offer", "do you provide", "do you do",
            "your services", "list of services", "can you help with", "can you help me with", "what can you do",
        ],
        alone: &["services", "info", "information", "more information", "help", "i need help"],
    },
    booking: Cues {
        anywhere: &[
            "appointment", "appointments", "book", "booking", "to schedule", "schedule a", "schedule an", "reserve",
            "reservation", "come in", "come by", "come out", "stop by", "are you available", "availability",
            "time slot", "set up a visit", "set up a time",
        ],
        alone: &["available"],
    },
    ready: anywhere(&[
        "ready to start", "ready to book", "ready to go", "ready to move forward", "sign me up", "lets do it",
        "lets get started", "when can you start", "how soon can you start", "go ahead with",
    ]),
    open_now: anywhere(&["open now", "still open", "right now", "open at the moment"]),
    own: &["my address", "my phone", "my number", "my cell", "my location", "call me", "reach me"],
    please: &["please", "pls"],

    positive: &[
        "great", "perfect", "excellent", "wonderful", "awesome", "amazing", "fantastic", "love", "happy", "thanks",
        "thank you", "appreciate",
    ],
    negative: &[
        "not happy", "unhappy", "not good", "not satisfied", "bad", "terrible", "awful", "horrible", "worst", "angry",
        "upset", "disappointed", "frustrated", "annoyed", "unacceptable", "ridiculous", "rude", "scam", "hate",
    ],

    name_follows: &["my name is", "my names"],
    capital_name_follows: &["this is"],
    place_follows: &[
        "im in", "i am in", "we are in", "i live in", "we live in", "located in", "house is in", "home is in",
        "property is in", "im from", "i am from",
    ],
    budget: &["budget", "spend", "afford"],
    about: &["around", "about", "under", "up to", "max", "maximum", "roughly", "approximately", "less than", "at most"],
    decides: &["i decide", "i do", "im the owner", "i am the owner", "i own", "my decision", "only me", "just me", "myself"],
    others_decide: &["my wife", "my husband", "my partner", "my landlord", "my boss", "my parents", "my manager"],

    today: &["today", "tonight"],
    tomorrow: &["tomorrow"],
    weekdays: [
        &["monday", "mondays"],
        &["tuesday", "tuesdays", "tues"],
        &["wednesday", "wednesdays"],
        &["thursday", "thursdays", "thurs"],
        &["friday", "fridays"],
        &["saturday", "saturdays"],
        &["sunday", "sundays"],
    ],
    periods: &[
        "this week", "next week", "this weekend", "next weekend", "the weekend", "this month", "next month", "this year",
        "next year", "this spring", "this summer", "this fall", "this winter", "asap", "as soon as possible",
        "as soon as you can", "right away", "immediately", "soon", "in a week", "in a month", "in a few days",
        "in a few weeks", "in a couple of days", "in a couple of weeks", "end of the week", "end of the month",
    ],
    parts: &["morning", "afternoon", "evening", "noon", "midday", "lunchtime"],
    units: &["day", "days", "week", "weeks", "month", "months"],
    within: &["in", "within"],
    flexible: &["any time", "anytime", "whenever", "any day", "im flexible", "i am flexible", "no rush", "no hurry"],
    at: &["at", "around", "after", "before", "from", "between"],
    links: &[
        "on", "in", "the", "of", "or", "and", "at", "around", "after", "before", "by", "between", "from", "to", "until",
        "early", "late", "next",
    ],
    past: &["last", "since", "ago", "past", "was"],
    no_time: &[
        "good morning", "good afternoon", "good evening", "have a nice day", "have a good day", "how soon", "see you soon",
        "see you tomorrow",
    ],
};
