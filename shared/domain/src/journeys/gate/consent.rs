//! Consent by channel and purpose.

use jiff::Timestamp;

use super::SendContext;
use crate::journeys::ConsentRecord;
use crate::messaging::{Channel, Kind, Purpose, Verdict};

/// Countries where advertising by e-mail is lawful until it is refused: the United States (CAN-SPAM Act, 15 USC
/// 7704(a)).
///
/// Everywhere else it needs consent first, also where the law is not known here: Canada (CASL, S.C. 2010, c. 23, s. 6),
/// the European Union (Directive 2002/58/EC, article 13(1)), the United Kingdom (PECR 2003, regulation 22), Australia
/// (Spam Act 2003, s. 16), New Zealand (Unsolicited Electronic Messages Act 2007, s. 9).
const MAIL_UNTIL_REFUSED: [&str; 1] = ["US"];

/// What they refused on a channel stays away from it; what advertises needs their consent; and who never wrote by text
/// message or WhatsApp, nor called, nor agreed to it, gets none that they did not just ask for.
///
/// Advertising by SMS and WhatsApp needs a record of prior express written consent (47 CFR 64.1200(a)(2) and (f)(9); Meta,
/// WhatsApp Business Messaging Policy, "opt-in"), by e-mail one where [`MAIL_UNTIL_REFUSED`] has not the tenant's
/// country. Everything else needs to have begun with them: a number that someone typed into a form or a chat is not that.
/// The reply to a message is not asked for consent: it goes where the message came from, and a form says for itself
/// whether it may be answered by text message. A word of theirs on a channel ends an earlier refusal as far as its reply.
pub(super) fn consent(send_context: &SendContext<'_>, _: Timestamp) -> Option<Verdict> {
    if send_context.is_for_staff() || send_context.message.kind() == Kind::OptOut {
        return None;
    }
    let (channel, purpose) = (send_context.message.channel, send_context.message.kind().purpose());
    let record = send_context.journey.and_then(|journey| journey.consent(channel, purpose));
    let why = match (record.map(|record| record.granted), purpose, channel) {
        (Some(true), _, _) => return None,
        (None, Purpose::Transactional | Purpose::Conversational, _) => return uninvited(send_context),
        (Some(false), Purpose::Conversational, _) if answers_since(send_context, record) => return None,
        (Some(false), Purpose::Transactional, _) => "They do not want news of their orders on this channel",
        (Some(false), Purpose::Conversational, _) => "They do not want to talk to you on this channel",
        (Some(false), Purpose::Marketing, _) => "They do not want advertising on this channel",
        (None, Purpose::Marketing, Channel::Sms) => {
            "Advertising by text message needs their written consent, and there is no record of it"
        }
        (None, Purpose::Marketing, Channel::Whatsapp) => {
            "Advertising by WhatsApp needs their consent, and there is no record of it"
        }
        (None, Purpose::Marketing, Channel::Email) => {
            if MAIL_UNTIL_REFUSED.contains(&send_context.tenant.region.as_str()) {
                return None;
            }
            "Advertising by e-mail needs their consent in your country, and there is no record of it"
        }
        (None, Purpose::Marketing, Channel::Chat) => "Nobody is in the chat to be advertised to",
    };
    Some(Verdict::dropped(why))
}

/// Nothing that they did not just ask for goes by SMS or WhatsApp to someone who never began it.
fn uninvited(send_context: &SendContext<'_>) -> Option<Verdict> {
    let channel = send_context.message.channel;
    let began = send_context.message.outreach.is_none()
        || send_context.journey.map_or_else(
            || {
                !matches!(channel, Channel::Sms | Channel::Whatsapp)
                    || send_context.opt_out_state.heard.contains_key(&channel)
            },
            |journey| journey.is_welcome(channel, send_context.opt_out_state),
        );
    let why = match channel {
        Channel::Whatsapp => "They never wrote to you on WhatsApp, and have not agreed to be written to there",
        _ => "They never texted or called you, and have not agreed to text messages: a number in a form is no consent",
    };
    (!began).then(|| Verdict::dropped(why))
}

/// Whether the message replies to what they wrote on its channel after they had refused it.
fn answers_since(send_context: &SendContext<'_>, refusal: Option<&ConsentRecord>) -> bool {
    let heard = send_context.opt_out_state.heard.get(&send_context.message.channel);
    send_context.message.outreach.is_none() && refusal.is_some_and(|refusal| heard.is_some_and(|at| *at > refusal.at))
}
