//! Every event, declared once: by its context, in the file of its name. Here the declarations become one enum.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DisabledBecause, Ending, Subject};
use crate::ids::{
    AccountId, AppointmentId, CampaignId, InvoiceId, LocationId, OrderDigest, PurchaseOrderId, QuoteId, RunId,
    SequenceId, TaskId, WebhookId,
};
use crate::leads::{LeadStatus, Score, Stage};
use crate::messaging::{Channel, DeliveryState, MessageRef, Source, TextConsent};
use crate::money::Money;
use crate::rating::Sentiment;
use crate::tenancy::usage::Month;
use crate::tenancy::{EscalationReason, SlaTimer};
use crate::{ContactId, ConversationId, EscalationId, LeadId};

/// Makes the enums of the declarations. An event has its name on the bus; `of` the contact that it is about; `about` the one thing
/// that it names, where it names one; where it `signals` something to sequences, what happened in words that an owner understands, to
/// go on from "because"; what it `shows` to the tenant's webhooks, where they may know of it at all; whether it may be `reported by`
/// callers of the API. What a lead's new status signals depends on the status: those signals have names of their own.
macro_rules! events {
    (; $(
        $(#[doc = $doc:tt])*
        $event:ident = $name:tt $(, of $contact:ident)? $(, about $subject:ident($id:ident))? $(, signals $words:literal)?
            $(, shows [$($shown:ident)*])? $(, reported by $reporter:ident)?
            $(, by status signals { $($(#[doc = $its_doc:tt])* $signal:ident = $its_name:tt, $its_words:literal;)* })? {
            $($(#[$meta:meta])* $field:ident: $type:ty,)*
        }
    )*) => {
        /// What happened.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "type", content = "data")]
        pub enum EventKind {
            $($(#[doc = $doc])* #[serde(rename = $name)] $event { $($(#[$meta])* $field: $type,)* },)*
        }

        impl EventKind {
            /// The names of all events.
            pub const NAMES: &[&str] = &[$($name),*];
            /// The names of those that webhooks may be told of.
            pub const PUBLIC: &[&str] = &[$($({ let _: &[&str] = &[$(stringify!($shown)),*]; $name },)?)*];
            /// The names of those that callers of the API may report.
            pub const REPORTED: &[&str] = &[$($({ let _ = stringify!($reporter); $name },)?)*];

            /// The event's name: EventBridge's `detail-type`.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$event { .. } => $name,)*
                }
            }

            /// Whom it is about, where it says so.
            #[must_use]
            pub fn contact(&self) -> Option<ContactId> {
                match self {
                    $(Self::$event { $($contact,)? .. } => None$(.or(Some(*$contact)))?,)*
                }
            }

            /// What it is about, as it says itself: one thing where it names one, else the person.
            #[must_use]
            pub fn subject(&self) -> Subject {
                match self {
                    $(Self::$event { $($id,)? .. } => None$(.or(Some(Subject::$subject(*$id))))?.unwrap_or(Subject::Contact),)*
                }
            }

            /// The fields that webhooks are shown; `None`: they are not told of it.
            #[must_use]
            pub fn shows(&self) -> Option<&'static [&'static str]> {
                match self {
                    $(Self::$event { $($($shown: _,)*)? .. } => None$(.or(Some([$(stringify!($shown)),*].as_slice())))?,)*
                }
            }

            /// What it is to sequences; `None`: nothing.
            #[must_use]
            pub fn signal(&self) -> Option<Signal> {
                if let Self::LeadStatusChanged { status, was, .. } = self {
                    return Signal::of_status(*status, *was);
                }
                match self {
                    $(Self::$event { .. } => None$(.or({ let _ = $words; Some(Signal::$event) }))?,)*
                }
            }
        }

        /// A domain event, by its name (`docs/events.md`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[schema(as = SequenceSignal)]
        pub enum Signal {
            $(
                $(#[doc = $words] #[serde(rename = $name)] $event,)?
                $($(#[doc = $its_words] #[serde(rename = $its_name)] $signal,)*)?
            )*
        }

        impl Signal {
            /// All there are.
            pub const ALL: &[Self] = &[$($({ let _ = $words; Self::$event },)? $($(Self::$signal,)*)?)*];

            /// The event's name.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                self.name_and_words().0
            }

            /// What happened, in words an owner understands, to go on from "because".
            #[must_use]
            pub fn in_words(self) -> &'static str {
                self.name_and_words().1
            }

            fn name_and_words(self) -> (&'static str, &'static str) {
                match self {
                    $(
                        $(Self::$event => ($name, $words),)?
                        $($(Self::$signal => ($its_name, $its_words),)*)?
                    )*
                }
            }
        }
    };
}

#[macro_use]
mod leads;
#[macro_use]
mod messaging;
#[macro_use]
mod conversations;
#[macro_use]
mod quotes;
#[macro_use]
mod scheduling;
#[macro_use]
mod billing;
#[macro_use]
mod inventory;
#[macro_use]
mod journeys;
#[macro_use]
mod campaigns;
#[macro_use]
mod tenancy;
#[macro_use]
mod webhooks;

// Each hands its declarations on to the next, and the last one all of them to `events!`.
leads! { messaging conversations quotes scheduling billing inventory journeys campaigns tenancy webhooks events; }
