//! Which way a message goes to a person.
//!
//! A channel counts only where the tenant has it and the person has an address on it that no vendor has given up. SMS and
//! WhatsApp need more than a number: they wrote there before, called, or agreed to be written to there (47 CFR
//! 64.1200(f)(9); Meta, WhatsApp Business Messaging Policy: opt-in). Where any of their addresses is proven, one that is
//! only given gets nothing: anybody may have typed it. Where none is, one that came after their first message gets nothing, for
//! the same reason. Chat never counts: no one sits in front of the widget when the
//! business begins.

use std::cmp::Reverse;

use super::{Journey, JourneyContext, Reactions, Route};
use crate::leads::KnownAddress;
use crate::messaging::{Address, Channel};

/// The channels on which a business can begin, the most usual first.
const CHANNELS: [Channel; 3] = [Channel::Sms, Channel::Whatsapp, Channel::Email];

/// The channel and address that `route` leads to; `None` where it leads nowhere.
///
/// The channel that the person prefers goes before others of the route. Of the rest, `FirstOf` takes the first, and `Best`
/// the one with the most reactions for what was sent there (a message of theirs counts twice, an open once; a channel that
/// was not tried counts half), of equals the one on which they wrote last.
#[must_use]
pub fn route(route: &Route, journey_context: &JourneyContext<'_>, journey: &Journey) -> Option<(Channel, Address)> {
    let channels = match route {
        Route::FirstOf(channels) => channels.clone(),
        Route::Best => {
            let mut channels = CHANNELS.to_vec();
            channels.sort_by_key(|channel| {
                (
                    Reverse(promise(journey.engagement.channels.get(channel))),
                    Reverse(journey_context.opt_out_state().heard.get(channel)),
                )
            });
            channels
        }
    };
    let preferred = journey.preferences.channel.filter(|channel| channels.contains(channel));
    preferred
        .into_iter()
        .chain(channels)
        .find_map(|channel| address_on(channel, journey_context, journey).map(|address| (channel, address.clone())))
}

/// Where the person can be reached on `channel`.
pub(crate) fn address_on<'a>(
    channel: Channel,
    journey_context: &JourneyContext<'a>,
    journey: &Journey,
) -> Option<&'a Address> {
    let welcome = journey.is_welcome(channel, journey_context.opt_out_state())
        || has_thread_on_whatsapp(channel, journey_context);
    let fits = |address: &&Address| match (channel, address) {
        (Channel::Email, Address::Email(_)) => true,
        (Channel::Sms | Channel::Whatsapp, Address::Phone(_)) => welcome,
        (Channel::Whatsapp, Address::WhatsappUser(_)) => true,
        _ => false,
    };
    let reachable = |address: &&Address| !journey_context.opt_out_state().cannot_reach(address, channel);
    let contact = journey_context.contact();
    let trusted = |known: &&KnownAddress| known.is_trusted(contact);
    let addresses = contact.addresses.iter().filter(|_| journey_context.tenant.has_channel(channel)).filter(trusted);
    addresses.map(|known| &known.address).find(|address| fits(address) && reachable(address))
}

fn has_thread_on_whatsapp(channel: Channel, journey_context: &JourneyContext<'_>) -> bool {
    channel == Channel::Whatsapp && journey_context.person.threads.iter().any(|thread| thread.channel == channel)
}

/// Reactions for what was sent, in parts of a million, drawn towards a half while little is known (Laplace's rule of
/// succession).
fn promise(reactions: Option<&Reactions>) -> u64 {
    let (reacted, sent) = reactions
        .map_or((0, 0), |reactions| (reactions.total() + u64::from(reactions.replied), u64::from(reactions.sent)));
    (reacted + 1) * 1_000_000 / (sent + 2)
}

#[cfg(test)]
mod tests;
