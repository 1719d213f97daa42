//! How the assistant sounds: a personality for the tenant, another per channel where it wants one, and a register
//! that suits the channel.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::style::{self, StyleGuides};
use crate::messaging::Channel;

/// A manner of speaking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Personality {
    /// A concierge of a grand hotel.
    LuxuryConcierge,
    /// Straight to the point.
    FastDirect,
    /// A neighbour.
    FriendlyCasual,
    /// A good salesperson.
    Sales,
}

/// What suits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Register {
    /// As among acquaintances.
    Casual,
    /// As in a letter.
    Formal,
    /// As few words as will do.
    Concise,
}

/// How to sound on one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voice<'t> {
    /// The manner: the channel's, else the tenant's.
    pub personality: Option<Personality>,
    /// What suits the channel.
    pub register: Option<Register>,
    /// How the tenant wants to sound, in its own words; may be empty.
    pub tone: &'t str,
    /// What the assistant must know or do beyond that; may be empty.
    pub instructions: &'t str,
    /// What its owner confirmed after training; may be empty.
    pub style: &'t StyleGuides,
}

impl Register {
    /// The register of a channel; a chat on a site has none of its own.
    #[must_use]
    pub fn of(channel: Channel) -> Option<Self> {
        match channel {
            Channel::Whatsapp => Some(Self::Casual),
            Channel::Email => Some(Self::Formal),
            Channel::Sms => Some(Self::Concise),
            Channel::Chat => None,
        }
    }

    fn guidance(self) -> &'static str {
        match self {
            Self::Casual => "Write as one does in a messenger: relaxed, everyday words, no salutation or sign-off.",
            Self::Formal => "Write as in a business letter: a salutation, whole sentences, a closing line.",
            Self::Concise => "Use as few words as will do: one thought in each message, nothing decorative.",
        }
    }
}

impl Personality {
    fn guidance(self) -> &'static str {
        match self {
            Self::LuxuryConcierge => {
                "Be the concierge of a fine house: gracious, unhurried, attentive to every wish. Offer to take care of \
                 things, and never press."
            }
            Self::FastDirect => "Answer first and explain only when asked. No small talk, no filler, no repetition.",
            Self::FriendlyCasual => {
                "Be warm and easy to talk to, like a helpful neighbour. Plain words, a kind remark where it fits."
            }
            Self::Sales => {
                "Be keen and helpful like a good salesperson: name the benefit, then always propose the next step. \
                 Never exaggerate, and take a no for a no."
            }
        }
    }
}

impl Voice<'_> {
    /// The voice as sentences for a prompt; empty where the tenant asked for nothing and the channel for nothing.
    #[must_use]
    pub fn guidance(&self) -> String {
        let personality = self.personality.map(|personality| personality.guidance().to_owned());
        let register = self.register.map(|register| register.guidance().to_owned());
        let own =
            |words: &str, lead_in: &str| (!words.trim().is_empty()).then(|| format!("{lead_in}: {}", words.trim()));
        let tone = own(self.tone, "The business wants to sound like this");
        let instructions = own(self.instructions, "The business also asks");
        [personality, register, tone, instructions, style::guidance(self.style)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::roofer;

    #[test]
    fn a_channel_has_its_register_and_may_have_its_own_personality() {
        let mut tenant = roofer();
        tenant.personality = Some(Personality::FriendlyCasual);
        tenant.channel_personalities.insert(Channel::Email, Personality::LuxuryConcierge);
        let voice = |channel| (tenant.voice(channel).personality, tenant.voice(channel).register);
        assert_eq!(voice(Channel::Whatsapp), (Some(Personality::FriendlyCasual), Some(Register::Casual)));
        assert_eq!(voice(Channel::Email), (Some(Personality::LuxuryConcierge), Some(Register::Formal)));
        assert_eq!(voice(Channel::Sms), (Some(Personality::FriendlyCasual), Some(Register::Concise)));
        assert_eq!(voice(Channel::Chat), (Some(Personality::FriendlyCasual), None));
    }

    #[test]
    fn guidance_says_all_that_is_set_and_nothing_else() {
        let mut tenant = roofer();
        assert_eq!(tenant.voice(Channel::Chat).guidance(), "");
        tenant.personality = Some(Personality::FastDirect);
        tenant.tone = " warm and brief ".to_owned();
        tenant.instructions = "Ask for the age of the roof.".to_owned();
        let guidance = tenant.voice(Channel::Sms).guidance();
        assert_eq!(guidance.lines().count(), 4);
        assert!(guidance.contains("Answer first") && guidance.contains("few words"));
        assert!(guidance.contains(": warm and brief\n") && guidance.ends_with("Ask for the age of the roof."));
    }
}
