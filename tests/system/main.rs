//! The whole product on the local stack: real bootstraps, queues, table, bus and routes of `template.yaml`.
//!
//! A test speaks as a vendor or a site does, over HTTPS with right signatures, and looks where people look: at the
//! vendors' ends, at sent e-mail, at the chat widget's poll and at `/v1`. Tests share one stack and run side by side, so
//! each makes up its own people (`number`, `address`, `unique`), and a tenant of its own where it reads lists. Waiting
//! is by deadline, never by a fixed time; that something does *not* happen is shown by something later that does.
//!
//! The stack is the one that `PORCHLIGHT_STACK` names; `make test` brings it up.

mod stage;

mod api;
mod appointments;
mod booking;
mod booking_page;
mod calendar_files;
mod campaigns;
mod contacts;
mod contract;
mod conversations;
mod dead_letters;
mod escalations;
mod expand;
mod from_within;
mod gaps;
mod guard;
mod identity;
mod insights;
mod inventory;
mod journeys;
mod knowledge;
mod leads;
mod live_chat;
mod mail_feedback;
mod metadata;
mod missed_call;
mod operators;
mod outbox;
mod passwords;
mod people;
mod permissions;
mod refusals;
mod repeats;
mod schedule;
mod schedules;
mod security_table;
mod sms;
mod staff;
mod streams;
mod suggestions;
mod template;
mod vendor_errors;
mod waitlist;
mod web_form;
mod webhooks_out;
mod whatsapp;
