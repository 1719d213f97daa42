//! Who sent a message: a number, or a business-scoped user id where the person hides theirs.
//!
//! Source: developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids.

use domain::Failure;
use domain::messaging::{Address, Phone};

use crate::body::{Node, clip};
use crate::parsed::MAX_NAME_CHARS;

/// One element of `contacts`: what Meta tells about a sender beside their messages.
pub(super) struct Contact<'a> {
    wa_id: Option<&'a str>,
    user_id: Option<&'a str>,
    name: Option<&'a str>,
}

/// The sender of one message.
pub(super) struct Sender {
    pub(super) from: Address,
    pub(super) also: Vec<Address>,
    pub(super) name: Option<String>,
}

impl<'a> Contact<'a> {
    pub(super) fn read(node: &Node<'a>) -> Result<Self, Failure> {
        let name = node.opt("profile").map_or(Ok(None), |profile| profile.opt_text("name"))?;
        Ok(Self { wa_id: node.opt_text("wa_id")?, user_id: node.opt_text("user_id")?, name })
    }
}

impl Sender {
    /// Who sent `message`: `from` where it is a number, else `from_user_id`, else the user id of the contact.
    ///
    /// The contact is the one with the same number or user id, or the only one: Meta's `wa_id` is not always `from`.
    pub(super) fn of(message: &Node<'_>, contacts: &[Contact<'_>]) -> Result<Self, Failure> {
        Self::named(message, ["from", "from_user_id"], contacts)
    }

    /// As [`Sender::of`], where number and user id stand under other names.
    pub(super) fn named(
        message: &Node<'_>,
        [number, user_id]: [&str; 2],
        contacts: &[Contact<'_>],
    ) -> Result<Self, Failure> {
        let from = message.opt_text(number)?;
        let from_user_id = message.opt_text(user_id)?;
        let is_sender = |contact: &&Contact<'_>| {
            (from.is_some() && contact.wa_id == from) || (from_user_id.is_some() && contact.user_id == from_user_id)
        };
        let only = if let [contact] = contacts { Some(contact) } else { None };
        let contact = contacts.iter().find(is_sender).or(only);

        let user = from_user_id.or_else(|| contact?.user_id).filter(|id| is_user_id(id));
        let user = user.map(|id| Address::WhatsappUser(id.to_owned()));
        let phone = from.and_then(|from| Phone::e164(from, "from").ok()).map(Address::Phone);
        let (from, also) = match (phone, user) {
            (Some(phone), user) => (phone, user.into_iter().collect()),
            (None, Some(user)) => (user, Vec::new()),
            (None, None) => {
                let must = format!("be a phone number in E.164, or there must be a {user_id}");
                return Err(message.get(number)?.must(&must));
            }
        };
        let name = contact.and_then(|contact| contact.name).map(|name| clip(name, MAX_NAME_CHARS));
        Ok(Self { from, also, name: name.filter(|name| !name.is_empty()) })
    }
}

/// A country code and up to 128 letters and digits, with dots between; Meta calls the form subject to change.
fn is_user_id(id: &str) -> bool {
    (1..=160).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}
