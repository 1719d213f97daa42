//! Who wants to be called by a person, and when: no day in that is a wish for a visit.

use ::language::{Catalogue, Intent, Intents, Mood, OfAppointment, Offer, tone};

use super::{Conversation, Question, Role};
use crate::tenancy::Tenant;

/// Whether `text` wants nothing but that a person calls. Beside a visit, or in the middle of arranging one, a number to call is how
/// they can be reached.
pub(super) fn wants_call(tenant: &Tenant, text: &str, thread: Option<&Conversation>) -> bool {
    let is_free =
        |thread: &Conversation| thread.wish.is_none() && (thread.asked.is_none() || thread.escalation.is_some());
    Intents::read(text).has(Intent::CallBack) && thread.is_none_or(is_free) && !names_visit(tenant, text)
}

/// Whether the days and hours in `text` are no wish: those of a call that it asks for, of work that it complains of ("the color you did
/// on Saturday"), or told to the person whom they had called by asking or complaining, where we have not just asked for a time.
pub(super) fn is_no_wish(tenant: &Tenant, text: &str, thread: Option<&Conversation>) -> bool {
    let is_asked = |thread: &Conversation| {
        matches!(thread.asked, Some(Question::BookingTime | Question::Timeline | Question::Day | Question::Hour))
    };
    let is_told = |thread: &Conversation| {
        !is_asked(thread)
            && thread.escalation.is_some()
            && thread.wish.is_none()
            && has_called(thread)
            && !Intents::read(text).is_question()
    };
    let complains = !wants_visit(text) && thread.is_none_or(|thread| thread.wish.is_none()) && is_unhappy(text);
    complains || wants_call(tenant, text, thread) || thread.is_some_and(is_told) && !names_visit(tenant, text)
}

/// Whether `text` is about a visit too.
fn names_visit(tenant: &Tenant, text: &str) -> bool {
    let offers = tenant.services.iter().map(|service| Offer { name: &service.name, keywords: &service.keywords });
    let is_named = || {
        let mentions = Catalogue::new(&tenant.industry, &tenant.name, offers).read(text);
        !mentions.offered.is_empty() || !mentions.unclear.is_empty()
    };
    wants_visit(text) || is_named()
}

fn wants_visit(text: &str) -> bool {
    let intents = Intents::read(text);
    intents.has(Intent::Book) || intents.has(Intent::Move)
}

/// Whether the customer asked for a person, or complained, in what is left of the talk, and for no visit but one that they have since.
fn has_called(thread: &Conversation) -> bool {
    let theirs = thread.recent.iter().rev().filter(|line| line.role == Role::Customer);
    let calls = theirs.map(|line| line.text.as_str()).find_map(|text| {
        let intents = Intents::read(text);
        let calls = intents.has(Intent::Person) || intents.has(Intent::CallBack) || is_unhappy(text);
        let books = intents.has(Intent::Book) && !OfAppointment::Mine.is_in(text);
        (calls || books).then_some(calls)
    });
    calls.unwrap_or_default()
}

fn is_unhappy(text: &str) -> bool {
    tone(text).mood == Mood::Unhappy
}
