//! Who may do what: accounts of people, their roles in tenants, sessions, API keys, and the record of what was done.
//!
//! Permissions are decided in one place, the table in [`Role::permits`]. What a request may do is a [`Principal`]: it
//! carries the tenant of the credential, so that no handler can act for a tenant that a body names.

mod account;
mod account_mail;
mod api_key;
mod audit;
mod difference;
mod invitation;
mod lockout;
mod notice_choice;
mod permission;
mod principal;
pub mod request_log;
mod role;
mod session;
mod sign_in;
mod site_key;
pub mod test_mode;

pub use account::{Account, AccountStatus, Member, OneTimeCodes};
pub use account_mail::AccountMail;
pub use api_key::{ApiKey, MAX_ACTIVE_KEYS, MAX_TEST_KEYS};
pub use audit::{Actor, AuditAction, AuditEntry};
pub use difference::what_changed;
pub use invitation::{INVITATION_DAYS, Invitation, InvitationStatus};
pub use lockout::{Failures, KNOWN_DEVICE_DAYS, LOCK_MINUTES, MAX_FAILURES};
pub use notice_choice::NoticeChoice;
pub use permission::{Permission, Right, may};
pub use principal::{Credential, Principal, second_factor_first};
pub use request_log::LoggedRequest;
pub use role::Role;
pub use session::{IDLE_DAYS, SESSION_DAYS, Session};
pub use sign_in::{Place, SecondFactor, SignIn, Verdict, place_in};
pub use site_key::{SiteKey, SiteKeyKind};
pub use test_mode::KeyMode;
