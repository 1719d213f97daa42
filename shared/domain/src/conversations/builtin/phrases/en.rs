//! English.

use super::{MoneyStyle, Phrases, comma, spaced, twelve_hours};

pub(super) static PHRASES: Phrases = Phrases {
    code: "en",
    money: MoneyStyle { group: ',', decimal: '.', leading: Some("") },

    short_days: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    on_days: ["on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday", "on Sunday"],
    today: "today",
    tomorrow: "tomorrow",
    clock: |time, twelve| {
        if twelve { twelve_hours(time, "AM", "PM", false) } else { format!("{}:{:02}", time.hour(), time.minute()) }
    },
    at: |day, _, clock| format!("{day} at {clock}"),
    range: |open, close| format!("{open} to {close}"),
    all_day: "24 hours",
    closed: "closed",
    and: "and",
    and_more: "more",

    hello: |name, business| format!("Hello{}, thank you for contacting {business}.", spaced(name)),
    hello_again: |name| format!("Hello{}, good to hear from you.", spaced(name)),
    form_received: |name, business| format!("Thank you for your request{}. This is {business}.", comma(name)),
    missed_call: |name, business| {
        format!("Hello{}, this is {business}. Sorry we missed your call. How can we help you?", spaced(name))
    },
    got_photo: "Thank you for the photo.",
    got_video: "Thank you for the video.",
    got_audio: "Thank you for your voice message.",
    got_document: "Thank you for the document.",
    got_location: "Thank you for the location.",
    got_contact: "Thank you for the contact.",
    say_what_it_shows: "Please tell us in a few words what it is about, so that we can help you.",
    say_in_writing: "We cannot listen to it in this chat. Could you write us in a few words how we can help?",
    unsupported: "Sorry, we cannot open this kind of message here. Could you write it to us as text?",
    how_can_we_help: "How can we help you?",

    open_now: "We are open right now.",
    open_until: |time| format!("We are open now, until {time}."),
    closed_until: |at| format!("We are closed right now and open again {at}."),
    open_on: |day, spans| format!("We are open {day} from {spans}."),
    closed_on: |day| format!("We are closed {day}."),
    weekly: |table| format!("Our hours: {table}."),
    by_appointment: "We have no fixed opening hours and work by appointment.",
    address: |address| format!("You can find us at {address}."),
    phone: |number| format!("You can call us at {number}."),
    website: |site| format!("Our website is {site}"),
    reach_us_here: "The best way to reach us is right here.",
    services: |list| format!("We offer: {list}."),
    we_do: |service| format!("We are happy to help with: {service}."),
    price_none: |service| format!("{service} is free of charge."),
    free: "free",
    price_exact: |service, price| format!("{service} costs {price}."),
    price_from: |service, price| format!("{service} starts at {price}."),
    price_between: |service, low, high| format!("{service} usually costs between {low} and {high}."),
    price_on_request: |service| {
        format!("{service}: the price depends on the work. Our team will gladly quote it for you.")
    },
    prices: |list| format!("Some of our prices: {list}."),
    from: |price| format!("from {price}"),
    quote_by_team: "Our prices depend on the work. Our team will gladly prepare a quote for you.",

    thank_you: |name| format!("Thank you{}.", comma(name)),
    noted: |name| format!("Thank you{}, we have noted that.", comma(name)),
    ask_service: "Which service are you interested in?",
    ask_location: "Which city or ZIP code are you in?",
    ask_timeline: "When do you need it?",
    offer_booking: "We would be glad to arrange an appointment. Which day and time would suit you?",
    gladly_book: "We will gladly arrange an appointment.",
    ask_again: "Sorry, we did not quite understand your answer.",
    name_a_time: "Great. Just write us the day and time that suit you, and our team will confirm.",
    time_noted: "Thank you, we have noted the time you would like. Our team will check the calendar and confirm it with you.",

    of_course: "Of course.",
    sorry: "We are very sorry about this, and thank you for telling us.",
    urgent: "We are sorry to hear that, and we are treating it as urgent.",
    danger: "If anyone is in danger, please call your local emergency number first.",
    or_call: |number| format!("You can also call us at {number}."),
    rather_a_person: "We would like a colleague to look at this.",
    passed_on: "Thank you, we have added this to your request.",
    wonderful: "Wonderful, our team knows that you are ready.",
    thanks_for_message: "Thank you for your message.",
    contact_shortly: "Someone from our team will get back to you shortly.",
    contact_when_open: |at| format!("Someone from our team will get back to you when we open {at}."),
    contact_soon: "Someone from our team will get back to you as soon as possible.",

    anything_else: "Very good. Just write to us if there is anything else.",
    welcome: "You are very welcome.",
    goodbye: "Thank you for contacting us, and goodbye.",
    no_problem: "Of course, no problem. We are here whenever you need us.",
    not_understood: "Sorry, we did not quite understand that. We can tell you about services, prices, opening hours and appointments. How can we help?",
};
