//! The business that uses Porchlight: who it is, what it offers, when it is open, how it wants to sound.

mod check;
mod hours;
mod language;
mod tenant;

pub use hours::{Hours, Span};
pub use language::Language;
pub use tenant::{
    Business, ChannelSettings, EmailSettings, Price, QuietHours, Service, SmsSettings, Tenant, TenantStatus,
    WhatsappSettings,
};
