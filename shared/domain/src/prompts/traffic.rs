//! Which version of a prompt is live, which one is tried, and which of them a conversation gets.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{PromptTask, PromptVersion};
use crate::failure::Rejection;
use crate::{ConversationId, Failure};

/// The most of the conversations that a version is tried in: one that most of them get is live.
pub const MAX_CHALLENGER_PERCENT: u8 = 50;
/// Namespace of the draws (a random constant, fixed for ever).
const NAMESPACE: Uuid = Uuid::from_u128(0x5d0f_3c77_41be_4e0a_9f16_2a83_c5d1_7e94);
/// A draw is a number below this: shares are exact to a hundredth of a percent.
const DRAWS: u128 = 10_000;
/// How many earlier live versions are remembered.
const MAX_EARLIER: usize = 20;

/// The traffic of one task: the version that is live, and at most one that is tried on a share of the conversations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PromptTraffic {
    /// What the model is asked.
    pub task: PromptTask,
    /// The version that conversations get.
    pub live: PromptVersion,
    /// The one that is tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenger: Option<Challenger>,
    /// Versions that were live before, the last one last.
    #[serde(default)]
    pub earlier: Vec<PromptVersion>,
    /// Versions that were taken back, or whose trial was ended.
    #[serde(default)]
    pub withdrawn: Vec<PromptVersion>,
    /// Whether the version that is tried becomes live by itself once it is found better and nothing got worse.
    #[serde(default)]
    pub automatic: bool,
    /// How often `live` or `challenger` changed, beginning with 1: what is counted before a change is not compared with what comes after.
    #[schema(example = 3)]
    pub test: u32,
}

/// What becomes of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PromptState {
    /// No conversation got it yet.
    Draft,
    /// Conversations get it.
    Live,
    /// Conversations got it, and get it no more.
    Retired,
}

/// A version that is tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PromptChallenger)]
pub struct Challenger {
    /// Which.
    pub version: PromptVersion,
    /// In how many of a hundred conversations.
    #[schema(minimum = 1, maximum = 50, example = 20)]
    pub percent: u8,
}

/// A new traffic, as far as it is not putting a version live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PromptTrafficChange, example = json!({"challenger": {"version": "1.1.0", "percent": 20}, "automatic": false}))]
pub struct TrafficChange {
    /// The version to try; absent: none.
    #[serde(default)]
    pub challenger: Option<Challenger>,
    /// Whether it becomes live by itself.
    #[serde(default)]
    pub automatic: bool,
}

impl PromptTraffic {
    /// The first version of a task goes to everyone.
    #[must_use]
    pub fn begin(task: PromptTask, live: PromptVersion) -> Self {
        let (earlier, withdrawn) = (Vec::new(), Vec::new());
        Self { task, live, challenger: None, earlier, withdrawn, automatic: false, test: 1 }
    }

    /// The version that a conversation gets: the same one until the traffic changes. What is no conversation gets the live one.
    #[must_use]
    pub fn assigned(&self, conversation: Option<ConversationId>) -> &PromptVersion {
        let Some((challenger, conversation)) = self.challenger.as_ref().zip(conversation) else { return &self.live };
        let is_tried = draw(self.task, &challenger.version, conversation) < u128::from(challenger.percent) * 100;
        if is_tried { &challenger.version } else { &self.live }
    }

    /// With another version tried, or with another share of the conversations, or with none.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn changed(&self, wanted: &TrafficChange) -> Result<Self, Failure> {
        let TrafficChange { challenger, automatic } = wanted.clone();
        if let Some(challenger) = &challenger {
            if !self.task.is_counted() {
                let message = "what comes of this prompt is not counted: put a version live instead of trying it";
                return Err(Failure::invalid("challenger", message));
            }
            if challenger.version == self.live {
                return Err(Failure::invalid("challenger.version", "this version is live already"));
            }
            if !(1..=MAX_CHALLENGER_PERCENT).contains(&challenger.percent) {
                return Err(Failure::invalid(
                    "challenger.percent",
                    "a version is tried in 1 to 50 of a hundred conversations",
                ));
            }
        } else if automatic {
            return Err(Failure::invalid("automatic", "only a version that is tried becomes live by itself"));
        }
        let mut next = Self { challenger, automatic, ..self.clone() };
        if next.challenger != self.challenger {
            next.test += 1;
            let ended = self.challenger.as_ref().map(|ended| &ended.version);
            let ended = ended.filter(|ended| next.challenger.as_ref().is_none_or(|tried| tried.version != **ended));
            next.withdraw(ended);
        }
        Ok(next)
    }

    /// With `version` live, and none tried. Where it is live already, and none is tried, nothing changes.
    #[must_use]
    pub fn promoted(&self, version: &PromptVersion) -> Self {
        let mut next = self.clone();
        let tried = next.challenger.take().filter(|tried| tried.version != *version);
        if *version != self.live {
            next.earlier.push(std::mem::replace(&mut next.live, version.clone()));
            let surplus = next.earlier.len().saturating_sub(MAX_EARLIER);
            next.earlier.drain(..surplus);
        }
        next.withdraw(tried.as_ref().map(|tried| &tried.version));
        next.ended(self)
    }

    /// With the version live that was live before this one, and none tried.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) where there was none.
    pub fn rolled_back(&self) -> Result<Self, Failure> {
        let mut next = self.clone();
        let Some(before) = next.earlier.pop() else {
            return Err(Failure::rejected(Rejection::Conflict, "no version was live before this one"));
        };
        let tried = next.challenger.take();
        let taken_back = std::mem::replace(&mut next.live, before);
        next.withdraw(tried.as_ref().map(|tried| &tried.version));
        next.withdraw(Some(&taken_back));
        Ok(next.ended(self))
    }

    /// What `version` is, and how many of a hundred conversations get it.
    #[must_use]
    pub fn state_of(&self, version: &PromptVersion) -> (PromptState, u8) {
        let tried = self.challenger.as_ref().map_or(0, |tried| tried.percent);
        if *version == self.live {
            return (PromptState::Live, 100 - tried.min(100));
        }
        if self.challenger.as_ref().is_some_and(|tried| tried.version == *version) {
            return (PromptState::Live, tried);
        }
        let was_used = self.earlier.contains(version) || self.withdrawn.contains(version);
        (if was_used { PromptState::Retired } else { PromptState::Draft }, 0)
    }

    fn withdraw(&mut self, version: Option<&PromptVersion>) {
        let news = version.filter(|version| !self.withdrawn.contains(version)).cloned();
        self.withdrawn.extend(news);
    }

    /// After a version became live or was taken back: nothing is tried any more.
    fn ended(mut self, before: &Self) -> Self {
        let live = self.live.clone();
        self.withdrawn.retain(|version| *version != live);
        self.automatic = false;
        if self.live != before.live || self.challenger != before.challenger {
            self.test += 1;
        }
        self
    }
}

/// Drawn from the ids alone, and again for each version: not the same conversations are in every trial.
fn draw(task: PromptTask, version: &PromptVersion, conversation: ConversationId) -> u128 {
    Uuid::new_v5(&NAMESPACE, format!("{task}|{version}|{conversation}").as_bytes()).as_u128() % DRAWS
}
