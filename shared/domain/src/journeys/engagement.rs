//! How a person reacts to what is sent: by channel and by hour of their day.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use crate::messaging::Channel;

/// How a person reacts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Engagement {
    /// By channel.
    #[serde(default)]
    pub channels: BTreeMap<Channel, Reactions>,
}

/// How a person reacts on one channel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reactions {
    /// Outreach messages sent.
    #[serde(default)]
    pub sent: u32,
    /// Outreach messages that were opened.
    #[serde(default)]
    pub opened: u32,
    /// Messages of theirs.
    #[serde(default)]
    pub replied: u32,
    /// Opens and messages of theirs in each hour of their day, 0 to 23; hours without any are absent.
    #[serde(default)]
    pub hours: BTreeMap<u8, u32>,
}
